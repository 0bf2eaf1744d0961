"""How large a regular expression is once its counted repetitions are written out: what its matcher has to hold."""

from __future__ import annotations

import re

_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{([0-9]*)(,?)([0-9]*)\}|.", re.DOTALL)
"""An escape, a class, a counted repetition, or one character."""


def spelled_out(pattern: str) -> int:
    """Code points of a pattern with what must be there written out, `a{3}` and `a{3,}` as `aaa`. Never raises."""
    if "{" not in pattern:
        return len(pattern)
    totals, last = [0], 0
    for part in _PART.finditer(pattern):
        if part[0] == "(":
            totals.append(0)
            last = 0
        elif part[0] == ")" and len(totals) > 1:
            last = totals.pop() + 2
            totals[-1] += last
        elif part[1] and int(part[1][:9]) > 1:
            times = int(part[1][:9])
            totals[-1] += last * (max(times, 1) - 1)
            last *= max(times, 1)
        else:
            last = len(part[0])
            totals[-1] += last
    return sum(totals)
