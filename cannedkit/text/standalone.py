"""A text in parts that a proofreader reads alike whether they stand together or alone."""

from __future__ import annotations

import re
from itertools import pairwise

_BETWEEN = re.compile(r"(?<!\S)(?:[A-Za-z]*[a-z]{2}|\d{2,})(?:[.!?][ \n]+|[,:]?\n[ \n]*\n *)(?=[A-Z])")
"""Where two sentences part beyond doubt: a plain word or number, one stop or a blank line, and a capital."""

_SENTENCES = re.compile(r"(?<!\S)[A-Za-z]*[a-z]{2}[.!?][ \n]{1,3}(?=[A-Z])")
"""The same, narrower: a word of ASCII that ends in two small letters, a stop, a few blanks, and a capital."""


def standalone(text: str) -> list[str]:
    """The parts of a text, which together are the text: one or more of its sentences, with the white space behind.

    It is cut where two sentences part beyond doubt, and nowhere else: never behind an abbreviation, an address, a
    bracket, a quotation mark or dots.
    """
    return _parts(text, _BETWEEN)


def sentences(text: str) -> list[str]:
    """The parts of a text, as `standalone` gives them, but cut only behind a word, a stop and three blanks at most."""
    return _parts(text, _SENTENCES)


def _parts(text: str, between: re.Pattern[str]) -> list[str]:
    cuts = [0, *(match.end() for match in between.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]
