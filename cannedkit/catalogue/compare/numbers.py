"""What a draft does to the figures of an approved text: altered, left out, or added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cannedkit.catalogue.compare.align import TAKES, Pair, agree
from cannedkit.catalogue.compare.side import MOST_FIGURES, Sentence, Side
from cannedkit.words.figures import Figure

NAMED = ("money", "percent", "duration", "date", "weekday", "day", "time", "link", "email", "phone")
"""The kinds of figures that bind: they may be neither left out nor added. A bare number may be added."""

BESIDE = 8
"""Code points between two figures that may stand for one value, as in `Tuesday, May 14`; our own choice."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure of the approved text, one of the draft, or both where one stands for the other; and a pair's number."""

    approved: Figure | None
    draft: Figure | None
    pair: int


@dataclass(slots=True)
class _Ledger:
    """What is still to be accounted for: the figures of both sides, and the placeholders of each sentence."""

    wanted: dict[int, list[Figure]]
    found: dict[int, list[Figure]]
    holes: dict[int, list[str]]


def shifts(approved: Side, draft: Side, pairs: Sequence[Pair]) -> Iterator[Shift]:
    """The figures that differ, those that bind alone; what stands for a placeholder is no difference."""
    ledger = _Ledger(
        {a: list(one.figures) for a, one in enumerate(approved.sentences)},
        {d: list(one.figures) for d, one in enumerate(draft.sentences)},
        {a: list(one.holes) for a, one in enumerate(approved.sentences)},
    )
    for pair in pairs:
        _agree(ledger, pair.approved, pair.partners)
    for pair in pairs:
        _fill(ledger, ledger.holes[pair.approved], pair.partners, tuple(TAKES))
    for pair in pairs:
        yield from _altered(ledger, pair)
    for pair in pairs:
        _fill(ledger, ledger.holes[pair.approved], pair.partners)
    everywhere = [one for sentence in approved.sentences for one in sentence.figures]
    said = [one for sentence in draft.sentences for one in sentence.figures]
    for holes in ledger.holes.values():
        _fill(ledger, holes, tuple(ledger.found))
    for pair in pairs:
        for one in ledger.wanted[pair.approved] if pair.partners else ():
            if (one.kind in NAMED or not one.words) and not _stands(one, said):
                yield Shift(one, None, pair.approved)
    for d, left in ledger.found.items():
        for one in left:
            if _binds(one, draft.sentences[d]) and not _stands(one, everywhere):
                yield Shift(None, one, -1)


def _stands(one: Figure, among: Sequence[Figure]) -> bool:
    """Whether some figures have one that means the same; of very many only the same value counts."""
    same = any(one.kind == other.kind and one.value == other.value for other in among)
    return same or (len(among) <= MOST_FIGURES and any(agree(one, other) for other in among))


def _binds(one: Figure, sentence: Sentence) -> bool:
    """Whether an added figure binds anybody: not in a free part, nor a day in a question (can I help you today?)."""
    return one.kind in NAMED and not sentence.free and not (one.kind == "day" and sentence.asks)


def _agree(ledger: _Ledger, a: int, partners: Iterable[int]) -> None:
    """Take out what both sides say."""
    for d in partners:
        for one in tuple(ledger.wanted[a]):
            other = next((each for each in ledger.found[d] if agree(one, each)), None)
            if other:
                ledger.wanted[a].remove(one)
                ledger.found[d].remove(other)


def _fill(ledger: _Ledger, holes: list[str], partners: Sequence[int], types: Collection[str] = ()) -> None:
    """Take out of some sentences of the draft what may stand for placeholders (of some types), one value for each."""
    for type in [one for one in holes if not types or one in types]:
        for d in partners:
            if value := _value(ledger.found[d], TAKES.get(type)):
                for one in value:
                    ledger.found[d].remove(one)
                holes.remove(type)
                break


def _value(found: Sequence[Figure], takes: tuple[str, ...] | None) -> list[Figure]:
    """The first figures, close together, that may be a value."""
    value: list[Figure] = []
    for one in found:
        fits = takes is None or one.kind in takes
        if value and not (fits and one.start - value[-1].end <= BESIDE):
            break
        if fits:
            value.append(one)
    return value


def _altered(ledger: _Ledger, pair: Pair) -> Iterator[Shift]:
    for one in tuple(ledger.wanted[pair.approved]):
        for d in pair.partners:
            other = next((each for each in ledger.found[d] if _alters(one, each)), None)
            if other:
                ledger.wanted[pair.approved].remove(one)
                ledger.found[d].remove(other)
                yield Shift(one, other, pair.approved)
                break


_ALTERS = (frozenset(("date", "weekday", "day")), frozenset(("money", "number")), frozenset(("duration", "number")))


def _alters(one: Figure, other: Figure) -> bool:
    """Whether one figure may stand where the other stood: of one kind, or of two that take each other's place."""
    return one.kind == other.kind or any({one.kind, other.kind} <= kinds for kinds in _ALTERS)
