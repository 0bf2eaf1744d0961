"""`requires`: a response requires a fact that no conversation has, for `known` of the settings does not list it.

The message gets the fact, and the end of a sentence that names the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_record
from cannedkit.catalogue.reading import Reading
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.text.nearest import nearest


@dataclass(frozen=True)
class Options:
    """The kind has no keys of its own."""


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(**options(rule, {}))


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule) for rule in rules]


def _check(rule: Rule) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        if settings.known is None:
            return
        known = {_name(fact) for fact in settings.known}
        for number, fact in enumerate(response.requires, start=1):
            if _name(fact) not in known:
                message = said(rule.message, fact, nearest(_name(fact), known))
                yield in_record(rule, response, f"requires.{number}", message)

    return RecordCheck(rule, run)


def _name(fact: str) -> str:
    """The name of a fact that may have a value behind it."""
    return fact.partition(":")[0].strip()
