"""`cannedkit init`: a catalogue to begin with, and what stands around it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cannedkit.cli import around
from cannedkit.cli.around import JOBS, PRE_COMMIT, base
from cannedkit.cli.shared import say, shown_path, tell
from cannedkit.cli.starting import SETTINGS, STARTS, Start, no_links, start
from cannedkit.model.errors import CannedkitError

FILES, FOLDER = ("cannedkit.yaml", "facts.yaml", "offers.yaml", "cannedkit.lock"), "responses"
NAMES = (*FILES, FOLDER)
"""What is written of the starter, each whole or not at all."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--from", "source", metavar="|".join((*STARTS, "FOLDER")), help="What to begin with.")
@click.option("--ci", type=click.Choice(list(JOBS)), help="Write a job that checks each pull request, too.")
@click.option("--pre-commit", is_flag=True, help="Write a hook that checks before each commit, too.")
@click.option("--editor", is_flag=True, help="Write schemas, and where they hold, for VS Code, too.")
def init(folder: Path, source: str | None, ci: str | None, pre_commit: bool, editor: bool) -> None:
    """Write a cannedkit.yaml and replies beside it. Nothing that is there is overwritten.

    Without --from these are the starter catalogue, or in a folder with a .vale.ini what that says. The texts of the
    starter are approved in the lock that comes with it: what you edit, you approve. In a folder with a cannedkit.yaml
    --ci, --pre-commit and --editor alone are written.
    """
    jobs = [*([JOBS[ci]] if ci else []), *([PRE_COMMIT] if pre_commit else [])]
    alone = source is None and (jobs or editor) and os.path.isfile(folder / SETTINGS)
    begun = Start({}) if alone else start(source, folder)
    more = {base(folder) / name: around.job(name, folder) for name in jobs}
    _refuse_there([*(folder / name for name in begun.names), *more, *(_editors(folder) if editor else ())])
    _write(begun, folder)
    if editor:
        from cannedkit import settings

        more |= dict(around.editor(folder, settings.load(folder / SETTINGS)))
    _write_more(more.items())
    for note in begun.notes:
        tell(note)
    names = [*(str(folder / name) for name in begun.names), *(shown_path(str(path)) for path in more)]
    say(f"Wrote {', '.join(names)}. Next: cannedkit check {folder}")


def _editors(folder: Path) -> Iterator[Path]:
    yield base(folder) / around.VSCODE
    yield folder / around.SCHEMAS


def _refuse_there(paths: Iterable[Path]) -> None:
    """Raises CannedkitError for the first path where something stands: a link that leads nowhere yet, too."""
    for path in paths:
        if os.path.lexists(path):
            raise CannedkitError(f"{shown_path(str(path))} is there already; nothing was written")


def _write(begun: Start, folder: Path) -> None:
    from cannedkit import files
    from cannedkit.catalogue.lock import ATTRIBUTES, FILE, UNION

    folder.mkdir(parents=True, exist_ok=True)
    for name in begun.made:
        (folder / name).mkdir(exist_ok=True)
    for name, source in begun.folders.items():
        _copy(source, folder / name)
    if FILE in begun.files and not os.path.lexists(folder / ATTRIBUTES):
        files.create(folder / ATTRIBUTES, f"{UNION}\n")
    _write_more((folder / name, text) for name, text in begun.files.items())


def _copy(source: Path, target: Path) -> None:
    """Copy a folder, whole or not at all."""
    from shutil import copytree
    from tempfile import TemporaryDirectory

    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".cannedkit.") as part:
        copytree(source, Path(part, target.name), ignore=lambda path, names: set(no_links(path, names)))
        os.rename(Path(part, target.name), target)


def _write_more(texts: Iterable[tuple[Path, str]]) -> None:
    from cannedkit import files

    for path, text in texts:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.create(path, text)
