"""The one door for a file that another file names: inside a root, a regular file, no larger than it may be.

A path that a user typed has no root: it may lie anywhere. What a user trusts is a root of its own.
What is written is put in a file's place at once.
"""

from __future__ import annotations

import errno
import os
import stat
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

MAX_WORDS = 20_000_000
"""Bytes that a dictionary or a list of words may hold, unpacked; our own choice, above the largest of Debian's."""

MARKS = (".git", "cannedkit.yaml", ".vale.ini", "_vale.ini", "vale.ini", ".vale", "_vale")
"""What stands at the root of files that name each other."""


Within = Path | tuple[Path, ...] | None
"""Where a file must lie: in a folder, in one of several folders or files, or anywhere."""


class FileError(ValueError):
    """A file that is not read; the message says why, and quotes nothing of it."""


class OutsideError(FileError):
    """A path that leads out of where it must lie."""


class SizeError(FileError):
    """A file of more bytes than may be read."""


def root_of(folder: Path, marks: tuple[str, ...] = MARKS) -> Path:
    """The nearest folder, at or above `folder` as written, that holds one of `marks`; else `folder` itself."""
    full = Path(os.path.abspath(folder))
    return next((one for one in (full, *full.parents) if any(os.path.exists(one / mark) for mark in marks)), full)


def inside(path: Path, root: Within) -> Path:
    """The path without links, which must lie in `root`. Raises FileError, whether it is there or not."""
    roots = (root,) if isinstance(root, Path) else root
    try:
        real = Path(os.path.realpath(path))
        if roots is None or any(real.is_relative_to(os.path.realpath(one)) for one in roots):
            return real
    except (OSError, ValueError) as error:
        raise FileError(f"cannot be read: {why(error)}") from None
    raise OutsideError("is not read: it leads out of the folder that it belongs to; put the file itself there")


def read(path: Path, most_bytes: int, root: Within = None) -> bytes:
    """What a file holds. Raises FileError for all else than a regular file of at most `most_bytes` in `root`."""
    real = inside(path, root)
    try:
        # a pipe that nobody writes would hold an opening that waits
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise FileError("cannot be read: it is no regular file")
            data = b"" if found.st_size > most_bytes else file.read(most_bytes + 1)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError(f"cannot be read: {why(error)}") from None
    size = max(found.st_size, len(data))  # files of /proc say that they have none
    if size > most_bytes:
        raise SizeError(f"the file has {size:,} bytes, more than the {most_bytes:,} that can be read: split it")
    return data


def typed(path: Path, most_bytes: int) -> bytes:
    """What stands at a path that a user typed: a file anywhere, a pipe, a device. Raises FileError.

    No more than `most_bytes` are read; SizeError where there are more.
    """
    try:
        with path.open("rb") as stream:
            return limited(stream, most_bytes)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError(f"cannot be read: {why(error)}") from None


def limited(stream: IO[bytes], most_bytes: int) -> bytes:
    """What comes from a stream until it ends. Raises OSError, and SizeError for more than `most_bytes`."""
    data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise SizeError(f"has more than the {most_bytes:,} bytes that can be read: split it")
    return data


def why(error: Exception) -> str:
    """What the system says of a file that cannot be read."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def text(path: Path, most_bytes: int, root: Within = None) -> str:
    """The text of a file. Raises FileError."""
    return decoded(read(path, most_bytes, root))


def is_marked(path: Path) -> bool:
    """Whether a file starts with a byte order mark. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(len(BOM_UTF8)) == BOM_UTF8


def decoded(data: bytes) -> str:
    """Bytes of UTF-8 as a text. Raises FileError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"is not UTF-8: byte {error.start + 1} is wrong; save it as UTF-8") from None


def unpacked(data: bytes, most_bytes: int) -> bytes:
    """The same bytes, without gzip where they are packed. Raises FileError where they are more than `most_bytes`."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    engine = zlib.decompressobj(wbits=31)
    try:
        found = engine.decompress(data, most_bytes + 1)
    except zlib.error as error:
        raise FileError(f"cannot be unpacked: {error}") from None
    if len(found) > most_bytes:
        raise SizeError(f"the file has more than the {most_bytes:,} bytes that can be read, unpacked: split it")
    if not engine.eof:
        raise FileError("cannot be unpacked: it ends too early")
    return found


class ChangedError(FileError):
    """A file that is not written: it holds something else than when it was read."""


_UNFINISHED = ".cannedkit"
"""What ends the name of a file that is being written."""


def put(path: Path, data: bytes, before: bytes | None = None) -> None:
    """Put `data` in the file's place, at once or not at all; its mode stays, and a link stays a link.

    `before` is what it must still hold: of two programs that change it at a time, neither undoes what the other did.
    Raises ChangedError where it holds something else, OSError where it cannot be written.
    """
    real = Path(os.path.realpath(path))
    try:
        with _alone(real.parent) as locked:
            if before is not None and real.read_bytes() != before:
                raise ChangedError("was changed by somebody else in the meantime; nothing was written")
            if os.path.lexists(real) and not os.path.isfile(real):
                raise OSError(errno.EINVAL, "is no file that could be replaced")
            if os.path.exists(real) and not os.access(real, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if locked:
                _sweep(real)
            _replace(real, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else who uses this writes in a folder meanwhile: not where its disk knows no locks.

    The lock is on the folder itself, so that none is left behind by a process that was killed.
    """
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            locked = True
        except OSError:
            locked = False
        yield locked
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Take away what processes left behind that were killed while they wrote a file: whoever writes it has the lock."""
    for one in os.listdir(path.parent):
        if one.startswith(f".{path.name}.") and one.endswith(_UNFINISHED):
            (path.parent / one).unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    from secrets import token_hex

    new = path.parent / f".{path.name}.{token_hex(8)}{_UNFINISHED}"
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            found = path.stat()
            with suppress(PermissionError):
                os.chown(new, found.st_uid, found.st_gid)
            os.chmod(new, found.st_mode & 0o7777)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def create(path: Path, content: str) -> None:
    """Put a new file in its place at once or not at all, through no link.

    Raises FileExistsError where anything stands there, a link that leads nowhere too, and OSError.
    """
    import tempfile

    handle, part = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o666 & ~_umask())
        try:
            os.link(part, path, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: what else writes through no link
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
    finally:
        os.unlink(part)


def _umask() -> int:
    """The rights that new files do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
