"""`cannedkit import`: replies of another system, brought into the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.exchanging import Taking, asked, format_first, shared_options, take_in, within
from cannedkit.cli.shared import open_kit, tell

if TYPE_CHECKING:
    from cannedkit.exchange.model import File


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
    from cannedkit.exchange import merging

    settings = open_kit(Path(), no_engines=True, checks=False).settings
    folder = within(settings, into)
    wanted = asked(settings, locale, channel, columns)
    format, files = _files(given)
    incoming = exchange.read(format, files, wanted)
    take_in(
        format, incoming, merging.present(settings), Taking(settings, wanted, folder, dry_run, report, not no_check)
    )


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
