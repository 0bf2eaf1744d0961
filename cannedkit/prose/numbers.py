"""English numbers between digits and words, for the `words` and `digits` steps of an edit. As in Vale 3.22."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split())
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1_000, "thousand"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_CARDINAL = re.compile(r"-?[0-9]{1,15}\Z")
_ORDINAL = re.compile(r"([0-9]{1,15})(?:st|nd|rd|th)\Z", re.IGNORECASE)


def spelled(text: str) -> str:
    """A whole number or an ordinal in words (21 is twenty-one, 21st is twenty-first); other texts as they are."""
    plain = text.replace(",", "")
    if _CARDINAL.match(plain):
        return _cardinal(int(plain))
    if found := _ORDINAL.match(plain):
        words = _cardinal(int(found[1]))
        at = max(words.rfind(" "), words.rfind("-")) + 1
        return words[:at] + _ordinal(words[at:])
    return text


def digits(text: str) -> str:
    """A number in words as digits (twenty-first is 21st); other texts as they are."""
    words = [word for word in re.split("[ -]+", text.lower()) if word]
    negative = words[:1] == ["minus"]
    words = [word for word in words[negative:] if word != "and"]
    known = _words()
    if not words or any(word not in known for word in words) or any(known[word][1] for word in words[:-1]):
        return text
    total = current = 0
    for word in words:
        value = known[word][0]
        if value == 100:
            current = (current or 1) * 100
        elif value >= 1_000:
            total, current = total + (current or 1) * value, 0
        else:
            current += value
    number = (total + current) * (-1 if negative else 1)
    return f"{number}{_suffix(number)}" if known[words[-1]][1] else str(number)


def _cardinal(number: int) -> str:
    if number < 0:
        return f"minus {_cardinal(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    value, name = next((scale for scale in _SCALES if number >= scale[0]), (100, "hundred"))
    rest = f" {_cardinal(number % value)}" if number % value else ""
    return f"{_cardinal(number // value)} {name}{rest}"


def _ordinal(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"


def _suffix(number: int) -> str:
    if abs(number) % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(abs(number) % 10, "th")


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[int, bool]]:
    """Each word of a number -> its value, and whether it is an ordinal."""
    values = {word: value for value, word in enumerate(_ONES)}
    values |= {word: value * 10 for value, word in enumerate(_TENS) if word}
    values |= {"hundred": 100} | {name: value for value, name in _SCALES}
    return {word: (value, False) for word, value in values.items()} | {
        _ordinal(word): (value, True) for word, value in values.items()
    }
