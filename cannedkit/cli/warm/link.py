"""Where the two meet, and what they say: a socket in a folder of this user's alone.

Who asks sends its standard streams and a line of JSON (arguments, folder, environment), the service answers READY, the
asker GO, and last comes one byte, the exit code. Before GO either may leave, and nothing has happened. Nothing heavier
than sockets and JSON is imported here, for who asks has little time.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

READY, GO = b"r", b"g"

MAX_REQUEST = 4_000_000
"""Bytes of a request; arguments and environment together are at most 2 MB on Linux."""

_SIZE = 4


def address() -> str | None:
    """The path of the socket for this program as it is installed; None where no folder is this user's alone.

    The folder is that of the session (XDG_RUNTIME_DIR), or the user's cache folder, and is made if need be.
    """
    above = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(above, "cannedkit", "warm")
    if not (hasattr(socket, "AF_UNIX") and hasattr(os, "fork") and os.path.isabs(folder)):
        return None
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.lstat(folder)
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        return None
    return os.path.join(folder, f"{zlib.crc32(os.fsencode(os.sep.join(program()))):08x}")


@contextmanager
def alone(path: str) -> Iterator[None]:
    """While this process alone, whose number its lock holds, serves at a path. Raises OSError where another does."""
    import fcntl

    held = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.truncate(held, 0)
        os.write(held, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(held)


def program() -> list[str]:
    """What must be the same on both sides: where Python is installed, and the package."""
    return [sys.prefix, os.path.dirname(os.path.dirname(os.path.dirname(__file__)))]


def send(link: socket.socket, request: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Send a request and file descriptors. Raises OSError, ValueError where it is too long."""
    content = json.dumps(request).encode("utf-8", "surrogatepass")
    if len(content) > MAX_REQUEST:
        raise ValueError("the request is too long")
    socket.send_fds(link, [len(content).to_bytes(_SIZE, "big")], streams)
    link.sendall(content)


def receive(link: socket.socket, streams: int) -> tuple[Any, list[int]]:
    """A request and so many file descriptors. Raises OSError, ValueError where it is none."""
    head, found, _, _ = socket.recv_fds(link, _SIZE, streams)
    size = int.from_bytes(head, "big")
    if len(head) != _SIZE or len(found) != streams or size > MAX_REQUEST:
        raise ValueError("no request")
    content = bytearray()
    while len(content) < size:
        part = link.recv(size - len(content))
        if not part:
            raise ValueError("half a request")
        content += part
    return json.loads(content.decode("utf-8", "surrogatepass")), found
