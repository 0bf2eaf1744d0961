"""`length`: a text, paragraph or sentence has more words, sentences, characters or SMS segments than allowed.

The span runs from the first unit beyond the limit to the end: what would have to go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options
from cannedkit.text.segment import blocks, counted, graphemes, words
from cannedkit.text.sms import segments
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, whole

Counter = Callable[[Draft], Sequence[tuple[int, int]]]

COUNTS: Mapping[str, Counter] = {
    "words": lambda draft: words(draft.text),
    "sentences": lambda draft: counted(draft.text, draft.locale, _items(draft)),
    "characters": lambda draft: [(at, at + 1) for at in range(len(draft.text))],
    "graphemes": lambda draft: graphemes(draft.text),
    "segments": lambda draft: segments(draft.text),
}
"""What a rule may count -> the spans of the units in a draft."""


@dataclass(frozen=True)
class Options:
    """What a rule counts, and the most that each channel allows ("any": all others)."""

    count: str
    max: Mapping[str, int]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"count": _count, "max": _limits})
    if "count" not in values or "max" not in values:
        raise RuleError([problem(rule, "count", "a length rule needs `count` and `max`")])
    return Options(values["count"], values["max"])


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options, context) for rule in rules]


def _check(rule: Rule, own: Options, context: Context) -> Check:
    count, limits = own.count, _in_force(own.max, own.count, rule, context)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        allowed = limits.get(draft.channel, limits.get("any"))
        if allowed is None or _fits(draft.text, count, allowed):
            return
        units = COUNTS[count](draft)
        for scope in rule.scope:
            for start, end in blocks(draft.text, scope, draft.locale):
                inside = units[bisect_left(units, (start, start)) : bisect_left(units, (end, end))]
                if len(inside) > allowed:
                    message = said(rule.message, len(inside), allowed, draft.channel)
                    yield finding(rule, inside[allowed][0], inside[-1][1], message)

    return Check(rule, run, by_channel=True)


def _fits(text: str, count: str, allowed: int) -> bool:
    """Whether so short a text cannot exceed the limit in any of its parts: seen without cutting it into sentences."""
    if count == "sentences":
        return text.isascii() and sum(map(text.count, ".!?\n\r\f\v\x1c\x1d\x1e")) < allowed
    if count == "words":
        return (text.isascii() and len(text.split()) <= allowed) or len(words(text)) <= allowed
    return len(text) <= allowed


def _items(draft: Draft) -> frozenset[int]:
    """Where the items of lists begin that were read from Markdown."""
    return frozenset(unit.start for unit in draft.units if "list" in unit.names)


def _in_force(limits: Mapping[str, int], count: str, rule: Rule, context: Context) -> dict[str, int]:
    """The limits by channel; for whole texts a channel's own limit in the settings goes before the rule's."""
    own = {
        name: limit
        for name, channel in context.channels.items()
        if rule.scope == ("text",) and (limit := getattr(channel, f"max_{count}", None)) is not None
    }
    return {**limits, **own}


def _count(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in COUNTS}, problems, "words")


def _limits(node: Node, key: str, problems: Problems) -> dict[str, int]:
    """One number for any channel, or a number by channel."""
    if not isinstance(node, MappingNode):
        return {"any": whole(node, key, problems, least=1)}
    return {name.value: whole(value, name.value, problems, least=1) for name, value in node.pairs}
