"""`script`: a program in Tengo looks at the text. Vale runs it; cannedkit runs no programs, and says so."""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.model.errors import OffError, Problem
from cannedkit.model.rule import Check, Context, Rule


def read(rule: Rule) -> None:
    """Nothing: what stands in the file is not looked at."""


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """No check: raises OffError, which names each rule."""
    reason = "is off: it runs a script, which cannedkit does not; write it as existence, occurrence or another kind"
    raise OffError([Problem(rule.path, 1, 1, f"{rule.id} {reason}") for rule in rules])
