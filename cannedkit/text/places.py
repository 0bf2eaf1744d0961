"""Where an offset stands in a text: line and column, counted from 1, columns in code points."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\n|\r")


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    ends = [end.end() for end in LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1
