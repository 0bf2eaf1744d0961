"""`cannedkit init`: a cannedkit.yaml and the starter catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cannedkit.cli.shared import say
from cannedkit.model.errors import CannedkitError

FILES, FOLDER = ("cannedkit.yaml", "facts.yaml", "offers.yaml", "cannedkit.lock"), "responses"
NAMES = (*FILES, FOLDER)
"""What is written, each whole or not at all."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a cannedkit.yaml and copy the starter catalogue beside it. Nothing that is there is overwritten.

    Its texts are approved in the lock that comes with it: what you edit, you approve.
    """
    from os.path import lexists
    from shutil import copytree
    from tempfile import TemporaryDirectory

    from cannedkit import files
    from cannedkit.catalogue.lock import ATTRIBUTES, UNION
    from cannedkit.settings import shipped

    there = [name for name in NAMES if lexists(folder / name)]  # a link that leads nowhere yet is there, too
    if there:
        raise CannedkitError(f"{folder / there[0]} is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".cannedkit.") as part:
        copytree(shipped() / FOLDER, Path(part, FOLDER))
        os.rename(Path(part, FOLDER), folder / FOLDER)
    if not lexists(folder / ATTRIBUTES):
        files.create(folder / ATTRIBUTES, f"{UNION}\n")
    for name in reversed(FILES):  # the settings stand there when all does that they name
        files.create(folder / name, (shipped() / name).read_text(encoding="utf-8"))
    say(f"Wrote {', '.join(str(folder / name) for name in NAMES)}. Next: cannedkit check {folder}")
