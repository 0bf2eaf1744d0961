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
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, Match, PatternError, alternation, checked, compiled, search
from cannedkit.pattern.folded import fold
from cannedkit.pattern.literals import Required, required
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import flag, options, patterns
from cannedkit.rules.scope import passages
from cannedkit.rules.swap import Swap, swap, swapped
from cannedkit.text import segment
from cannedkit.text.talk import subjects
from cannedkit.words.inflection import changed
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice, entries, mapping, texts

SPEAKERS = {"customer": "customer", "agent": "agent"}
"""Who may have told a fact in an earlier message."""

_WAYS = {"others": 1, "sorts": 1, "deeds": 1, "choices": 2, "places": 1, "whether": 1}
"""Questions without a row in the table, by what tells that their answer is known, and the groups that they need."""

LEAST = 4
"""Letters of which the stem of a word has at least, where it may be said in another form; our own choice."""

HOLE = "<fact>"
"""Where a question of `asks` takes what a fact is called."""

_VALUE = (
    r"(?i:'s)?(?: (?i:number|code|no\.?|id|ref|reference|name|reading|message))*(?: (?i:is|was|it's)|:|#)? ?#?"
    r"([\w/-]*\d[\w/-]*)"
)
"""What follows a word where a customer tells its value: "policy no. 7781", "rego is 1ABC234"."""

_NAMED = r"(?-i:(?<=[a-z,] )[A-Z][\w&'’-]+)"
"""A name in the midst of a sentence."""

_NUMBER = r"\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|second|third|fourth|fifth"

_ANY = (
    "whole|same|first|last|second|other|only|wrong|right|entire|broken|new|old|own|current|nice|little|faulty|missing|"
    "damaged|next|previous|dead|big|bad|good|lovely|stupid|bloody|damn|two|three|few|very|most|best|latest|original"
)
"""Words before a thing that do not say which one it is."""

_CODE = r"(?-i:[A-Z]{1,5}-?\d[\w/-]{2,})"
"""A code that stands alone: "INV-3307"."""

