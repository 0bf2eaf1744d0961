"""What was worked out of rule files, kept on disk between runs: one file for each folder of rules.

Nothing depends on it: what cannot be read or written is worked out again.
"""

from __future__ import annotations

import os
import pickle  # the file is the user's own, checked below, like the byte code that Python keeps
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from cannedkit.model.errors import VERSION

MOST = 64
"""Folders that something is kept for; the oldest go first."""


def stamp(files: list[Path]) -> tuple[object, ...]:
    """What changes when one of the files, the program or the interpreter does. Raises OSError."""
    return (VERSION, sys.hexversion, _program(), tuple((str(path), *_times(path)) for path in files))


@lru_cache(maxsize=1)
def _program() -> int:
    """When a module of the program was last changed, in nanoseconds: its folders hold what is kept, too."""
    return max(path.stat().st_mtime_ns for path in Path(__file__).parent.glob("**/*.py"))


def recall(folder: Path, mark: tuple[object, ...]) -> Any | None:
    """What was kept for `folder` under the same stamp, else None."""
    path = _path(folder)
    try:
        if path is None or os.stat(path).st_uid != os.geteuid():
            return None
        kept, value = pickle.loads(path.read_bytes())  # noqa: S301 - owned by this user
    except Exception:  # a damaged file can raise anything
        return None
    return value if kept == mark else None


def keep(folder: Path, mark: tuple[object, ...], value: Any) -> None:
    """Keep `value` for `folder`; in silence where there is no place to keep it."""
    path = _path(folder)
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps((mark, value), protocol=pickle.HIGHEST_PROTOCOL))
        os.replace(part, path)
        kept = sorted(path.parent.glob("*.pack"), key=lambda one: one.stat().st_mtime_ns)
        for oldest in kept[:-MOST]:
            oldest.unlink(missing_ok=True)
    except (OSError, pickle.PicklingError):
        return


def _times(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _path(folder: Path) -> Path | None:
    """The file kept for `folder`, below XDG_CACHE_HOME or ~/.cache; None without a home."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not os.path.isabs(base) or not hasattr(os, "geteuid"):
        return None
    name = str(folder.resolve()).encode("utf-8", "surrogateescape")
    return Path(base) / "cannedkit" / f"{crc32(name):08x}-{len(name)}.pack"
