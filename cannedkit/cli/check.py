"""`cannedkit check`: the catalogue, as its customers will read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cannedkit.cli.shared import (
    Shown,
    deep_option,
    finish,
    make_report,
    memory_options,
    no_engines_option,
    open_kit,
    progress,
    shown_options,
    time_limit_option,
    trust_option,
)
from cannedkit.pattern.budget import RUN


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@shown_options
@no_engines_option
@deep_option
@trust_option
@time_limit_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
@click.option("--changed-since", metavar="REF", help="Only what was not found where this branch left REF.")
@click.option("--staged", is_flag=True, help="Only what the files that are staged bring, since the last commit.")
@memory_options
@click.option("--no-baseline", is_flag=True, help="Count the findings that the baseline has, too.")
def check(
    folder: Path,
    shown: Shown,
    no_engines: bool,
    deep: bool,
    trust: tuple[str, ...],
    time_limit: float | None,
    today: datetime | None,
    changed_since: str | None,
    staged: bool,
    jobs: int | None,
    no_cache: bool,
    cache_dir: Path | None,
    no_baseline: bool,
) -> None:
    """Check the catalogue, or a file or folder of it: every reply as its customers will read it."""
    from cannedkit.review.replacement import replacements

    kit = open_kit(folder, no_engines, forgiving=True, trust=trust, deep=deep)
    whole = kit.settings.catalogue.is_relative_to(folder.resolve()) or folder.resolve() == kit.settings.path
    day = today.date() if today else None
    with progress(len(kit.readable.responses)) as step:
        part = None if whole else folder
        options: dict[str, Any] = {
            "baseline": not no_baseline,
            "cache": not no_cache,
            "cache_dir": cache_dir,
            "jobs": jobs,
        }
        options |= {"only": part, "today": day, "step": step, "time_limit": time_limit or RUN}
        if changed_since is not None or staged:
            review = kit.check_change(since=changed_since, staged=staged, **options)
        else:
            review = kit.check(**options)
    fixes = replacements(kit.readable)
    report = make_report(kit, review.findings, review.errors, review.checked, review.seconds, replacement=fixes)
    finish(kit, replace(report, compared=review.compared), shown)
