"""Markdown -> a flat stream of tags and texts, each text with the place of every character in the source.

markdown-it-py reads; it gives lines for blocks and nothing for what stands inside a line. The places come from its own
cursor: the rules for inline markup are wrapped, so that each token knows which stretch of the content it was made from,
and the content of a block is the source's own lines without the indentation and markers before them. Nothing is
searched for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cannedkit.markdown.html import html_events
from cannedkit.markdown.parser import parser
from cannedkit.markdown.source import Event, Pieces, Source, Stretch, plain

__all__ = ["Event", "Stretch", "events"]


def events(text: str) -> Iterator[Event]:
    """The tags and texts of a Markdown document in order, without front matter. Places are code points of `text`."""
    source = Source(text)
    for token in parser().parse(source.readable, {}):
        if token.type == "inline":
            yield from _inline(token, source)
        elif token.type == "html_block":
            yield from html_events(token.content, source.pieces(token.content, token.map[0], trimmed=False), source)
        elif token.type in ("fence", "code_block"):
            yield Event("void", "pre")
        elif token.type == "math_block":
            yield Event("void", "math")
        elif token.nesting and not (token.hidden and token.type.startswith("paragraph")):
            yield Event("open" if token.nesting > 0 else "close", token.tag)
        elif token.type == "hr":
            yield Event("void", "hr")


# -- inline -------------------------------------------------------------------------------------


def _inline(token: Any, source: Source) -> Iterator[Event]:
    pieces: Pieces = token.meta.get("pieces") or source.pieces(token.content, token.meta.get("first", token.map[0]))
    yield from _children(token.children, pieces, source, 0)


def _children(tokens: Sequence[Any], pieces: Pieces, source: Source, base: int) -> Iterator[Event]:
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


def _text(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    if token.content:
        yield from plain(token.content, pieces, start, source)


def _special(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    yield Event("text", text=token.content, stretches=source.whole(pieces, start, end, len(token.content)))


def _soft_break(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    yield Event("text", text="\n", stretches=source.stretches(pieces, start, start + 1))


def _hard_break(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    yield Event("text", text=" ", stretches=source.whole(pieces, start, start + 1, 1))


def _code(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    inner = start + len(token.markup) + (end - start - 2 * len(token.markup) - len(token.content)) // 2
    yield Event("mask", "code", token.content, source.stretches(pieces, inner, inner + len(token.content)))


def _tags(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    yield from html_events(token.content, _shifted(pieces, start, end), source)


def _note(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    """The mark of a footnote; at the end of a word it stands above the line, and the words are neighbours."""
    if not source.before(pieces, start).strip():
        yield Event("void", "footnote", "", source.whole(pieces, start, end, 1))


def _picture(token: Any, pieces: Pieces, start: int, end: int, source: Source) -> Iterator[Event]:
    yield Event("void", "img", "", source.whole(pieces, start, end, 1), attributes={"alt": token.content})
    for inner in _children(token.children or (), pieces, source, start + 2):
        if inner.kind == "text":
            yield Event("alt", "img", inner.text, inner.stretches)
    yield Event("close", "img")


_INLINE: Mapping[str, Callable[[Any, Pieces, int, int, Source], Iterator[Event]]] = {
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


def _shifted(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces of content `[start:end)`, counted from `start`."""
    first = bisect_right(pieces, start, key=lambda piece: piece[0]) - 1
    found = [(0, pieces[first][1] + start - pieces[first][0])]
    return found + [(at - start, place) for at, place in pieces[first + 1 :] if at < end]
