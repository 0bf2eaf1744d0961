"""A message of mail (.eml): its subject, and what its writer says in it.

The text/plain part is read, else text/html. Headers, earlier mail that is quoted, and what stands below a signature's
`-- ` are not the draft. Places are those of the file where text and subject stand in it as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

from cannedkit.markdown.blocks import Stretch
from cannedkit.markdown.documents.document import Document, Part
from cannedkit.model.errors import DraftError

MAX_DEPTH = 20
"""How deep parts may stand in parts: our own choice, several times what mail programs write."""

NOTE = "is written in an encoding of mail: lines and columns are those of the message decoded, its subject on line 1"

_BREAK = re.compile(rb"\r?\n")
_HEADERS = re.compile(rb"(?:(?!\r?\n)[^\n]+\n?)*")
_SUBJECT = re.compile(r"^subject:[ \t]*(.*?(?:\r?\n[ \t].*?)*)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PLAIN = frozenset(("", "7bit", "8bit", "binary"))
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_END = re.compile(r"--[ \t]?|[ \t]*-{4,} ?\w[^-]*-{4,}[ \t]*|_{20,}[ \t]*")
"""The line above a signature, and those that mail programs put above the message that is answered or sent on."""

_NAMED = re.compile(r"@|\d")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A part of a message that holds no others: its headers, and where its content stands in the bytes."""

    headers: Message
    start: int
    end: int


def read(data: bytes) -> Document:
    """The subject and the text of a message. Raises DraftError where it has no text."""
    headers, start = _headers(data, 0, len(data))
    leaves = list(_leaves(data, headers, start, len(data), MAX_DEPTH))
    chosen = _chosen(leaves)
    if chosen is None:
        raise DraftError("holds no text: neither a text/plain nor a text/html part stands in it")
    html = chosen.headers.get_content_type() == "text/html"
    subject, text = _subject(headers), _decoded(data, chosen)
    return _in_file(data, chosen, subject, text, html) or _by_itself(subject, text, html)


def _in_file(data: bytes, leaf: _Leaf, subject: str, text: str, html: bool) -> Document | None:
    """The message at its places in the file; None where the file holds something else than is read."""
    try:
        source = data.decode()
        at = len(data[: leaf.start].decode())
    except UnicodeDecodeError:
        return None
    found = _SUBJECT.search(source, 0, at)
    if not source.startswith(text, at) or " ".join(found[1].split() if found else ()) != subject:
        return None
    subjects = (_piece(source, found.start(1), found.end(1)),) if found and subject else ()
    return _document(source, subjects, at, at + len(text), html, "")


def _by_itself(subject: str, text: str, html: bool) -> Document:
    """The message as it is read: its subject on the first line, an empty one, and its text."""
    source = f"{subject}\n\n{text}"
    subjects = (_piece(source, 0, len(subject)),) if subject else ()
    return _document(source, subjects, len(subject) + 2, len(source), html, NOTE)


def _document(source: str, subjects: tuple[Part, ...], start: int, end: int, html: bool, note: str) -> Document:
    spans = [(start, end)] if html else _own(source, start, end)
    body = replace(_joined(source, spans), part="", format="html" if html else "text")
    return Document(source, (*subjects, body), written=False, note=note)


def _piece(source: str, start: int, end: int) -> Part:
    return replace(_joined(source, [(start, end)]), part="subject")


def _joined(source: str, spans: list[tuple[int, int]]) -> Part:
    """Stretches of the source as one text."""
    stretches = []
    at = 0
    for start, end in spans:
        stretches.append(Stretch(at, end - start, start, end))
        at += end - start
    return Part("".join(source[start:end] for start, end in spans), stretches=tuple(stretches))


# -- what is a message's own --------------------------------------------------------------------


