"""Replies of ours -> files of a system, and what became of each: what was written is read again and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from cannedkit import exchange
from cannedkit.exchange.model import CHANGED, KEPT, LOST, REFUSED, Ability, Asked, File, Outcome, Record, Text
from cannedkit.exchange.names import Names, names
from cannedkit.exchange.placeholders import Unsayable, meant, outward
from cannedkit.exchange.records import Aside, aside_of, digest, record_of
from cannedkit.exchange.taking import exact_key, is_html, marked, place, taken
from cannedkit.model.errors import InputError
from cannedkit.model.response import Response, Variable
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.settings.formats import FORMATS
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import shown

_ONLY_OURS = ("examples", "mood", "requires", "offer", "owner", "status", "replaced_by", "review_by", "waivers")
"""What no other system has a place for, beside titles by locale, channels and declarations."""


@dataclass(frozen=True, slots=True)
class Given:
    """The files of an export by name, and what became of each reply."""

    files: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A reply whole, the part of it that goes out, and that as the system writes it."""

    whole: Record
    part: Record
    theirs: Record
    at: int = 0


def unused(response: Response, settings: Settings, today: date) -> str:
    """Why a reply is not in use, "" for one that is: a draft, retired, or past its `review_by` or its offer's end."""
    if response.status:
        return f"its status is {response.status}"
    offer = settings.offers.get(response.offer)
    if offer and offer.until and offer.until < today:
        return f"its offer ended on {offer.until}"
    return f"its review was due on {response.review_by}" if response.review_by and response.review_by < today else ""


def given(format: str, responses: Iterable[Response], settings: Settings, asked: Asked) -> Given:
    """The files of some replies. Raises InputError for a format that is only read."""
    ready, outcomes = readied(format, responses, settings, asked)
    written = exchange.write(format, [one.theirs for one in ready])
    outcomes += written.outcomes
    placed = [ready[at] for at in written.order] or ready
    outcomes += _compared(format, written.files, placed, settings, asked)
    return Given(written.files, tuple(sorted(set(outcomes))), len(ready))


def readied(
    format: str, responses: Iterable[Response], settings: Settings, asked: Asked
) -> tuple[list[Ready], list[Outcome]]:
    """The replies that can go out, in the system's order, and what is refused or left out before they are written.

    Raises InputError for a format that is only read.
    """
    known = names(format, settings)
    ability = exchange.ability(format)
    if not ability.writes:
        able = ", ".join(name for name in FORMATS if exchange.ability(name).writes)
        raise InputError(f"{format} takes no replies: they come in from there alone; formats that go out are {able}")
    ready: list[Ready] = []
    outcomes: list[Outcome] = []
    for response in responses:
        whole = record_of(response, settings)
        part = _reduced(whole, ability, settings, asked)
        if not part.texts:
            outcomes.append(Outcome(response.id, REFUSED, "", f"it has no text in {asked.locale or settings.locale}"))
            continue
        try:
            aside = aside_of(response, format)
            theirs = _theirs(part, whole, response, aside, ability, settings, known)
        except Unsayable as error:
            outcomes.append(Outcome(response.id, REFUSED, "", str(error)))
            continue
        ready.append(Ready(whole, part, theirs, aside.at if aside else 0))
        outcomes += [
            Outcome(response.id, LOST, name, f"{format} has no place for it") for name in _ours(response, settings)
        ]
    ready.sort(key=_order)
    return ready, outcomes


def seen(format: str, theirs: Record, settings: Settings, asked: Asked) -> Record | None:
    """What comes back of a record that the format writes; None where nothing of it can be read."""
    files = exchange.write(format, [theirs]).files
    try:
        back = exchange.read(format, [File(name, text) for name, text in files.items()], asked).records
    except InputError:
        return None
    return taken(back[0], exchange.ability(format), names(format, settings), settings, asked).record if back else None


def _order(one: Ready) -> tuple[int, int]:
    """Replies that came from the system as it counts or had them, and behind them the others as they stand here."""
    if one.at or one.theirs.id.isdecimal():
        return 0, one.at or int(one.theirs.id)
    return 1, 0


def _ours(response: Response, settings: Settings) -> Iterable[str]:
    yield from (name for name in _ONLY_OURS if getattr(response, name))
    if len(response.titles) > 1:
        yield "titles in other locales"
    if response.channels != tuple(settings.channels):
        yield "channels"


def _reduced(record: Record, ability: Ability, settings: Settings, asked: Asked) -> Record:
    """The record with those texts alone that a system can hold beside each other."""
    texts = record.texts
    if ability.locale == LOST or asked.locale:
        locale = asked.locale or settings.locale
        if ability.tells_locale and not asked.locale and texts and all(text.locale != locale for text in texts):
            locale = texts[0].locale
        texts = tuple(text for text in texts if text.locale == locale)
    if ability.channel == LOST:
        own = asked.channel or next(iter(settings.channels))
        chosen = {text.locale: text.channel for text in texts if text.channel == own}
        texts = tuple(text for text in texts if text.channel == chosen.get(text.locale, ""))
    if ability.variation == LOST:
        texts = tuple(text for text in texts if text.variation == 1)
    return replace(record, texts=texts)


