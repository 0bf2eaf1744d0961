"""`alike`: two variations of a body differ in so few words that a customer sees the same text twice.

`min` is how alike they must be, in percent of their words. The message gets that percentage, and the other variation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.load import bodies, locales
from cannedkit.catalogue.reading import Reading
from cannedkit.model.response import Body, Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.words.alike import likeness
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, whole

MANY = 80
"""Percent of words in common from which two variations are one, unless a rule says its own; our own choice."""


@dataclass(frozen=True)
class Options:
    """How alike variations must be, in percent."""

    min: int


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(options(rule, {"min": _percent}).get("min", MANY))


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options.min) for rule in rules]


def _check(rule: Rule, least: int) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for group in _variations(response):
            read = [(body, reading.text(response, body).words) for body in group]
            for number, (body, words) in enumerate(read):
                near = [(likeness(words, other) * 100, first) for first, other in read[:number]]
                most, twin = max(near, key=lambda one: one[0], default=(0.0, body))
                if most >= least:
                    text = reading.text(response, body)
                    message = said(rule.message, int(most), twin.variation)
                    related = [twin.text.place(0, len(twin.text.value))]
                    yield in_text(rule, text, (0, len(text.plain)), message, related=related)

    return RecordCheck(rule, run)


def _variations(response: Response) -> Iterator[list[Body]]:
    """The bodies of each locale and channel that has several."""
    seen: set[Body] = set()
    for locale in locales(response):
        for channel in response.channels:
            served = bodies(response, locale, channel)
            if len(served) > 1 and served[0] not in seen:
                seen.add(served[0])
                yield served


def _percent(node: Node, key: str, problems: Problems) -> int:
    return whole(node, key, problems, least=1)
