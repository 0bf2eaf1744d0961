"""Names as people type them: the known one that is nearest, and dotted ones that clash."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TypeVar

Value = TypeVar("Value")

_DOT = re.compile(r"\.")

MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats; our own choice."""

MAX_LISTED = 24
"""Known names that an error message lists when none is near; our own choice, about three lines."""


def shown(text: str) -> str:
    """A text as a message repeats it: in quotes, on one line, and not all of a long one."""
    return repr(text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…")


def nearest(name: str, known: Collection[str]) -> str:
    """The end of a message about an unknown name: the known one that it is most like, or all if they are few."""
    if near := _closest(name, known):
        return f"; did you mean `{near}`?"
    return f"; known: {', '.join(sorted(known))}" if 0 < len(known) <= MAX_LISTED else ""


def meant(name: str, known: Collection[str]) -> str:
    """As `nearest`, for messages that list the known names themselves, or should not: "" where none is near."""
    near = _closest(name, known)
    return f"; did you mean {near}?" if near else ""


def _closest(name: str, known: Collection[str]) -> str:
    """The known name that is most like `name`, whatever the case; "" where none is. The cutoff is difflib's own."""
    from difflib import get_close_matches

    by_lower = {each.lower(): each for each in reversed(tuple(known))}  # of names that differ in case only, the first
    close = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[close[0]] if close else ""


def conflicts(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, sorted, of which the first cannot nest beside the second: `a` and `a.b`."""
    known = set(names)
    lengths = set(map(len, known))
    dots = ((name, dot.start()) for name in known for dot in _DOT.finditer(name) if dot.start() in lengths)
    return sorted((name[:at], name) for name, at in dots if name[:at] in known)


def distance(one: str, other: str, most: int) -> int:
    """How many letters are added, left out, changed, or swapped with their neighbour between two texts.

    More than `most` is told as `most + 1`: what lies beyond is not worked out.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for there, another in enumerate(other, start=1):
            cost = min(before[there] + 1, row[-1] + 1, before[there - 1] + (sign != another))
            if at > 1 and there > 1 and sign == other[there - 2] and one[at - 2] == another:
                cost = min(cost, earlier[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
