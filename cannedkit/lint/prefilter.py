"""One automaton for all literals that rules need: it reads a text once, and says which rules can find something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cannedkit.model.rule import Check
from cannedkit.pattern.literals import fold


@dataclass(frozen=True, slots=True)
class Prefilter:
    """One automaton over the literals of all checks.

    `owners` says for each of its patterns which (check, alternative, literal) it stands for; `always` are
    the checks that run whatever the text holds.
    """

    search: Callable[[str], Iterable[tuple[int, int, int]]]
    owners: tuple[tuple[tuple[int, int, int], ...], ...]
    always: tuple[int, ...]

    def hits(self, text: str) -> dict[int, dict[int, list[tuple[int, int, int]]]]:
        """Check -> alternative -> where its literals stand in `text`, for the checks that can find something."""
        found: dict[int, dict[int, list[tuple[int, int, int]]]] = {index: {} for index in self.always}
        for pattern, start, end in self.search(fold(text)):
            for check, alternative, rank in self.owners[pattern]:
                found.setdefault(check, {}).setdefault(alternative, []).append((start, end, rank))
        for alternatives in found.values():
            for places in alternatives.values():
                places.sort(key=lambda place: (place[0], place[2]))
        return found


def prefilter(checks: Sequence[Check]) -> Prefilter:
    """One automaton for the literals of all `checks`."""
    owners: dict[str, list[tuple[int, int, int]]] = {}
    always = []
    for index, check in enumerate(checks):
        if not check.literals or not all(check.literals):
            always.append(index)
        for alternative, texts in enumerate(check.literals):
            for rank, text in enumerate(texts):
                owners.setdefault(fold(text), []).append((index, alternative, rank))
    return Prefilter(_searcher(list(owners)), tuple(map(tuple, owners.values())), tuple(always))


def _searcher(literals: list[str]) -> Callable[[str], Iterable[tuple[int, int, int]]]:
    if not literals:
        return lambda text: ()
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick(literals, store_patterns=False)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)
