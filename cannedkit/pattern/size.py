"""How large a regular expression is: once its counted repetitions are written out, and by the steps of a search.

The first is what its matcher has to hold; who knows the second need not look at the clock. For that a pattern is
understood where all that repeats in it without end is one character, or a group without choices: then a search tries
no more than each of its choices, with each repetition at each of its lengths, from each place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{([0-9]*)(,?)([0-9]*)\}|.", re.DOTALL)
"""An escape, a class, a counted repetition, or one character."""

FEW = 8
"""Times that a part is repeated, and is read as if it stood there so often; our own choice."""

_ONE = re.compile(r"\\[pP]\{[^}]*\}|\\[^1-9gkKRXLN]|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[\](){}*+?|]", re.DOTALL)
"""What stands for one character, or for a place between two: an escape, a class, a sign."""

_GROUP = re.compile(r"\((?:\?(?:[:=!>]|<[=!]|P?<[A-Za-z_]\w*>|[aimsu]*(?:-[imsu]+)?:))?(?!\?)")
_REPEAT = re.compile(r"(?:([*+?])|\{([0-9]{1,4})(,?)([0-9]{0,4})\})[?+]?")

_Shape = tuple[float, int]
"""The ways through the choices of a part, and how much repeats without end on one of them."""

_ALONE: _Shape = (1, 0)


def spelled_out(pattern: str) -> int:
    """Code points of a pattern with what must be there written out, `a{3}` and `a{3,}` as `aaa`. Never raises."""
    if "{" not in pattern:
        return len(pattern)
    totals, last = [0], 0
    for part in _PART.finditer(pattern):
        if part[0] == "(":
            totals.append(0)
            last = 0
        elif part[0] == ")" and len(totals) > 1:
            last = totals.pop() + 2
            totals[-1] += last
        elif part[1] and int(part[1][:9]) > 1:
            times = int(part[1][:9])
            totals[-1] += last * (max(times, 1) - 1)
            last *= max(times, 1)
        else:
            last = len(part[0])
            totals[-1] += last
    return sum(totals)


# -- the steps of a search --


class _UnknownError(Exception):
    """A part that the reader does not understand."""


def steps(source: str, length: int, starts: int) -> float:
    """The steps that a search of a text of so many code points takes at most, begun at so many places.

    `source` is in the syntax of the `regex` module. Infinite where that is not known. Never raises.
    """
    choices, repeats = _shape(source)
    try:
        return choices * max(starts, 1) * float(length + 1) ** repeats
    except OverflowError:
        return inf


@lru_cache(maxsize=16_384)
def _shape(source: str) -> _Shape:
    """That of a whole pattern."""
    try:
        shape, end = _either(source, 0)
    except (_UnknownError, OverflowError, RecursionError):
        return inf, 0
    return shape if end == len(source) else (inf, 0)


def _either(source: str, at: int) -> tuple[_Shape, int]:
    choices, repeats = 0.0, 0
    while True:
        (ways, times), at = _row(source, at)
        choices, repeats = choices + ways, max(repeats, times)
        if source[at : at + 1] != "|":
            return (choices, repeats), at
        at += 1


def _row(source: str, at: int) -> tuple[_Shape, int]:
    choices, repeats = _ALONE
    while at < len(source) and source[at] not in "|)":
        part, at = _part(source, at)
        if repeat := _REPEAT.match(source, at):
            part, at = _repeated(part, repeat), repeat.end()
        choices, repeats = choices * part[0], repeats + part[1]
    return (choices, repeats), at


def _part(source: str, at: int) -> tuple[_Shape, int]:
    if one := _ONE.match(source, at):
        return _ALONE, one.end()
    if not (group := _GROUP.match(source, at)):
        raise _UnknownError
    shape, end = _either(source, group.end())
    if source[end : end + 1] != ")":
        raise _UnknownError
    return shape, end + 1


def _repeated(part: _Shape, repeat: re.Match[str]) -> _Shape:
    """The shape of a part that is repeated."""
    if repeat[1] == "?":
        return part[0] + 1, part[1]
    least = int(repeat[2] or 0)
    most = 0 if repeat[1] else least if not repeat[3] else int(repeat[4] or 0)
    if 0 < most <= FEW:
        return float(sum(part[0] ** times for times in range(least, most + 1))), part[1] * most
    if part != _ALONE:
        raise _UnknownError
    return 1, 1
