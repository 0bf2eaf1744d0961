"""A text in parts that a proofreader reads alike whether they stand together or alone."""

from __future__ import annotations

import re
from itertools import pairwise

_BETWEEN = re.compile(r"(?<!\S)(?:[A-Za-z]*[a-z]{2}|\d{2,})(?:[.!?][ \n]+|[,:]?\n[ \n]*\n *)(?=[A-Z])")
"""Where two sentences part beyond doubt: a plain word or number, one stop or a blank line, and a capital."""


def standalone(text: str) -> list[str]:
    """The parts of a text, which together are the text: one or more of its sentences, with the white space behind.

    It is cut where two sentences part beyond doubt, and nowhere else: never behind an abbreviation, an address, a
    bracket, a quotation mark or dots.
    """
    cuts = [0, *(match.end() for match in _BETWEEN.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]
