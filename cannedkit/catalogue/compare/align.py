"""Which sentences of a draft say what each sentence of an approved text says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from cannedkit.catalogue.compare.side import Sentence, Side
from cannedkit.catalogue.compare.terms import Word, alike, mistyped, turned
from cannedkit.words.figures import Figure, same

TAKES: Mapping[str, tuple[str, ...]] = {
    "money": ("money", "number", "percent"),
    "number": ("number", "percent", "duration"),
    "date": ("date", "weekday", "day", "time", "number", "duration"),
    "url": ("link",),
    "email": ("email",),
    "phone": ("phone", "number"),
    "order-id": ("number", "phone"),
    "name": (),
}
"""The type of a value -> the kinds of figures that may stand for it; any other type takes all."""

PLACED = ("money", "percent", "duration", "date", "weekday", "time", "link", "email", "phone")
"""The kinds of figures of which another one may stand in the same place."""

KEPT = 0.25
"""The part of a sentence's own words and figures that must stand in a draft for it to be said there; our own choice."""


MOST_PAIRS = 40_000
"""Pairs of words that are compared for slips and endings; of more only those of the same stem; our own choice."""

MOST_SPLIT = 3
"""Sentences of a draft, side by side, into which one may be split; our own choice."""

MOST_NEAR = 50
"""Sentences of a draft that one may be said by, the nearest in place: more are one sentence over and over; our own."""

Key = tuple[str, str]
"""The stem of a word, and the word."""

