"""`consistency`: of two spellings a text uses both. Vale's semantics.

What was seen is remembered for the whole draft, and for this rule alone: a finding never depends on other rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.pattern.alternation import PatternError, compiled, every, wrapped
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pairs
from cannedkit.rules.scope import passages


@dataclass(frozen=True)
class Options:
    """For each pair of spellings one pattern, with the groups `one` and `other`."""

    both: tuple[str, ...]
    ignorecase: bool
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"either": pairs, "nonword": flag, "ignorecase": flag, "action": action})
    if not values.get("either"):
        raise RuleError([problem(rule, "either", "a consistency rule needs `either`: one spelling, and the other")])
    word, ignorecase = not values.get("nonword", False), values.get("ignorecase", False)
    both = tuple(wrapped(f"(?P<one>{one})|(?P<other>{other})", word) for one, other in values["either"].items())
    try:
        for source in both:
            compiled(source, ignorecase)
    except PatternError as error:
        raise RuleError([problem(rule, "either", str(error))]) from None
    return Options(both, ignorecase, values.get("action", Action()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    both = own.both

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        seen: list[set[str]] = [set() for _ in both]
        for passage in passages(draft, rule, hits):
            for source, known in zip(both, seen, strict=True):
                matches = every(compiled(source, own.ignorecase), passage.text)
                known |= {name for match in matches for name, found in match.groupdict().items() if found is not None}
                if matches and len(known) == 2:
                    last = matches[-1]
                    message = formatted(rule.message, last[0])
                    yield finding(rule, *passage.place(*last.span()), message)

    return Check(rule, run)