_DENIED = re.compile(r"\bnot (?:the |an? |my )?\w+", re.IGNORECASE)
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
    """The table, all questions, and what each asks for: a fact of the table, or in which of the ways its groups say."""

    facts: Mapping[str, Known]
    found: Alternation
    asks_for: tuple[tuple[str, str], ...]
    ignorecase: bool
    swap: Swap


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    readers = {"facts": _facts, "asks": patterns, "swap": swap, **dict.fromkeys(_WAYS, patterns)}
    values = options(rule, {**readers, "ignorecase": flag, "nonword": flag})
    facts: Mapping[str, Known] = values.get("facts", {})
    if not facts:
        raise RuleError([problem(rule, "facts", "a known-facts rule needs `facts`: a table of what may be known")])
    ignorecase, asks = values.get("ignorecase", False), values.get("asks", ())
    others = [(way, token) for way in _WAYS for token in values.get(way, ())]
    questions = [("facts", name, token) for name, fact in facts.items() for token in _asking(fact, asks)]
    questions += [(way, "", token) for way, token in others]
    literals = _needs(facts, asks)
    word = not values.get("nonword", False)
    try:
        found = alternation([token for *_, token in questions], ignorecase=ignorecase, word=word, known=literals)
        for source in (told for fact in facts.values() for told in fact.told):
            checked(source, ignorecase, literals)
        for way, token in others:
            if len(_GROUP.findall(token)) < _WAYS[way]:
                much = "two groups" if _WAYS[way] > 1 else "a group"
                raise PatternError(f"a pattern of `{way}` needs {much} around the word that is asked for: {token!r}")
    except PatternError as error:
        raise RuleError([problem(rule, "facts", str(error))]) from None
    return Options(facts, found, tuple((way, name) for way, name, _ in questions), ignorecase, values.get("swap", ()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    facts, found, asks_for = own.facts, own.found, own.asks_for

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        if not (draft.known or draft.history):
            return
        wanted = {asks_for[index][1] for index in (*hits, *found.always)}
        known = {name: _value(draft, facts[name], own.ignorecase) for name in wanted if name}
        for passage in passages(draft, rule, hits):
            alive = {at: places for at, places in passage.hits.items() if known.get(asks_for[at][1], "") is not None}

            @cache
            def answer(match: Match, text: str = passage.text) -> tuple[str, str | None]:
                way, name = asks_for[match.index]
                return (name, known[name]) if way == "facts" else _told(draft, way, found.groups(match, text))

            for match in found.find(passage.text, alive, lambda match: answer(match)[1] is not None):
                name, value = answer(match)
                question = passage.text[match.start : match.end]
                message = said(rule.message, question, name, f" ({value})" if value else "")
                fixes = swapped(own.swap, passage.text, match.start, match.end)
                yield finding(rule, *passage.place(match.start, match.end), message, fixes)

    return Check(rule, run, found.literals, also=found.also, needs="knowledge")


def _told(draft: Draft, way: str, caught: Sequence[str | None]) -> tuple[str, str | None]:
    """What a question without a row in the table asks for, and its value, None where it is not known."""
    words = [(word or "").lower() for word in caught]
    if way == "deeds":
        return "step", _deed(draft, words)
    if way == "choices":
        return "choice", _choice(draft, words[:2])
    if way == "places":
        return f"place of the {words[0]}", _of_customer(draft, *_named(words[0]))
    if way == "whether":
        return words[0], _mention(draft, words[0])
    return words[0], _other(draft, words[0]) or (_sort(draft, words[0]) if way == "sorts" else None)


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
        if (sign or _is_name(name)) and word in re.findall(r"\w+", name.lower()):
            return value.strip()
        if named := re.search(rf"\b(?i:{re.escape(word)}(?: number| code)?)[ #]+(\w*[A-Z0-9][\w-]*)", given):
            return str(named[1])
    here = rf"\b(?i:{re.escape(word)})\b"
    return _of_customer(draft, f"{here}{_VALUE}", rf"{here}[^.!?\n]{{1,30}}?\b({_CODE})")


def _sort(draft: Draft, word: str) -> str | None:
    """How many of a thing the customer told, or which: "three bags", "the Leeds store", "the ground-floor flat"."""
    here = f"(?i:{re.escape(word)})"
    return _of_customer(
        draft,
        rf"\b((?i:{_NUMBER}))(?:[ -][a-z]+)?[ -]{here}(?:e?s)?\b",
        rf"\b(\w+)-{here}\b",
        *_named(word),
        rf"(?i:\b(?:the|my|our)) (?!(?i:{_ANY})\b)(\w+) {here}\b",
    )


def _named(word: str) -> tuple[str, str]:
    """Patterns that catch the name beside a thing: "the Leeds store", "the store in Leeds", "my cat Biscuit"."""
    here = f"(?i:{re.escape(word)})"
    link = "(?:(?:in|at|on|is|was|called|named|outside|behind|near|from) )?(?:the )?"
    return rf"({_NAMED}) {here}(?:e?s)?\b", rf"\b{here}(?:e?s)?,? {link}({_NAMED})"


def _of_customer(draft: Draft, *sources: str) -> str | None:
    """What the group of the first pattern that the customer's last message with one has catches, None without one."""
    for turn in reversed(draft.history):
        for source in sources if turn.by == "customer" else ():
            if told := re.search(source, turn.text):
                return told[1]
    return None


def _deed(draft: Draft, words: Sequence[str]) -> str | None:
    """Empty where the customer says that they did what a verb tells, to the second word if there is one; else None."""
    verb, thing = words[0], words[1] if len(words) > 1 else ""
    others = "".join(f"|{past}" for form in ("past", "participle") if (past := changed(verb, "base", form)))
    past = (
        r"(?i)(?<!shall )(?<!should )(?<!can )(?<!could )\b(?:i|we|(?:i|we)['’]?ve|have|already)\b"
        r"(?:(?!\b(?:to|not|can|will|would|should|must)\b|n['’]t\b)[^.!?\n]){0,30}?"
        rf"\b(?:{re.escape(verb)}(?:\w?ed|d|t|en|\w?ing)?{others})\b[^.!?\n]{{0,40}}?{re.escape(thing)}"
    )
    return "" if any(turn.by == "customer" and re.search(past, turn.text) for turn in draft.history) else None


def _mention(draft: Draft, words: str) -> str | None:
    """Empty where one statement of the customer's has the stems of all words that tell something, else None."""
    wanted = [stem[: max(len(stem) - 1, LEAST)] for stem in subjects(words, draft.locale)]
    said = (subjects(statement, draft.locale) for statement in _statements(draft))
    return (
        ""
        if wanted and any(all(any(map(str.startswith, had, repeat(one))) for one in wanted) for had in said)
        else None
    )


def _statements(draft: Draft) -> Iterator[str]:
    """The sentences of the customer's that ask nothing."""
    for turn in draft.history:
        sentences = segment.sentences(turn.text, draft.locale) if turn.by == "customer" else ()
        yield from (turn.text[start:end] for start, end in sentences if not turn.text[:end].endswith("?"))


def _choice(draft: Draft, offered: Sequence[str]) -> str | None:
    """Which of the words offered the customer named, None where none or more than one."""
    text = _DENIED.sub("", "\n".join(turn.text for turn in draft.history if turn.by == "customer"))
    named = [word for word in offered if re.search(rf"(?i)\b{re.escape(word[: max(len(word) - 2, LEAST)])}", text)]
    return named[0] if len(named) == 1 else None


def _is_name(fact: str) -> bool:
    """Whether a fact is a dotted name alone, and no prose."""
    return "." in fact.strip(".") and " " not in fact


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
