"""The kinds of rules: one module each, `build(rules, context) -> [Check]`; and the dict that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module

from cannedkit.model import Check, Context, Problem, Rule, RuleError
from cannedkit.names import nearest

KINDS: Mapping[str, str] = {
    "existence": "cannedkit.kinds.existence",
    "length": "cannedkit.kinds.length",
    "occurrence": "cannedkit.kinds.occurrence",
    "substitution": "cannedkit.kinds.substitution",
}
"""What a rule `extends` -> the module that builds it."""


def build(rules: Iterable[Rule], context: Context) -> list[Check]:
    """The checks of some rules, in the order of the rules. Raises RuleError with every fault found."""
    problems: list[Problem] = []
    checks: list[Check] = []
    for rule in rules:
        if rule.kind not in KINDS:
            hint = nearest(rule.kind, KINDS)
            problems.append(Problem(rule.path, 1, 1, f"`extends: {rule.kind}` is no kind of rule{hint}"))
            continue
        try:
            checks += import_module(KINDS[rule.kind]).build([rule], context)
        except RuleError as error:
            problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    return checks
