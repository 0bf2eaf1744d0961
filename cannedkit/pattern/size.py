"""How large a regular expression is once its counted repetitions are written out: what its matcher has to hold."""

from __future__ import annotations

import re

_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{([0-9]*)(,?)([0-9]*)\}|.", re.DOTALL)
"""An escape, a class, a counted repetition, or one character."""


def spelled_out(pattern: str) -> int:
    """Code points of a pattern in which `a{3}` is written `aaa` and `(?:ab){2,4}` eight letters. Never raises."""
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
        elif part[0][0] == "{" and (part[1] or part[3]):
            times = max(int(count[:9]) for count in (part[1], part[3]) if count)
            totals[-1] += last * (max(times, 1) - 1)
            last *= max(times, 1)
        else:
            last = len(part[0])
            totals[-1] += last
    return sum(totals)
