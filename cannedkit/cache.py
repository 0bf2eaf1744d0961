"""What was worked out and can be made again, kept on disk between runs: one place for all of it.

What is kept is pickled (compiled patterns know no other way), and so it is authenticated: each file starts with the
HMAC of its name and content under a key that stands in a file of this user's alone, and not a byte is loaded before
that agrees. The folder must be the user's, writable by nobody else and in no repository. Nothing depends on it: what
cannot be read or written is worked out again.
"""

from __future__ import annotations

import gc
import hmac
import os
import pickle
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cannedkit.model.errors import VERSION

_PART_SECONDS = 60.0
"""Seconds after which a part that is not yet whole will never be: writing one takes a fraction of a second."""

MOST, MOST_LARGE = 128, 16
"""Files that are kept, of LARGE ones apart; those that nobody asked for longest go first."""

LARGE = frozenset({"plan"})
"""Subjects, or the first words of them, on which much is kept for each folder."""

MOST_BYTES = 20_000_000
"""Bytes that a kept file may hold; cannedkit's own choice, fifty times the largest pack."""

NO_DATA = (pickle.PicklingError, TypeError, AttributeError)
"""What `packed` raises for what is no data, such as a function made within another."""

_DIGEST = sha256().digest_size
_KEPT = ".kept"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder that may be used, and the key for it; without a key nothing is kept, and `trouble` says why."""

    folder: Path
    key: bytes = b""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A part of something kept. It came out of a file that was authenticated as a whole, or was never on disk."""

    content: bytes

    def value(self) -> Any:
        """What was packed."""
        return _loaded(self.content)


def stamp(files: list[Path]) -> tuple[object, ...]:
    """What changes when one of the files, the program or the interpreter does. Raises OSError."""
    return (VERSION, sys.hexversion, _program(), tuple((str(path), *_times(path)) for path in files))


@lru_cache(maxsize=1)
def _program() -> tuple[int, int]:
    """When a module or table of the program, and the engine of its patterns, was last changed, in nanoseconds."""
    from importlib.util import find_spec

    spec = find_spec("regex")
    engine = Path(spec.origin).stat().st_mtime_ns if spec and spec.origin else 0
    own = below([os.path.dirname(__file__)])
    return max(written for _, _, written, _ in own), engine


def below(folders: Iterable[str | Path], endings: tuple[str, ...] = ("",)) -> list[tuple[str, int, int, int]]:
    """Each file below some folders whose name ends so, with its size and times; none of a folder that is not there.

    What Python compiled is left out.
    """
    found: list[tuple[str, int, int, int]] = []
    for folder in folders:
        for above, inner, names in os.walk(folder):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            paths = (f"{above}{os.sep}{name}" for name in sorted(names) if name.endswith(endings))
            for path in paths:
                with suppress(OSError):
                    at = os.stat(path)
                    found.append((path, at.st_size, at.st_mtime_ns, at.st_ctime_ns))
    return found


def recall(subject: str, folder: Path, mark: tuple[object, ...]) -> Any | None:
    """What was kept on a subject for `folder` under the same stamp, else None."""
    store = opened()
    if not store.key:
        return None
    name = _name(subject, folder)
    try:
        path = store.folder / name
        if path.stat().st_size > MOST_BYTES:
            return None
        data = path.read_bytes()
        sealed, content = data[:_DIGEST], data[_DIGEST:]
        if not hmac.compare_digest(sealed, _sealed(store.key, name, content)):
            return None
        kept, value = _loaded(content)
        if kept != mark:
            return None
        with suppress(OSError):  # a folder to read alone serves as well
            os.utime(path)
    except Exception:  # a file of another version can raise anything
        return None
    return value


