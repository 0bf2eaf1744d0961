"""What a text takes of a limit, as it is and with the longest values that may stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from cannedkit.channels.units import beyond, used


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text, `text[start:end]` in code points; `longest` is the longest that the variable `name` may be."""

    start: int
    end: int
    name: str
    longest: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a text takes of one limit.

    `used` is of the text as it is, `most` with the longest values. `deciding` are the variables, longest first, without
    whose values even that would fit: none where it fits, or where the text is too long by itself. `beyond` is
    where in the text, in code points, the longest one no longer fits, None where it does.
    """

    unit: str
    limit: int
    used: int
    most: int
    deciding: tuple[str, ...] = ()
    beyond: int | None = None


def taken(text: str, values: Sequence[Value], unit: str, limit: int) -> Taken:
    """What `text` takes of `limit` in a unit; `values` stand in it in order. Raises KeyError for an unknown unit."""
    own = used(text, unit)
    stretched = filled(text, values, [value.longest for value in values]) if values else text
    most = used(stretched, unit) if values else own
    if most <= limit:
        return Taken(unit, limit, own, most)
    over = beyond(stretched, unit, limit)
    assert over is not None  # the sum is beyond the limit  # noqa: S101
    return Taken(unit, limit, own, most, _deciding(text, values, unit, limit), _placed(values, over))


def filled(text: str, values: Sequence[Value], others: Sequence[str]) -> str:
    """The text with `others` in the places of its values."""
    pieces = []
    at = 0
    for value, other in zip(values, others, strict=True):
        pieces += [text[at : value.start], other]
        at = value.end
    return "".join([*pieces, text[at:]])


def _deciding(text: str, values: Sequence[Value], unit: str, limit: int) -> tuple[str, ...]:
    """The fewest variables, longest first, without whose values the rest fits at its longest."""
    lengths: dict[str, int] = {}
    for value in values:
        lengths[value.name] = lengths.get(value.name, 0) + len(value.longest)
    chosen: list[str] = []
    for name in sorted(lengths, key=lambda name: -lengths[name]):
        chosen.append(name)
        rest = filled(text, values, ["" if value.name in chosen else value.longest for value in values])
        if used(rest, unit) <= limit:
            return tuple(chosen)
    return ()


def _placed(values: Sequence[Value], place: int) -> int:
    """The place in the text of a place in it with the longest values; of one in a value, where that begins."""
    growths = [len(value.longest) - (value.end - value.start) for value in values]
    for value, before in zip(values, accumulate(growths, initial=0), strict=False):
        if place < value.start + before:
            return place - before
        if place < value.start + before + len(value.longest):
            return value.start
    return place - sum(growths)
