"""Dates and owners: what is late, and what comes, in replies, facts, offers and waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cannedkit.catalogue.facts import facts_used
from cannedkit.catalogue.load import title
from cannedkit.model.errors import Place
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Fact, Offer, Settings
from cannedkit.model.upkeep import Due

WITHIN = 30
"""Days that are looked ahead where nobody says how many; our own choice, a month."""


def due(settings: Settings, catalogue: Catalogue, today: date, within: int = WITHIN) -> tuple[Due, ...]:
    """All that is late on `today`, or ends or must be reviewed `within` so many days of it; the earliest first.

    A day that a file names is the last one on which all is well: of a review, a fact, an offer and a waiver alike.
    """
    found = (*_reviews(settings, catalogue), *_ending(settings, catalogue), *_waivers(settings, catalogue))
    dated = (_counted(one, today) for one in found)
    listed = (one for one in dated if one.days is not None and one.days <= within)
    return tuple(sorted((*listed, *_linked(settings, catalogue)), key=_order))


def _counted(entry: Due, today: date) -> Due:
    return replace(entry, days=(entry.until - today).days if entry.until else None)


def _order(entry: Due) -> tuple[date, str, str, Place]:
    return entry.until or date.min, entry.kind, entry.name, entry.place


def _reviews(settings: Settings, catalogue: Catalogue) -> Iterator[Due]:
    """The responses in use, and drafts, that someone promised to read again."""
    for response in catalogue.responses.values():
        if response.review_by and response.status != "retired":
            place = response.places.get("review_by", response.place)
            yield _of(response, "review", settings, place, response.review_by)


def _waivers(settings: Settings, catalogue: Catalogue) -> Iterator[Due]:
    for response in catalogue.responses.values():
        for waiver in response.waivers:
            place = waiver.place or response.place
            entry = _of(response, "waiver", settings, place, waiver.until)
            yield replace(entry, rule=waiver.rule, locale=waiver.locale, text=waiver.text)


def _linked(settings: Settings, catalogue: Catalogue) -> Iterator[Due]:
    """The retired responses that others send their readers to."""
    links: dict[str, list[str]] = {}
    for response in catalogue.responses.values():
        if response.replaced_by:
            links.setdefault(response.replaced_by, []).append(response.id)
    for id, linking in links.items():
        found = catalogue.responses.get(id)
        if found and found.status == "retired":
            entry = _of(found, "retired", settings, found.places.get("status", found.place))
            yield replace(entry, responses=tuple(linking))


def _of(response: Response, kind: str, settings: Settings, place: Place, day: date | None = None) -> Due:
    named = title(response, settings.locale)
    return Due(kind, response.id, place, day, owner=response.owner, topic=response.topic, title=named)


def _ending(settings: Settings, catalogue: Catalogue) -> Iterator[Due]:
    """The facts and offers that hold until a day, with the responses that use them and are not retired."""
    in_use = {id: response for id, response in catalogue.responses.items() if response.status != "retired"}
    uses = facts_used(catalogue, settings)
    for fact in settings.facts.values():
        ids = dict.fromkeys(use.response for use in uses[fact.name])
        yield from _until("fact", fact, fact.owner, [in_use[id] for id in ids if id in in_use])
    for offer in settings.offers.values():
        making = [response for response in in_use.values() if response.offer == offer.name]
        yield from _until("offer", offer, "", making)


def _until(kind: str, ending: Fact | Offer, owner: str, using: Sequence[Response]) -> Iterator[Due]:
    if ending.until and ending.place:
        yield Due(
            kind,
            ending.name,
            ending.place,
            ending.until,
            owner=owner or _one(response.owner for response in using),
            topic=_one(response.topic for response in using),
            responses=tuple(response.id for response in using),
        )


def _one(names: Iterable[str]) -> str:
    """The name that all are, "" where they differ."""
    each = set(names)
    return each.pop() if len(each) == 1 else ""
