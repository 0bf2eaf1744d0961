"""Values that nobody chose and a type allows: what customers and programs send all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.template.types import samples
from cannedkit.template.values import format_value

SETS = (
    "hostile: long and huge",
    "hostile: from right to left, on two lines, below nought",
    "hostile: with an apostrophe and an emoji, nothing of an amount",
)
"""The names of the sets of hostile values: each variable has one kind in each of them."""

LONG = 60
"""Code points of the long values; the longest first and last names on forms reach it."""

_LONG_NAME = "Dr Anne-Élisabeth O'Connor van der Berg de la Fuente Santama"
_LONG_TEXT = "umbrella with a carbon frame, O'Neill's make, deep ocean red"
_HEBREW = "שרה"

_WORDS: Mapping[str, tuple[str, ...]] = {
    "text": (_LONG_TEXT, f"{_HEBREW}\n{_HEBREW}", "’t Hof 😀", "{{ name }}", "None"),
    "name": (_LONG_NAME, f"{_HEBREW}\n{_HEBREW}", _HEBREW, "’t Hof 😀", "{{ name }}", "None"),
}


_AMOUNTS = ("money", "number")


def _amounts(sample: str) -> Iterator[str]:
    """An amount as it is written, huge, below nought, and nought."""
    yield re.sub(r"\d", "99999", sample, count=1)
    yield f"-{sample}"
    yield re.sub(r"\d", "0", sample)


def hostile(variable: Variable, locale: str) -> tuple[str, ...]:
    """The hostile values that a variable may hold, in the order of `SETS`; none for a type that has none.

    Words are cut to `max_length`. What the declaration forbids is left out: an amount that is too long, braces, what
    programs print for nothing, a line break in a name.
    """
    if variable.type in _WORDS:
        found = [_cut(text, variable.max_length) for text in _WORDS[variable.type]]
    else:
        found = list(_amounts(samples(variable.type, locale)[0])) if variable.type in _AMOUNTS else []
    return tuple(dict.fromkeys(text for text in found if _fits(text, variable, locale)))


def _cut(text: str, most: int | None) -> str:
    """The text cut so that it ends in a letter or an emoji: a comma at its end would be a fault of its own."""
    return text if most is None or len(text) <= most else re.sub(r"[\W_]+$", "", text[:most])


def _fits(text: str, variable: Variable, locale: str) -> bool:
    try:
        format_value(text, variable, locale)
    except ReplyError:
        return False
    return True
