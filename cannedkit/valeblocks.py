"""The stretches of a draft that a rule of a Vale style looks at: its scopes.

In a plain text Vale 3.22 knows the whole text, its sentences, the file as it is (`raw`) and, where a rule of the pack
asks for paragraphs, what stands between blank lines; then it shows the paragraphs to rules for `text` as well.
Headings, lists, tables and the like exist in Markdown only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape

from cannedkit import segment, valesentences
from cannedkit.model import Draft, Hits, Rule
from cannedkit.patterns import Passage, inside

Span = tuple[int, int]

SECTIONS: Mapping[str, frozenset[str]] = {
    "paragraph": frozenset({"paragraph", "text", "txt"}),
    "sentence": frozenset({"sentence", "text", "txt"}),
    "text": frozenset({"text", "txt"}),
    "raw": frozenset({"raw", "txt"}),
}
"""A unit of a plain text -> the names that a scope may call it by, in the order in which Vale looks."""


def passages(draft: Draft, rule: Rule, hits: Hits) -> Iterator[Passage]:
    """The stretches of the draft that the rule looks at one by one, each once."""
    whole = (0, len(draft.text))
    for start, end in spans(draft, rule):
        if (start, end) == whole:
            yield Passage(draft.text, 0, hits)
        else:
            yield Passage(draft.text[start:end], start, inside(hits, start, end))


def spans(draft: Draft, rule: Rule) -> Sequence[Span]:
    """Where the stretches stand that the rule looks at, each once, in Vale's order."""
    if draft.format == "markdown":
        return _spans_of_markdown(draft, rule)
    units = units_of(rule.scope, rule.splits)
    if len(units) == 1:
        return _UNITS[units[0]](draft.text, draft.locale)
    return list(dict.fromkeys(span for unit in units for span in _UNITS[unit](draft.text, draft.locale)))


def _spans_of_markdown(draft: Draft, rule: Rule) -> Sequence[Span]:
    """The same in Markdown, where each paragraph is a text of its own, and the summary is all of them."""
    found: dict[Span, None] = {}
    prose = _paragraphs_of_markdown(draft.text)
    if "summary" in rule.scope:
        found[(prose[0][0], prose[-1][1]) if prose else (0, 0)] = None
    for unit in units_of(rule.scope, rule.splits):
        if unit == "raw":
            found[0, len(draft.text)] = None
            continue
        for start, end in prose:
            piece = draft.text[start:end]
            inside = _sentences(piece, draft.locale) if unit == "sentence" else ((0, len(piece)),)
            found |= dict.fromkeys((start + left, start + right) for left, right in inside)
    return list(found)


def measured(draft: Draft, rule: Rule) -> Iterator[tuple[str, int]]:
    """The texts that a rule of measures looks at, and where each starts in the draft.

    Without a scope of its own it is the whole prose of a Markdown draft, in paragraphs; plain text has none for Vale.
    """
    if rule.scope in (("text",), ("summary",)):
        if draft.format == "markdown":
            yield _prose(draft.text), 0
    else:
        for passage in passages(draft, rule, {}):
            yield passage.text, passage.start


@lru_cache(maxsize=1_024)
def units_of(scopes: tuple[str, ...], splits: bool) -> tuple[str, ...]:
    """The units of a plain text that some scopes name. `splits`: a rule of the pack asks for paragraphs."""
    selectors = [_selector(scope) for scope in scopes]
    return tuple(
        unit
        for unit, sections in SECTIONS.items()
        if (unit != "paragraph" or splits) and any(_selects(selector, unit, sections) for selector in selectors)
    )


def elements(draft: Draft) -> Mapping[str, int]:
    """How many of each of Markdown's elements a draft holds, by the names that a formula uses."""
    if draft.format != "markdown":
        return {}
    found = {"paragraphs": 0}
    for start, end in _paragraphs_of_markdown(draft.text):
        item = _ITEM.match(draft.text, start, end)
        name = "list" if item else "blockquote" if draft.text[start] == ">" else "paragraphs"
        found[name] = found.get(name, 0) + 1
    for heading in _HEADING.finditer(draft.text):
        name = f"heading_h{len(heading[1])}" if heading[1] else f"heading_h{1 if heading[2][0] == '=' else 2}"
        found[name] = found.get(name, 0) + 1
    return found


@lru_cache(maxsize=64)
def _paragraphs_of_markdown(text: str) -> tuple[Span, ...]:
    """The paragraphs and list items of a Markdown text, without headings, code and the targets of links."""
    masked = _NO_PROSE.sub(lambda found: "".join("\n" if one == "\n" else " " for one in found[0]), text)
    pieces = [span for span in segment.paragraphs(_HEADING.sub(_blank_lines, masked))]
    starts = [(start, end, [item.start() for item in _ITEM.finditer(masked, start, end)]) for start, end in pieces]
    cut = [(left, right) for start, end, items in starts for left, right in _between(start, end, items)]
    return tuple(found for span in cut if (found := valesentences.trimmed(masked, *span))[0] < found[1])


def _blank_lines(heading: re.Match[str]) -> str:
    return "\n" * len(heading[0])


def _between(start: int, end: int, cuts: Sequence[int]) -> Iterator[Span]:
    edges = sorted({start, *cuts, end})
    yield from zip(edges, edges[1:], strict=False)


@lru_cache(maxsize=64)
def _prose(text: str) -> str:
    """The prose of a Markdown text: its paragraphs, without the marks and targets in them."""
    masked = _CODE.sub("", text)
    pieces = [masked[start:end] for start, end in _paragraphs_of_markdown(masked)]
    return "\n\n".join(unescape(_MARK.sub(r"\1", piece)) for piece in pieces)


_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t].*$|(?:^.+\n)+^(-{2,}|=+) *$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
_NO_PROSE = re.compile(r"^```[^`]*^```|^ {0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*$", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")
_MARK = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|^\s*(?:[-*+>]|\d+[.)])\s+|\*\*|(?<!\w)[*_]|[*_](?!\w)", re.MULTILINE
)


def asks_for_paragraphs(scopes: Sequence[str]) -> bool:
    """Whether a rule of these scopes makes Vale split texts into paragraphs."""
    return any(not negated and sections[0] == "paragraph" for scope in scopes for sections, negated in _selector(scope))


_Selector = tuple[tuple[tuple[str, ...], bool], ...]


def _selector(scope: str) -> _Selector:
    """The parts of a scope that must all hold: their names, and whether they are negated."""
    parts = (part.strip() for part in scope.split("&"))
    return tuple((tuple(part.removeprefix("~").strip().split(".")), part.startswith("~")) for part in parts)


def _selects(selector: _Selector, unit: str, sections: frozenset[str]) -> bool:
    if unit == "sentence" and not any("sentence" in names and not negated for names, negated in selector):
        return False
    return all(
        not sections.issuperset(names) and unit != "raw" if negated else sections.issuperset(names)
        for names, negated in selector
    )


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
