"""One connection to a server, on which nothing outlasts the deadline of the question that is asked.

A timeout of a socket is one for each of its calls: a server that sends a byte a second never meets it. Here each call
gets what is left of the deadline, whether the bytes are of the status, a header, the content or a trailer.
"""

from __future__ import annotations

import http.client
import io
import os
import socket
import threading
import time
import weakref
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes of an answer that are read: a draft of 100,000 characters with an error in every word has a fifth of that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the moment of the monotonic clock by which its answer must be whole."""

    method: str
    path: str
    body: str
    until: float


@dataclass(frozen=True, slots=True)
class Answered:
    """A status and the whole content; `stays` where the connection can be asked again."""

    status: int
    content: bytes
    stays: bool


@dataclass(frozen=True)
class Line:
    """A connection that is open, and the process it belongs to: a fork must not write into its parent's."""

    url: SplitResult
    link: socket.socket
    process: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        weakref.finalize(self, self.link.close)  # `__del__` may come after the socket's own, which warns

    def ask(self, asked: Asked) -> Answered:
        """What the server answers. Raises TimeoutError, OSError and http.client.HTTPException; it is then closed."""
        try:
            return self._ask(asked)
        except BaseException:
            self.link.close()
            raise

    def _ask(self, asked: Asked) -> Answered:
        secure = self.url.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self.url.hostname or "", self.url.port)
        connection.sock = cast(socket.socket, _Timed(self.link, asked.until))
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if asked.body else {}
        connection.request(asked.method, self.url.path + asked.path, asked.body or None, headers)
        response = connection.getresponse()
        content = bytearray()
        while part := response.read1(65_536):
            content += part
            if len(content) > MAX_ANSWER:
                raise http.client.HTTPException(f"an answer of over {MAX_ANSWER:,} bytes")
        if response.length:
            raise http.client.IncompleteRead(bytes(content), response.length)
        response.close()
        return Answered(response.status, bytes(content), not response.will_close)


def opened(url: str, until: float) -> Line:
    """A connection to the server at `url`. Raises OSError, TimeoutError where it takes too long."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    link = _connected(parts.hostname or "", parts.port or (443 if secure else 80), until)
    return Line(parts, _secured(link, parts.hostname or "", until) if secure else link)


def left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError where there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _connected(host: str, port: int, until: float) -> socket.socket:
    """A socket that is connected to the first of the host's addresses that answers."""
    trouble: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, address in _addresses(host, port, until):
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(left(until))
            link.connect(address)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            link.close()
            trouble = error
        else:
            return link
    raise trouble


def _addresses(host: str, port: int, until: float) -> list[Any]:
    """The addresses of a host. They are asked for on a thread of its own: the system's resolver knows no deadline."""
    found: SimpleQueue[list[Any] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.put(error)
        except UnicodeError:
            found.put(OSError(f"{host} is not the name of a host"))

    threading.Thread(target=ask, daemon=True).start()
    try:
        addresses = found.get(timeout=left(until))
    except Empty:
        raise TimeoutError from None
    if isinstance(addresses, OSError):
        raise addresses
    return addresses


def _secured(link: socket.socket, host: str, until: float) -> socket.socket:
    """The socket with TLS over it, and a certificate that holds for the host."""
    import ssl

    try:
        link.settimeout(left(until))
        return ssl.create_default_context().wrap_socket(link, server_hostname=host)
    except BaseException:
        link.close()
        raise


@dataclass(frozen=True, slots=True)
class _Timed:
    """As much of a socket as http.client asks for. It is not closed by it, so that the next question can use it."""

    link: socket.socket
    until: float

    def sendall(self, data: bytes) -> None:
        """Send it all."""
        rest = memoryview(data)
        while rest:
            self.link.settimeout(left(self.until))
            rest = rest[self.link.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        """What the server sends, as a file; `mode` is always "rb"."""
        return io.BufferedReader(_Incoming(self.link, self.until))

    def close(self) -> None:
        """Nothing: the line closes it."""


class _Incoming(io.RawIOBase):
    """The bytes that a socket brings before the deadline; afterwards reading raises TimeoutError."""

    def __init__(self, link: socket.socket, until: float) -> None:
        self.link, self.until = link, until

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """The number of bytes that were read."""
        self.link.settimeout(left(self.until))
        return self.link.recv_into(buffer)
