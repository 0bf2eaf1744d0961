"""`cannedkit score`: how clear, brief, warm, correct and safe the replies are, out of 100, and what took each point."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.shared import (
    BROKEN,
    FOUND,
    hand_out,
    no_engines_option,
    open_kit,
    progress,
    shown_path,
    tell,
    trust_option,
)

if TYPE_CHECKING:
    from cannedkit.model.score import Score, Scores


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@click.option("--by", type=click.Choice(["topic", "owner", "locale"]), help="A score for each topic, owner or locale.")
@click.option(
    "--since", metavar="REF", help="Beside the scores where this branch left REF (default: those of the baseline)."
)
@click.option("--format", "format", type=click.Choice(["line", "json", "html"]), default="line", help="How to print.")
@no_engines_option
@trust_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
def score(
    folder: Path,
    by: str | None,
    since: str | None,
    format: str,
    no_engines: bool,
    trust: tuple[str, ...],
    today: datetime | None,
) -> None:
    """Score the catalogue: clarity, brevity, warmth, correctness and safety, and which rule took each point.

    Exits with 1 where a score is below its threshold (`scores` in the settings), with 2 where something failed or
    cannot be read.
    """
    from cannedkit.report import scorepage
    from cannedkit.report import scores as printed

    kit = open_kit(folder, no_engines, forgiving=True, trust=trust)
    with progress(len(kit.readable.responses)) as step:
        found = kit.scores(by=by, since=since, today=today.date() if today else None, step=step)
    hand_out({"line": printed.line, "json": printed.document, "html": scorepage.page}[format](_as_seen(found)))
    for note in found.notes:
        tell(note)
    sys.exit(BROKEN if found.errors else FOUND if found.missed else 0)


def _as_seen(found: Scores) -> Scores:
    """The scores with paths as seen from the current folder."""
    errors = tuple(replace(one, path=shown_path(one.path) if one.path else "") for one in found.errors)
    return replace(found, whole=_shown([found.whole])[0], groups=_shown(found.groups), errors=errors)


def _shown(scores: Iterable[Score]) -> tuple[Score, ...]:
    return tuple(
        replace(
            one,
            costs=tuple(
                replace(cost, places=tuple(replace(place, path=shown_path(place.path)) for place in cost.places))
                for cost in one.costs
            ),
        )
        for one in scores
    )
