"""`limit`: a whole text takes more than its channel lets through or shows, with the longest values that it may hold.

A rule takes its limits from the table of channels (`table: hard` or `seen`), or brings one (`count` and `max`). A limit
of the settings goes before either. The message gets what the text takes, the limit, the channel, the unit, and which
variables decide: ", with the longest `order.note`", or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.channels import table
from cannedkit.channels.declared import alike
from cannedkit.channels.taken import Taken, Value, taken
from cannedkit.channels.units import UNITS
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.model.settings import Channel
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, whole

Limits = Mapping[tuple[str, str], Mapping[str, int]]
"""Channel and part of a message -> unit -> the most of it."""


@dataclass(frozen=True)
class Options:
    """The kind of limits of the table ("" for none), or the unit that is counted and the most of it by channel."""

    table: str = ""
    count: str = ""
    max: Mapping[str, int] | None = None


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"table": _kind, "count": _unit, "max": _limits})
    if set(values) not in ({"table"}, {"count", "max"}):
        raise RuleError([problem(rule, "table", "a limit rule needs `table`, or `count` and `max`")])
    if rule.scope not in (("text",), ("raw",)):
        raise RuleError([problem(rule, "scope", "a limit is for whole texts: `scope: text` or `scope: raw`")])
    return Options(**values)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, _in_force(rule.options, context.channels)) for rule in rules]


def _check(rule: Rule, limits: Limits) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        allowed = limits.get((draft.channel, draft.part))
        if allowed is None or not _is_whole(rule, draft):
            return
        values = _values(draft)
        longest = len(draft.text) + sum(len(value.longest) for value in values)
        for unit, limit in allowed.items():
            if longest * UNITS[unit].most > limit:
                found = taken(draft.text, values, unit, limit)
                if found.beyond is not None:
                    yield finding(rule, *_span(draft, values, found.beyond), _message(rule, draft, found))

    return Check(rule, run, by_channel=True, on=frozenset(limits))


def _is_whole(rule: Rule, draft: Draft) -> bool:
    """Whether this view of a Markdown draft is the one that the rule is for: its source for `raw`, else its prose."""
    return not draft.units or any("raw" in unit.names for unit in draft.units) == (rule.scope == ("raw",))


def _values(draft: Draft) -> list[Value]:
    """What variables stand for; a fact is what it is."""
    if not draft.longest:
        return []
    spans = zip(draft.filled, draft.placeholders, draft.longest, strict=True)
    return [Value(*span, name, longest) for span, name, longest in spans if not name.startswith("facts.")]


def _span(draft: Draft, values: Iterable[Value], beyond: int) -> tuple[int, int]:
    """From the first character that no longer fits to the end of the text; never what lies in one value alone."""
    end = len(draft.text)
    if any(value.start <= beyond and value.end == end for value in values):
        return (beyond - 1, end) if beyond else (0, 0)
    return beyond, end


def _message(rule: Rule, draft: Draft, found: Taken) -> str:
    *others, last = [f"`{name}`" for name in found.deciding] or [""]
    names = f"{', '.join(others)} and {last}" if others else last
    phrase = f", with the longest {names}" if names else ""
    return said(rule.message, f"{found.most:,}", f"{found.limit:,}", draft.channel, UNITS[found.unit].label, phrase)


# -- which limits hold --------------------------------------------------------------------------


def _in_force(own: Options, channels: Mapping[str, Channel]) -> Limits:
    """The limits of every channel of the table and of the settings, those of the settings first."""
    known = {name: alike(name) for name in (*table.names(), *(own.max or {}))} | dict(channels)
    pairs = ((channel, part) for channel in known.values() for part in table.PARTS)
    found = {(channel.name, part): _of_channel(own, channel, part) for channel, part in pairs}
    return {key: limits for key, limits in found.items() if limits}


def _of_channel(own: Options, channel: Channel, part: str) -> dict[str, int]:
    settings = channel.limits.get(part, {})
    if own.max is not None:
        limits = [own.max[name] for name in (*channel.names, "any") if name in own.max]
        limit = settings.get(own.count, limits[0] if limits else None)
        return {own.count: limit} if limit is not None and part == "body" else {}
    units = {unit: limit for unit, limit in settings.items() if unit in UNITS and unit != "segments"}
    rows = table.limits(channel.like, part, own.table)
    return {**rows, **units} if own.table == "hard" else {unit: rows[unit] for unit in rows.keys() - units.keys()}


def _kind(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in table.KINDS}, problems, table.KINDS[0])


def _unit(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in UNITS}, problems, "characters")


def _limits(node: Node, key: str, problems: Problems) -> dict[str, int]:
    """One number for any channel, or a number by channel."""
    if not isinstance(node, MappingNode):
        return {"any": whole(node, key, problems, least=1)}
    return {name.value: whole(value, name.value, problems, least=1) for name, value in node.pairs}
