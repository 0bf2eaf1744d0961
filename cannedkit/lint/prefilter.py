"""One automaton for all literals that rules need: it reads a text once, and says which rules can find something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from cannedkit.model.rule import Check
from cannedkit.pattern.literals import fold

Owned = tuple[Callable[[str], Iterable[tuple[int, int, int]]], tuple[tuple[tuple[int, int, int], ...], ...]]
"""What finds patterns in a text, and for each pattern the (check, alternative, literal) that it stands for."""


@dataclass(frozen=True, slots=True)
class Prefilter:
    """One automaton over the literals of all checks.

    `owned` gives it: it is built when a text is first looked at, for a run may need none. `always` are the checks that
    run whatever the text holds.
    """

    owned: Callable[[], Owned]
    always: tuple[int, ...]

    def hits(self, text: str) -> dict[int, dict[int, list[tuple[int, int, int]]]]:
        """Check -> alternative -> where its literals stand in `text`, for the checks that can find something."""
        search, owners = self.owned()
        found: dict[int, dict[int, list[tuple[int, int, int]]]] = {index: {} for index in self.always}
        for pattern, start, end in search(fold(text)):
            for check, alternative, rank in owners[pattern]:
                found.setdefault(check, {}).setdefault(alternative, []).append((start, end, rank))
        for alternatives in found.values():
            for places in alternatives.values():
                places.sort(key=lambda place: (place[0], place[2]))
        return found


def prefilter(checks: Sequence[Check]) -> Prefilter:
    """One automaton for the literals of all `checks`."""
    always = (index for index, check in enumerate(checks) if not check.literals or not all(check.literals))
    return Prefilter(cache(lambda: _owned(checks)), tuple(always))


def _owned(checks: Sequence[Check]) -> Owned:
    owners: dict[str, list[tuple[int, int, int]]] = {}
    for index, check in enumerate(checks):
        for alternative, texts in enumerate(check.literals):
            for rank, text in enumerate(texts):
                owners.setdefault(fold(text), []).append((index, alternative, rank))
    return _searcher(list(owners)), tuple(map(tuple, owners.values()))


def _searcher(literals: list[str]) -> Callable[[str], Iterable[tuple[int, int, int]]]:
    if not literals:
        return lambda text: ()
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(literals, store_patterns=False)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)
