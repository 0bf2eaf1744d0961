"""A document of Word (.docx): its paragraphs, those of tables and text boxes too, each a line of the source.

python-docx reads the file; what the archive says of its sizes is asked first, and nothing larger is unpacked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from cannedkit.markdown.blocks import Stretch
from cannedkit.markdown.documents.document import Document, Part
from cannedkit.model.errors import DraftError

MAX_FILES, MAX_UNPACKED, MAX_PART = 5_000, 100_000_000, 20_000_000
"""Files in a document, their bytes unpacked, and those of one that is no picture: our own choice, far above letters."""

MISSING = "is a document of Word, and what reads those is not installed: pip install 'cannedkit[docx]'"

NOTE = "lines are paragraphs, counted from the first, those of tables and empty ones too; columns count in them"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
"""Elements that stand for a character; a line break is a blank, so that a paragraph is one line."""

_LEFT_OUT = frozenset((*(f"{_W}{name}" for name in ("p", "del", "moveFrom", "pPr", "rPr")), _FALLBACK))
"""Elements in a paragraph that hold none of its text: paragraphs of text boxes are told by themselves."""


def read(data: bytes) -> Document:
    """The paragraphs of a document. Raises DraftError, also where python-docx is not installed."""
    _refuse(data)
    try:
        import docx
    except ImportError:
        raise DraftError(MISSING) from None
    try:
        body: Any = docx.Document(io.BytesIO(data)).element.body
        paragraphs = ["".join(_text(one)) for one in body.iter(f"{_W}p") if not _is_fallback(one)]
    except Exception as error:  # XML, relations and content types: each library below has errors of its own
        raise DraftError(f"cannot be read as a document of Word: {' '.join(str(error).split())[:200]}") from None
    return _document(paragraphs)


def _refuse(data: bytes) -> None:
    """Raises DraftError for what is no archive, and for one that holds more than is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise DraftError(f"cannot be read as a document of Word: {error}") from None
    size = sum(one.file_size for one in found)
    parts = (one.file_size for one in found if one.filename.lower().endswith((".xml", ".rels")))
    if len(found) > MAX_FILES or size > MAX_UNPACKED or max(parts, default=0) > MAX_PART:
        raise DraftError(f"is not read: it says that it unpacks to {len(found):,} files of {size:,} bytes; split it")


def _is_fallback(element: Any) -> bool:
    """Whether an element stands a second time, for programs that cannot show the first."""
    return any(one.tag == _FALLBACK for one in element.iterancestors())


def _text(paragraph: Any) -> Iterator[str]:
    """The pieces of a paragraph's text: what was deleted while changes were tracked is none of it."""
    todo = list(reversed(paragraph))
    while todo:
        element = todo.pop()
        if element.tag == f"{_W}t":
            yield " ".join((element.text or "").splitlines())
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _LEFT_OUT:
            todo += reversed(element)


def _document(paragraphs: list[str]) -> Document:
    """Paragraphs as a document: each a line of its source, with an empty line between them where it is linted."""
    stretches = []
    at = start = 0
    for paragraph in paragraphs:
        if paragraph:
            stretches.append(Stretch(at, len(paragraph), start, start + len(paragraph)))
        at += len(paragraph)
        start += len(paragraph)
        stretches.append(Stretch(at, 2, start, start + 1, verbatim=False))
        at, start = at + 2, start + 1
    part = Part("\n\n".join(paragraphs), stretches=tuple(stretches[:-1]))
    return Document("\n".join(paragraphs), (part,), written=False, note=NOTE)
