"""The stretches of a draft that a rule of a Vale style looks at: its scopes.

In a plain text Vale 3.22 knows the whole text, its sentences, the file as it is (`raw`) and, where a rule of the pack
asks for paragraphs, what stands between blank lines; then it shows the paragraphs to rules for `text` as well.
In Markdown each paragraph, heading, list item or cell is a text of its own, and the summary is all prose together.

What rules search is the reading of a draft: its text, and behind the text of a Markdown draft the prose of each of its
blocks, without marks. So one automaton reads all of it once, and every stretch is a piece of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit import markdown, segment, valesentences
from cannedkit.markdown import Block
from cannedkit.model import Draft, Hits, Rule
from cannedkit.patterns import Passage, inside

Span = tuple[int, int]

_Selector = tuple[tuple[tuple[str, ...], bool], ...]
_Names = frozenset[str]

TEXT: Mapping[str, _Names] = {
    "paragraph": frozenset({"paragraph", "text", "txt"}),
    "sentence": frozenset({"sentence", "text", "txt"}),
    "text": frozenset({"text", "txt"}),
    "raw": frozenset({"raw", "txt"}),
}
"""A unit of a plain text -> the names that a scope may call it by, in the order in which Vale looks."""

_SUMMED = ("paragraph", "list", "blockquote")
"""Blocks of Markdown whose prose is part of the summary."""


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown draft as rules see it: the reading, where each block starts in it, and where the summary ends."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    summary: Span
    counts: Mapping[str, int]

    def place(self, start: int, end: int) -> Span:
        """Where `[start:end)` of the reading stands in the draft."""
        if not self.starts or start < self.starts[0]:
            return start, end
        first, last = (bisect_right(self.starts, at) - 1 for at in (start, max(start, end - 1)))
        left, right = (self._placed(index, start, end) for index in (first, last))
        return left[0], right[1]

    def _placed(self, index: int, start: int, end: int) -> Span:
        block, at = self.blocks[index], self.starts[index]
        size = len(block.text)
        return block.source(min(max(start - at, 0), size), min(max(end - at, 0), size))


def reading(draft: Draft) -> str:
    """What rules search: the draft's text, and behind it the prose of a Markdown draft."""
    return page(draft.text).text if draft.format == "markdown" else draft.text


@lru_cache(maxsize=64)
def page(text: str) -> Page:
    """A Markdown text as rules see it."""
    found = markdown.read(text)
    summed = [block for block in found.blocks if block.kind in _SUMMED]
    others = [block for block in found.blocks if block.kind not in _SUMMED]
    parts, starts = [text], []
    size = len(text)
    for block in (*summed, *others):
        starts.append(size + 2)
        parts.append(block.text)
        size += 2 + len(block.text)
    start = starts[0] if starts else len(text)
    end = starts[len(summed) - 1] + len(summed[-1].text) if summed else start
    counts = {name.replace(".", "_"): count for name, count in found.counts.items()}
    return Page("\n\n".join(parts), (*summed, *others), tuple(starts), (start, end), counts)


def passages(draft: Draft, rule: Rule, hits: Hits) -> Iterator[Passage]:
    """The stretches of the draft's reading that the rule looks at one by one, each once, in Vale's order."""
    if draft.format == "markdown":
        own = page(draft.text)
        for start, end in _of_page(draft.text, rule.scope, rule.splits, draft.locale):
            yield Passage(own.text[start:end], start, inside(hits, start, end), own.place)
        return
    whole = (0, len(draft.text))
    for start, end in _of_text(draft, rule):
        if (start, end) == whole:
            yield Passage(draft.text, 0, hits)
        else:
            yield Passage(draft.text[start:end], start, inside(hits, start, end))


def measured(draft: Draft, rule: Rule) -> Iterator[tuple[str, int]]:
    """The texts that a rule of measures looks at, and where each starts in the draft.

    Without a scope of its own it is the summary of a Markdown draft; plain text has none for Vale.
    """
    if rule.scope in (("text",), ("summary",)):
        if draft.format == "markdown":
            own = page(draft.text)
            yield own.text[slice(*own.summary)], 0
    else:
        for passage in passages(draft, rule, {}):
            yield passage.text, passage.place(0, 0)[0]


