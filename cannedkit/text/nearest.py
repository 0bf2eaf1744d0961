"""Names as people type them: the known one that is nearest, and dotted ones that clash."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TypeVar

Value = TypeVar("Value")

_DOT = re.compile(r"\.")

MAX_LISTED = 24
"""Known names that an error message lists when none is near; our own choice, about three lines."""


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
