"""`ended`: a response whose date to be read again has gone by, or that makes an offer which is over.

The message gets the date, and the name of the offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_record
from cannedkit.catalogue.reading import Reading
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, RecordCheck, Rule
from cannedkit.model.settings import Offer, Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice

ENDS: Mapping[str, Callable[[Response, Settings], date | None]] = {
    "review_by": lambda response, settings: response.review_by,
    "offer": lambda response, settings: _until(settings.offers.get(response.offer)),
}
"""The key of a response -> the last day on which it holds, None where it has none."""


def _until(offer: Offer | None) -> date | None:
    return offer.until if offer else None


@dataclass(frozen=True)
class Options:
    """The key of a response that sets a date."""

    of: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"of": _key})
    if "of" not in values:
        raise RuleError([problem(rule, "of", f"an ended rule needs `of`: {' or '.join(ENDS)}")])
    return Options(**values)


def build(rules: Sequence[Rule], context: Context) -> list[RecordCheck]:
    """One check a rule."""
    return [_check(rule, rule.options.of) for rule in rules]


def _check(rule: Rule, key: str) -> RecordCheck:
    def run(response: Response, reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        last = ENDS[key](response, settings)
        if last is not None and last < today:
            offer = settings.offers.get(response.offer)
            related = [offer.place] if key == "offer" and offer and offer.place else []
            message = said(rule.message, last.isoformat(), response.offer)
            yield in_record(rule, response, key, message, related=related)

    return RecordCheck(rule, run)


def _key(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in ENDS}, problems, "review_by")
