"""All literals that rules need, looked for at once: which rules can find something in a text, and where to look.

One automaton reads a text once. Building it takes longer than a short run: where the literals were kept on disk, the
first texts are looked at by the first letters of the literals instead.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import count
from operator import itemgetter
from typing import Any

from cannedkit.model.rule import Check
from cannedkit.pattern.folded import fold
from cannedkit.pattern.marks import LEFT, RIGHT, asked, met, plain

Owner = tuple[int, int, int]
"""Whose a literal is: the check, the alternative, and which of the alternative's it is.

A check below 0 is none, but a set of literals of which some alternatives ask that one stands in the text, too.
"""

Asks = Mapping[int, Mapping[int, tuple[int, ...]]]
"""Check -> alternative -> the sets of which it asks one literal each."""

Owners = Sequence[tuple[int, Sequence[Owner]]]
"""Whose a literal is, by what they ask of what stands beside it (see `marks.asked`), those first that ask nothing."""

Told = Sequence[tuple[int, Sequence[int], Sequence[tuple[int, int, int, Sequence[int]]]]]
"""What a literal tells, by what it asks of what stands beside it: the sets of which it is one, and its owners among
checks, each with the sets of which its alternative asks one literal."""

Search = Callable[[str], Iterable[tuple[Hashable, int, int]]]
"""A folded text -> the literals that stand in it, each by a key of its own, and where, by where they end."""

Opened = Mapping[str, str]
"""The first letters of literals, at most FIRST -> those literals, each with its owners."""

FIRST = 3
"""Letters of a literal by which it is found without an automaton: few begin alike, and few texts have many of them."""

FEW, MOST_FEW = 40, 4_000
"""Texts that are looked at without an automaton, and their characters: building it takes as long as so many."""

_NEXT, _OWNED = "\x1e", "\x1f"


_IN_ORDER = itemgetter(0, 2)
"""Places of literals are sorted by where they start, then by which literal of its alternative it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The numbers of checks and sets, for texts in which no other counts (None: all count); what literals tell then."""

    checks: frozenset[int] | None = None
    known: dict[Hashable, Told] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Which checks can find something: those whose literals `search` finds; `always` run whatever the text holds.

    `owners` tells whose a literal is by its key, `asks` what must stand in the text besides; `ready` makes what
    `search` needs for many texts.
    """

    search: Search
    owners: Callable[[Any], Owners]
    always: tuple[int, ...]
    asks: Asks = field(default_factory=dict)
    ready: Callable[[], object] = lambda: None
    every: Asked = field(init=False, default_factory=Asked, repr=False, compare=False)

    def asked(self, checks: frozenset[int]) -> Asked:
        """What is looked for in texts in which no other than some checks runs."""
        asks = (sets for check in checks for sets in self.asks.get(check, {}).values())
        return Asked(checks.union(*asks))

    def hits(
        self, text: str, cuts: Container[int] = (), asked: Asked | None = None
    ) -> dict[int, dict[int, list[tuple[int, int, int]]]]:
        """Check -> alternative -> where its literals stand in `text`, for the checks that can find something.

        At `cuts` a text is looked at as if it began or ended there. No other checks than those of `asked`, if given.
        """
        asked = asked or self.every
        found: dict[int, dict[int, list[tuple[int, int, int]]]] = {
            index: {} for index in self.always if asked.checks is None or index in asked.checks
        }
        known = asked.known
        present: set[int] = set()
        owned = []
        for key, start, end in self.search(fold(text)):
            each = known.get(key)
            if each is None:
                each = known[key] = self._told(key, asked)
            if not each:
                continue
            beside = _beside(text, start, end, cuts) if each[-1][0] else 0
            for wanted, sets, owners in each:
                if wanted & ~beside:
                    continue
                if sets:
                    present.update(sets)
                if owners:
                    owned.append((start, end, owners))
        for start, end, owners in owned:
            for check, alternative, rank, asks in owners:
                if not asks or present.issuperset(asks):
                    _add(found, check, alternative, (start, end, rank))
        _sort(found)
        return found

    def _told(self, key: Hashable, asked: Asked) -> Told:
        told = []
        for wanted, each in self.owners(key):
            those = [one for one in each if asked.checks is None or one[0] in asked.checks]
            sets = tuple(number for number, _, _ in those if number < 0)
            owners = tuple((*one, self.asks.get(one[0], {}).get(one[1], ())) for one in those if one[0] >= 0)
            if those:
                told.append((wanted, sets, owners))
        return tuple(told)


def _add(
    found: dict[int, dict[int, list[tuple[int, int, int]]]], check: int, alternative: int, place: tuple[int, int, int]
) -> None:
    alternatives = found.get(check)
    if alternatives is None:
        found[check] = {alternative: [place]}
    elif alternative in alternatives:
        alternatives[alternative].append(place)
    else:
        alternatives[alternative] = [place]


def _sort(found: dict[int, dict[int, list[tuple[int, int, int]]]]) -> None:
    for alternatives in found.values():
        for places in alternatives.values():
            if len(places) > 1:
                places.sort(key=_IN_ORDER)


def _beside(text: str, start: int, end: int, cuts: Container[int]) -> int:
    return met(text, start, end) | (LEFT * (start in cuts) | RIGHT * (end in cuts) if cuts else 0)


