"""Characters in a regular expression: which ones a class stands for, and which ones a pattern begins with."""

from __future__ import annotations

import re
from functools import lru_cache

CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
"""A character by its number, behind the backslash."""

CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
"""A letter behind a backslash -> the character that it stands for."""

_ONE = r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[tnrfva]|[^\w])|[^\\\[\]^&|~-]"
_MEMBER = re.compile(rf"({_ONE})(?:-({_ONE}))?")


def ranges(source: str) -> list[tuple[int, int]] | None:
    """The first and the last character of each range of a class; None for one that is not only of such."""
    found, at, end = [], 1, len(source) - 1
    while at < end:
        item = _MEMBER.match(source, at, end)
        if item is None:
            return None
        first = _code(item[1])
        found.append((first, _code(item[2]) if item[2] else first))
        at = item.end()
    return found


@lru_cache(maxsize=1_024)
def caseless(source: str) -> str:
    """A class of nothing but signs and digits of ASCII, marked so that nobody asks for the case of what it meets.

    `source` itself where it may hold anything else.
    """
    found = ranges(f"[{source[2:-1]}]" if source.startswith("[^") else source)
    is_plain = found and all(
        last < 128 and not any(map(str.isalpha, map(chr, range(first, last + 1)))) for first, last in found
    )
    return f"(?-i:{source})" if is_plain else source


def _code(written: str) -> int:
    """The character that stands in a class, as it is or by an escape."""
    if code := CODE.match(written, 1):
        return int(code[1] or code[2] or code[3], 16)
    return ord(CONTROL.get(written[-1], written[-1]) if written.startswith("\\") else written)


@lru_cache(maxsize=1_024)
def compiles(characters: str) -> bool:
    """Whether a class is one: the ends of its ranges in order, its escapes known."""
    import regex

    try:
        regex.compile(characters)
    except regex.error:
        return False
    return True


_BEYOND = r"(?:[^\x00-\x7f]|\\u(?!00[0-7])[0-9a-fA-F]{4}|\\U(?!000000[0-7])[0-9a-fA-F]{8}|\\x[89a-fA-F][0-9a-fA-F])"
_ONE_BEYOND = re.compile(rf"(?:{_BEYOND}|\[(?:{_BEYOND}(?:-{_BEYOND})?)+\])\+?(?![*?{{])")
_LOOKS = re.compile(r"\(\?<?[=!](?:\[(?:[^\]\\]|\\.)*\]|\\.|[^()\\\[\]])*\)")


def needs_more_than_ascii(pattern: str) -> bool:
    """Whether each alternative surely begins with a character beyond ASCII, behind whatever it looks back at."""
    alternatives = _LOOKS.sub("", pattern).split("|")
    return all(_ONE_BEYOND.match(alternative) is not None for alternative in alternatives)


_CAPITALS = re.compile(r"(?:\\b|\()*\[A-Z\](?:\[A-Z\]|\{(?:[2-9]|[1-9][0-9]+)(?:,[0-9]*)?\})[^|?*]*")


def needs_capitals(pattern: str) -> bool:
    """Whether a pattern, with its case, surely begins with two capitals of English, as one for acronyms does."""
    return _CAPITALS.fullmatch(pattern) is not None
