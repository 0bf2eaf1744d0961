"""Where literals of a pattern stand in a text, and where its matches can begin for that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from typing import Any

from cannedkit.model.draft import Draft
from cannedkit.model.rule import Hits
from cannedkit.pattern.folded import fold
from cannedkit.pattern.marks import asked, is_within_word, met, plain

FEW = 32
"""Places that are put in order at once: with more, those behind a match would be put in order again and again."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a draft that a rule looks at: its text, where it starts in the draft, and the hits inside it."""

    text: str
    start: int
    hits: Hits

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the draft."""
        return self.start + start, self.start + end


@dataclass(frozen=True, slots=True)
class Match:
    """One match: the span, in code points, which alternative, and the match of its pattern if one was run."""

    start: int
    end: int
    index: int
    groups: Any = None


def inside(hits: Hits, start: int, end: int) -> Hits:
    """The hits that lie in `[start:end)` of a text, counted from `start`."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for index, places in hits.items():
        near = places[bisect_left(places, (start,)) : bisect_left(places, (end,))]
        if kept := [(left - start, right - start, rank) for left, right, rank in near if right <= end]:
            found[index] = kept
    return found


def located(literals: Sequence[Sequence[str]], text: str) -> dict[int, list[tuple[int, int, int]]]:
    """The hits of `literals` in `text` without an automaton: what a single rule run alone uses."""
    folded = fold(text)
    hits: dict[int, list[tuple[int, int, int]]] = {}
    for index, texts in enumerate(literals):
        found = [
            (at, at + len(one), rank)
            for rank, (marked, one) in enumerate((each, fold(plain(each))) for each in texts)
            for at in _each(one, folded)
            if not asked(marked) & ~met(text, at, at + len(one))
        ]
        if found:
            hits[index] = sorted(found, key=lambda hit: (hit[0], hit[2]))
    return hits


def cuts(draft: Draft) -> frozenset[int]:
    """Where a stretch that rules look at by itself begins or ends within a word, as behind `**bold**ly` in Markdown."""
    text, places = draft.text, {place for unit in draft.units for place in (unit.start, unit.end)}
    return frozenset(place for place in places if 0 < place < len(text) and is_within_word(text, place))


def _each(literal: str, folded: str) -> Iterator[int]:
    at = folded.find(literal)
    while at >= 0:
        yield at
        at = folded.find(literal, at + 1)


def holds_each(text: str, sets: Sequence[Sequence[str]]) -> bool:
    """Whether of each set of marked texts one stands in a text."""
    return len(located(sets, text)) == len(sets)


def beginnings(places: Sequence[tuple[int, int, int]], before: Collection[int], at: int) -> Iterable[int]:
    """Where, at or behind `at`, a match can begin that begins so many characters `before` one of some literals."""
    if len(places) <= FEW:
        return sorted({start - width for start, _, _ in places for width in before if start - width >= at})
    return merge(*(_back(places, width, bisect_left(places, (at + width,))) for width in before))


_OPENING = re.compile(r"[.!?:;] |\n")


@lru_cache(maxsize=8)
def openings(text: str) -> Sequence[int]:
    """Where a line of a text begins, and what stands a space behind a sign that parts sentences."""
    return (0, *(sign.end() for sign in _OPENING.finditer(text)))


def opened(openings: Sequence[int], places: Sequence[tuple[int, int, int]], before: Collection[int]) -> Sequence[int]:
    """Those of some openings that are so many characters `before` one of a few literals; all, where these are many."""
    if not 0 < len(places) <= FEW:
        return openings
    begins = {start - width for start, _, _ in places for width in before}
    return [place for place in openings if place in begins]


def behind(places: Sequence[int], at: int) -> Sequence[int]:
    """Those of some places, in their order, that are at or behind `at`."""
    return places[bisect_left(places, at) :]


def is_dense(tries: int, text: str) -> bool:
    """Whether a pattern that may begin at so many places is found sooner by a search of all of the text.

    A try at one place costs about as much as four characters of a search.
    """
    return tries > FEW and tries * 4 > len(text)


def _back(places: Sequence[tuple[int, int, int]], width: int, number: int) -> Iterator[int]:
    return (places[each][0] - width for each in range(number, len(places)))


def is_boundary(text: str, at: int) -> bool:
    """Whether a word begins or ends at a place of a text."""
    left = at > 0 and _is_word(text[at - 1])
    right = at < len(text) and _is_word(text[at])
    return left != right


@lru_cache(maxsize=8_192)
def _is_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    import regex

    return regex.match(r"\w", character) is not None
