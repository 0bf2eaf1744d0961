"""How each body stands with its approval: approved, changed since, approved by somebody who may not, or by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cannedkit.cache import uncollected
from cannedkit.catalogue import load as responses
from cannedkit.catalogue.content import content, said, source_digest, wording
from cannedkit.model.approval import Approval, Lock, Standing
from cannedkit.model.errors import Located, Place, Problem
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.text.changes import changes, pieces, shown
from cannedkit.text.nearest import nearest


def standings(catalogue: Catalogue, lock: Lock, settings: Settings) -> tuple[Standing, ...]:
    """How each body of a catalogue stands, in file order; retired responses are not sent and not judged."""
    with uncollected():
        return tuple(
            standing(response, body, lock, settings)
            for response in catalogue.responses.values()
            if response.status != "retired"
            for body in response.bodies
        )


def standing(response: Response, body: Body, lock: Lock, settings: Settings) -> Standing:
    """How one body stands. Where a merge left several lines for it, the latest counts."""
    where = wording(response, body)
    lines = lock.approvals.get(where, ())
    if not lines:
        return Standing(where, "missing", f"Nobody has approved it. {_again(where.id, where.locale)}.", _whole(body))
    current = content(response, body)
    last = lines if len(lines) == 1 else latest(lines)
    allowed = foreign = None
    for one in last:
        if one.content == current and may_approve(one.by, response, settings):
            allowed = one
        elif one.content == current:
            foreign = one
    if allowed is None and foreign:
        reason = f"{foreign.by} approved it, {refusal(response, settings)}"
        return Standing(where, "foreign", reason, _whole(body), foreign)
    if allowed is None:
        return _stale(response, body, last[-1], current)
    source = source_of(response, body, settings)
    if source and allowed.source and source_digest(source) != allowed.source:
        reason = (
            f"The text in {source.locale} that it was made from has changed since {allowed.by} approved it on "
            f"{allowed.day}. {_again(where.id, where.locale)}."
        )
        return Standing(where, "stale", reason, _whole(body), allowed)
    return Standing(where, "approved", "", response.place, allowed)


def latest(lines: Sequence[Approval]) -> tuple[Approval, ...]:
    """Of the lines that a merge left for one body the latest, or those of one second."""
    last = max(one.on for one in lines)
    return tuple(one for one in lines if one.on == last)


def _whole(body: Body) -> Place:
    return body.text.place(0, len(body.text.value))


def may_approve(by: str, response: Response, settings: Settings) -> bool:
    """Whether somebody may approve a response: anybody, where its owner has no approvers."""
    people = settings.approvers.get(response.owner)
    return people is None or by.casefold() in {person.casefold() for person in people}


def misnamed(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """A problem for each owner of `approvers` that nothing has: where its name is misspelt, anybody may approve."""
    owners = {response.owner for response in catalogue.responses.values()}
    owners |= {fact.owner for fact in settings.facts.values()}
    for owner in settings.approvers:
        if owner not in owners:
            line, column = settings.places.get(f"approvers.{owner}", (0, 0))
            message = f"`approvers`: no reply or fact has the owner `{owner}`{nearest(owner, owners - {''})}"
            yield Problem(str(settings.path), line, column, message)


def refusal(response: Response, settings: Settings) -> str:
    """Who may approve a response, as a message ends."""
    return f"who may not approve for {response.owner}; these may: {', '.join(settings.approvers[response.owner])}"


def source_of(response: Response, body: Body, settings: Settings) -> Body | None:
    """The body in the default locale that a translation is made from; None for a body in that locale itself."""
    if body.locale == settings.locale:
        return None
    channel = body.channel or next(iter(response.channels))
    own = [one for one in response.bodies if one.locale == settings.locale and one.channel == body.channel]
    found = own or responses.bodies(response, settings.locale, channel)
    return next((one for one in found if one.variation == body.variation), found[0] if found else None)


def _again(id: str, locale: str) -> str:
    return f"Read it, then: cannedkit approve {id} --locale {locale} --by NAME"


def _stale(response: Response, body: Body, approval: Approval, current: str) -> Standing:
    """What changed since the approval, and where."""
    was, now = said(approval.content), said(current)
    told: list[str] = []
    place: tuple[str, int, int] | None = None
    texts: dict[str, Located | None] = {"body": body.text, "subject": body.subject}
    before = {"body": was.body, "subject": was.subject or ""}
    for part, text in texts.items():
        old, new = pieces(before[part]), pieces(text.value if text else "")
        found = changes(old, new)
        if found:
            told.append(f"{'the subject: ' if part == 'subject' else ''}{shown(old, new, found)}")
            if text and not place:
                place = part, len("".join(new[: found[0].start])), len("".join(new[: found[-1].end]))
    told += _redeclared(was.variables, now.variables)
    if was.format != now.format:
        told.append(f"the format was {was.format}, is {now.format}")
    part, start, end = place or ("body", 0, len(body.text.value))
    text = texts[part] or body.text
    reason = (
        f"Changed since {approval.by} approved it on {approval.day}. {_again(response.id, body.locale)}. "
        f"What changed: {'; '.join(told)}"
    )
    return Standing(wording(response, body), "stale", reason, text.place(start, end), approval, part, start, end)


def _redeclared(was: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The variables that both texts use and that are declared otherwise now, in words."""
    for name in sorted(was.keys() & now.keys()):
        old, new = was[name], now[name]
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield f"`{key}` of {name} was {_said(old.get(key))}, is {_said(new.get(key))}"


def _said(value: object) -> str:
    return "not given" if value is None else json.dumps(value, ensure_ascii=False)
