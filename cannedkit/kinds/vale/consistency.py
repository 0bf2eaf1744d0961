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
from cannedkit.pattern.literals import required
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import flag, options, pairs
from cannedkit.rules.scope import passages


@dataclass(frozen=True)
class Options:
    """For each pair of spellings one pattern, with the groups `one` and `other`; the literals of each in turn."""

    both: tuple[str, ...]
    ignorecase: bool
    action: Action
    literals: tuple[tuple[str, ...], ...]


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
    literals = tuple(required(spelling).texts for pair in values["either"].items() for spelling in pair)
    return Options(both, ignorecase, values.get("action", Action()), literals)


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    both, literals = own.both, own.literals

    def can_stand(spelling: int, hits: Hits) -> bool:
        return spelling in hits or not literals[spelling]

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        pairs = (pair for pair in range(len(both)) if can_stand(2 * pair, hits) and can_stand(2 * pair + 1, hits))
        seen: list[tuple[str, set[str]]] = [(both[pair], set()) for pair in pairs]
        for passage in passages(draft, rule, hits) if seen else ():
            for source, known in seen:
                matches = every(compiled(source, own.ignorecase), passage.text)
                known |= {name for match in matches for name, found in match.groupdict().items() if found is not None}
                if matches and len(known) == 2:
                    last = matches[-1]
                    message = formatted(rule.message, last[0])
                    yield finding(rule, *passage.place(*last.span()), message)

    return Check(rule, run, literals)
