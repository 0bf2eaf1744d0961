"""`unserved`: a response in use has no body in a locale of the settings, nor in one that stands in for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_record
from cannedkit.catalogue.load import locales
from cannedkit.catalogue.reading import Reading
from cannedkit.catalogue.reply import same_language
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options


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
        own = locales(response)
        missing = [
            locale for locale in settings.locales if not any(tag == locale or same_language(tag, locale) for tag in own)
        ]
        if missing and not response.status:
            yield in_record(rule, response, "", said(rule.message, ", ".join(missing)))

    return RecordCheck(rule, run)
