"""`cannedkit import`: replies of another system, brought into the catalogue."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.exchanging import asked, format_first, hand_report, shared_options
from cannedkit.cli.shared import BROKEN, FOUND, open_kit, progress, relative, say, shown_path, tell
from cannedkit.model.errors import CannedkitError, Problem

if TYPE_CHECKING:
    from cannedkit.exchange.merging import Brought
    from cannedkit.exchange.model import File
    from cannedkit.model.settings import Settings


@click.command("import")
@click.argument("given", nargs=-1, required=True, metavar="[FORMAT] FILE...")
@click.option("--into", type=click.Path(path_type=Path), help="A folder of the catalogue, for new topics.")
@click.option("--map", "columns", multiple=True, metavar="PART=COLUMN", help="A column of a table, as title=Name.")
@click.option("--no-check", is_flag=True, help="Do not check what is new or changed.")
@shared_options
def import_(
    given: tuple[str, ...],
    into: Path | None,
    columns: tuple[str, ...],
    no_check: bool,
    dry_run: bool,
    locale: str | None,
    channel: str | None,
    report: str,
) -> None:
    """Bring replies of another system in; those that came before and changed there are edited where they stand.

    FORMAT is recognised where it is left out. Ends with what became of each reply, and with what `check` finds in what
    is new or changed. Exit 1 where something was refused or is in conflict.
    """
    from cannedkit import exchange
    from cannedkit.exchange import losses, merging
    from cannedkit.exchange.names import names
    from cannedkit.exchange.taking import taken

    settings = open_kit(Path(), no_engines=True, checks=False).settings
    if settings.path is None:
        raise CannedkitError("there is no cannedkit.yaml here or above: `cannedkit init` writes one")
    folder = _into(settings, into)
    wanted = asked(settings, locale, channel, columns)
    format, files = _files(given)
    incoming = exchange.read(format, files, wanted)
    known, ability = names(format, settings), exchange.ability(format)
    records = [taken(record, ability, known, settings, wanted) for record in incoming.records]
    brought = merging.bring(format, records, settings, merging.present(settings), folder)
    outcomes = tuple(sorted((*incoming.outcomes, *brought.outcomes)))
    if not dry_run:
        merging.put(brought)
    paths = sorted(shown_path(str(path)) for path in brought.texts)
    hand_report(outcomes, report, {"format": format, "dry_run": dry_run, "written": paths})
    if report == "table":
        _say_written(brought, paths, dry_run)
    broken = brought.ids and not dry_run and not no_check and _check(brought.ids)
    sys.exit(BROKEN if broken else 0 if losses.is_whole(outcomes) else FOUND)


def _files(given: tuple[str, ...]) -> tuple[str, list[File]]:
    """The format and the files; what was guessed of them is told on stderr. Raises InputError."""
    from cannedkit.exchange.encoding import opened
    from cannedkit.exchange.guess import guess

    named, paths = format_first(given)
    if not paths:
        raise click.UsageError("name the files that the system exports")
    files = [opened(Path(path)) for path in paths]
    format = named or guess(files)
    for file in files:
        if not named:
            tell(f"{file.name}: taken for {format}; if it is not, write `cannedkit import FORMAT {file.name}`")
        if file.encoding != "UTF-8":
            tell(f"{file.name}: read as {file.encoding}")
    return format, files


def _into(settings: Settings, into: Path | None) -> Path:
    """The folder for new topics. Raises CannedkitError for one that is not in the catalogue."""
    folder = settings.catalogue
    if into is None:
        return folder
    if not into.resolve().is_relative_to(folder.resolve()):
        raise CannedkitError(f"--into {into}: new replies lie in the catalogue, {shown_path(str(folder))}")
    return folder / into.resolve().relative_to(folder.resolve())


def _say_written(brought: Brought, paths: list[str], dry_run: bool) -> None:
    if not paths:
        say("Nothing to write: all is here as it is there.")
        return
    count = len(brought.ids)
    say(f"{'Would write' if dry_run else 'Wrote'} {count} {'reply' if count == 1 else 'replies'}: {', '.join(paths)}")


def _check(ids: Iterable[str]) -> bool:
    """Say on stderr what `check` finds in some replies, a line for each rule; whether anything is broken."""
    kit = open_kit(Path(), no_engines=False, forgiving=True)
    mine = set(ids)
    with progress(len(kit.readable.responses)) as step:
        review = kit.check(step=step)
    found = Counter(one.finding.rule for one in review.findings if one.response in mine)
    total = sum(found.values())
    tell(f"`cannedkit check` finds {total or 'nothing'} in {'it' if len(mine) == 1 else 'them'}{':' if found else '.'}")
    for rule, count in found.most_common():
        tell(f"  {count} × {rule}")
    for error in review.errors:
        tell(relative(Problem(error.path, error.line, error.column, error.reason)) if error.path else str(error))
    return bool(review.errors)
