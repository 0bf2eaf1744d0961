"""What channels count a text in: each unit with its name and its way to count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cannedkit.channels import weighted
from cannedkit.channels.sms import segments
from cannedkit.text.segment import graphemes

Piece = tuple[int, int, int]
"""A stretch of a text that cannot be cut, in code points, half open, and what it costs: (start, end, cost)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A way to count. `label` is what people call many of it; `pieces` cover a text in order.

    No text takes more of it than `most` for each code point: so much is seen without counting.
    """

    label: str
    pieces: Callable[[str], Iterable[Piece]]
    most: int = 1


def _each(cost: Callable[[str], int]) -> Callable[[str], Iterable[Piece]]:
    return lambda text: ((at, at + 1, cost(character)) for at, character in enumerate(text))


def _ones(cut: Callable[[str], Iterable[tuple[int, int]]]) -> Callable[[str], Iterable[Piece]]:
    return lambda text: ((start, end, 1) for start, end in cut(text))


def _bytes(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


UNITS: Mapping[str, Unit] = {
    "characters": Unit("characters", _each(lambda character: 1)),
    "graphemes": Unit("visible characters", _ones(graphemes)),
    "utf16": Unit("UTF-16 units", _each(lambda character: 1 + (character > "\uffff")), 2),
    "bytes": Unit("bytes", _each(_bytes), 4),
    "weighted": Unit("characters as X counts them", weighted.pieces, weighted.URL),
    "segments": Unit("SMS segments", _ones(segments)),
}
"""The name of a unit -> how it counts. A character is a code point; bytes are those of UTF-8."""


def used(text: str, unit: str) -> int:
    """How much of a unit a text takes. Raises KeyError for a unit that is not in `UNITS`."""
    return len(text) if unit == "characters" else sum(cost for _, _, cost in UNITS[unit].pieces(text))


def beyond(text: str, unit: str, limit: int) -> int | None:
    """Where the first piece starts that no longer fits into `limit`, in code points; None where all of it fits."""
    total = 0
    for start, _, cost in UNITS[unit].pieces(text):
        total += cost
        if total > limit:
            return start
    return None
