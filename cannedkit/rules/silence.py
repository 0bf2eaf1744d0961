"""What silences a rule: its own exceptions, and the vocabulary where the rule heeds it."""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Context, Rule
from cannedkit.pattern.alternation import PatternError
from cannedkit.pattern.exempt import Silencer, silencer
from cannedkit.rules.message import problem


def silenced(rule: Rule, exceptions: Sequence[str], vocab: bool, context: Context) -> Silencer:
    """What silences a match of a rule; `vocab`: accepted words do. Raises RuleError for one that does not compile."""
    try:
        return silencer(exceptions, context.vocabulary.accept if vocab else ())
    except PatternError as error:
        raise RuleError([problem(rule, "exceptions", str(error))]) from None