def prefilter(checks: Sequence[Check]) -> Prefilter:
    """One automaton for the literals of all `checks`, built when a text is first looked at: a run may need none."""
    automaton = cache(lambda: _automaton(_owners(checks)))

    def owners(key: int) -> Owners:
        return automaton().owners[key]

    return Prefilter(lambda text: automaton().find(text), owners, _always(checks), _asks(checks), automaton)


def of_opened(opened: Opened, always: tuple[int, ...], asks: Asks) -> Prefilter:
    """The prefilter of literals by their first letters; the automaton is built once many texts were looked at."""
    automaton = cache(
        lambda: _automaton({literal: _owned(told) for rows in opened.values() for literal, told in _read(rows)})
    )
    read = cache(lambda letters: tuple(_read(opened[letters])))
    looked = count(1)

    def few(text: str) -> list[tuple[str, int, int]]:
        found = [
            (told, at, at + len(literal))
            for size in range(1, FIRST + 1)
            for at in range(len(text) - size + 1)
            if (letters := text[at : at + size]) in opened
            for literal, told in read(letters)
            if text.startswith(literal, at)
        ]
        return sorted(found, key=lambda one: (one[2], one[1]))

    def search(text: str) -> Iterable[tuple[Hashable, int, int]]:
        is_built = automaton.cache_info().currsize
        return automaton().find(text) if is_built or len(text) >= MOST_FEW or next(looked) > FEW else few(text)

    def owners(key: int | str) -> Owners:
        return _owned(key) if isinstance(key, str) else automaton().owners[key]

    return Prefilter(search, owners, always, asks, automaton)


def opened(checks: Sequence[Check]) -> tuple[Opened, tuple[int, ...], Asks] | None:
    """The literals of some checks by their first letters, the checks that always run, and what their alternatives ask.

    It is what `of_opened` takes.

    None where a literal holds one of the two signs that part them.
    """
    found: dict[str, list[str]] = {}
    for literal, owners in _owners(checks).items():
        if _NEXT in literal or _OWNED in literal or not literal:
            return None
        told = " ".join(f"{wanted},{','.join(map(str, one))}" for wanted, those in owners for one in those)
        found.setdefault(literal[:FIRST], []).append(f"{literal}{_OWNED}{told}")
    return {letters: _NEXT.join(rows) for letters, rows in found.items()}, _always(checks), _asks(checks)


def _always(checks: Sequence[Check]) -> tuple[int, ...]:
    return tuple(index for index, check in enumerate(checks) if not check.literals or not all(check.literals))


def _owners(checks: Sequence[Check]) -> dict[str, Owners]:
    """Each literal, folded, and whose it is."""
    owners: dict[str, list[tuple[int, Owner]]] = {}
    for index, check in enumerate(checks):
        for alternative, texts in enumerate(check.literals):
            for rank, text in enumerate(texts):
                owners.setdefault(fold(plain(text)), []).append((asked(text), (index, alternative, rank)))
    for texts, number in _sets(checks).items():
        for text in texts:
            owners.setdefault(fold(plain(text)), []).append((asked(text), (number, 0, 0)))
    return {literal: _grouped(those) for literal, those in owners.items()}


def _sets(checks: Sequence[Check]) -> dict[tuple[str, ...], int]:
    """The sets of literals that alternatives ask for, each with its number, below 0."""
    every = dict.fromkeys(texts for check in checks for sets in check.also for texts in sets)
    return {texts: -number for number, texts in enumerate(every, 1)}


def _asks(checks: Sequence[Check]) -> Asks:
    numbers = _sets(checks)
    asking = ((index, [*enumerate(check.also)]) for index, check in enumerate(checks) if any(check.also))
    return {
        index: {alternative: tuple(numbers[texts] for texts in sets) for alternative, sets in each if sets}
        for index, each in asking
    }


def _grouped(owners: Iterable[tuple[int, Owner]]) -> Owners:
    groups: dict[int, list[Owner]] = {}
    for wanted, owner in owners:
        groups.setdefault(wanted, []).append(owner)
    return tuple((wanted, tuple(groups[wanted])) for wanted in sorted(groups))


def _read(rows: str) -> Iterator[tuple[str, str]]:
    """The literals that begin alike, each with what is told of its owners."""
    for row in rows.split(_NEXT):
        literal, _, told = row.partition(_OWNED)
        yield literal, told


def _owned(told: str) -> Owners:
    owners = (tuple(map(int, one.split(","))) for one in told.split(" "))
    return _grouped((wanted, (check, alternative, rank)) for wanted, check, alternative, rank in owners)


@dataclass(frozen=True, slots=True)
class _Automaton:
    """What finds literals in a folded text, by their numbers, and whose each is."""

    find: Search
    owners: Sequence[Owners]


def _automaton(owned: Mapping[str, Owners]) -> _Automaton:
    if not owned:
        return _Automaton(lambda text: (), ())
    from ahocorasick_rs import AhoCorasick

    built = AhoCorasick(list(owned), store_patterns=False)
    return _Automaton(partial(built.find_matches_as_indexes, overlapping=True), tuple(owned.values()))
