"""What checks found before, taken over where they must find the same: on another channel, in a sentence met again.

The renderings of a body are seven texts and more on each channel, and hold for the most part the same sentences. A
check that looks with patterns alone, of which none leaves a sentence (see `pattern.stays`), finds in a sentence what
it found there when that stood in another text: of a new text it reads the sentences that are new.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import Failure
from cannedkit.model.rule import Check, Hits
from cannedkit.text.standalone import sentences

MAX_SENTENCES = 500
"""Sentences of which it is remembered what was found: our own choice, as for what a proofreader remembers."""

ANY = "Yes"
"""A word that stands for a sentence that was read before: before a new one, with the stop and blanks that were there,
and behind one that is not the last."""

Found = Sequence[tuple[int, list[Finding]]]
"""What checks found, by their numbers."""

_Sentence = tuple[str, str, bool]
"""The stop and the blanks before a sentence, it with those behind it, and whether it is the last."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What checks found in sentences of texts in one locale, in code points from their beginnings.

    `leaving` has the checks that look at sentences, each with the alternatives that leave one: where a text holds
    literals of these, the check looks at all of it. Each sentence stands with the checks that looked. Not to be shared
    between threads.
    """

    leaving: Mapping[int, frozenset[int]]
    known: dict[_Sentence, tuple[frozenset[int], Sequence[tuple[int, Finding]]]] = field(default_factory=dict)

    def found(
        self, draft: Draft, checks: frozenset[int], look: Callable[[Draft], tuple[Found, list[Failure]]]
    ) -> tuple[Found, list[Failure]]:
        """What some of the checks find in a draft; `look` gives what they find in one that holds what is new of it."""
        if len(self.known) > MAX_SENTENCES:
            self.known.clear()
        each = _cut(draft.text)
        new = {one for one in each if not (one in self.known and self.known[one][0] >= checks)}
        if new:
            text, places = _together(each, new)
            made, failures = look(replace(draft, text=text, filled=(), placeholders=(), longest=()))
            if failures:  # where they failed nobody knows: all of it is read
                return look(draft)
            self._learn(places, made, checks)
        starts = accumulate((len(text) for _, text, _ in each), initial=0)
        return [
            (index, [_moved(finding, start)])
            for start, one in zip(starts, each, strict=False)
            for index, finding in self.known[one][1]
        ], []

    def _learn(self, places: Sequence[tuple[int, _Sentence | None]], made: Found, checks: frozenset[int]) -> None:
        """Remember what was found in sentences, by where each begins in the text that was read."""
        begins = [start for start, _ in places]
        found: list[list[tuple[int, Finding]]] = [[] for _ in places]
        for index, those in made:
            for finding in those:
                place = bisect_right(begins, finding.start) - 1
                found[place].append((index, _moved(finding, -begins[place])))
        self.known.update((one, (checks, own)) for (_, one), own in zip(places, found, strict=True) if one)


def leaving(checks: Iterable[Check]) -> dict[int, frozenset[int]]:
    """The checks that find in a sentence what it tells alone; alternatives of which that is not so have literals."""
    each = ((index, _leaving(check)) for index, check in enumerate(checks))
    return {index: found for index, found in each if found is not None}


def _leaving(check: Check) -> frozenset[int] | None:
    if check.patterns is None or check.rule.limit:
        return None
    from cannedkit.pattern.stays import FIRST, INSIDE, begins_inside, stays

    patterns = check.patterns()
    found = frozenset(index for index, source in enumerate(patterns.alternatives) if not stays(source))
    kept = (one for index, one in enumerate(patterns.alternatives) if index not in found)
    begins = INSIDE if patterns.there and all(map(begins_inside, kept)) else FIRST
    there = all(stays(one, begins) for one in patterns.there)
    told = all(check.literals[index] for index in found) and len(found) < len(patterns.alternatives)
    return found if told and there and all(map(stays, patterns.around)) else None


def leaves(found: Mapping[int, Hits], leaving: Mapping[int, frozenset[int]]) -> Iterator[tuple[int, Hits]]:
    """The checks that look at all of a text: those that look at no sentence, and those of which something may leave."""
    return ((one, hits) for one, hits in found.items() if one not in leaving or not leaving[one].isdisjoint(hits))


def stay(
    found: Mapping[int, Hits], leaving: Mapping[int, frozenset[int]], always: Container[int]
) -> Iterator[tuple[int, Hits]]:
    """The checks that look at sentences, without what leaves one; some look `always`."""
    for one, hits in found.items():
        kept = {each: places for each, places in hits.items() if each not in leaving[one]} if leaving[one] else hits
        if kept or one in always:
            yield one, kept


def _cut(text: str) -> list[_Sentence]:
    parts = sentences(text)
    before = ["", *(part[len(part.rstrip(" \n")) - 1 :] for part in parts)]
    return [(before[number], part, number + 1 == len(parts)) for number, part in enumerate(parts)]


def _together(each: Sequence[_Sentence], new: set[_Sentence]) -> tuple[str, list[tuple[int, _Sentence | None]]]:
    """A text of the sentences that are new, each behind what it stood behind, and where each begins; None: `ANY`."""
    made: list[tuple[str, _Sentence | None]] = []
    left: set[_Sentence] = set()
    behind: _Sentence | None = None
    for one in each:
        if one in new and one not in left:
            if one[0] and (behind is None or behind not in new or made[-1][1] != behind):
                made.append((f"{ANY}{one[0]}", None))
            made.append((one[1], one))
            left.add(one)
        behind = one
    if not any(one[2] for one in left):
        made.append((ANY, None))
    starts = accumulate((len(text) for text, _ in made), initial=0)
    return "".join(text for text, _ in made), [(start, one) for start, (_, one) in zip(starts, made, strict=False)]


def _moved(finding: Finding, by: int) -> Finding:
    return replace(finding, start=finding.start + by, end=finding.end + by) if by else finding


@dataclass(frozen=True, slots=True)
class Memo:
    """What checks found in a text that goes out on some `channels`: drafts that differ in nothing else.

    `sentences`: what they found in those of other texts in its locale, None where too few texts are read to ask.
    """

    channels: Sequence[str]
    sentences: Sentences | None = None
    hits: dict[tuple[str, str], list[tuple[int, Hits]]] = field(default_factory=dict)
    found: dict[tuple[int, str, str], list[Finding]] = field(default_factory=dict)
