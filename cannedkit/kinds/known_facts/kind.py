"""`known-facts`: a draft asks for, or says again, what the conversation already knows.

The rule holds a table of facts. A fact is known when the draft's `known` names it, or when its own patterns find it
in a fact that is prose ("bought on 3 April") or in an earlier message. `asks` are questions with a hole, `<fact>`,
which what a fact is `called` fills. `others` are questions for what has no row: the word that their group catches is
known when a fact bears it as a name, or in prose or a message of the customer before a number or a name ("flight
KL1009"). `sorts` ask which one or how many; there a number or a name before it tells it, too ("the Leeds store", "three
bags"). `deeds` ask whether they did what a group catches, a verb; it is known when
the customer tells of it in the past. `choices` offer what two groups catch; it is known when the customer named one of
them alone. `places` ask where a thing is; it is known when the customer told of it beside a name ("the lift at Elm
Court"). `whether` ask if there is one, or if it is so; it is known when a statement of the customer's has words of
these stems. A question for what is not known hides none behind it. The message gets what was found, the fact's name,
and its value in brackets where there is one, so that the agent can use it.

A rule with `like` (lines that ask for a fact, by its name) asks by what its lines mean and by no pattern: see `meant`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cannedkit.kinds.known_facts import meant
from cannedkit.kinds.known_facts.told import Known, told, value
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, checked
from cannedkit.pattern.folded import fold
from cannedkit.pattern.hits import Match
from cannedkit.pattern.literals import required
from cannedkit.pattern.required import Required
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, entries, mapping, texts

SPEAKERS = {"customer": "customer", "agent": "agent"}
"""Who may have told a fact in an earlier message."""

_WAYS = {"others": 1, "sorts": 1, "deeds": 1, "choices": 2, "places": 1, "whether": 1}
"""Questions without a row in the table, by what tells that their answer is known, and the groups that they need."""

HOLE = "<fact>"
"""Where a question of `asks` takes what a fact is called."""

_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True)
class Options:
    """The table, all questions, and what each asks for: a fact of the table, or in which of the ways its groups say."""

    facts: Mapping[str, Known]
    found: Alternation
    asks_for: tuple[tuple[str, str], ...]
    ignorecase: bool
    swap: Swap


def read(rule: Rule) -> Options | meant.Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"facts": _facts, "asks": patterns, "swap": swap, **dict.fromkeys(_WAYS, patterns)}
    values = options(rule, {**readers, **meant.KEYS, "ignorecase": flag, "nonword": flag})
    facts: Mapping[str, Known] = values.get("facts", {})
    if not facts:
        raise RuleError([problem(rule, "facts", "a known-facts rule needs `facts`: a table of what may be known")])
    if meant.KEYS.keys() & values.keys():
        return meant.read(rule, facts, values)
    ignorecase, asks = values.get("ignorecase", False), values.get("asks", ())
    others = [(way, token) for way in _WAYS for token in values.get(way, ())]
    questions = [("facts", name, token) for name, fact in facts.items() for token in _asking(fact, asks)]
    questions += [(way, "", token) for way, token in others]
    literals = _needs(facts, asks)
    word = not values.get("nonword", False)
    try:
        found = alternation([token for *_, token in questions], ignorecase=ignorecase, word=word, known=literals)
        for source in (pattern for fact in facts.values() for pattern in fact.told):
            checked(source, ignorecase, literals)
        for way, token in others:
            if len(_GROUP.findall(token)) < _WAYS[way]:
                much = "two groups" if _WAYS[way] > 1 else "a group"
                raise PatternError(f"a pattern of `{way}` needs {much} around the word that is asked for: {token!r}")
    except PatternError as error:
        raise RuleError([problem(rule, "facts", str(error))]) from None
    return Options(facts, found, tuple((way, name) for way, name, _ in questions), ignorecase, values.get("swap", ()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises OffError for one with `like` without the extra `semantic`."""
    return [
        _check(rule, rule.options) if isinstance(rule.options, Options) else meant.check(rule, rule.options)
        for rule in rules
    ]


def _check(rule: Rule, own: Options) -> Check:
    facts, found, asks_for = own.facts, own.found, own.asks_for

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not (draft.known or draft.history):
            return
        wanted = {asks_for[index][1] for index in (*hits, *found.always)}
        known = {name: value(draft, facts[name], own.ignorecase) for name in wanted if name}
        for passage in passages(draft, rule, hits):
            alive = {at: places for at, places in passage.hits.items() if known.get(asks_for[at][1], "") is not None}

            @cache
            def answer(match: Match, text: str = passage.text) -> tuple[str, str | None]:
                way, name = asks_for[match.index]
                return (name, known[name]) if way == "facts" else told(draft, way, found.groups(match, text))

            for match in found.find(passage.text, alive, lambda match: answer(match)[1] is not None):
                name, known_as = answer(match)
                question = passage.text[match.start : match.end]
                message = said(rule.message, question, name, f" ({known_as})" if known_as else "")
                fixes = swapped(own.swap, passage.text, match.start, match.end)
                yield finding(rule, *passage.place(match.start, match.end), message, fixes)

    return Check(rule, run, found.literals, also=found.also, needs="knowledge")


def _asking(fact: Known, asks: Sequence[str]) -> Iterator[str]:
    """The questions for a fact: its own, and those with a hole, filled."""
    yield from fact.again
    if fact.called:
        yield from (ask.replace(HOLE, _joined(fact.called)) for ask in asks)


def _joined(called: Sequence[str]) -> str:
    return f"(?:{'|'.join(called)})"


def _needs(facts: Mapping[str, Known], asks: Sequence[str]) -> dict[str, Required]:
    """The literals of the filled questions: of what fills the hole and of what is around it, each read once."""
    around = {ask: required(ask.replace(HOLE, r"\w")) for ask in asks if HOLE in ask}
    also = {
        ask: tuple(tuple(map(fold, texts)) for texts in (need.texts, *need.also) if texts)
        for ask, need in around.items()
    }
    understood = all(need.understood for need in around.values())
    made: dict[str, Required] = {}
    for fact in facts.values():
        need = required(_joined(fact.called))
        if understood and need.understood and need.texts:
            made |= {ask.replace(HOLE, _joined(fact.called)): Required(need.texts, also=also[ask]) for ask in around}
    return made


def _facts(node: Node, key: str, problems: Problems) -> dict[str, Known]:
    table = mapping(node, key, problems)
    return {name.value: _fact(value, name.value, problems) for name, value in table.pairs} if table else {}


def _fact(node: Node, name: str, problems: Problems) -> Known:
    row = mapping(node, name, problems)
    keys = entries(row, ("known", "told", "by", "again", "called"), problems, f" of the fact `{name}`") if row else {}
    if row and not {"again", "called"} & keys.keys():
        problems.append(
            row.problem(f"the fact `{name}` needs `called`, for `asks`, or `again`, patterns that ask for it")
        )
    if row and not {"known", "told"} & keys.keys():
        problems.append(row.problem(f"the fact `{name}` needs `known`, its names, or `told`, patterns that tell it"))
    return Known(
        names=texts(keys["known"], "known", problems) if "known" in keys else (),
        told=patterns(keys["told"], "told", problems) if "told" in keys else (),
        by=choice(keys["by"], "by", SPEAKERS, problems, "customer") if "by" in keys else "customer",
        again=patterns(keys["again"], "again", problems) if "again" in keys else (),
        called=patterns(keys["called"], "called", problems) if "called" in keys else (),
    )
