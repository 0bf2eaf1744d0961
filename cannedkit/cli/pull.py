"""`cannedkit pull`: replies of a system that answers over HTTP, brought into the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cannedkit.cli.exchanging import Taking, asked, connected, live_options, take_in, within
from cannedkit.cli.shared import open_kit, tell

if TYPE_CHECKING:
    from cannedkit.exchange.model import Incoming
    from cannedkit.model.response import Catalogue


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
    from cannedkit import exchange
    from cannedkit.exchange import live, merging

    settings = open_kit(Path(), no_engines=True, checks=False).settings
    folder = within(settings, into)
    wanted = asked(settings, locale, channel)
    with connected(system, url, token_env) as site:
        files = live.system(system).fetched(site)
    incoming = exchange.read(system, files, wanted)
    catalogue = merging.present(settings)
    for id in _gone(system, incoming, catalogue):
        tell(f"{id}: is there no more; `cannedkit retire {id}` takes it out of use here, too")
    take_in(system, incoming, catalogue, Taking(settings, wanted, folder, not apply, report, not no_check))


def _gone(system: str, incoming: Incoming, catalogue: Catalogue) -> list[str]:
    """The ids of replies in use that came from there, or were sent there, and are there no more."""
    from cannedkit.exchange.records import aside_of

    there = {record.id for record in incoming.records}
    known = {one.id: aside_of(one, system) for one in catalogue.responses.values() if not one.status}
    return [id for id, aside in known.items() if aside and aside.id not in there]
