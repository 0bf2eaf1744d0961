"""The files that `lint --vale` is given: read where they were typed, and where a folder was, inside of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from cannedkit import files
from cannedkit.model.errors import Failure

MAX_FILE = 5_000_000
"""Bytes that a file may hold: what a data file may (design, section 3.5)."""

LEFT_OUT = frozenset(("node_modules", ".git"))
"""Folders that Vale never enters."""

Found = tuple[str, Path | None]
"""A file, and the folder that it was found in; None for one that was typed."""

Read = Callable[[], str]
"""What gives the text of a file. Raises FileError."""


def texts(
    paths: Sequence[str], wanted: Callable[[str], bool], aside: Sequence[Path]
) -> tuple[dict[str, Read], list[Failure]]:
    """What reads the files that are `wanted`, by path, and what could not be read. `aside` are folders left out.

    What was typed is read once, for it may be a pipe; files of folders when they are asked for. A link out of a folder
    is not followed: that is a failure, and what it leads to is not read.
    """
    read: dict[str, Read] = {}
    failures: dict[Failure, None] = {}
    for typed in paths:
        if os.path.isdir(typed):
            for found in _walked(typed, aside):
                if isinstance(found, Failure):
                    failures[found] = None
                elif found[0] not in read and wanted(found[0]):
                    read[found[0]] = partial(_text, *found)
        elif typed not in read and wanted(typed):
            try:
                read[typed] = partial(str, _text(typed, None))
            except files.FileError as error:
                failures[failure(typed, error)] = None
    return read, list(failures)


def _walked(top: str, aside: Sequence[Path]) -> Iterator[Found | Failure]:
    """The files of a folder and below, sorted in each folder, and what of it cannot be walked."""
    root = Path(top)
    left_out = {one.resolve() for one in aside}
    unread: list[Failure] = []
    for here, folders, names in os.walk(top, onerror=lambda error: unread.append(_unwalked(error))):
        kept = [Path(here, name) for name in sorted(folders) if name not in LEFT_OUT]
        kept = [path for path in kept if path.resolve() not in left_out]
        folders[:] = [path.name for path in kept]
        for path in kept:
            try:
                files.inside(path, root)
            except files.FileError as error:
                yield failure(os.path.normpath(path), error)
        yield from ((os.path.normpath(os.path.join(here, name)), root) for name in sorted(names))
    yield from unread


def _unwalked(error: OSError) -> Failure:
    return Failure("", f"cannot be read: {files.why(error)}", os.path.normpath(error.filename))


def _text(path: str, root: Path | None) -> str:
    """The text of a file that was typed, or found in the folder `root`. Raises FileError."""
    data = files.read(Path(path), MAX_FILE, root) if root else files.typed(Path(path), MAX_FILE)
    return data.decode("utf-8-sig", "replace")


def failure(path: str, error: files.FileError) -> Failure:
    """What is said of a file that cannot be read."""
    more = ", or name it on the command line" if isinstance(error, files.OutsideError) else ""
    return Failure("", f"{error}{more}", path)
