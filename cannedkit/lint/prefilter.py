"""All literals that rules need, looked for at once: which rules can find something in a text, and where to look.

One automaton reads a text once. Building it takes longer than a short run: where the literals were kept on disk, the
first texts are looked at by the first letters of the literals instead.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from cannedkit.model.rule import Check
from cannedkit.pattern.folded import fold
from cannedkit.pattern.marks import LEFT, RIGHT, asked, met, plain

Owner = tuple[int, int, int]
"""Whose a literal is: the check, the alternative, and which of the alternative's it is."""

Owners = Sequence[tuple[int, Sequence[Owner]]]
"""Whose a literal is, by what they ask of what stands beside it (see `marks.asked`), those first that ask nothing."""

Search = Callable[[str], Iterable[tuple[int, int, Owners]]]
"""A folded text -> where literals stand in it, by where they end, and whose each is."""

Opened = Mapping[str, str]
"""The first letters of literals, at most FIRST -> those literals, each with its owners."""

FIRST = 3
"""Letters of a literal by which it is found without an automaton: few begin alike, and few texts have many of them."""

FEW, MOST_FEW = 40, 4_000
"""Texts that are looked at without an automaton, and their characters: building it takes as long as so many."""

_NEXT, _OWNED = "\x1e", "\x1f"


@dataclass(frozen=True, slots=True)
class Prefilter:
    """Which checks can find something: those whose literals `search` finds; `always` run whatever the text holds.

    `ready` makes what `search` needs for many texts.
    """

    search: Search
    always: tuple[int, ...]
    ready: Callable[[], object] = lambda: None

    def hits(self, text: str, cuts: Container[int] = ()) -> dict[int, dict[int, list[tuple[int, int, int]]]]:
        """Check -> alternative -> where its literals stand in `text`, for the checks that can find something.

        At `cuts` a text is looked at as if it began or ended there.
        """
        found: dict[int, dict[int, list[tuple[int, int, int]]]] = {index: {} for index in self.always}
        for start, end, each in self.search(fold(text)):
            beside = met(text, start, end) if each[-1][0] else 0
            if cuts:
                beside |= LEFT * (start in cuts) | RIGHT * (end in cuts)
            for wanted, owners in each:
                if wanted & ~beside:
                    continue
                for check, alternative, rank in owners:
                    found.setdefault(check, {}).setdefault(alternative, []).append((start, end, rank))
        for alternatives in found.values():
            for places in alternatives.values():
                if len(places) > 1:
                    places.sort(key=lambda place: (place[0], place[2]))
        return found


def prefilter(checks: Sequence[Check]) -> Prefilter:
    """One automaton for the literals of all `checks`, built when a text is first looked at: a run may need none."""
    automaton = cache(lambda: _automaton(_owners(checks)))
    return Prefilter(lambda text: automaton()(text), _always(checks), automaton)


def of_opened(opened: Opened, always: tuple[int, ...]) -> Prefilter:
    """The prefilter of literals by their first letters; the automaton is built once many texts were looked at."""
    automaton = cache(
        lambda: _automaton({literal: _owned(told) for rows in opened.values() for literal, told in _read(rows)})
    )
    read = cache(lambda letters: tuple(_read(opened[letters])))
    owned = cache(_owned)
    looked = count(1)

    def few(text: str) -> list[tuple[int, int, Owners]]:
        found = [
            (at, at + len(literal), owned(told))
            for size in range(1, FIRST + 1)
            for at in range(len(text) - size + 1)
            if (letters := text[at : at + size]) in opened
            for literal, told in read(letters)
            if text.startswith(literal, at)
        ]
        return sorted(found, key=lambda one: (one[1], one[0]))

    def search(text: str) -> Iterable[tuple[int, int, Owners]]:
        is_built = automaton.cache_info().currsize
        return automaton()(text) if is_built or len(text) >= MOST_FEW or next(looked) > FEW else few(text)

    return Prefilter(search, always, automaton)


def opened(checks: Sequence[Check]) -> tuple[Opened, tuple[int, ...]] | None:
    """The literals of some checks by their first letters, and the checks that always run: what `of_opened` takes.

    None where a literal holds one of the two signs that part them.
    """
    found: dict[str, list[str]] = {}
    for literal, owners in _owners(checks).items():
        if _NEXT in literal or _OWNED in literal or not literal:
            return None
        told = " ".join(f"{wanted},{','.join(map(str, one))}" for wanted, those in owners for one in those)
        found.setdefault(literal[:FIRST], []).append(f"{literal}{_OWNED}{told}")
    return {letters: _NEXT.join(rows) for letters, rows in found.items()}, _always(checks)


def _always(checks: Sequence[Check]) -> tuple[int, ...]:
    return tuple(index for index, check in enumerate(checks) if not check.literals or not all(check.literals))


def _owners(checks: Sequence[Check]) -> dict[str, Owners]:
    """Each literal, folded, and whose it is."""
    owners: dict[str, list[tuple[int, Owner]]] = {}
    for index, check in enumerate(checks):
        for alternative, texts in enumerate(check.literals):
            for rank, text in enumerate(texts):
                owners.setdefault(fold(plain(text)), []).append((asked(text), (index, alternative, rank)))
    return {literal: _grouped(those) for literal, those in owners.items()}


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


def _automaton(owned: Mapping[str, Owners]) -> Search:
    if not owned:
        return lambda text: ()
    from ahocorasick_rs import AhoCorasick

    literals, owners = list(owned), list(owned.values())
    find = AhoCorasick(literals, store_patterns=False).find_matches_as_indexes

    def search(text: str) -> Iterator[tuple[int, int, Owners]]:
        return ((start, end, owners[pattern]) for pattern, start, end in find(text, overlapping=True))

    return search