def _own(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a text that its writer wrote: no earlier mail, no line that introduces it, no signature."""
    lines = [found.span() for found in _LINE.finditer(source, start, end) if found.end() > found.start()]
    words = [source[left:right].rstrip("\r\n") for left, right in lines]
    last = next((number for number, one in enumerate(words) if _END.fullmatch(one)), len(words))
    quoted = {number for number, one in enumerate(words) if one.startswith(">")}
    for number in sorted(quoted):
        quoted |= set(_introduction(words, number, quoted))
    kept = [line for number, line in enumerate(lines[:last]) if number not in quoted]
    spans: list[tuple[int, int]] = []
    for left, right in kept:
        begun = spans.pop()[0] if spans and spans[-1][1] == left else left
        spans.append((begun, right))
    return spans


def _introduction(words: list[str], quote: int, quoted: set[int]) -> range:
    """The lines before a quotation that say whose it is: `On Tuesday, 3 March, Jo <jo@example.org> wrote:`."""
    end = quote
    while end > 0 and not words[end - 1].strip():
        end -= 1
    start = end
    while start > 0 and end - start < _MOST_LINES and words[start - 1].strip() and start - 1 not in quoted:
        start -= 1
    said = " ".join(words[start:end])
    is_one = said.rstrip().endswith(":") and _NAMED.search(said) and (start == 0 or not words[start - 1].strip())
    return range(start, end) if is_one else range(0)


_MOST_LINES = 3
"""Lines over which a mail program spreads a name and a date: our own choice, two and one to spare."""


# -- parts --------------------------------------------------------------------------------------


def _headers(data: bytes, start: int, end: int) -> tuple[Message, int]:
    """The headers that begin at a place, and where the content behind them begins."""
    found = _HEADERS.match(data, start, end)
    head = found.end() if found else start
    gap = _BREAK.match(data, head, end)
    written = data[start:head].decode("utf-8", "replace")
    return HeaderParser(policy=compat32).parsestr(written), gap.end() if gap else head


def _leaves(data: bytes, headers: Message, start: int, end: int, depth: int) -> Iterator[_Leaf]:
    """The parts of a message that hold no others, in order."""
    boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
    if not boundary:
        yield _Leaf(headers, start, end)
        return
    if not depth:
        raise DraftError(f"is not read: parts stand in parts more than {MAX_DEPTH} deep")
    line = re.escape(boundary.encode("utf-8", "replace"))
    marks = list(re.finditer(rb"(?:\A|(?<=\n))--" + line + rb"(--)?[ \t]*(?:\r?\n|\Z)", data[start:end]))
    closing = next((number for number, mark in enumerate(marks) if mark[1]), len(marks))
    for number, mark in enumerate(marks[:closing]):
        stop = start + marks[number + 1].start() if number + 1 < len(marks) else end
        stop -= next((len(sign) for sign in (b"\r\n", b"\n") if data.endswith(sign, start, stop)), 0)
        inner, begins = _headers(data, start + mark.end(), stop)
        yield from _leaves(data, inner, begins, stop, depth - 1)


def _chosen(leaves: list[_Leaf]) -> _Leaf | None:
    """The part that is linted: plain text before HTML, and nothing that is attached."""
    shown = [leaf for leaf in leaves if leaf.headers.get_content_disposition() != "attachment"]
    kinds = [leaf.headers.get_content_type() for leaf in shown]
    wanted = next((kind for kind in ("text/plain", "text/html") if kind in kinds), None)
    return shown[kinds.index(wanted)] if wanted else None


def _decoded(data: bytes, leaf: _Leaf) -> str:
    """The text of a part. Raises DraftError for an encoding or a set of characters that is not known."""
    content = data[leaf.start : leaf.end]
    encoding = str(leaf.headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in _PLAIN:
        part = Message()
        part["Content-Transfer-Encoding"] = encoding
        part.set_payload(content.decode("ascii", "surrogateescape"))
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
    charset = leaf.headers.get_content_charset("utf-8")
    try:
        return _whole(content.decode("utf-8" if charset in ("us-ascii", "ascii") else charset))
    except (LookupError, UnicodeDecodeError, ValueError) as error:
        raise DraftError(f"cannot be read: its text is not in {charset}, as it says: {error}") from None


def _subject(headers: Message) -> str:
    """The subject on one line, words of mail's own encoding decoded."""
    written = str(headers.get("Subject", ""))
    with suppress(MessageError, LookupError, ValueError):
        written = str(make_header(decode_header(written)))
    return " ".join(_whole(written).split())


def _whole(text: str) -> str:
    """The text with halves of characters, which some sets of characters can write, made `?`."""
    return text.encode("utf-8", "replace").decode()
