"""`known-facts`: a draft asks for, or says again, what the conversation already knows.

The rule holds a table of facts. A fact is known when the draft's `known` names it, or when its own patterns find it
in a fact that is prose ("bought on 3 April") or in an earlier message. `asks` are questions with a hole, `<fact>`,
which what a fact is `called` fills. `others` are questions for what has no row: the word that their group catches is
known when a fact bears it as a name, or in prose or a message of the customer before a number or a name ("flight
KL1009"). The message gets what was found, the fact's name, and its value in brackets where there is one, so that the
agent can use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, checked, compiled, search
from cannedkit.pattern.literals import Required, required
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, entries, mapping, texts

SPEAKERS = {"customer": "customer", "agent": "agent"}
"""Who may have told a fact in an earlier message."""

HOLE = "<fact>"
"""Where a question of `asks` takes what a fact is called."""

_VALUE = (
    r"(?i:'s)?(?: (?i:number|code|no\.?|id|ref|reference|name|reading|message))*(?: (?i:is|was|it's)|:|#)? ?#?"
    r"([\w/-]*\d[\w/-]*)"
)
"""What follows a word where a customer tells its value: "policy no. 7781", "rego is 1ABC234"."""

_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True)
class Known:
    """One row of the table: the names that `known` may use, the patterns that tell it, and what asks for it again.

    `called` is what it goes by in a question.
    """

    names: tuple[str, ...]
    told: tuple[str, ...]
    by: str
    again: tuple[str, ...]
    called: tuple[str, ...]


@dataclass(frozen=True)
class Options:
    """The table, all questions, and the fact that each asks for, "" where its own group says which."""

    facts: Mapping[str, Known]
    found: Alternation
    fact_of: tuple[str, ...]
    ignorecase: bool
    swap: Swap


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"facts": _facts, "asks": patterns, "others": patterns, "swap": swap}
    values = options(rule, {**readers, "ignorecase": flag, "nonword": flag})
    facts: Mapping[str, Known] = values.get("facts", {})
    if not facts:
        raise RuleError([problem(rule, "facts", "a known-facts rule needs `facts`: a table of what may be known")])
    ignorecase, asks, others = values.get("ignorecase", False), values.get("asks", ()), values.get("others", ())
    questions = [(name, token) for name, fact in facts.items() for token in _asking(fact, asks)]
    questions += [("", token) for token in others]
    literals = _needs(facts, asks)
    word = not values.get("nonword", False)
    try:
        found = alternation([token for _, token in questions], ignorecase=ignorecase, word=word, known=literals)
        for source in (told for fact in facts.values() for told in fact.told):
            checked(source, ignorecase, literals)
        if bad := next((token for token in others if not _GROUP.search(token)), None):
            raise PatternError(f"a pattern of `others` needs a group around the word that is asked for: {bad!r}")
    except PatternError as error:
        raise RuleError([problem(rule, "facts", str(error))]) from None
    return Options(facts, found, tuple(name for name, _ in questions), ignorecase, values.get("swap", ()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    facts, found, fact_of = own.facts, own.found, own.fact_of

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not (draft.known or draft.history):
            return
        wanted = {fact_of[index] for index in (*hits, *found.always)}
        known = {name: _value(draft, facts[name], own.ignorecase) for name in wanted if name}
        for passage in passages(draft, rule, hits):
            alive = {at: places for at, places in passage.hits.items() if known.get(fact_of[at], "") is not None}
            for match in found.find(passage.text, alive):
                name = fact_of[match.index] or (found.groups(match, passage.text)[0] or "").lower()
                value = known[name] if fact_of[match.index] else _other(draft, name)
                if value is not None:
                    question = passage.text[match.start : match.end]
                    message = said(rule.message, question, name, f" ({value})" if value else "")
                    fixes = swapped(own.swap, passage.text, match.start, match.end)
                    yield finding(rule, *passage.place(match.start, match.end), message, fixes)

    return Check(rule, run, found.literals, needs="knowledge")


def _asking(fact: Known, asks: Sequence[str]) -> Iterator[str]:
    """The questions for a fact: its own, and those with a hole, filled."""
    yield from fact.again
    if fact.called:
        yield from (ask.replace(HOLE, _joined(fact.called)) for ask in asks)


def _joined(called: Sequence[str]) -> str:
    return f"(?:{'|'.join(called)})"


def _needs(facts: Mapping[str, Known], asks: Sequence[str]) -> dict[str, Required]:
    """The literals of the filled questions: those of what fills the hole, so that not each question is read whole."""
    understood = all(required(ask.replace(HOLE, "x")).understood for ask in asks)
    made: dict[str, Required] = {}
    for fact in facts.values():
        need = required(_joined(fact.called))
        if understood and need.understood and need.texts:
            made |= {ask.replace(HOLE, _joined(fact.called)): Required(need.texts) for ask in asks if HOLE in ask}
    return made


def _value(draft: Draft, fact: Known, ignorecase: bool) -> str | None:
    """The value of a fact, "" where it is known without one, None where it is not known. The last word counts."""
    value: str | None = None
    for given in draft.known:
        name, _, own = given.partition(":")
        if name.strip() in fact.names:
            value = own.strip() or value or ""
    if value:
        return value
    texts = [turn.text for turn in draft.history if turn.by == fact.by]
    if fact.by == "customer":
        texts = [*draft.known, *texts]
    for text in reversed(texts):
        for source in fact.told:
            if match := search(compiled(source, ignorecase), text):
                return next((caught for caught in match.groups() if caught), value or "")
    return value


def _other(draft: Draft, word: str) -> str | None:
    """The value of a fact that has no row in the table: `plan: Basic` for "plan", "flight KL1009" for "flight"."""
    for given in draft.known:
        name, sign, value = given.partition(":")
        if sign and word in re.findall(r"\w+", name.lower()):
            return value.strip()
        if named := re.search(rf"\b(?i:{re.escape(word)}(?: number| code)?)[ #]+(\w*[A-Z0-9][\w-]*)", given):
            return str(named[1])
    for turn in reversed(draft.history):
        if turn.by == "customer" and (told := re.search(rf"\b(?i:{re.escape(word)})\b{_VALUE}", turn.text)):
            return told[1]
    return None


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
