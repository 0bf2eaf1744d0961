"""`ended-facts`: a fact whose `until` has gone by, and that replies still print.

The message gets the fact, its last day, and how many replies print it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_file, in_text
from cannedkit.catalogue.reading import Address, Reading, Text
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import said
from cannedkit.rules.options import options


@dataclass(frozen=True)
class Options:
    """The kind has no keys of its own."""


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(**options(rule, {}))


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule) for rule in rules]


def _check(rule: Rule) -> WholeCheck:
    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        over = {f"facts.{fact.name}": fact for fact in settings.facts.values() if fact.until and fact.until < today}
        uses: dict[str, list[tuple[Address, Place]]] = defaultdict(list)
        for text in reading.texts if over else ():
            for name in text.names:
                if name in over:
                    uses[name].append((text.address, text.place(*_span(text, name))))
        for name, found in uses.items():
            fact = over[name]
            replies = len({id for (id, _), _ in found})
            message = said(rule.message, fact.name, fact.until, f"{replies} {'reply' if replies == 1 else 'replies'}")
            places = [place for _, place in found]
            if fact.place:
                yield in_file(rule, fact.place, message, related=places)
            else:
                first = reading.at(found[0][0])
                yield in_text(rule, first, _span(first, name), message, related=places[1:])

    return WholeCheck(rule, run)


def _span(text: Text, name: str) -> tuple[int, int]:
    """Where a text first uses a name."""
    return next((hole.start, hole.end) for hole in text.placeholders if hole.name == name)
