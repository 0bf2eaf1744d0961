r"""Whether what a pattern finds in a sentence is told by that sentence alone, whatever sentences stand around it.

Two sentences part beyond doubt (see `text.standalone.sentences`) at two small letters, one stop, blanks, and a capital.
A pattern is followed over such a place, one character after the other: a match that begins before the capital must read
nothing from it on, and one that begins behind must read nothing before the stop. What every small letter, every stop or
every capital answers alike is nothing read: `\b` is true before a capital and before a stop.

It is told in vain of nothing: case is never heeded, `.` matches a line's end too, and what the reader does not know
does not stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cannedkit.pattern.characters import CODE, CONTROL

INSIDE, END, BEHIND, BLANK, OPEN, BEYOND = 1, 2, 4, 8, 16, 32
"""Places about where two sentences part, as bits: in the first, before its stop, behind it, among the blanks, before
the capital, in the second."""

SMALL, STOP, SPACE, CAPITAL = 1, 2, 4, 8
"""What a character may be there, as bits."""

FIRST, SECOND = INSIDE | END | BEHIND | BLANK, OPEN | BEYOND
"""Where what belongs to the first sentence begins, and where what belongs to the second does."""

_SIGNS = {SMALL: "abcdefghijklmnopqrstuvwxyz", STOP: ".!?", SPACE: " \n", CAPITAL: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ANY = SMALL | STOP | SPACE | CAPITAL
_CLASSES = {"w": SMALL | CAPITAL, "W": STOP | SPACE, "d": 0, "D": _ANY, "s": SPACE, "S": SMALL | STOP | CAPITAL}
_PLACES = frozenset("bBAZz")
_GROUP = re.compile(r"\((?:\?(?:([:>])|(<?[=!])|P?<[A-Za-z_]\w*>|[aimsu]*(?:-[imsu]+)?([:)])))?")
_REPEAT = re.compile(r"(?:([*+?])|\{([0-9]{0,4})(,?)([0-9]{0,4})\})[?+]?")
_LETTERS = re.compile(r"[A-Za-z]{2,}(?![*+?{])")
_PROPERTY = re.compile(r"[pP]\{\w+\}")


class _LeavesError(Exception):
    """A pattern reads what is another sentence's, or something in it is not known."""


_Node = int | tuple[str, "Sequence[_Node]"]
"""What a character may be; or the parts of a "row" or of a choice ("any"), and the one part that may be left out
("maybe"), or stand there again and again ("often"), or is looked at "ahead" or "back"."""


@lru_cache(maxsize=16_384)
def stays(source: str, begins: int = FIRST) -> bool:
    """Whether all that a pattern matches, and what it looks at for it, stays in one sentence. Never raises.

    `source` compiles, by the `regex` module or in Vale's syntax; `begins` is where it is tried in the first sentence.
    """
    try:
        node = _read(source)
        _follow(node, begins, OPEN)
        _follow(node, SECOND, END)
    except (_LeavesError, IndexError, RecursionError):
        return False
    return True


@lru_cache(maxsize=16_384)
def begins_inside(source: str) -> bool:
    """Whether each match of a pattern that stays begins before the stop that ends its sentence."""
    return not _follow(_read(source), FIRST & ~INSIDE, OPEN)


def _read(source: str) -> _Node:
    node, end = _either(source, 0)
    if end != len(source):
        raise _LeavesError
    return node


# -- where it may go ------------------------------------------------------------------------------


def _follow(node: _Node, places: int, shut: int, back: bool = False) -> int:
    """The places where a match may be behind a part (before it, where it is read `back`), from some places.

    Raises _LeavesError where it passes the place that is `shut`.
    """
    if isinstance(node, int):
        return _before(node, places, shut) if back else _behind(node, places, shut)
    sort, parts = node
    if sort == "row":
        for part in reversed(parts) if back else parts:
            places = _follow(part, places, shut, back)
        return places
    if sort in ("ahead", "back"):
        _follow(parts[0], places, shut, sort == "back")
        return places
    found, last = places if sort == "maybe" else 0, -1
    for part in parts:
        found |= _follow(part, places, shut, back)
    while sort == "often" and found != last:
        last, found = found, found | _follow(parts[0], found, shut, back)
    return found


def _behind(character: int, places: int, shut: int) -> int:
    """The places behind a character that is read from some."""
    found = places & (INSIDE | BEYOND)
    if places & INSIDE and character & SMALL:
        found |= END
    if places & END and character & STOP:
        found |= BEHIND
    if places & (BEHIND | BLANK) and character & SPACE:
        found |= BLANK | OPEN
    if places & OPEN and character & CAPITAL:
        if shut == OPEN:
            raise _LeavesError
        found |= BEYOND
    return found


