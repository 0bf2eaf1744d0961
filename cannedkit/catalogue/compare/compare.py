"""A draft held against a response: each of its wordings and the ways through them, of which the best is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cannedkit.catalogue.compare.hold import Held, Levels, hold
from cannedkit.catalogue.compare.side import Side, side
from cannedkit.catalogue.compare.wordings import Given, chosen, sides
from cannedkit.catalogue.content import wording
from cannedkit.catalogue.standing import standing
from cannedkit.model.approval import Lock
from cannedkit.model.comparison import Comparison
from cannedkit.model.draft import Draft
from cannedkit.model.errors import DraftError, ReplyError
from cannedkit.model.response import Body, Response
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template.render import MAX_BODY

MOST_COMPARED = MAX_BODY
"""Code points of a draft that is compared: as many as a body may hold."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to compare: the `values` that are known, by name; the locale and channel whose bodies count, "" for all.

    `levels` are those in force for the rules that comparing reports, by id.
    """

    values: Mapping[str, str]
    locale: str
    channel: str
    levels: Levels


def compare(draft: Draft, response: Response, settings: Settings, lock: Lock, wish: Wish) -> Comparison:
    """What a draft does to the wording of a response that it is least apart from.

    Of the bodies that count those of the draft's own language go before others. Raises DraftError for a draft
    that is too long, ReplyError where a response has no text to compare with.
    """
    if len(draft.text) > MOST_COMPARED:
        raise DraftError(
            f"a draft beside a reply may hold {MOST_COMPARED:,} characters, this one has {len(draft.text):,}"
        )
    found = list(_held(draft, response, settings, wish))
    if not found:
        raise ReplyError(f"`{response.id}` has no text that can be rendered, so nothing can be held against it")
    own = draft.locale.partition("-")[0]
    body, approved, held = min(found, key=lambda one: _rank(one, own))
    stands = standing(response, body, lock, settings)
    return Comparison(
        wording(response, body),
        approved.shown(0, len(approved.text)),
        held.departures,
        round(held.likeness, 3),
        approved=stands.state == "approved",
    )


def _held(draft: Draft, response: Response, settings: Settings, wish: Wish) -> Iterator[tuple[Body, Side, Held]]:
    own: dict[str, Side] = {}
    for body in chosen(response, wish.locale, wish.channel):
        given = Given(response.variables, facts_for(settings, body.locale), wish.values)
        mine = own.setdefault(body.locale, side(draft.text, body.locale))
        for approved in sides(body.text.value, body.locale, response.format, given):
            yield body, approved, hold(mine, approved, wish.levels)


def _rank(one: tuple[Body, Side, Held], own: str) -> tuple[bool, bool, int, float]:
    """What comes first: a wording that the draft says some of, in its `own` language, that it is least apart from."""
    _, approved, held = one
    return not held.likeness, approved.language != own, held.apart, -held.likeness
