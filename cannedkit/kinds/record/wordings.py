"""`wordings`: a response that is sent again and again in one conversation has too few variations.

It is one of whose texts each is like one of `like`, on one of the `channels` where people wait; it has too few where
fewer than `min` variations say it in one locale. The message gets how many there are and how many it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Reading, Text
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.pattern.alternation import compiled, search
from cannedkit.rules.holes import any_of
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import options, patterns
from cannedkit.yamlsource.schema import texts, whole


@dataclass(frozen=True)
class Options:
    """What such a text is like, on which channels, and how many variations it takes."""

    like: str
    channels: frozenset[str]
    min: int


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"like": patterns, "channels": texts, "min": whole})
    if not values.get("like"):
        raise RuleError([problem(rule, "like", "a wordings rule needs `like`: patterns of what is sent again")])
    return Options(
        any_of(values["like"], {}, rule, "like"), frozenset(values.get("channels", ("chat",))), values.get("min", 3)
    )


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        if response.status == "retired":
            return
        bodies: dict[tuple[str, tuple[str, ...]], list[Text]] = {}
        for text in reading.of(response):
            if text.part == "body" and not own.channels.isdisjoint(text.channels):
                bodies.setdefault((text.locale, tuple(text.channels)), []).append(text)
        for wordings in bodies.values():
            if len(wordings) < own.min and all(search(compiled(own.like, True), one.plain) for one in wordings):
                first = wordings[0]
                message = said(rule.message, len(wordings), own.min)
                yield in_text(rule, first, (0, len(first.plain)), message)

    return RecordCheck(rule, run)
