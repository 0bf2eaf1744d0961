"""`answer`: a draft answers what the customer asks with what must not be said to them, not yet or not here.

`asked` are patterns of the customer's messages, `unasked` of those for which any answer will do, `tells` of a sentence
of the draft, `unless` of a draft that is harmless; in all of them `{name}` stands for the `words` of that name. With
`idle` the draft must say nothing else: each of its sentences tells, or is like one of them. The finding is the
sentence; a question tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, compiled, search
from cannedkit.rules.holes import any_of, filled, groups, words
from cannedkit.rules.message import finding, problem, said
from cannedkit.rules.options import options, patterns
from cannedkit.rules.scope import passages
from cannedkit.text import segment
from cannedkit.text.talk import told


@dataclass(frozen=True)
class Options:
    """What is asked, and what is not meant, what tells it, what makes it harmless, and what else may stand there.

    Each as one pattern, "" where there is none.
    """

    asked: str
    unasked: str
    tells: Alternation
    unless: str
    idle: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"words": words, **dict.fromkeys(("asked", "unasked", "tells", "unless", "idle"), patterns)})
    for key in ("asked", "tells"):
        if not values.get(key):
            raise RuleError([problem(rule, key, "an answer rule has `asked`, what the customer asks, and `tells`")])
    by_name = groups(values.get("words", {}), rule)
    try:
        sources = [filled(one, by_name, rule, "tells") for one in values["tells"]]
        tells = alternation(sources, ignorecase=True, word=False)
    except PatternError as error:
        raise RuleError([problem(rule, "tells", str(error))]) from None
    return Options(
        any_of(values["asked"], by_name, rule, "asked"),
        any_of(values.get("unasked", ()), by_name, rule, "unasked"),
        tells,
        any_of(values.get("unless", ()), by_name, rule, "unless"),
        any_of(values.get("idle", ()), by_name, rule, "idle"),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        question = told(draft.history)
        if not question or not search(compiled(own.asked, True), question):
            return
        if own.unasked and search(compiled(own.unasked, True), question):
            return
        if own.unless and search(compiled(own.unless, True), draft.text):
            return
        for passage in passages(draft, rule, hits):
            places = [match.start for match in own.tells.find(passage.text, passage.hits)]
            sentences = segment.sentences(passage.text, draft.locale) if places else ()
            telling = [(start, end) for start, end in sentences if any(start <= at < end for at in places)]
            if own.idle and any(not _is_idle(passage.text[slice(*one)], own) for one in set(sentences) - set(telling)):
                continue
            for start, end in telling:
                if passage.text[end - 1] != "?":
                    yield finding(rule, *passage.place(start, end), said(rule.message, passage.text[start:end]))

    return Check(rule, run, own.tells.literals, also=own.tells.also, needs="history")


def _is_idle(sentence: str, own: Options) -> bool:
    return search(compiled(own.idle, True), sentence) is not None