def _before(character: int, places: int, shut: int) -> int:
    """The places before a character that is read back from some."""
    found = places & (INSIDE | BEYOND)
    if places & BEYOND and character & CAPITAL:
        found |= OPEN
    if places & (OPEN | BLANK) and character & SPACE:
        found |= BLANK | BEHIND
    if places & BEHIND and character & STOP:
        found |= END
    if places & END and character & SMALL:
        if shut == END:
            raise _LeavesError
        found |= INSIDE
    return found


# -- how it is read -------------------------------------------------------------------------------


def _either(source: str, at: int) -> tuple[_Node, int]:
    row, at = _row(source, at)
    choices = [row]
    while source[at : at + 1] == "|":
        row, at = _row(source, at + 1)
        choices.append(row)
    return (row if len(choices) == 1 else ("any", choices)), at


def _row(source: str, at: int) -> tuple[_Node, int]:
    parts: list[_Node] = []
    while at < len(source) and source[at] not in "|)":
        if letters := _LETTERS.match(source, at):  # two are followed as more would be
            parts += (SMALL | CAPITAL, SMALL | CAPITAL)
            at = letters.end()
            continue
        part, at = _part(source, at)
        if repeat := _REPEAT.match(source, at):
            part, at = _repeated(part, repeat), repeat.end()
        if part is not None:
            parts.append(part)
    return ("row", parts), at


def _repeated(part: _Node | None, repeat: re.Match[str]) -> _Node | None:
    """A part as often as it may stand there: once, where that may be more than once, is once or more."""
    if part is None:
        raise _LeavesError
    least = int(repeat[2] or 0) if repeat[1] is None else repeat[1] == "+"
    most = repeat[1] == "?" or (repeat[1] is None and (repeat[2] if not repeat[3] else repeat[4]) in ("0", "1"))
    found: _Node = part if most else ("often", [part])
    return found if least else ("maybe", [found])


def _part(source: str, at: int) -> tuple[_Node | None, int]:
    """What stands at a place of a pattern, None for what reads nothing there that could be another; and its end."""
    sign = source[at]
    if sign == "\\":
        return _escape(source, at + 1)
    if sign == "[":
        return _class(source, at)
    if sign == "(":
        return _group(source, at)
    if sign in "*+?{":
        raise _LeavesError
    return (None if sign in "^$" else _ANY if sign == "." else _told(sign)), at + 1


def _escape(source: str, at: int) -> tuple[_Node | None, int]:
    sign = source[at]
    if sign in _CLASSES:
        return _CLASSES[sign], at + 1
    if sign in _PLACES:
        return None, at + 1
    if sign in CONTROL:
        return _told(CONTROL[sign]), at + 1
    if named := _PROPERTY.match(source, at):
        return _of_class(f"\\{named[0]}"), named.end()
    if code := CODE.match(source, at):
        return _told(chr(int(code[1] or code[2] or code[3], 16))), code.end()
    if sign.isalnum():
        raise _LeavesError
    return _told(sign), at + 1


def _class(source: str, at: int) -> tuple[_Node, int]:
    end = at + (2 if source.startswith("[^", at) else 1)
    end += source[end] == "]"
    while source[end] != "]":
        if source[end] == "[":
            raise _LeavesError
        end += 2 if source[end] == "\\" else 1
    return _of_class(source[at : end + 1]), end + 1


def _group(source: str, at: int) -> tuple[_Node | None, int]:
    opened = _GROUP.match(source, at)
    if opened is None or source[opened.end() : opened.end() + 1] == "?":
        raise _LeavesError
    if opened[3] == ")":
        return None, opened.end()
    node, end = _either(source, opened.end())
    if source[end] != ")":
        raise _LeavesError
    if looks := opened[2]:
        node = ("back" if looks[0] == "<" else "ahead", [node])
    return node, end + 1


@lru_cache(maxsize=1_024)
def _of_class(source: str) -> int:
    """What the characters of a class may be."""
    import regex

    try:
        found = regex.compile(source, regex.IGNORECASE)
    except regex.error:
        raise _LeavesError from None
    return sum(bit for bit, signs in _SIGNS.items() if found.search(signs))


def _told(character: str) -> int:
    """What a character may be, in either case; a letter beyond ASCII may be one of it without regard to case."""
    return (SMALL | CAPITAL) * character.isalpha() | STOP * (character in ".!?") | SPACE * (character in " \n")
