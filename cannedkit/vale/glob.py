"""A glob of a .vale.ini held against a path: all places of the glob that the path can have come to, at once.

So nothing is tried a second time, and what a match costs grows with the lengths of both alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

_MOST_STEPS = 20_000
"""Steps that are kept of a glob; our own choice: a glob of a few stars takes some hundred."""


class GlobError(ValueError):
    """A glob that cannot be read."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """The characters of some ranges, ends included; `inverted`: all others."""

    ranges: tuple[tuple[str, str], ...]
    inverted: bool = False

    def holds(self, sign: str) -> bool:
        """Whether a character is one of them."""
        return any(first <= sign <= last for first, last in self.ranges) != self.inverted


_ANY, _SLASH, _IN_FOLDER = _Signs((), inverted=True), _Signs((("/", "/"),)), _Signs((("/", "/"),), inverted=True)


@dataclass(frozen=True, slots=True)
class _Glob:
    """A glob, read. `edges` say for each place which characters (None: nothing at all) lead to which other place.

    `steps` keeps where places lead with a character, for the next path.
    """

    edges: list[list[tuple[_Signs | None, int]]] = field(default_factory=list)
    steps: dict[tuple[frozenset[int], str], frozenset[int]] = field(default_factory=dict)

    def place(self, *before: int) -> int:
        """A new place, to which nothing leads from those before."""
        self.edges.append([])
        for one in before:
            self.edges[one].append((None, len(self.edges) - 1))
        return len(self.edges) - 1

    def step(self, places: frozenset[int], sign: str) -> frozenset[int]:
        """Where a character leads from some places."""
        found = self.steps.get((places, sign))
        if found is None:
            edges = (edge for place in places for edge in self.edges[place])
            found = self.reached(to for signs, to in edges if signs and signs.holds(sign))
            if len(self.steps) < _MOST_STEPS:
                self.steps[places, sign] = found
        return found

    def reached(self, places: Iterable[int]) -> frozenset[int]:
        """Some places, and all that nothing leads to from them."""
        waiting = list(places)
        found = set(waiting)
        while waiting:
            more = [to for signs, to in self.edges[waiting.pop()] if signs is None and to not in found]
            found.update(more)
            waiting += more
        return frozenset(found)


def fits(glob: str, path: str) -> bool:
    """Whether a glob is all of a path, whose folders end in `/`. Raises GlobError."""
    read, last = _read(glob)
    places = read.reached([0])
    for sign in path:
        places = read.step(places, sign)
    return last in places


@lru_cache(maxsize=256)
def _read(glob: str) -> tuple[_Glob, int]:
    """A glob and its last place: `*` stops at `/` only where the glob holds a `**`. Raises GlobError."""
    made = _Glob()
    one = _IN_FOLDER if "**" in glob else _ANY
    now, at = made.place(), 0
    opened: list[tuple[int, int]] = []  # of each brace, the place before it and the one behind it
    while at < len(glob):
        sign = glob[at]
        if glob.startswith("**/", at):
            folder = made.place(now)
            now = made.place(now)
            made.edges[folder] += [(_ANY, folder), (_SLASH, now)]
            at += 2
        elif sign == "*":
            stars = glob.startswith("**", at)
            now = made.place(now)
            made.edges[now].append((_ANY if stars else one, now))
            at += stars
        elif sign == "{":
            opened.append((now, made.place()))
            now = made.place(now)
        elif opened and sign in ",}":
            before, behind = opened[-1] if sign == "," else opened.pop()
            made.edges[now].append((None, behind))
            now = made.place(before) if sign == "," else behind
        else:
            signs, at = _signs(glob, at, one)
            before, now = now, made.place()
            made.edges[before].append((signs, now))
        at += 1
    if opened:
        raise _unread(glob)
    return made, now


def _signs(glob: str, at: int, one: _Signs) -> tuple[_Signs, int]:
    """The characters that one place of a glob stands for, and where their last sign is. `one` is what `?` means."""
    sign = glob[at]
    end = glob.find("]", at + 2) if sign == "[" else -1
    if sign == "}":
        raise _unread(glob)
    if end < 0:
        return one if sign == "?" else _Signs(((sign, sign),)), at
    inverted = glob[at + 1] in "!^"
    left = glob[at + 1 + inverted : end]
    ranges = []
    while left:
        length = 3 if left[1:2] == "-" and len(left) > 2 else 1
        ranges.append((left[0], left[length - 1]))
        left = left[length:]
    if not ranges or any(first > last for first, last in ranges):
        raise _unread(glob)
    return _Signs(tuple(ranges), inverted), end


def _unread(glob: str) -> GlobError:
    return GlobError(f"The glob pattern '{glob}' could not be compiled.")
