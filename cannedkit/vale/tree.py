"""The files that `lint --vale` is given: read where they were typed, and where a folder was, inside of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cannedkit import files
from cannedkit.model.errors import Failure

MAX_FILE = 5_000_000
"""Bytes that a file may hold: what a data file may (design, section 3.5)."""

LEFT_OUT = frozenset(("node_modules", ".git"))
"""Folders that Vale never enters."""

Found = tuple[str, Path | None]
"""A file, and the folder that it was found in; None for one that was typed."""


def texts(
    paths: Sequence[str], wanted: Callable[[str], bool], aside: Sequence[Path]
) -> tuple[dict[str, str], list[Failure]]:
    """The texts of the files that are `wanted`, by path, and what could not be read. `aside` are folders left out.

    A link out of a folder is not followed: that is a failure, and what it leads to is not read.
    """
    read: dict[str, str] = {}
    failures: dict[Failure, None] = {}
    for typed in paths:
        for found in _walked(typed, aside) if os.path.isdir(typed) else [(typed, None)]:
            if isinstance(found, Failure):
                failures[found] = None
            elif found[0] not in read and wanted(found[0]):
                try:
                    read[found[0]] = _text(*found)
                except files.FileError as error:
                    failures[_failure(found[0], error)] = None
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
                yield _failure(os.path.normpath(path), error)
        yield from ((os.path.normpath(os.path.join(here, name)), root) for name in sorted(names))
    yield from unread


def _unwalked(error: OSError) -> Failure:
    return Failure("", f"cannot be read: {files.why(error)}", os.path.normpath(error.filename))


def _text(path: str, root: Path | None) -> str:
    """The text of a file that was typed, or found in the folder `root`. Raises FileError."""
    data = files.read(Path(path), MAX_FILE, root) if root else files.typed(Path(path), MAX_FILE)
    return data.decode("utf-8-sig", "replace")


def _failure(path: str, error: files.FileError) -> Failure:
    more = ", or name it on the command line" if isinstance(error, files.OutsideError) else ""
    return Failure("", f"{error}{more}", path)