_T = TypeVar("_T", Word, Figure)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the approved text, and those of the draft that say it, by their numbers; none where it is left out.

    `likeness` is from 0 to 1.
    """

    approved: int
    partners: tuple[int, ...] = ()
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class _Match:
    """What a sentence of a draft has of an approved one: the places of words and figures in both."""

    approved: frozenset[int]
    draft: frozenset[int]


_NOTHING = _Match(frozenset(), frozenset())


def aligned(approved: Side, draft: Side) -> tuple[Pair, ...]:
    """A pair for each approved sentence, in order. What a draft says once counts for one sentence alone."""
    matches = _matches(approved, draft)
    sizes = [size(one) for one in approved.sentences], [size(one) for one in draft.sentences]

    def dice(key: tuple[int, int]) -> float:
        a, d = key
        return 2 * len(matches[key].approved) / max(1, sizes[0][a] + sizes[1][d])

    spent: dict[int, set[int]] = {d: set() for d in range(len(draft.sentences))}
    best: dict[int, int] = {}
    for key in sorted(matches, key=lambda key: (-dice(key), abs(key[0] - key[1]), key)):
        a, d = key
        left = len(matches[key].draft - spent[d])
        whole = len(matches[key].approved) == sizes[0][a]
        if a not in best and left and (left >= KEPT * sizes[0][a] or whole):
            best[a] = d
            spent[d] |= matches[key].draft
    pairs = [_pair(a, best.get(a), matches, sizes, spent) for a in range(len(approved.sentences))]
    for a, one in enumerate(approved.sentences):
        if not pairs[a].partners and _is_mostly_values(one):
            room = _between(pairs, a, len(draft.sentences))
            own = (d for d in room if _unspent(draft.sentences[d], spent[d]))
            for found in islice(own, 1):
                spent[found] |= {word.start for word in draft.sentences[found].terms}
                pairs[a] = Pair(a, (found,), KEPT)
    return tuple(pairs)


def _is_mostly_values(one: Sentence) -> bool:
    """Whether what a sentence says stands in its values, so that its own words do not tell it from another."""
    return 2 * sum(hole not in TAKES for hole in one.holes) >= len(one.terms) > 0


def _between(pairs: Sequence[Pair], a: int, count: int) -> range:
    """The sentences of a draft from the last one that says what stands before an approved one to the next."""
    before = max((max(pair.partners) for pair in pairs[:a] if pair.partners), default=0)
    behind = min((min(pair.partners) for pair in pairs[a + 1 :] if pair.partners), default=count - 1)
    return range(before, behind + 1)


def _unspent(one: Sentence, spent: Collection[int]) -> bool:
    """Whether a sentence of a draft has a word or a figure that no approved sentence is said by."""
    places = {word.start for word in one.terms} | {figure.start for figure in one.figures}
    return not places <= set(spent)


def _pair(
    a: int,
    d: int | None,
    matches: Mapping[tuple[int, int], _Match],
    sizes: tuple[Sequence[int], Sequence[int]],
    spent: Mapping[int, set[int]],
) -> Pair:
    """The sentence that is best, and those beside it that say more of the same and nothing else."""
    most = sizes[0][a]
    count = len(sizes[1])
    if d is None:
        spread = [other for other in range(count) if matches.get((a, other), _NOTHING).draft - spent[other]]
        windows = ([other for other in spread if first <= other < first + MOST_SPLIT] for first in spread)
        best = max(windows, key=lambda window: len(_covered(a, window, matches)), default=[])
        covered = _covered(a, best, matches)
        if not most or len(covered) < max(2, KEPT * most):
            return Pair(a)
        return Pair(a, tuple(best), len(covered) / most)
    partners, covered = [d], set(matches[a, d].approved)
    for other in (d - 1, d + 1):
        if 0 <= other < count and not spent[other] and matches.get((a, other), _NOTHING).approved - covered:
            partners.append(other)
            covered |= matches[a, other].approved
    return Pair(a, tuple(sorted(partners)), len(covered) / max(1, most))


def _covered(a: int, window: Iterable[int], matches: Mapping[tuple[int, int], _Match]) -> set[int]:
    """What some sentences of a draft have of an approved one together."""
    return set().union(*(matches[a, d].approved for d in window))


def size(one: Sentence) -> int:
    """How much a sentence has to say: its own words, its figures, and what stands for a placeholder of a type."""
    return len(one.terms) + len(one.figures) + sum(hole in TAKES for hole in one.holes)


def _matches(approved: Side, draft: Side) -> dict[tuple[int, int], _Match]:
    """What the sentences of two sides share, for those that share anything."""
    theirs = [other.terms for other in draft.sentences]
    mine = [one.terms for one in approved.sentences]
    kin = _kin(mine, theirs, approved.language)
    holders: dict[Key, set[int]] = defaultdict(set)
    for d, terms in enumerate(theirs):
        for word in terms:
            holders[_key(word)].add(d)
    counting = {d for d, other in enumerate(draft.sentences) if other.figures}
    found: dict[tuple[int, int], _Match] = {}
    for a, one in enumerate(approved.sentences):
        near = {d for word in mine[a] for key in kin[_key(word)] for d in holders[key]}
        near |= counting if one.figures or one.holes else set()
        place = a * len(theirs) // len(mine)
        for d in sorted(near, key=lambda d: (abs(d - place), d))[:MOST_NEAR]:
            match = _match(one, draft.sentences[d], mine[a], theirs[d], kin)
            if match.draft:
                found[a, d] = match
    return found


def _key(word: Word) -> Key:
    return word.stem, word.said


def _kin(
    mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]], language: str
) -> Mapping[Key, frozenset[Key]]:
    """Each word of one side -> those of the other that mean the same; in long texts those of the same stem alone."""
    left, right = ({_key(word): word for terms in side for word in terms} for side in (mine, theirs))
    by_stem: dict[str, set[Key]] = defaultdict(set)
    for stem, said in right:
        by_stem[stem].add((stem, said))
    if len(left) * len(right) > MOST_PAIRS:
        return {key: frozenset(by_stem[key[0]]) for key in left}
    return {
        key: frozenset(by_stem[key[0]] | {other for other in right if like(word, right[other], language)})
        for key, word in left.items()
    }


def _match(
    one: Sentence, other: Sentence, mine: Sequence[Word], theirs: Sequence[Word], kin: Mapping[Key, frozenset[Key]]
) -> _Match:
    """The words that two sentences share, each once, their figures, and those that may stand for a placeholder."""
    words = _met(mine, theirs, lambda left, right: _key(right) in kin[_key(left)], ())
    figures = _met(one.figures, other.figures, agree, ())
    figures |= _met(one.figures, other.figures, lambda mine, theirs: mine.kind == theirs.kind in PLACED, figures)
    left = {mine for mine, _ in (*words, *figures)}
    right = {theirs for _, theirs in (*words, *figures)}
    for number, hole in enumerate(one.holes):
        value = next(
            (each for each in other.figures if each.kind in TAKES.get(hole, ()) and each.start not in right), None
        )
        if value:
            left.add(-1 - number)
            right.add(value.start)
    return _Match(frozenset(left), frozenset(right))


def _met(
    mine: Sequence[_T], theirs: Sequence[_T], is_met: Callable[[_T, _T], bool], known: Collection[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Where things of two sentences that are not `known` meet, each once: the places in both."""
    used = {place for _, place in known}
    found: dict[int, int] = {place: place for place, _ in known}
    met: set[tuple[int, int]] = set()
    for one in mine:
        other = next((each for each in theirs if each.start not in used and is_met(one, each)), None)
        if one.start not in found and other:
            used.add(other.start)
            met.add((one.start, other.start))
    return met


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures of one language mean the same: of one kind, or a bare number; another page is another."""
    if one.kind != other.kind and "number" not in (one.kind, other.kind):
        return False
    return one.value == other.value if one.kind == other.kind == "link" else same(one, other)


def like(one: Word, other: Word, language: str) -> bool:
    """Whether two words mean the same, or one the reverse of the other."""
    return _like(one.stem, one.said, other.stem, other.said, language)


@lru_cache(maxsize=65_536)
def _like(stem: str, said: str, other: str, there: str, language: str) -> bool:
    return alike(stem, other) or mistyped(said, there) or turned(stem, there, language) or turned(other, said, language)