def elements(draft: Draft) -> dict[str, int]:
    """How many of each of Markdown's elements a draft holds, by the names that a formula uses."""
    return dict(page(draft.text).counts) if draft.format == "markdown" else {}


@lru_cache(maxsize=1_024)
def units_of(scopes: tuple[str, ...], splits: bool) -> tuple[str, ...]:
    """The units of a plain text that some scopes name. `splits`: a rule of the pack asks for paragraphs."""
    return tuple(
        unit for unit, names in TEXT.items() if (unit != "paragraph" or splits) and _selected(scopes, names)
    )


@lru_cache(maxsize=4_096)
def _selected(scopes: tuple[str, ...], names: _Names) -> bool:
    return any(_selects(_selector(scope), names) for scope in scopes)


def _selector(scope: str) -> _Selector:
    """The parts of a scope that must all hold: their names, and whether they are negated."""
    parts = (part.strip() for part in scope.split("&"))
    return tuple((tuple(part.removeprefix("~").strip().split(".")), part.startswith("~")) for part in parts)


def _selects(selector: _Selector, names: _Names) -> bool:
    if "sentence" in names and not any("sentence" in wanted and not negated for wanted, negated in selector):
        return False
    sized = "raw" in names or "summary" in names
    return all(
        not names.issuperset(wanted) and not sized if negated else names.issuperset(wanted)
        for wanted, negated in selector
    )


def _of_text(draft: Draft, rule: Rule) -> Sequence[Span]:
    units = units_of(rule.scope, rule.splits)
    if len(units) == 1:
        return _UNITS[units[0]](draft.text, draft.locale)
    return list(dict.fromkeys(span for unit in units for span in _UNITS[unit](draft.text, draft.locale)))


@lru_cache(maxsize=256)
def _of_page(text: str, scopes: tuple[str, ...], splits: bool, locale: str) -> tuple[Span, ...]:
    """The stretches of a Markdown text's reading that some scopes name."""
    own = page(text)
    found: dict[Span, None] = {}
    for block, start in zip(own.blocks, own.starts, strict=True):
        for names, (left, right) in _units_of_block(block, splits, locale, scopes):
            if _selected(scopes, names):
                found[start + left, start + right] = None
    if _selected(scopes, frozenset({"summary", "md"})):
        found[own.summary] = None
    if _selected(scopes, frozenset({"raw", "md"})):
        found[0, len(text)] = None
    return tuple(found)


def _units_of_block(
    block: Block, splits: bool, locale: str, scopes: tuple[str, ...]
) -> Iterable[tuple[_Names, Span]]:
    """The stretches of a block, with the names that a scope may call each by."""
    whole = (0, len(block.text))
    if block.kind == "alt":
        yield frozenset({"text", "attr", "alt"}), whole
        return
    names = frozenset({"text", "md", *([] if block.kind == "paragraph" else block.kind.split("."))})
    if splits and block.kind == "paragraph":
        yield names | {"paragraph"}, whole
    if any("sentence" in scope for scope in scopes):
        for span in _sentences(block.text, locale):
            yield names | {"sentence"}, span
    yield names, whole
    for kind, start, end in block.inline:
        yield frozenset({kind, "md"}), (start, end)


def _whole(text: str, locale: str) -> tuple[Span, ...]:
    return ((0, len(text)),)


@lru_cache(maxsize=64)
def _paragraphs(text: str, locale: str) -> tuple[Span, ...]:
    """The stretches between blank lines, each with the blank line behind it, as Vale cuts them."""
    found: list[Span] = []
    at = 0
    for piece in text.split("\n\n"):
        end = min(len(text), at + len(piece) + 2)
        found.append((at, end))
        at = end
    return tuple(span for span in found if span[0] < span[1])


def _sentences(text: str, locale: str) -> tuple[Span, ...]:
    """Vale's sentences for English, for which they are made; Unicode's for other languages."""
    return valesentences.sentences(text) if locale[:2] == "en" else segment.sentences(text, locale)


_UNITS: Mapping[str, Callable[[str, str], Sequence[Span]]] = {
    "paragraph": _paragraphs,
    "sentence": _sentences,
    "text": _whole,
    "raw": _whole,
}
