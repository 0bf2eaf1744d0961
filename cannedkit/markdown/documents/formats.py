"""Which formats there are, by how a file's name ends, and the one way to read any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from cannedkit import files
from cannedkit.markdown.documents.document import Document, Part
from cannedkit.model.draft import MAX_DRAFT
from cannedkit.model.errors import DraftError

MAX_BYTES = 4 * MAX_DRAFT + 3
"""Bytes of UTF-8 in which the longest draft fits, and the mark that may stand before it."""

MAX_PACKED = 25_000_000
"""Bytes of a file that holds more than its text, such as pictures: what mail services take of one message."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what reads the bytes of a file, raising DraftError, and how many of them at most."""

    read: Callable[[bytes], Document]
    most_bytes: int = MAX_BYTES


def read(name: PurePath, data: bytes) -> Document:
    """A draft's file, read by how its name ends. Raises DraftError, which does not name the file."""
    return of(name).read(data)


def of(name: PurePath) -> Format:
    """The format of a file by how its name ends: text where nothing else is known."""
    return FORMATS.get(name.suffix.lower(), FORMATS[".txt"])


def as_text(format: str) -> Callable[[bytes], Document]:
    """What reads a file that is its own text, in a format of drafts."""

    def read(data: bytes) -> Document:
        try:
            text = files.decoded(data)
        except files.FileError as error:
            raise DraftError(str(error)) from None
        return Document(text, (Part(text, format),))

    return read


def as_packed(module: str) -> Callable[[bytes], Document]:
    """What reads a file that holds more than its text, by the module for it, which is imported where there is one."""

    def read(data: bytes) -> Document:
        document: Document = import_module(module).read(data)
        return document

    return read


FORMATS: Mapping[str, Format] = {
    ".txt": Format(as_text("text")),
    ".md": Format(as_text("markdown")),
    ".markdown": Format(as_text("markdown")),
    ".html": Format(as_text("html")),
    ".htm": Format(as_text("html")),
    ".eml": Format(as_packed("cannedkit.markdown.documents.mail"), MAX_PACKED),
    ".docx": Format(as_packed("cannedkit.markdown.documents.word"), MAX_PACKED),
}
"""How a file ends -> its format; a folder stands for the files in it that end so."""
