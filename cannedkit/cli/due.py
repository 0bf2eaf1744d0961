"""`cannedkit due`: late and coming reviews; facts, offers and waivers that end; what was sent and what was not."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.shared import BROKEN, FOUND, hand_out, open_kit, shown_path, tell
from cannedkit.report.due import FORMATS, UNTOLD, write

if TYPE_CHECKING:
    from cannedkit.kit import Kit
    from cannedkit.model.errors import Failure


def _days(context: click.Context, option: click.Parameter, value: str) -> int:
    """A number of days of at most a century, written as `30d`, `4w` or `30`."""
    found = re.fullmatch(r"([0-9]{1,5})([dw]?)", value)
    days = int(found[1]) * (7 if found[2] == "w" else 1) if found else -1
    if not 0 <= days <= 36_525:
        raise click.BadParameter(f"{value!r} is no number of days: write it as 30d or 4w, of at most a century")
    return days


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path), default=".")
@click.option("--by", type=click.Choice(["owner", "topic"]), help="Under a heading for each owner or topic.")
@click.option(
    "--within", metavar="DAYS", callback=_days, default="30d", show_default=True, help="How far to look ahead: 30d, 4w."
)
@click.option("--format", "format", type=click.Choice(list(FORMATS)), default="line", help="How to print.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date to take for today.")
def due(folder: Path, by: str | None, within: int, format: str, today: datetime | None) -> None:
    """Print what is late and what comes: reviews, and the end of facts, offers and waivers.

    Exits with 1 where something is late, with 2 where something cannot be read.
    """
    from cannedkit.model.upkeep import Agenda

    kit = open_kit(folder, no_engines=True, checks=False, forgiving=True)
    day = today.date() if today else date.today()
    entries = [
        replace(entry, place=replace(entry.place, path=shown_path(entry.place.path)))
        for entry in kit.due(within=within, today=day)
    ]
    used = kit.usage(today=day) if format not in UNTOLD else None
    errors = tuple(_errors(kit, used.errors if used else ()))
    hand_out(write(Agenda(tuple(entries), day, within, by or "", used, errors), format))
    for failed in errors if format in UNTOLD else ():
        tell(str(failed))
    sys.exit(BROKEN if errors else FOUND if any(entry.late for entry in entries) else 0)


def _errors(kit: Kit, more: Iterable[Failure]) -> Iterator[Failure]:
    """What of the catalogue and its settings cannot be read, and what else went wrong, each once."""
    from cannedkit.model.errors import unreadable

    for failed in dict.fromkeys((*kit.refused, *map(unreadable, kit.readable.refused), *more)):
        yield replace(failed, path=shown_path(failed.path) if failed.path else "")
