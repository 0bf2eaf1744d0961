"""`duplicates`: two replies say nearly the same in nearly the same words.

`min` is how alike two texts must be, in percent of their words, and `words` how many words a text must have; below
`long` words one word of meaning is enough to tell two texts apart. Each reply is told once, beside the one that it is
most like. The message gets the percentage, and the other reply's id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cannedkit.catalogue.claims import stems
from cannedkit.catalogue.finding import in_text
from cannedkit.catalogue.reading import Address, Reading, Text
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options
from cannedkit.text.pile import Pile
from cannedkit.words.alike import Words, pairs
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, whole

MANY, LEAST, LONG = 90, 8, 16
"""Percent of words in common, and words of a text, unless a rule says its own; our own choice, by what it finds."""


@dataclass(frozen=True)
class Options:
    """How alike texts must be, in percent, and how many words they must have."""

    min: int
    words: int
    long: int


@dataclass(frozen=True)
class _Texts:
    """Texts of a locale: where each is, and its words."""

    addresses: list[Address] = field(default_factory=list)
    words: Pile[Words] = field(default_factory=Pile)

    def add(self, text: Text, words: Words) -> None:
        """Add a text."""
        self.addresses.append(text.address)
        self.words.append(words)


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, dict.fromkeys(("min", "words", "long"), _least))
    return Options(values.get("min", MANY), values.get("words", LEAST), values.get("long", LONG))


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> WholeCheck:
    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        by_locale: dict[str, _Texts] = defaultdict(_Texts)
        for text in reading.texts:
            words = text.words
            if text.part == "body" and len(words) >= own.words:
                by_locale[text.locale].add(text, words)
        told: set[str] = set()
        for found in by_locale.values():
            for number, (twin, likeness) in sorted(_nearest(found, reading, own).items()):
                text, other = reading.at(found.addresses[number]), reading.at(found.addresses[twin])
                if text.response.id not in told:
                    told.add(text.response.id)
                    message = said(rule.message, int(likeness * 100), other.response.id)
                    related = [other.place(0, len(other.plain))]
                    yield in_text(rule, text, (0, len(text.plain)), message, related=related)

    return WholeCheck(rule, run)


def _nearest(found: _Texts, reading: Reading, own: Options) -> dict[int, tuple[int, float]]:
    """The number of a text -> that of the one before it that it is most like, of another response, and how much."""
    nearest: dict[int, tuple[int, float]] = {}
    for earlier, later, likeness in pairs(found.words, own.min / 100):
        if likeness > nearest.get(later, (0, 0.0))[1]:
            one, other = reading.at(found.addresses[earlier]), reading.at(found.addresses[later])
            means_same = likeness == 1 or len(found.words[later]) >= own.long or _means_same(one, other)
            if _meets(one, other) and means_same:
                nearest[later] = (earlier, likeness)
    return nearest


def _means_same(one: Text, other: Text) -> bool:
    return stems(one.plain, one.locale) == stems(other.plain, other.locale)


def _meets(one: Text, other: Text) -> bool:
    """Whether two texts are of different replies that somebody chooses between: for the same mood, on one channel."""
    return (
        one.response.id != other.response.id
        and one.response.mood == other.response.mood
        and not set(one.channels).isdisjoint(other.channels)
    )


def _least(node: Node, key: str, problems: Problems) -> int:
    return whole(node, key, problems, least=1)
