"""`successor`: what replaces a retired response cannot be sent either, or is itself again by way of others.

The message gets the successor, and what is the matter with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        successor = reading.catalogue.responses.get(response.replaced_by)
        if successor is not None and (matter := _matter(response, successor, reading.catalogue.responses)):
            message = said(rule.message, successor.id, matter)
            yield in_record(rule, response, "replaced_by", message, related=[successor.place])

    return RecordCheck(rule, run, retired=True)


def _matter(response: Response, successor: Response, responses: Mapping[str, Response]) -> str:
    """Why a successor does not do, "" where it does."""
    if successor.id == response.id:
        return "is this reply itself: name another, or take the key out"
    if not successor.status:
        return ""
    end = _end(successor, responses)
    if end is None or end.id == response.id:
        return "leads back in a circle: name a reply in use"
    instead = f": name `{end.id}`" if not end.status else ", and nothing in use replaces it"
    return f"has status {successor.status}{instead}"


def _end(response: Response, responses: Mapping[str, Response]) -> Response | None:
    """The last response of a chain of successors; None where it has no end."""
    seen = {response.id}
    while response.status and response.replaced_by in responses:
        response = responses[response.replaced_by]
        if response.id in seen:
            return None
        seen.add(response.id)
    return response
