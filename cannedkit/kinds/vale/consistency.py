"""`consistency`: of two spellings a text uses both. Vale's semantics.

What was seen is remembered for the whole draft, and for this rule alone: a finding never depends on other rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every, wrapped
from cannedkit.rules.action import action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pairs
from cannedkit.rules.scope import passages


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule) for rule in rules]


def _check(rule: Rule) -> Check:
    values = options(rule, {"either": pairs, "nonword": flag, "ignorecase": flag, "action": action})
    if not values.get("either"):
        raise RuleError([problem(rule, "either", "a consistency rule needs `either`: one spelling, and the other")])
    word = not values.get("nonword", False)
    try:
        both = [
            compiled(wrapped(f"(?P<one>{one})|(?P<other>{other})", word), values.get("ignorecase", False))
            for one, other in values["either"].items()
        ]
    except PatternError as error:
        raise RuleError([problem(rule, "either", str(error))]) from None

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        seen: list[set[str]] = [set() for _ in both]
        for passage in passages(draft, rule, hits):
            for pattern, known in zip(both, seen, strict=True):
                matches = every(pattern, passage.text)
                known |= {name for match in matches for name, found in match.groupdict().items() if found is not None}
                if matches and len(known) == 2:
                    last = matches[-1]
                    message = formatted(rule.message, last[0])
                    yield finding(rule, *passage.place(*last.span()), message)

    return Check(rule, run)
