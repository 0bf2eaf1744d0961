"""Markdown -> its prose, block by block, with the place of every character in the source.

What is prose, and what a block is called, follows Vale 3.22: code and addresses stand in the prose as a row of `*`, so
that words do not run together; what stands between the comments `vale off` and `vale on` is left out. Whatever else is
left out of a line, such as a picture or a link without a text, stands as one `*` between the words on its sides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cannedkit.markdown.html import page_events
from cannedkit.markdown.reader import Event, Stretch, events

__all__ = ["Block", "Comment", "Markdown", "Stretch", "blocks", "read", "read_page"]

INLINE = frozenset("b big i small abbr acronym cite dfn em kbd strong a br img span sub sup code tt del s".split())
"""Tags inside a line of text (Vale 3.22, internal/lint/ast.go)."""

SKIPPED = frozenset("script style pre figure noscript iframe".split())
"""Tags that hold no prose (Vale 3.22, internal/lint/ast.go)."""

CODE = frozenset(("tt", "code", "kbd"))
"""Tags inside a line whose text is masked."""

CLASSES = frozenset(("problematic", "pre", "code"))
"""Classes of tags that hold no prose (Vale 3.22, internal/lint/ast.go)."""

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

SHOWN = frozenset("audio embed footnote img input math object source".split())
"""Tags without a text that show something inside a line."""

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

    `kind` is paragraph, `heading.h1` to `heading.h6`, list, blockquote, `table.header`, `table.cell`, … or alt (the
    text of a picture). `text` has `stretches` that cover it; `inline` holds (kind, start, end) of the links and the
    like in it, `masked` (start, end) of its code and addresses. `classes` are those of the tags around it.
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
    """A document, read. `counts` says how many blocks of each kind it has, `codes` is what stands as code in lines."""

    blocks: tuple[Block, ...]
    codes: tuple[Block, ...]
    comments: tuple[Comment, ...]
    counts: Mapping[str, int]


def placed(stretches: Sequence[Stretch], start: int, end: int) -> tuple[int, int]:
    """The span of the source of `[start:end)` of a text that the stretches cover; an empty span stays empty."""
    if not stretches:
        return 0, 0
    if start == end:
        place = _edge(stretches, start) if start < stretches[-1].at + stretches[-1].length else stretches[-1].end
        return place, place
    last = _stretch(stretches, end - 1)
    right = last.start + end - last.at if last.verbatim else last.end
    return _edge(stretches, start), max(right, _edge(stretches, start))


def _edge(stretches: Sequence[Stretch], at: int) -> int:
    one = _stretch(stretches, at)
    return one.start + at - one.at if one.verbatim else one.start


def _stretch(stretches: Sequence[Stretch], at: int) -> Stretch:
    return stretches[max(0, bisect_right(stretches, at, key=lambda each: each.at) - 1)]


def blocks(text: str) -> list[Block]:
    """The prose of a Markdown document, in order."""
    return list(read(text).blocks)


def read(
    text: str,
    *,
    skipped: Iterable[str] = SKIPPED,
    code: Iterable[str] = CODE,
    classes: Iterable[str] = (),
) -> Markdown:
    """The prose and the comments of a Markdown document, in order.

    `skipped` are tags that hold no prose, `code` tags inside a line whose text is masked, `classes` those of tags that
    hold no prose.
    """
    return _walked(events(text), _Walk(frozenset(skipped), frozenset(code), frozenset(classes) | CLASSES))


def read_page(text: str) -> Markdown:
    """What a reader sees of an HTML document, as prose in blocks, and its comments. Raises DraftError."""
    return _walked(page_events(text), _Walk(frozenset({"pre"}), CODE, CLASSES))


def _walked(events: Iterable[Event], walk: _Walk) -> Markdown:
    for event in events:
        walk.step(event)
    walk.flush()
    return Markdown(tuple(walk.blocks), tuple(walk.codes), tuple(walk.comments), dict(walk.counts))


class _Walk:
    """One walk through a document: the blocks so far, and the one that is being gathered."""

    def __init__(self, skipped: frozenset[str], code: frozenset[str], classes: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self.codes: list[Block] = []
        self.comments: list[Comment] = []
        self.counts: Counter[str] = Counter()
        self._skipped, self._code, self._classes = skipped, code, classes
        self._off = False
        self._hidden: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._around: list[str] = []
        self._masking = 0
        self._alt: list[Event] = []
        self._fresh()

    def _fresh(self) -> None:
        """Forgets the block that was gathered, and the tags that it stood in: as Vale, after each that closes."""
        self._around = []
        self._gathered = _Gathered()

    def step(self, event: Event) -> None:
        """Takes one event."""
        if event.kind == "comment":
            self._comment(event)
        elif event.kind in ("open", "close", "void"):
            self._gathered.seam = True
            self._tag(event)
        elif event.kind == "alt":
            self._alt.append(event)
        elif not self._hidden and not self._off:
            self._text(event)
        self._last = event

    _last = Event("")

    def _comment(self, event: Event) -> None:
        self._gathered.seam = True
        if event.text == "vale off" and not self._off:
            self._gathered.leave_out((Stretch(0, 1, event.start, event.end, verbatim=False),))
        self.comments.append(Comment(event.text, event.start))
        if event.text in ("vale off", "vale on"):
            self._off = event.text == "vale off"

    def _tag(self, event: Event) -> None:
        inline = event.name in INLINE
        if event.kind == "open" and not inline:
            if self._hidden or event.name in self._skipped or self._is_skipped(event):
                self._hide(event)
                return
            if self._gathered.text.strip():
                self.flush()
            self._around.append(event.name)
            self._open.append((event.name, event.attributes.get("class", "")))
        elif event.kind == "close" and not inline:
            self._close(event)
        elif event.kind == "void":
            self._void(event)
        elif event.kind == "open":
            self._masking += event.name in self._code or event.name in self._skipped
            self._gathered.begin(event)
        else:
            self._masking = max(0, self._masking - (event.name in self._code or event.name in self._skipped))
            self._gathered.end(event.name)
            if self._alt:
                self._picture()

    def _is_skipped(self, event: Event) -> bool:
        return not self._classes.isdisjoint(event.attributes.get("class", "").split())

    def _hide(self, event: Event) -> None:
        if not self._hidden:
            self.counts[event.name] += 1
            self._gathered.leave_out(event.stretches)
        if not self._hidden or event.name == self._hidden[0]:
            self._hidden.append(event.name)

    def _close(self, event: Event) -> None:
        if self._hidden:
            if event.name == self._hidden[-1]:
                self._hidden.pop()
        else:
            names = [name for name, _ in self._open]
            self.flush()
            if event.name in names:
                del self._open[len(names) - 1 - names[::-1].index(event.name)]

    def _void(self, event: Event) -> None:
        if event.name in ("pre", "math"):
            self.counts["pre"] += event.name == "pre"
            self.flush()
        elif event.name in ("br", "wbr", "source") and self._gathered.stretches:
            last = self._gathered.stretches[-1].end
            self._gathered.add(" ", (Stretch(0, 1, last, last, verbatim=False),))
        elif event.name in SHOWN and not self._hidden and not self._off:
            self._gathered.leave_out(event.stretches)

    def _picture(self) -> None:
        gathered = _Gathered()
        for event in self._alt:
            gathered.add(event.text, event.stretches)
        self._alt = []
        if gathered.text.strip() and not self._off and not self._hidden:
            self.blocks.append(gathered.block("alt", ()))

    def _text(self, event: Event) -> None:
        last = self._last
        is_address = last.name == "a" and last.attributes.get("href") == event.text
        masked = self._masking or is_address or (event.kind == "mask" and (event.name == "a" or "code" in self._code))
        if event.name == "code" and event.text.strip():
            self.codes.append(Block("code", event.text, event.stretches))
        if masked:
            text = "".join("\n" if character == "\n" else "*" for character in event.text)
            self._gathered.add(text, event.stretches, masked=True)
        else:
            self._gathered.add(event.text, event.stretches)

    def flush(self) -> None:
        """Closes the block that is being gathered."""
        if self._gathered.text.strip():
            kind = next((NAMES[tag] for tag in self._around if tag in NAMES), "paragraph")
            self.counts["paragraphs" if kind == "paragraph" else kind] += 1
            classes = dict.fromkeys(name for _, names in self._open for name in names.split())
            self.blocks.append(self._gathered.block(kind, tuple(classes)))
        self._fresh()


class _Gathered:
    """The text of one block, so far.

    `seam`: a tag or comment stood behind what was added last. What is left out leaves a sign between words.
    """

    def __init__(self) -> None:
        self.text = ""
        self.stretches: list[Stretch] = []
        self.seam = False
        self._inline: list[tuple[str, int, int]] = []
        self._masked: list[tuple[int, int]] = []
        self._begun: list[tuple[Event, int]] = []
        self._words_end = 0

    def add(self, text: str, stretches: Sequence[Stretch], *, masked: bool = False) -> None:
        """Adds a text; white space on both sides of a tag is there once."""
        skip = len(text) - len(text.lstrip()) if self.seam and (not self.text or self.text[-1].isspace()) else 0
        self.seam = False
        at = len(self.text)
        for one in stretches:
            if cut := _cut(one, skip, len(text)):
                self.stretches.append(replace(cut, at=cut.at - skip + at))
        self.text += text[skip:]
        if masked:
            self._masked.append((at, len(self.text)))
        if text.strip():
            self._words_end = len(self.text)

    def leave_out(self, stretches: Sequence[Stretch]) -> None:
        """Something is left out behind the words so far, if there are any."""
        if self.text.strip():
            end = self._words_end
            self.add("*", stretches, masked=True)
            self._words_end = end

    def begin(self, event: Event) -> None:
        """An inline tag opens."""
        self._begun.append((event, len(self.text)))

    def end(self, tag: str) -> None:
        """An inline tag closes."""
        if self._begun and self._begun[-1][0].name == tag:
            begun, start = self._begun.pop()
            body = self.text[start:]
            if not body and (tag != "a" or begun.attributes.get("href")):
                self.leave_out(begun.stretches)
            start += len(body) - len(body.lstrip())
            if tag in INLINE_NAMES and body.strip():
                self._inline.append((INLINE_NAMES[tag], start, start + len(body.strip())))

    def block(self, kind: str, classes: tuple[str, ...]) -> Block:
        """The block, without the white space around it and what is left out behind its last word."""
        first = len(self.text) - len(self.text.lstrip())
        last = len(self.text[: self._words_end].rstrip())
        cuts = (_cut(one, first, last) for one in self.stretches)
        stretches = tuple(replace(cut, at=cut.at - first) for cut in cuts if cut)
        inline = tuple((name, start - first, min(end, last) - first) for name, start, end in self._inline)
        masked = tuple((start - first, min(end, last) - first) for start, end in self._masked if start < last)
        return Block(kind, self.text[first:last], stretches, inline, masked, classes)


def _cut(one: Stretch, first: int, last: int) -> Stretch | None:
    """The part of a stretch that lies in `[first:last)` of its text."""
    at, end = max(one.at, first), min(one.at + one.length, last)
    if at >= end:
        return None
    if not one.verbatim:
        return replace(one, at=at, length=end - at)
    return Stretch(at, end - at, one.start + at - one.at, one.end - (one.at + one.length - end))
