"""`occurrence`: a token stands too often or too seldom in one stretch of text. Vale's semantics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.model import Check, Context, Draft, Finding, Hits, Rule, RuleError
from cannedkit.patterns import PatternError, alternation, passages
from cannedkit.rules import finding, options, problem, said
from cannedkit.schema import boolean, text, whole
from cannedkit.segment import words


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule, context) for rule in rules]


def _check(rule: Rule, context: Context) -> Check:
    values = options(rule, {"token": text, "max": whole, "min": whole, "ignorecase": boolean})
    most, least = values.get("max", 0), values.get("min", 0)
    if not values.get("token") or (most == 0 and least == 0):
        raise RuleError([problem(rule, "token", "an occurrence rule needs `token`, and `max` or `min` above 0")])
    try:
        ignorecase = values.get("ignorecase", False)
        token = alternation([values["token"]], ignorecase=ignorecase, word=False, known=context.literals)
    except PatternError as error:
        raise RuleError([problem(rule, "token", str(error))]) from None

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule.scope, hits):
            spans = [(match.start, match.end) for match in token.find(passage.text, passage.hits)]
            if (most and len(spans) > most) or (least and len(spans) < least):
                start, end = spans[0] if spans else next(iter(words(passage.text)), (0, 0))
                message = said(rule.message, len(spans), most or least)
                yield finding(rule, passage.start + start, passage.start + end, message)

    return Check(rule, run, token.literals if not least else ())
