"""What a pattern asks of the characters beside a literal, marked in the literal itself: so fewer places count.

A literal that stands in a text without it is no literal of the pattern there: "am" in "camera" is no word. And how
probable a literal is in a message.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod

from cannedkit.text.common import common

APART, DIGIT = "\b", "\x01"
"""Marks: between a letter, digit or underscore and none of these, at either end; behind a digit, at the beginning."""

MARKS = APART + DIGIT

FREQUENT, LETTER = 0.5, 0.4
"""How probable a word of every message is, and each letter of any other word: those with which fewest patterns are
searched in `benchmarks/drafts.py`."""

MAX_ALSO = 40
"""Texts of a set that is looked for beside the best one: each costs a little memory; our own choice."""

LEFT, RIGHT, NUMBER = 1, 2, 4
"""What a mark asks for, as bits: no word goes on at the left, none at the right; a digit stands at the left."""

ODD = ((0x250, 0x200F), (0x2028, 0x202F), (0x2060, 0x209F), (0x20D0, 0x10FFFF))
"""Characters that few texts in Latin letters hold: beyond these letters, and the quotes, dashes and currencies of
print."""

_HOLDS_ODD = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in ODD)}]")

ODD_CHANCE = 0.001
"""How probable such a character is in a message; our own choice."""

_GONE = str.maketrans("", "", MARKS)
_WORDS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_BEFORE = {sign: NUMBER * sign.isdigit() if sign in _WORDS else LEFT for sign in map(chr, range(128))}
_BEHIND = dict.fromkeys(_WORDS, 0)


def plain(text: str) -> str:
    """A literal without its marks."""
    return text.translate(_GONE)


def apart(text: str) -> str:
    """A literal that is marked at both ends: it stands between boundaries of words."""
    return f"{APART}{text}{APART}"


def asked(marked: str) -> int:
    """What the marks of a literal ask for. A boundary beside a sign asks for a word there, and so is not told."""
    text = plain(marked)
    bits = NUMBER if marked.startswith(DIGIT) else 0
    bits |= LEFT if marked.startswith(APART) and text[:1] in _WORDS else 0
    return bits | (RIGHT if marked.endswith(APART) and text[-1:] in _WORDS else 0)


def met(text: str, start: int, end: int) -> int:
    """What may be true of a literal at `text[start:end]`: of characters beyond ASCII nothing is ruled out."""
    before = _BEFORE.get(text[start - 1], LEFT | NUMBER) if start else LEFT
    return before | (_BEHIND.get(text[end], RIGHT) if end < len(text) else RIGHT)


def is_within_word(text: str, at: int) -> bool:
    """Whether a word of ASCII goes on at a place of a text."""
    return text[at - 1] in _WORDS and text[at] in _WORDS


@lru_cache(maxsize=64)
def is_odd(text: str) -> bool:
    """Whether a text holds a character that few texts hold."""
    return not text.isascii() and _HOLDS_ODD.search(text) is not None


def are_odd(first: int, last: int) -> bool:
    """Whether few texts hold any character from the first to the last."""
    return any(low <= first and last <= high for low, high in ODD)


def chance(text: str) -> float:
    """How probable it is, roughly, that a message holds a literal: each word of it makes it less so, or each sign."""
    if is_odd(text):
        return ODD_CHANCE
    frequent = common("frequent")
    words = (bare := plain(text)).strip(" ,.'’").lower().split(" ")
    if words == [""]:
        return LETTER ** max(len(bare) - 1, 0)
    return prod(FREQUENT if word in frequent else LETTER ** len(word) for word in words)


def is_telling(text: str) -> bool:
    """Whether a literal tells anything: no single letter or digit of ASCII does, and no space or end of a line."""
    text = plain(text)
    return len(text) > 1 or (len(text) == 1 and not (text.isascii() and text.isalnum()) and text not in " \t\r\n")


def is_cheap(texts: tuple[str, ...]) -> bool:
    """Whether a set is worth a look beside the best one: few texts, of which few messages hold any."""
    return 0 < len(texts) <= MAX_ALSO and all(is_telling(text) and chance(text) < FREQUENT for text in texts)