@contextmanager
def uncollected() -> Iterator[None]:
    """While much is read that is no garbage yet: the collector would look at it in vain, again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _loaded(content: bytes) -> Any:
    """What was pickled."""
    with uncollected():
        return pickle.loads(content)  # noqa: S301 - written by this user's own program: see above


def packed(value: Any) -> Packed:
    """A part of what is to be kept, which is taken out by itself where it is needed. Raises NO_DATA."""
    return Packed(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def keep(subject: str, folder: Path, mark: tuple[object, ...], value: Any) -> None:
    """Keep `value` on a subject for `folder`; in silence where there is no place to keep it."""
    store = opened()
    if not store.key:
        return
    name = _name(subject, folder)
    path = store.folder / name
    part = store.folder / f"{name}.{os.getpid()}.part"
    try:
        content = pickle.dumps((mark, value), protocol=pickle.HIGHEST_PROTOCOL)
        part.write_bytes(_sealed(store.key, name, content) + content)
        os.replace(part, path)
        _thin(store.folder, path.suffix)
    except (OSError, pickle.PicklingError):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def opened() -> Store:
    """The folder below XDG_CACHE_HOME or ~/.cache where things are kept, made if need be."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    settings = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return _opened(cache, settings)


@lru_cache(maxsize=8)
def _opened(cache: str, settings: str) -> Store:
    folder = Path(cache) / "cannedkit"
    if not (os.path.isabs(cache) and os.path.isabs(settings) and hasattr(os, "geteuid")):
        return Store(folder)
    try:
        if checkout := repository(folder):
            return Store(folder, trouble=f"{folder} lies in {checkout}, which others write: nothing is kept there")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder, stat.S_ISDIR, 0o022):
            return Store(folder, trouble=f"{folder} is not yours alone: nothing is kept there (chmod 700)")
        return Store(folder, _key(Path(settings) / "cannedkit" / "key"))
    except OSError:
        return Store(folder)


def repository(folder: Path) -> Path | None:
    """The checkout or catalogue that a folder lies in, if it lies in one below the user's home."""
    home = Path(os.path.expanduser("~"))
    for above in folder.resolve().parents:
        if above == home:
            return None
        if os.path.exists(above / ".git") or os.path.exists(above / "cannedkit.yaml"):
            return above
    return None


def _key(path: Path) -> bytes:
    """The user's key, made where there is none; b"" where somebody else could read or write it. Raises OSError."""
    if not os.path.exists(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"key.{os.getpid()}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(_DIGEST))
            with suppress(FileExistsError):  # another process was first: its key is the key
                os.link(part, path)
        finally:
            part.unlink(missing_ok=True)
    if not _is_own(path, stat.S_ISREG, 0o077):
        return b""
    key = path.read_bytes()
    return key if len(key) == _DIGEST else b""


def _is_own(path: Path, is_kind: Callable[[int], bool], others: int) -> bool:
    """Whether a path itself, no link, is this user's, and nobody else has the rights `others` to it. Raises OSError."""
    found = path.lstat()
    return is_kind(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & others


def _thin(folder: Path, ending: str) -> None:
    """Take away what nobody asked for longest, and the parts of processes that were ended while they wrote."""
    kept = sorted(folder.glob(f"*{ending}"), key=lambda one: one.stat().st_mtime_ns)
    most = MOST if ending == _KEPT else MOST_LARGE
    long_ago = time.time() - _PART_SECONDS
    parts = (part for part in folder.glob("*.part") if part.stat().st_mtime < long_ago)
    for one in (*kept[:-most], *parts):
        one.unlink(missing_ok=True)


def _sealed(key: bytes, name: str, content: bytes) -> bytes:
    return hmac.digest(key, name.encode() + b"\0" + content, "sha256")


def _name(subject: str, folder: Path) -> str:
    where = str(folder.resolve()).encode("utf-8", "surrogateescape")
    ending = ".large" if subject.partition(" ")[0] in LARGE else _KEPT
    return f"{sha256(subject.encode() + bytes(1) + where).hexdigest()}{ending}"


def _times(path: Path) -> tuple[int, int, int]:
    """Size and times of a file; when it was changed last cannot be set by a clock or a tool, as the other can."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
