"""`cannedkit retire`: a response taken out of use, in its file."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.cli import completion
from cannedkit.cli.shared import open_kit, say, shown_path


@click.command()
@click.argument("id", shell_complete=completion.replies)
@click.option("--replaced-by", metavar="ID", help="The response that takes its place.")
def retire(id: str, replaced_by: str | None) -> None:
    """Set `status: retired` in a response, and `replaced_by`; nothing else in its file changes."""
    from cannedkit.catalogue.retire import linking

    kit = open_kit(Path(), no_engines=True, checks=False)
    before = kit.response(id)
    after = kit.retire(id, replaced_by)
    instead = f", replaced by {after.replaced_by}" if after.replaced_by else ""
    place = f"{shown_path(after.place.path)}:{after.place.line}:{after.place.column}"
    same = (before.status, before.replaced_by) == (after.status, after.replaced_by)
    was = "was retired already" if same else "is retired"
    say(f"{place}: {after.id} {was}{instead}.")
    for other in linking(kit.readable, after.id):
        mend = f"`cannedkit retire {other.id} --replaced-by {after.replaced_by or 'ID'}`"
        say(f"{other.id} still names it as what replaces it: {mend}")
