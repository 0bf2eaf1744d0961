"""`cannedkit baseline`: the findings that are there now wait; only new ones count from here on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cannedkit.cli.shared import counted, no_engines_option, open_kit, progress, say, shown_path, trust_option


@click.command()
@click.option("--update", is_flag=True, help="Take in what is new, and drop what is mended.")
@click.option("--prune", is_flag=True, help="Drop what is mended, and take in nothing.")
@no_engines_option
@trust_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today, for rules about dates.")
def baseline(update: bool, prune: bool, no_engines: bool, trust: tuple[str, ...], today: datetime | None) -> None:
    """Write the findings of the catalogue into its baseline, where `check` leaves them out from then on."""
    from cannedkit.review.baseline import read

    if update and prune:
        raise click.UsageError("--update drops what is mended, too: give one of --update and --prune")
    kit = open_kit(Path(), no_engines, forgiving=True, trust=trust)
    with progress(len(kit.readable.responses)) as step:
        done = kit.baseline(update=update, prune=prune, today=today.date() if today else None, step=step)
    path = shown_path(str(read(kit.settings).path))
    parts = [f"{done.new:,} new" if done.new else "", f"{done.mended:,} mended and dropped" if done.mended else ""]
    changes = ", ".join(filter(None, parts)) or "nothing changed"
    say(f"{path}: {counted(done.new + done.known, 'finding')} ({changes}).")
