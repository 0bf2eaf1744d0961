"""`untranslated`: a sentence of a body stands in another language's body of the same response, word for word.

`min` is how many words a sentence must have: names and codes are the same in many languages. Sentences in a row are
one finding. The message gets the text's locale, and the one that it is the same as.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Reading, Text
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.text.segment import sentences
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, whole

Span = tuple[int, int]
Words = tuple[str, ...]
Stands = tuple[Text, Span]
"""A text, and where a sentence stands in it."""

_WORD = re.compile(r"(?<!\S)[\W_]*([^\W\d_]+(?:['’-][^\W\d_]+)*)[\W_]*(?!\S)")
"""A word that stands between spaces: no part of an address."""


@dataclass(frozen=True)
class Options:
    """How many words a sentence must have."""

    min: int


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(options(rule, {"min": _least}).get("min", 4))


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options.min) for rule in rules]


def _check(rule: Rule, least: int) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        if len({body.locale for body in response.bodies}) < 2:
            return
        read = sorted(reading.of(response), key=lambda text: text.locale != settings.locale)
        first: dict[Words, Stands] = {}
        for text in read:
            for span, (source, stands) in _same(text, first, least):
                message = said(rule.message, text.locale, source.locale)
                yield in_text(rule, text, span, message, related=[source.place(*stands)])

    return RecordCheck(rule, run)


def _same(text: Text, first: dict[Words, Stands], least: int) -> Iterator[tuple[Span, Stands]]:
    """The stretches of a text that stand in an earlier one of another language, and where; its others are added."""
    found: list[tuple[Span, Stands]] = []
    goes_on = False
    for span in sentences(text.plain, text.locale):
        words = tuple(_WORD.findall(text.plain[slice(*span)].lower()))
        if len(words) < least:
            continue
        source, stands = first.setdefault(words, (text, span))
        is_same = _language(source) != _language(text)
        if is_same and goes_on:
            found[-1] = ((found[-1][0][0], span[1]), found[-1][1])
        elif is_same:
            found.append((span, (source, stands)))
        goes_on = is_same
    yield from found


def _language(text: Text) -> str:
    return text.locale.partition("-")[0]


def _least(node: Node, key: str, problems: Problems) -> int:
    return whole(node, key, problems, least=1)