def _theirs(
    part: Record,
    whole: Record,
    response: Response,
    aside: Aside | None,
    ability: Ability,
    settings: Settings,
    known: Names,
) -> Record:
    """The record as the system writes it. Raises Unsayable."""
    exact = aside.exact or {} if aside and aside.digest == digest(whole) else {}
    texts = tuple(
        _exact(text, exact[exact_key(text)])
        if exact_key(text) in exact
        else _text(text, ability, known, settings, response.variables)
        for text in part.texts
    )
    return replace(
        part,
        texts=texts,
        id=aside.id if aside else "",
        folder=aside.folder if aside else part.folder,
        kept=aside.kept if aside else None,
        title=exact.get("title", part.title),
        shortcut=exact.get("shortcut", part.shortcut),
        tags=tuple(exact.get("tags", part.tags)),
    )


def _exact(text: Text, told: object) -> Text:
    body, subject, markup = told if isinstance(told, list) and len(told) == 3 else (text.text, text.subject, "text")
    return replace(text, text=body, subject=subject, markup=markup)


def _text(text: Text, ability: Ability, known: Names, settings: Settings, variables: Mapping[str, Variable]) -> Text:
    facts = facts_for(settings, text.locale)

    def fallback(name: str) -> str | None:
        return for_locale(variables[name].fallback, text.locale) if name in variables else None

    def out(body: str) -> str:
        return outward(body, ability.syntax, known.theirs, fallback, facts)

    body = marked(out(text.text), text.markup, ability)
    return replace(
        text,
        text=body,
        subject=None if text.subject is None else out(text.subject),
        markup="html" if is_html(text.markup, ability) else text.markup,
    )


# -- what became of it --------------------------------------------------------------------------


def _compared(
    format: str, files: Mapping[str, str], ready: list[Ready], settings: Settings, asked: Asked
) -> Iterable[Outcome]:
    """What comes back of each reply, by reading the files again."""
    known, ability = names(format, settings), exchange.ability(format)
    again = Asked(locale=asked.locale)
    try:
        back = exchange.read(format, [File(name, text) for name, text in files.items()], again).records
    except InputError:
        back = ()
    for one, record in zip_longest(ready, back[: len(ready)]):
        found = taken(record, ability, known, settings, again).record if record else None
        if found is None:
            yield Outcome(one.whole.ours, CHANGED, "", "nothing of it can be read again")
            continue
        yield from differences(format, one, found, ability)


def differences(format: str, one: Ready, back: Record, ability: Ability) -> Iterable[Outcome]:
    """What became of each part of a reply of which that comes back."""
    id, whole, kept = one.whole.ours, one.whole, []
    for part, was, now in (
        ("title", whole.title, back.title),
        ("shortcut", whole.shortcut, back.shortcut),
        ("tags", whole.tags, back.tags),
    ):
        if was == now:
            kept += [part] if was else []
        elif now:
            yield Outcome(id, CHANGED, part, f"is {shown(now if isinstance(now, str) else ', '.join(now))} there")
        else:
            yield Outcome(id, LOST, part, f"{format} has no place for it")
    there = {_slot(text, ability): text for text in back.texts}
    for text in whole.texts:
        part, other = place(text), there.get(_slot(text, ability)) if text in one.part.texts else None
        if other is None:
            why = f"{format} has one text for it"
            yield Outcome(id, LOST, part, why)
            if text.subject and text.variation == 1:
                yield Outcome(id, LOST, place(text, "subject"), why)
            continue
        kept += [part] if not [*_changes(text, other)] else []
        yield from (Outcome(id, CHANGED, part, why) for why in _changes(text, other))
        if text.subject and text.variation == 1:
            yield from _subject(format, id, text, other.subject)
            kept += [place(text, "subject")] if meant(other.subject or "") == meant(text.subject) else []
    if kept:
        yield Outcome(id, KEPT, ", ".join(kept))


def _slot(text: Text, ability: Ability) -> tuple[str, str, int]:
    """Which text of a reply it is, as far as the system tells them apart."""
    return (
        "" if ability.locale == LOST else text.locale,
        "" if ability.channel == LOST else text.channel,
        1 if ability.variation == LOST else text.variation,
    )


def _changes(text: Text, there: Text) -> Iterable[str]:
    if there.text != text.text and meant(there.text) != meant(text.text):
        yield f"is {shown(there.text)} when it comes back"
    if there.key != text.key:
        yield f"serves {there.channel or 'any channel'} in {there.locale} when it comes back"
    if there.markup != text.markup:
        yield f"is read as {there.markup} there, and is {text.markup} here"


def _subject(format: str, id: str, text: Text, there: str | None) -> Iterable[Outcome]:
    part = place(text, "subject")
    if not there:
        yield Outcome(id, LOST, part, f"{format} has no place for it")
    elif meant(there) != meant(text.subject or ""):
        yield Outcome(id, CHANGED, part, f"is {shown(there)} when it comes back")
