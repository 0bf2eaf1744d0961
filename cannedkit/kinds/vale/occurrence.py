"""`occurrence`: a token stands too often or too seldom in one stretch of text. Vale's semantics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, checked, compiled, every
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pattern
from cannedkit.rules.scope import passages
from cannedkit.yamlsource.schema import whole

_FIRST = re.compile(r"[^ \t\n\f\r]+")


@dataclass(frozen=True)
class Options:
    """What is counted, how often it may and how often it must stand in a stretch (0 for no bound), its literals.

    `odd`: it holds a character that few texts hold.
    """

    token: str
    max: int
    min: int
    ignorecase: bool
    action: Action
    literals: tuple[tuple[str, ...], ...]
    odd: bool


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    from cannedkit.pattern.literals import required

    values = options(rule, {"token": pattern, "max": whole, "min": whole, "ignorecase": flag, "action": action})
    most, least = values.get("max", 0), values.get("min", 0)
    token, ignorecase = values.get("token", ""), values.get("ignorecase", False)
    if not token or (most == 0 and least == 0):
        raise RuleError([problem(rule, "token", "an occurrence rule needs `token`, and `max` or `min` above 0")])
    try:
        checked(token, ignorecase)
    except PatternError as error:
        raise RuleError([problem(rule, "token", str(error))]) from None
    need = required(token)
    return Options(
        token,
        most,
        least,
        ignorecase,
        action=values.get("action", Action()),
        literals=() if least else (need.texts,),
        odd=need.odd and not (least or ignorecase or "(?" in token.replace("(?=", "")),
    )


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    most, least = own.max, own.min

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for passage in passages(draft, rule, hits):
            spans = [match.span() for match in every(compiled(own.token, own.ignorecase, False), passage.text)]
            if (most and len(spans) > most) or (least and len(spans) < least):
                place = _shown(passage.text, spans)
                if place is not None:
                    message = formatted(rule.message, len(spans))
                    yield finding(rule, *passage.place(*place), message)

    return Check(rule, run, own.literals, without="odd characters" if own.odd else "")


def _shown(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the finding stands: at the first match that is prose, or the first word of a stretch without any."""
    if not spans:
        first = _FIRST.search(text)
        return first.span() if first else (0, 0)
    return next((span for span in spans if text[span[0] : span[1]].strip().strip("*@")), None)
