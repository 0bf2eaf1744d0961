"""Changes of the lock: a person approves texts, lines follow texts that only moved, lines of nothing go."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase

from cannedkit.catalogue import content as contents
from cannedkit.catalogue import load as responses
from cannedkit.catalogue import lock as locks
from cannedkit.catalogue.standing import latest, may_approve, refusal, source_of, standing
from cannedkit.model.approval import Approval, Lock, Wording
from cannedkit.model.errors import CannedkitError, ReplyError
from cannedkit.model.response import Body, Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.template import render as template
from cannedkit.template.node import essence


def approve(
    chosen: Iterable[Response], settings: Settings, by: str, on: datetime, *, locale: str = "", note: str = ""
) -> tuple[Approval, ...]:
    """The approvals of all bodies of some responses, or of those in one locale, which stand in the lock then.

    A line that says the same already, by the same person, stays as it is. Raises CannedkitError, and changes nothing,
    where `by` may not approve one of them, or one is retired; InputError where a line of the lock cannot be read.
    """
    new: list[Approval] = []
    for response in chosen:
        if _is_gone(response):
            raise CannedkitError(f"`{response.id}` is retired: nothing of it is sent, and nothing was approved")
        if not may_approve(by, response, settings):
            raise CannedkitError(f"`{response.id}`: {by} is one {refusal(response, settings)}; nothing was approved")
        bodies = [body for body in response.bodies if locale in ("", body.locale)]
        if not bodies:
            has = ", ".join(responses.locales(response))
            raise CannedkitError(f"`{response.id}` has no body in {locale}; it has {has}; nothing was approved")
        new += (_approval(response, body, settings, by, on, note) for body in bodies)
    with locks.changing(settings) as lock:
        new = [_kept(one, lock) for one in new]
        merged = {**lock.approvals, **{one.wording: (one,) for one in new}}
        _save(lock, merged, settings)
    return tuple(new)


def chosen(catalogue: Catalogue, names: Iterable[str]) -> list[Response]:
    """The responses with some ids or shortcuts; a name with `*` is a pattern, for all that are not retired.

    Raises ReplyError for a name that nothing has, and for none at all.
    """
    found: dict[str, Response] = {}
    for name in names:
        if "*" in name:
            some = [one for one in catalogue.responses.values() if fnmatchcase(one.id, name) and not _is_gone(one)]
        else:
            some = [responses.named(catalogue, name)]
        if not some:
            raise ReplyError(f"no response in use matches `{name}`")
        found |= {one.id: one for one in some}
    if not found:
        raise ReplyError("nothing is named: give ids, or patterns such as `billing/*`")
    return list(found.values())


def _is_gone(response: Response) -> bool:
    return response.status == "retired"


def _approval(response: Response, body: Body, settings: Settings, by: str, on: datetime, note: str) -> Approval:
    text = contents.content(response, body)
    source = source_of(response, body, settings)
    return Approval(
        contents.wording(response, body),
        contents.digest(text),
        by,
        on.replace(microsecond=0),
        text,
        contents.source_digest(source) if source else "",
        note,
    )


def _kept(new: Approval, lock: Lock) -> Approval:
    """The line that stands there already, if it says the same."""
    for one in lock.approvals.get(new.wording, ()):
        if (one.by, one.content, one.source) == (new.by, new.content, new.source) and new.note in ("", one.note):
            return one
    return new


def _save(lock: Lock, approvals: dict[Wording, tuple[Approval, ...]], settings: Settings) -> None:
    if not os.path.lexists(lock.path):
        locks.attribute(settings)
    if approvals != lock.approvals:
        locks.replace(lock, (one for each in approvals.values() for one in latest(each)), settings)


# -- lines that follow their texts --------------------------------------------------------------


def renew(catalogue: Catalogue, settings: Settings) -> tuple[Approval, ...]:
    """The lines that were renewed: their text reads as it was approved, and only its file, id or layout changed.

    They keep who approved them, when, and the note. Layout is what no customer sees: white space and comments inside
    braces, `any` in place of channels by name. A line of nothing moves with its text. Raises InputError where a line
    of the lock cannot be read.
    """
    with locks.changing(settings) as lock:
        there = _there(catalogue)
        known = _known(lock, there, settings.locale)
        after = dict(lock.approvals)
        renewed = []
        for where, (response, body) in there.items():
            found = standing(response, body, lock, settings)
            if found.state == "approved" and found.approval:
                after[where] = (found.approval,)
            elif moved := _moved(response, body, lock, known, settings):
                old, new = moved
                after[where] = (new,)
                renewed.append(new)
                if old.wording not in there:
                    after.pop(old.wording, None)
        _save(lock, after, settings)
    return tuple(renewed)


def prune(catalogue: Catalogue, settings: Settings) -> tuple[Approval, ...]:
    """The lines of bodies that are not there any more, which were taken out. Raises InputError as `renew`."""
    with locks.changing(settings) as lock:
        there = _there(catalogue)
        _save(lock, {where: each for where, each in lock.approvals.items() if where in there}, settings)
        return leftover(catalogue, lock)


def leftover(catalogue: Catalogue, lock: Lock) -> tuple[Approval, ...]:
    """The lines of bodies that the whole catalogue does not have, in file order."""
    every = catalogue.responses.values() if lock.approvals else ()
    wordings = (contents.wording(response, body) for response in every for body in response.bodies)
    there = {where for where in wordings if where in lock.approvals}
    return tuple(one for where, each in lock.approvals.items() if where not in there for one in each)


def _there(catalogue: Catalogue) -> dict[Wording, tuple[Response, Body]]:
    return {
        contents.wording(response, body): (response, body)
        for response in catalogue.responses.values()
        for body in response.bodies
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What was approved: the lines by what they write, and the texts of the default locale by their digest."""

    lines: Mapping[str, tuple[Approval, ...]]
    sources: Mapping[str, str]
    there: Collection[Wording]


