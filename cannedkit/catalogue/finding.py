"""Findings of rules that read responses, each at its place: a stretch of a body, or a key of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cannedkit.catalogue.load import bodies
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Located, Place
from cannedkit.model.response import Body, Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Rule
from cannedkit.text.places import around


def in_body(
    rule: Rule,
    response: Response,
    body: Body,
    span: tuple[int, int],
    message: str,
    *,
    part: str = "body",
    related: Iterable[Place] = (),
) -> FileFinding:
    """A finding in the body of a response, or its subject; `span` is in code points of that text, half open."""
    text = body.subject if part == "subject" and body.subject else body.text
    return FileFinding(
        _finding(rule, *span, message),
        text.place(*span),
        response.id,
        body.locale,
        serves(response, body),
        body.variation,
        part,
        text=text.value[slice(*span)],
        related=tuple(related),
        around=around(text.value, *span),
    )


def in_record(
    rule: Rule, response: Response, key: str, message: str, *, locale: str = "", related: Iterable[Place] = ()
) -> FileFinding:
    """A finding about a key of a response (`review_by`, `examples.en.1`), at its value, or else at the name."""
    place = place_of(response, key)
    finding = _finding(rule, 0, 0, message)
    return FileFinding(finding, place, response.id, locale, part="response", related=tuple(related))


def in_file(rule: Rule, place: Place, message: str, *, related: Iterable[Place] = ()) -> FileFinding:
    """A finding about an entry of another file of the catalogue: a fact, an offer, a variable."""
    return FileFinding(_finding(rule, 0, 0, message), place, part="response", related=tuple(related))


def place_of(response: Response, key: str) -> Place:
    """Where a key's value stands, or the list that holds it; the name of the response where it has no such key."""
    while key and key not in response.places:
        key = key.rpartition(".")[0]
    return response.places.get(key, response.place)


def serves(response: Response, body: Body) -> tuple[str, ...]:
    """The channels that send a body."""
    return tuple(name for name in response.channels if body in bodies(response, body.locale, name))


def parts(body: Body) -> Mapping[str, Located]:
    """The texts of a wording by the name of their part; a subject that several variations share is with the first."""
    subject = body.subject if body.variation == 1 else None
    return {"body": body.text, **({"subject": subject} if subject else {})}


def _finding(rule: Rule, start: int, end: int, message: str) -> Finding:
    return Finding(start, end, rule.id, rule.level or Level.WARNING, message, sources=(rule.id,))
