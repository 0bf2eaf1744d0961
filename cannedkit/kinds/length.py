"""`length`: a text, paragraph or sentence has more words, sentences, characters or the like than allowed.

The span runs from the first unit beyond the limit to the end: what would have to go. Where nobody said on which channel
a text goes out, it may be as long as a mail.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cannedkit.channels.units import UNITS, Piece
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options
from cannedkit.text.segment import blocks, counted, words
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, whole

PATIENT = "email"
"""The channel whose limits hold where nobody named one: it takes the most. Our own choice."""

Counter = Callable[[Draft], Sequence[Piece]]


def _ones(spans: Sequence[tuple[int, int]]) -> list[Piece]:
    return [(start, end, 1) for start, end in spans]


def _by(unit: str) -> Counter:
    return lambda draft: list(UNITS[unit].pieces(draft.text))


COUNTS: Mapping[str, Counter] = {
    "words": lambda draft: _ones(words(draft.text)),
    "sentences": lambda draft: _ones(counted(draft.text, draft.locale, _items(draft))),
    **{unit: _by(unit) for unit in UNITS},
}
"""What a rule may count -> the pieces of a draft that cannot be cut, and what each of them costs."""


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
        channel = PATIENT if draft.assumed else draft.channel
        allowed = limits.get(channel, limits.get("any"))
        if allowed is None or _fits(draft.text, count, allowed):
            return
        pieces: Sequence[Piece] = ()
        for scope in rule.scope:
            for start, end in blocks(draft.text, scope, draft.locale):
                if _is_short(draft.text[start:end], count, allowed):
                    continue
                pieces = pieces or COUNTS[count](draft)
                inside = pieces[bisect_left(pieces, (start, start, 0)) : bisect_left(pieces, (end, end, 0))]
                totals = list(accumulate(cost for _, _, cost in inside))
                if totals and totals[-1] > allowed:
                    message = said(rule.message, totals[-1], allowed, channel)
                    yield finding(rule, inside[bisect_right(totals, allowed)][0], inside[-1][1], message)

    return Check(rule, run, by_channel=True)


def _fits(text: str, count: str, allowed: int) -> bool:
    """Whether a text cannot exceed the limit in any of its parts: seen without cutting it into sentences."""
    return _is_short(text, count, allowed) or (count == "words" and len(words(text)) <= allowed)


def _is_short(text: str, count: str, allowed: int) -> bool:
    """Whether so short a text, or part of one, cannot exceed the limit: seen without looking for its pieces."""
    if count == "sentences":
        return text.isascii() and sum(map(text.count, ".!?\n\r\f\v\x1c\x1d\x1e")) < allowed
    if count == "words":
        return text.isascii() and len(text.split()) <= allowed
    return len(text) * UNITS[count].most <= allowed


def _items(draft: Draft) -> frozenset[int]:
    """Where the items of lists begin that were read from Markdown."""
    return frozenset(unit.start for unit in draft.units if "list" in unit.names)


def _in_force(limits: Mapping[str, int], count: str, rule: Rule, context: Context) -> dict[str, int]:
    """The limits by channel; for whole texts a channel's own limit in the settings goes before the rule's."""
    found = dict(limits)
    for name, channel in context.channels.items():
        own = channel.limits.get("body", {}).get(count) if rule.scope == ("text",) else None
        limit = next((limits[known] for known in channel.names if known in limits), None) if own is None else own
        if limit is not None:
            found[name] = limit
    return found


def _count(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in COUNTS}, problems, "words")


def _limits(node: Node, key: str, problems: Problems) -> dict[str, int]:
    """One number for any channel, or a number by channel."""
    if not isinstance(node, MappingNode):
        return {"any": whole(node, key, problems, least=1)}
    return {name.value: whole(value, name.value, problems, least=1) for name, value in node.pairs}