def _known(lock: Lock, there: Collection[Wording], default: str) -> _Known:
    lines: dict[str, tuple[Approval, ...]] = {}
    sources: dict[str, str] = {}
    for one in (each for every in lock.approvals.values() for each in every):
        key = reads_as(one.content)
        lines[key] = (*lines.get(key, ()), one)
        if one.wording.locale == default:
            said = contents.said(one.content)
            sources[contents.text_digest(said.body, said.subject)] = _reads(said.body, said.subject)
    return _Known(lines, sources, there)


def _moved(
    response: Response, body: Body, lock: Lock, known: _Known, settings: Settings
) -> tuple[Approval, Approval] | None:
    """The line by which a body's text was approved under another id or layout, and the line that it is now."""
    where = contents.wording(response, body)
    content = contents.content(response, body)
    matching = [
        one
        for one in known.lines.get(reads_as(content), ())
        if one.wording.locale == where.locale and (one.wording.id == where.id or one.wording not in known.there)
    ]
    channels = {one.wording.channel for one in matching}
    serves = {name for name in response.channels if body in responses.bodies(response, body.locale, name)}
    if not channels & {"", where.channel} and not (channels and channels >= serves):
        return None
    old = max(matching, key=lambda one: (one.wording == where, one.wording.channel in ("", where.channel), one.on))
    source = source_of(response, body, settings)
    new = replace(
        old, wording=where, content=content, digest=contents.digest(content), source=_source(old, source, known)
    )
    after = replace(lock, approvals={**lock.approvals, where: (new,)})
    return (old, new) if standing(response, body, after, settings).state == "approved" else None


def _source(old: Approval, source: Body | None, known: _Known) -> str:
    """The digest of a translation's source: that of now, where it reads as the one that the translation was made of."""
    if source is None or not old.source:
        return ""
    now = _reads(source.text.value, source.subject.value if source.subject else None)
    return contents.source_digest(source) if known.sources.get(old.source) == now else old.source


def reads_as(content: str) -> str:
    """What the canonical JSON of a line approved, without its layout: for two that read the same it is the same."""
    said = contents.said(content)
    return f"{_reads(said.body, said.subject)} {contents.canonical(said.variables)} {said.format}"


def _reads(body: str, subject: str | None) -> str:
    """What two texts write, without their layout; the texts themselves where nothing can read them any more."""
    try:
        return repr([essence(template.parse(part)) if part else None for part in (body, subject)])
    except template.TemplateError:
        return repr([body, subject])
