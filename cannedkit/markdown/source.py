"""A text that is more than its prose, and the way back to it: what a reader of Markdown or HTML hands on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cannedkit.markdown.parser import SPACES, Span

_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*?\n)?\1[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE_BREAK = re.compile(r"\r\n|\r")
_ADDRESS = re.compile(
    r"(?<![\w/])(?:(?:https?|ftp)://|www\.)[-\w@:%.+~#=]{1,256}\.[a-zA-Z]+(?::\d+)?(?:[/#?][-\w@:%+.~#$!?&/=();,'^{}\[\]*]*)?"
    r"|(?<![\w.+/-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
"""A web or mail address that stands in a text without markup, as GitHub's Markdown finds it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` characters of a text, from `at` on, came from source `[start:end)`, all in code points.

    `verbatim`: the characters are the same, one by one; else the stretch stands for the whole of an entity, an escape,
    code or an address.
    """

    at: int
    length: int
    start: int
    end: int
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One step through a document.

    `kind` is open, close or void (a tag: its `name` and `attributes`), text, mask (code or an address: not prose) or
    comment. `text` has `stretches` that cover it, a tag inside a line one for the sign that may stand for it; a
    comment's text is what stands between its dashes, a mask's text what it hides. `[start:end)` is the source of the
    whole.
    """

    kind: str
    name: str = ""
    text: str = ""
    stretches: tuple[Stretch, ...] = ()
    start: int = 0
    end: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


Pieces = Sequence[Span]
"""Content from the first number on stands in the source from the second on, up to the next piece."""


class Source:
    """A document as the parser reads it (line breaks of one character, front matter blanked), and the way back."""

    def __init__(self, text: str) -> None:
        self.breaks: list[int] = []
        if "\r" in text:
            removed = [found.start() for found in _LINE_BREAK.finditer(text) if len(found[0]) == 2]
            self.breaks = [at - number for number, at in enumerate(removed, start=0)]
            text = _LINE_BREAK.sub("\n", text)
        if front := _FRONT_MATTER.match(text):
            text = re.sub(r"[^\n]", " ", front[0]) + text[front.end() :]
        self.readable = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def origin(self, at: int) -> int:
        """Where a character of `readable` stands in the text as it was given."""
        return at + bisect_right(self.breaks, at - 1) if self.breaks else at

    def line(self, number: int) -> Span:
        """Start and end of a line, without its break."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.readable)
        return self.starts[number], end

    def pieces(self, content: str, first: int, *, trimmed: bool = True) -> Pieces:
        """Where the lines of a block's content stand: each is the end of a line of the source, from line `first` on.

        `trimmed`: the parser took the white space off both ends.
        """
        found = []
        at = 0
        lines = content.split("\n")
        for number, line in enumerate(lines, start=first):
            if number >= len(self.starts):
                break
            start, end = self.line(number)
            if trimmed and number == first + len(lines) - 1:
                end = start + len(self.readable[start:end].rstrip(SPACES))
            body = line.lstrip(" \t")
            found.append((at, end - len(line)))
            if end - len(line) < start:
                found[-1:] = [(at, start), (at + len(line) - len(body), end - len(body))]
            at += len(line) + 1
        return found

    def stretches(self, pieces: Pieces, start: int, end: int, at: int = 0) -> tuple[Stretch, ...]:
        """The verbatim content `[start:end)` as stretches of a text in which it stands from `at` on."""
        made: list[Stretch] = []
        while start < end:
            number = bisect_right(pieces, start, key=lambda piece: piece[0]) - 1
            stop = min(end, pieces[number + 1][0]) if number + 1 < len(pieces) else end
            left = start + pieces[number][1] - pieces[number][0]
            made += self._unbroken(at, left, left + stop - start)
            at += stop - start
            start = stop
        return tuple(made)

    def before(self, pieces: Pieces, at: int) -> str:
        """The character before one of the content; "" at its start."""
        if at == 0:
            return ""
        number = bisect_right(pieces, at - 1, key=lambda piece: piece[0]) - 1
        return self.readable[at - 1 + pieces[number][1] - pieces[number][0]]

    def _unbroken(self, at: int, start: int, end: int) -> Iterator[Stretch]:
        """The stretches of `readable[start:end)`, cut where a line break was of two characters."""
        cuts = self.breaks[bisect_right(self.breaks, start - 1) : bisect_right(self.breaks, end - 2)]
        for left, right in zip((start, *(cut + 1 for cut in cuts)), (*(cut + 1 for cut in cuts), end), strict=True):
            yield Stretch(at + left - start, right - left, self.origin(left), self.origin(right - 1) + 1)

    def whole(self, pieces: Pieces, start: int, end: int, length: int) -> tuple[Stretch, ...]:
        """The content `[start:end)` as one stretch of `length`, for what is written otherwise than it reads."""
        found = self.stretches(pieces, start, end)
        return (Stretch(0, length, found[0].start, found[-1].end, verbatim=False),)


def plain(content: str, pieces: Pieces, start: int, source: Source) -> Iterator[Event]:
    """A text as it stands in the source, the addresses in it masked."""
    at = 0
    for found in _ADDRESS.finditer(content) if "." in content else ():
        address = found[0].rstrip("?!.,:*_~'\"") if not found[0].endswith(")") else _balanced(found[0])
        if found.start() > at:
            yield _verbatim(content[at : found.start()], pieces, start + at, source)
        end = found.start() + len(address)
        stretches = source.whole(pieces, start + found.start(), start + end, len(address))
        yield Event("mask", "a", address, stretches)
        at = end
    if at < len(content):
        yield _verbatim(content[at:], pieces, start + at, source)


def _balanced(address: str) -> str:
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    return address.rstrip("?!.,:*_~'\"")


def _verbatim(text: str, pieces: Pieces, start: int, source: Source) -> Event:
    return Event("text", text=text, stretches=source.stretches(pieces, start, start + len(text)))
