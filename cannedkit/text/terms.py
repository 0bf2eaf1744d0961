"""The words of a text as a search compares them: without capitals, accents, apostrophes and long numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from cannedkit.text import segment

if TYPE_CHECKING:
    from regex import Pattern

_ASCII = re.compile(r"[a-z0-9]+", re.ASCII)
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")
_ACCENTS = re.compile("[\u0300-\u036f]")
LONG = 5
"""Digits of a number that is left out, of an order, a phone, a card: no two customers have the same; our own choice."""


def terms(text: str) -> list[str]:
    """The words of a text, in their order, folded: "Où est l'ÉCRAN n° 1234567" gives ou, est, lecran, n.

    What stands between letters, digits and their marks parts two words; in a script without spaces ICU does.
    """
    folded = text.casefold().translate(_APOSTROPHES)
    if folded.isascii():
        found = _ASCII.findall(folded)
    else:
        folded = normalize("NFC", _ACCENTS.sub("", normalize("NFD", folded)))
        if segment.UNSPACED.search(folded):
            folded = " ".join(folded[start:end] for start, end in segment.words(folded))
        found = _letters().findall(folded)
    return [word for word in found if len(word) < LONG or not word.isdigit()]


@lru_cache(maxsize=1)
def _letters() -> Pattern[str]:
    import regex

    return regex.compile(r"[\p{L}\p{M}\p{N}]+")
