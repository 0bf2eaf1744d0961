"""The stretches of a draft that a rule of a Vale style looks at: its scopes.

In a plain text Vale 3.22 knows the whole text, its sentences, the file as it is (`raw`) and, where a rule of the pack
asks for paragraphs, what stands between blank lines; then it shows the paragraphs to rules for `text` as well.
What was read from Markdown brings its own units: each paragraph, heading, list item or cell is a text of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Hits, Rule
from cannedkit.pattern.alternation import Alternation
from cannedkit.pattern.hits import Passage, inside
from cannedkit.pattern.standing import stands
from cannedkit.text import segment

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

_ALL = (("text",), ("raw",), ("text", "raw"))
"""Units that are all of a plain text, as most rules look at it."""


def is_whole(rule: Rule) -> bool:
    """Whether a rule looks at all of a plain text at once."""
    return units_of(rule.scope, rule.splits) in _ALL


def passages(draft: Draft, rule: Rule, hits: Hits) -> Iterable[Passage]:
    """The stretches of the draft that the rule looks at one by one, each once, in Vale's order."""
    if draft.format != "markdown" and is_whole(rule):
        return (Passage(draft.text, 0, hits),)
    return _cut(draft, spans(draft, rule), hits)


Run = Callable[[Draft, Hits], Iterable[Finding]]


def where_stands(found: Alternation, rule: Rule, run: Run) -> Run:
    """`run`, which finds nothing but around matches of `found`, for the drafts alone in which something matches."""
    if not is_whole(rule):
        return run

    def asked(draft: Draft, hits: Hits) -> Iterable[Finding]:
        return run(draft, hits) if draft.format == "markdown" or stands(found, draft.text, hits) else ()

    return asked


def _cut(draft: Draft, spans: Iterable[Span], hits: Hits) -> Iterator[Passage]:
    whole = (0, len(draft.text))
    for start, end in spans:
        if (start, end) == whole:
            yield Passage(draft.text, 0, hits)
        else:
            yield Passage(draft.text[start:end], start, inside(hits, start, end))


def spans(draft: Draft, rule: Rule) -> Sequence[Span]:
    """Where the stretches stand that the rule looks at, each once, in Vale's order."""
    if draft.format == "markdown":
        return list(dict.fromkeys(_of_units(draft, rule)))
    units = units_of(rule.scope, rule.splits)
    if len(units) == 1:
        return _UNITS[units[0]](draft.text, draft.locale)
    return list(dict.fromkeys(span for unit in units for span in _UNITS[unit](draft.text, draft.locale)))


def _of_units(draft: Draft, rule: Rule) -> Iterator[Span]:
    """The stretches of what was read from Markdown: a paragraph as such, sentences, the unit itself."""
    for unit in draft.units:
        span = (unit.start, unit.end)
        if rule.splits and unit.paragraph and _selected(rule.scope, unit.names | {"paragraph"}):
            yield span
        if unit.prose and _selected(rule.scope, unit.names | {"sentence"}) and "text" in unit.names:
            for left, right in _sentences(draft.text[unit.start : unit.end], draft.locale):
                yield unit.start + left, unit.start + right
        if _selected(rule.scope, unit.names):
            yield span


def measured(draft: Draft, rule: Rule) -> Iterator[tuple[str, int]]:
    """The texts that a rule of measures looks at, and where each starts in the draft.

    Without a scope of its own it is the summary of what was read from Markdown; plain text has none for Vale.
    """
    if rule.scope in (("text",), ("summary",)):
        for unit in draft.units:
            if "summary" in unit.names:
                yield draft.text[unit.start : unit.end], unit.start
    else:
        for passage in passages(draft, rule, {}):
            yield passage.text, passage.start


def elements(draft: Draft) -> dict[str, int]:
    """How many of each of Markdown's elements a draft holds, by the names that a formula uses."""
    return dict(draft.counts)


@lru_cache(maxsize=1_024)
def units_of(scopes: tuple[str, ...], splits: bool) -> tuple[str, ...]:
    """The units of a plain text that some scopes name. `splits`: a rule of the pack asks for paragraphs."""
    return tuple(unit for unit, names in TEXT.items() if (unit != "paragraph" or splits) and _selected(scopes, names))


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
    if locale[:2] != "en":
        return segment.sentences(text, locale)
    from cannedkit.prose.sentences import sentences  # its patterns take 10 ms of a start that seldom needs them

    return sentences(text)


_UNITS: Mapping[str, Callable[[str, str], Sequence[Span]]] = {
    "paragraph": _paragraphs,
    "sentence": _sentences,
    "text": _whole,
    "raw": _whole,
}
