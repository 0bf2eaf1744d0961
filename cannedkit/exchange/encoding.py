"""Bytes of another system -> a text: UTF-8, UTF-16 or Windows-1252, and which of them it was."""

from __future__ import annotations

from pathlib import Path

from cannedkit import files
from cannedkit.exchange.model import File
from cannedkit.model.errors import InputError, Problem

MAX_BYTES = 50_000_000
"""Bytes that a file may hold that comes in; our own choice, above 100,000 replies of average length."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"))


def opened(path: Path) -> File:
    """The file at a path that a user typed. Raises InputError where it cannot be read, or is no text."""
    try:
        return decoded(str(path), files.typed(path, MAX_BYTES))
    except files.FileError as error:
        raise InputError([Problem(str(path), 0, 0, str(error))]) from None


def decoded(name: str, data: bytes) -> File:
    """The file in those bytes. Raises InputError for bytes that are no text, with the byte that shows it."""
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return File(name, _as(name, data, codec, encoding), encoding)
    if data.count(b"\0", 0, 1000) > len(data[:1000]) // 3:
        codec = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return File(name, _as(name, data, codec, "UTF-16"), "UTF-16")
    if b"\0" in data:
        at = data.index(b"\0") + 1
        raise InputError([Problem(name, 0, 0, f"is no text: byte {at} is zero; give a file that the system exports")])
    try:
        return File(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return File(name, _as(name, data, "cp1252", "Windows-1252"), "Windows-1252")


def _as(name: str, data: bytes, codec: str, encoding: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        tried = "UTF-8 nor Windows-1252" if codec == "cp1252" else encoding
        message = f"is {'neither' if codec == 'cp1252' else 'not'} {tried}: byte {error.start + 1} is wrong"
        raise InputError([Problem(name, 0, 0, f"{message}; save it as UTF-8")]) from None
