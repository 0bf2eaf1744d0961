"""Findings of rules that read responses, each at its place: a stretch of a text, or a key of the record."""

from __future__ import annotations

from collections.abc import Iterable

from cannedkit.catalogue.reading import Text
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Rule
from cannedkit.text.places import around


def in_text(
    rule: Rule, text: Text, span: tuple[int, int], message: str, *, related: Iterable[Place] = ()
) -> FileFinding:
    """A finding in a text of a response; `span` is in code points, half open."""
    return FileFinding(
        _finding(rule, *span, message),
        text.place(*span),
        text.response.id,
        text.locale,
        text.channels,
        text.body.variation,
        text.part,
        text=text.located.value[slice(*span)],
        related=tuple(related),
        around=around(text.located.value, *span),
    )


def in_record(
    rule: Rule, response: Response, key: str, message: str, *, locale: str = "", related: Iterable[Place] = ()
) -> FileFinding:
    """A finding about a key of a response (`review_by`, `examples.en.1`), at its value, or else at the name."""
    place = place_of(response, key)
    finding = _finding(rule, 0, 0, message)
    return FileFinding(finding, place, response.id, locale, part="response", related=tuple(related))


def in_file(
    rule: Rule, place: Place, message: str, *, response: str = "", related: Iterable[Place] = ()
) -> FileFinding:
    """A finding about another entry of a catalogue's files: a fact, an offer, a variable (of a response)."""
    return FileFinding(_finding(rule, 0, 0, message), place, response, part="response", related=tuple(related))


def place_of(response: Response, key: str) -> Place:
    """Where a key's value stands, or the list that holds it; the name of the response where it has no such key."""
    while key and key not in response.places:
        key = key.rpartition(".")[0]
    return response.places.get(key, response.place)


def _finding(rule: Rule, start: int, end: int, message: str) -> Finding:
    return Finding(start, end, rule.id, rule.level or Level.WARNING, message, sources=(rule.id,))
