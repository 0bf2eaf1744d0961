"""Markdown -> its prose, block by block, with the place of every character in the source.

What is prose, and what a block is called, follows Vale 3.22: code and addresses stand in the prose as a row of `*`, so that
words do not run together; what stands between the comments `vale off` and `vale on` is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cannedkit.markdownreader import Event, Stretch, events

__all__ = ["Block", "Comment", "Markdown", "Stretch", "blocks", "read"]

INLINE = frozenset("b big i small abbr acronym cite dfn em kbd strong a br img span sub sup code tt del s".split())
"""Tags inside a line of text (Vale 3.22, internal/lint/ast.go)."""

SKIPPED = frozenset("script style pre figure noscript iframe".split())
"""Tags that hold no prose (Vale 3.22, internal/lint/ast.go)."""

CODE = frozenset(("tt", "code", "kbd"))
"""Tags inside a line whose text is masked."""

NAMES: Mapping[str, str] = {
    "th": "table.header",
    "td": "table.cell",
    "caption": "table.caption",
    "li": "list",
    "blockquote": "blockquote",
    "figcaption": "figure.caption",
    **{f"h{level}": f"heading.h{level}" for level in range(1, 7)},
}
"""A tag -> the kind of block that its text makes; text in none of them is a paragraph."""

INLINE_NAMES: Mapping[str, str] = {
    "a": "link",
    "strong": "strong",
    "b": "strong",
    "em": "emphasis",
    "i": "emphasis",
}
"""A tag -> the kind of the block that its text makes besides the one it stands in."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of prose: a paragraph, heading, list item, cell.

    `kind` is paragraph, `heading.h1` to `heading.h6`, list, blockquote, `table.header`, `table.cell`, … or alt (the text
    of a picture). `text` has `stretches` that cover it; `inline` holds (kind, start, end) of the links and the like in
    it. `classes` are those of the tags around it.
    """

    kind: str
    text: str
    stretches: tuple[Stretch, ...]
    inline: tuple[tuple[str, int, int], ...] = ()
    masked: tuple[tuple[int, int], ...] = ()
    classes: tuple[str, ...] = ()

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the prose `[start:end)` came from; part of an entity is the whole of it."""
        return placed(self.stretches, start, end)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a document: its text, and where it starts in the source."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Markdown:
    """A document, read. `counts` says how many blocks of each kind it has."""

    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]
    counts: Mapping[str, int]


def placed(stretches: Sequence[Stretch], start: int, end: int) -> tuple[int, int]:
    """The span of the source of `[start:end)` of a text that the stretches cover; an empty span stays empty."""
    if not stretches:
        return 0, 0
    if start == end:
        before = _stretch(stretches, max(start - 1, 0))
        after = _stretch(stretches, start)
        place = after.start + start - after.at if before is after and _verbatim(stretches, after) else after.start
        if start > 0 and before is after and not _at_start(after, start):
            place = min(place, after.end)
        return place, place
    first, last = _stretch(stretches, start), _stretch(stretches, end - 1)
    left = first.start + start - first.at if _verbatim(stretches, first) else first.start
    right = last.start + end - last.at if _verbatim(stretches, last) else last.end
    return left, right


def _stretch(stretches: Sequence[Stretch], at: int) -> Stretch:
    return stretches[max(0, bisect_right(stretches, at, key=lambda each: each.at) - 1)]


def _verbatim(stretches: Sequence[Stretch], one: Stretch) -> bool:
    return one.length == one.end - one.start


def _at_start(one: Stretch, at: int) -> bool:
    return at == one.at


def blocks(text: str) -> list[Block]:
    """The prose of a Markdown document, in order."""
    return list(read(text).blocks)


def read(text: str) -> Markdown:
    """The prose and the comments of a Markdown document, in order."""
    walk = _Walk()
    for event in events(text):
        walk.step(event)
    walk.flush()
    return Markdown(tuple(walk.blocks), tuple(walk.comments), dict(walk.counts))
