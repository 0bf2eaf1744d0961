"""Where a capital comes from: the start of a sentence lends one, a name and "I" have their own."""

from __future__ import annotations

import re

_OPENS = re.compile(r"(?:\A|[.!?…:\n]|^\s*(?:[-*•#>]|\d+[.)]))[\s\"'“”‘’(\[*_]*\Z", re.MULTILINE)
_BACK = 40
"""Code points before a place in which what opens it is looked for: blanks, quotes, brackets, the sign of a list."""

_I = re.compile(r"I(?=['’]|\Z)")


def opens(text: str, start: int) -> bool:
    """Whether a sentence or a line opens at a place of a text."""
    before = text[max(0, start - _BACK) : start]
    return bool(_OPENS.search(before)) and (start <= _BACK or not before.isspace())


def cased(fix: str, written: str, opening: bool) -> str:
    """A fix with the capital of what was written; where nothing opens, that of "I" is its own and stays behind."""
    lends = written[:1].isupper() and (opening or not _I.match(written))
    return fix[:1].upper() + fix[1:] if lends else fix
