"""Markdown -> a flat stream of tags and texts, each text with the place of every character in the source.

markdown-it-py reads; it gives lines for blocks and nothing for what stands inside a line. The places come from its own
cursor: the rules for inline markup are wrapped, so that each token knows which stretch of the content it was made from,
and the content of a block is the source's own lines without the indentation and markers before them. Nothing is
searched for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from cannedkit.markdown.parser import SPACES, Span, parser

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


def events(text: str) -> Iterator[Event]:
    """The tags and texts of a Markdown document in order, without front matter. Places are code points of `text`."""
    source = _Source(text)
    for token in parser().parse(source.readable, {}):
        if token.type == "inline":
            yield from _inline(token, source)
        elif token.type == "html_block":
            yield from _html(token.content, source.pieces(token.content, token.map[0], trimmed=False), source)
        elif token.type in ("fence", "code_block"):
            yield Event("void", "pre")
        elif token.type == "math_block":
            yield Event("void", "math")
        elif token.nesting and not (token.hidden and token.type.startswith("paragraph")):
            yield Event("open" if token.nesting > 0 else "close", token.tag)
        elif token.type == "hr":
            yield Event("void", "hr")


# -- the source ---------------------------------------------------------------------------------

Pieces = Sequence[Span]
"""Content from the first number on stands in the source from the second on, up to the next piece."""


class _Source:
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


# -- inline -------------------------------------------------------------------------------------


def _inline(token: Any, source: _Source) -> Iterator[Event]:
    pieces: Pieces = token.meta.get("pieces") or source.pieces(token.content, token.meta.get("first", token.map[0]))
    yield from _children(token.children, pieces, source, 0)


def _children(tokens: Sequence[Any], pieces: Pieces, source: _Source, base: int) -> Iterator[Event]:
    """The events of some inline tokens. `base` is where their content starts in that of the block."""
    hidden = False
    for token in tokens:
        start, end = (base + at for at in token.meta.get("at", (0, 0)))
        if token.markup == "autolink":
            hidden = token.nesting > 0
            if hidden:
                stretches = source.whole(pieces, start, end, end - start)
                yield Event("mask", "a", "*" * (end - start), stretches)
        elif hidden:
            continue
        elif token.type in _INLINE:
            yield from _INLINE[token.type](token, pieces, start, end, source)
        elif token.nesting:
            attributes = {"href": str(token.attrs.get("href", ""))} if token.tag == "a" and token.nesting > 0 else {}
            kind = "open" if token.nesting > 0 else "close"
            yield Event(kind, token.tag, "", source.whole(pieces, start, end, 1), attributes=attributes)


def _text(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    if token.content:
        yield from _plain(token.content, pieces, start, source)


def _special(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    yield Event("text", text=token.content, stretches=source.whole(pieces, start, end, len(token.content)))


def _soft_break(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    yield Event("text", text="\n", stretches=source.stretches(pieces, start, start + 1))


def _hard_break(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    yield Event("text", text=" ", stretches=source.whole(pieces, start, start + 1, 1))


def _code(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    inner = start + len(token.markup) + (end - start - 2 * len(token.markup) - len(token.content)) // 2
    yield Event("mask", "code", token.content, source.stretches(pieces, inner, inner + len(token.content)))


def _tags(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    yield from _html(token.content, _shifted(pieces, start, end), source)


def _note(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    """The mark of a footnote; at the end of a word it stands above the line, and the words are neighbours."""
    if not source.before(pieces, start).strip():
        yield Event("void", "footnote", "", source.whole(pieces, start, end, 1))


def _picture(token: Any, pieces: Pieces, start: int, end: int, source: _Source) -> Iterator[Event]:
    yield Event("void", "img", "", source.whole(pieces, start, end, 1), attributes={"alt": token.content})
    for inner in _children(token.children or (), pieces, source, start + 2):
        if inner.kind == "text":
            yield Event("alt", "img", inner.text, inner.stretches)
    yield Event("close", "img")


_INLINE: Mapping[str, Callable[[Any, Pieces, int, int, _Source], Iterator[Event]]] = {
    "text": _text,
    "text_special": _special,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "code_inline": _code,
    "html_inline": _tags,
    "image": _picture,
    "footnote": _note,
}
"""A token inside a line -> its events."""


def _plain(content: str, pieces: Pieces, start: int, source: _Source) -> Iterator[Event]:
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


def _verbatim(text: str, pieces: Pieces, start: int, source: _Source) -> Event:
    return Event("text", text=text, stretches=source.stretches(pieces, start, start + len(text)))


def _shifted(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces of content `[start:end)`, counted from `start`."""
    first = bisect_right(pieces, start, key=lambda piece: piece[0]) - 1
    found = [(0, pieces[first][1] + start - pieces[first][0])]
    return found + [(at - start, place) for at, place in pieces[first + 1 :] if at < end]


# -- HTML ---------------------------------------------------------------------------------------


def _html(content: str, pieces: Pieces, source: _Source) -> Iterator[Event]:
    reader = _Html(content, pieces, source)
    try:
        reader.feed(content)
        reader.close()
    except AssertionError:  # the standard library's answer to a declaration that it does not know
        pass
    yield from reader.events


class _Html(HTMLParser):
    """The tags, texts and comments of some HTML."""

    def __init__(self, content: str, pieces: Pieces, source: _Source) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[Event] = []
        self._content, self._pieces, self._source = content, pieces, source
        self._starts = [0, *(found.end() for found in re.finditer("\n", content))]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag("void" if tag in VOID else "open", tag, attrs)
        if tag == "img":
            self.events.append(Event("close", "img"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag("void", tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._tag("close", tag, ())

    def _tag(self, kind: str, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        at = self._at()
        end = self._content.find(">", at) + 1 if kind == "close" else at + len(self.get_starttag_text() or "")
        place = self._source.whole(self._pieces, at, max(end, at + 1), 1)
        self.events.append(Event(kind, tag, "", place, attributes={key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        at = self._at()
        self.events.append(Event("text", text=data, stretches=self._source.stretches(self._pieces, at, at + len(data))))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        from html import unescape

        at = self._at()
        written = written if self._content.startswith(written, at) else written[:-1]
        text = unescape(written)
        stretches = self._source.whole(self._pieces, at, at + len(written), len(text))
        self.events.append(Event("text", text=text, stretches=stretches))

    def handle_comment(self, data: str) -> None:
        at = self._at()
        stretch = self._source.whole(self._pieces, at, at + 4, 4)[0]
        self.events.append(Event("comment", text=data.strip(), start=stretch.start, end=stretch.end))


VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Tags of HTML that hold nothing (HTML standard, 13.1.2)."""
