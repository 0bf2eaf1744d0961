"""What makes a match harmless: something else that its sentence says (`unless`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.pattern.alternation import PatternError, compiled, joined, search
from cannedkit.rules.holes import filled
from cannedkit.rules.message import problem

_END = re.compile(r"(?<!^\d)(?<!^\d\d)[.!?](?=[\s\"”’)]|\Z)|\n", re.MULTILINE)
"""Where a sentence ends; the number of a step does not end one."""


Pardon = Callable[[str, int, int], bool]
"""A function (text, start, end) -> whether the sentence that holds the match `text[start:end]` makes it harmless."""


def pardoning(rule: Rule, values: Mapping[str, Any], by_name: Mapping[str, str]) -> str:
    """The patterns under `unless` as one, with the names of words filled in; "" without any. Raises RuleError."""
    sources = [filled(one, by_name, rule, "unless") if by_name else one for one in values.get("unless", ())]
    try:
        return joined(sources, ignorecase=True, word=False) if sources else ""
    except PatternError as error:
        raise RuleError([problem(rule, "unless", str(error))]) from None


def pardon(unless: str) -> Pardon:
    """What `unless` makes harmless; nothing where it is ""."""
    if not unless:
        return lambda text, start, end: False
    return lambda text, start, end: search(compiled(unless, True), _around(text, start, end)) is not None


def _around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that a match lies in, with the signs that end them."""
    ends = _ends(text)
    first = bisect_left(ends, start + 1)
    last = bisect_left(ends, end)
    return text[ends[first - 1] if first else 0 : ends[last] if last < len(ends) else len(text)]


@lru_cache(maxsize=8)
def _ends(text: str) -> Sequence[int]:
    """Where the sentences of a text end: for all matches of all rules in a text the same."""
    return [found.end() for found in _END.finditer(text)]
