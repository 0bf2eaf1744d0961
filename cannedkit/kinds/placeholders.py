"""`placeholders`: placeholders stand where a provider's template may have none, or are numbered as it takes none.

`refuse` says what a rule looks for: `edge`, one that begins or ends the text, with or without a mark behind it (marked
is the place before or behind it); `adjacent`, two with nothing but space between them (marked is what lies between);
`numbers`, one whose number leaves a gap, or that is neither a number nor a name in small letters. A placeholder is what
a value stands for, and a `{{…}}` in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice

Span = tuple[int, int]

_HOLE = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Options:
    """What a rule looks for, one of `FINDERS`."""

    refuse: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"refuse": _refuse})
    if "refuse" not in values:
        raise RuleError([problem(rule, "refuse", f"a placeholders rule needs `refuse`: {', '.join(FINDERS)}")])
    return Options(values["refuse"])


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, FINDERS[rule.options.refuse]) for rule in rules]


def _check(rule: Rule, find: Callable[[Draft], Iterator[Span]]) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for start, end in find(draft):
            yield finding(rule, start, end, said(rule.message, draft.text[start:end]))

    return Check(rule, run)


def _placeholders(draft: Draft) -> list[Span]:
    return sorted({*draft.filled, *(hole.span() for hole in _HOLE.finditer(draft.text))})


def _edges(draft: Draft) -> Iterator[Span]:
    found = _placeholders(draft)
    if found and not any(map(str.isalnum, draft.text[: found[0][0]])):
        yield found[0][0], found[0][0]
    if found and not any(map(str.isalnum, draft.text[found[-1][1] :])):
        yield found[-1][1], found[-1][1]


def _adjacent(draft: Draft) -> Iterator[Span]:
    for (_, end), (start, _) in pairwise(_placeholders(draft)):
        if not draft.text[end:start].strip():
            yield end, start


def _numbers(draft: Draft) -> Iterator[Span]:
    holes = list(_HOLE.finditer(draft.text))
    numbered = {hole[1] for hole in holes if hole[1].isdecimal()}
    expected = {str(number) for number in range(1, len(numbered) + 1)}
    for hole in holes:
        if hole[1] not in expected and (numbered or not _NAME.fullmatch(hole[1])):
            yield hole.span()


FINDERS: Mapping[str, Callable[[Draft], Iterator[Span]]] = {
    "edge": _edges,
    "adjacent": _adjacent,
    "numbers": _numbers,
}
"""What a rule may refuse -> the places of it in a draft."""


def _refuse(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in FINDERS}, problems, "edge")
