"""`cannedkit pull`: replies of a system that answers over HTTP, brought into the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.exchanging import Taking, asked, connected, live_options, take_in, within
from cannedkit.cli.shared import open_kit, tell

if TYPE_CHECKING:
    from cannedkit.exchange.model import Asked, File
    from cannedkit.model.settings import Settings


@click.command()
@live_options
@click.option("--into", type=click.Path(path_type=Path), help="A folder of the catalogue, for new topics.")
@click.option("--no-check", is_flag=True, help="Do not check what is new or changed.")
def pull(
    system: str,
    url: str,
    token_env: str,
    apply: bool,
    locale: str | None,
    channel: str | None,
    report: str,
    into: Path | None,
    no_check: bool,
) -> None:
    """Bring in what a SYSTEM has now: what changed there is edited here, and what changed on both sides is shown.

    Says what it would write; --apply writes it. What is there no more stays here, and is told. Exit 1 where something
    was refused or is in conflict.
    """
    from cannedkit.exchange import live

    settings = open_kit(Path(), no_engines=True, checks=False).settings
    folder = within(settings, into)
    wanted = asked(settings, locale, channel)
    with connected(system, url, token_env) as site:
        files = live.system(system).fetched(site)
    for id in _gone(system, files, settings, wanted):
        tell(f"{id}: is there no more; `cannedkit retire {id}` takes it out of use here, too")
    take_in(system, files, Taking(settings, wanted, folder, not apply, report, not no_check))


def _gone(system: str, files: Iterable[File], settings: Settings, wanted: Asked) -> list[str]:
    """The ids of replies in use that came from there, or were sent there, and are there no more."""
    from cannedkit import exchange
    from cannedkit.exchange.merging import present
    from cannedkit.exchange.records import aside_of

    there = {record.id for record in exchange.read(system, tuple(files), wanted).records}
    known = {one.id: aside_of(one, system) for one in present(settings).responses.values() if not one.status}
    return [id for id, aside in known.items() if aside and aside.id not in there]
