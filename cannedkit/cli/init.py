"""`cannedkit init`: a cannedkit.yaml and the starter catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from cannedkit.cli.shared import say
from cannedkit.model.errors import CannedkitError


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a cannedkit.yaml and copy the starter catalogue beside it. Nothing that is there is overwritten."""
    from os.path import lexists
    from shutil import copy2, copytree

    from cannedkit.settings import shipped

    names = ("cannedkit.yaml", "facts.yaml", "offers.yaml", "responses")
    there = [name for name in names if lexists(folder / name)]  # a link that leads nowhere yet is there, too
    if there:
        raise CannedkitError(f"{folder / there[0]} is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    for name in names:
        source = shipped() / name
        if source.is_dir():
            copytree(source, folder / name)
        else:
            copy2(source, folder / name)
    say(f"Wrote {', '.join(str(folder / name) for name in names)}. Next: cannedkit check {folder}")
