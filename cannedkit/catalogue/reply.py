"""A response rendered for sending: the right wording, every value in its place, nothing missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cannedkit.catalogue.content import content, digest
from cannedkit.catalogue.load import bodies, locales
from cannedkit.catalogue.standing import standing
from cannedkit.model.approval import Lock, Standing
from cannedkit.model.errors import ReplyError
from cannedkit.model.response import FACT, Body, Missing, Reply, Response
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.template.types import samples
from cannedkit.template.values import resolve, unfilled
from cannedkit.text.locales import for_locale
from cannedkit.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class Sending:
    """What a reply goes out in: the facts known in its conversation, the day, and what was sent in it before.

    No text of `sent` is said again, white space and case aside. `seed` chooses among the variations, "" the first.
    """

    known: tuple[str, ...]
    today: date
    sent: tuple[str, ...] = ()
    seed: str = ""


def compose(
    response: Response,
    settings: Settings,
    given: Mapping[str, object],
    *,
    lock: Lock,
    sending: Sending,
    locale: str,
    channel: str | None = None,
    variation: int | None = None,
    fallback_locale: bool = False,
) -> Reply:
    """The reply for one locale and channel (default: the response's first). Raises ReplyError.

    A body in nl serves nl-BE, and one in nl-BE serves nl; another language serves only with `fallback_locale`. A
    reply that would break a promise is refused, or where `sending` chooses among the variations, passed over.
    """
    if response.status:
        instead = f"; use `{response.replaced_by}`" if response.replaced_by else ""
        raise ReplyError(f"`{response.id}` has status {response.status} and cannot be sent{instead}")
    sent_on, served = wordings(response, settings, locale, channel, fallback_locale=fallback_locale)
    said = frozenset(map(_folded, sending.sent))
    for body in _kept(response, _order(response, served, variation, sending), settings, lock, sending):
        text, subject, values = filled(response, body, given, facts_for(settings, body.locale))
        if _folded(text) not in said:
            approved = standing(response, body, lock, settings).state == "approved"
            of_body = digest(content(response, body))
            return Reply(
                text, subject, response.id, body.locale, sent_on, body.variation, values, of_body, approved=approved
            )
    every = "it was" if variation is not None or len(served) == 1 else "all of its variations were"
    raise ReplyError(f"`{response.id}`: {every} sent in this conversation before; find another reply")


def wordings(
    response: Response, settings: Settings, locale: str, channel: str | None, *, fallback_locale: bool = False
) -> tuple[str, list[Body]]:
    """The channel that a reply goes out on, and the variations that it has there in a locale. Raises ReplyError."""
    sent_on = channel or response.channels[0]
    if sent_on not in response.channels:
        raise ReplyError(f"`{response.id}` is not for {sent_on}{nearest(sent_on, response.channels)}")
    tags = [locale, *(tag for tag in locales(response) if same_language(tag, locale))]
    if fallback_locale:
        tags += [settings.locale, *locales(response)]
    served = next((found for tag in tags if (found := bodies(response, tag, sent_on))), [])
    if not served:
        raise ReplyError(f"`{response.id}` has no body in {tags[0]}; it has {', '.join(locales(response))}")
    return sent_on, served


def written(response: Response, locale: str, channel: str | None) -> list[Body]:
    """The bodies that serve a locale, or a language with less said of it, on a channel; "" and None for any.

    At least one. Raises ReplyError where there is none.
    """
    if channel and channel not in response.channels:
        raise ReplyError(f"`{response.id}` is not for {channel}{nearest(channel, response.channels)}")
    channels = (channel,) if channel else response.channels
    tags = [locale, *(tag for tag in locales(response) if same_language(tag, locale))] if locale else locales(response)
    served = [[body for name in channels for body in bodies(response, tag, name)] for tag in tags]
    found = [body for each in served for body in each] if not locale else next(filter(None, served), [])
    if not found:
        raise ReplyError(f"`{response.id}` has no body in {tags[0]}; it has {', '.join(locales(response))}")
    return [body for at, body in enumerate(found) if body not in found[:at]]


def _order(response: Response, served: list[Body], variation: int | None, sending: Sending) -> list[Body]:
    """The variations that may go out, the one to try first before the others. Raises ReplyError."""
    if variation is None and not sending.seed:
        return served if sending.sent else served[:1]
    if variation is None:
        first = int.from_bytes(sha256(f"{response.id}\n{sending.seed}".encode()).digest()) % len(served)
        return [*served[first:], *served[:first]]
    found = [body for body in served if body.variation == variation]
    if not found:
        raise ReplyError(f"`{response.id}` has no variation {variation}; it has 1 to {len(served)}")
    return found


def _kept(response: Response, among: list[Body], settings: Settings, lock: Lock, sending: Sending) -> Iterator[Body]:
    """Those of some variations that break no promise. Raises ReplyError where each does, as the first does."""
    broken = [
        "; ".join(_broken(response, body, standing(response, body, lock, settings), settings, sending))
        for body in among
    ]
    if all(broken):
        raise ReplyError(f"`{response.id}` cannot be sent: {broken[0]}")
    yield from (body for body, fault in zip(among, broken, strict=True) if not fault)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def missing(
    response: Response,
    settings: Settings,
    given: Collection[str],
    *,
    known: Collection[str],
    locale: str,
    channel: str | None,
) -> tuple[Missing, ...]:
    """What to ask for before the reply can go out: values, then facts that it requires. Raises ReplyError.

    `given` are the names of values, `known` facts: what is among either is not asked for.
    """
    _, served = wordings(response, settings, locale, channel)
    body = served[0]
    there = {*given, *(name for fact in known for name in (fact, fact.partition(":")[0].strip()))}
    parts = [template.parse(part.value) for part in (body.text, body.subject) if part is not None]
    names = dict.fromkeys(name for part in parts for name in unfilled(part, response.variables, body.locale))
    values = [
        Missing(
            name, variable.type, (for_locale(variable.samples, body.locale) or samples(variable.type, body.locale))[0]
        )
        for name in names
        if name not in there and (variable := response.variables[name])
    ]
    return (*values, *(Missing(name, FACT) for name in response.requires if name not in there))


def _broken(response: Response, body: Body, stands: Standing, settings: Settings, sending: Sending) -> Iterator[str]:
    """Each promise that a reply would break: of `requires`, of an offer or a fact until a day, of approval."""
    known = {name for fact in sending.known for name in (fact, fact.partition(":")[0].strip())}
    for name in response.requires:
        if name not in known:
            yield f"it requires `{name}`, which is not known: say so with known=[{name!r}]"
    offer = settings.offers.get(response.offer)
    if offer and offer.until and offer.until < sending.today:
        yield f"its offer `{offer.name}` ended on {offer.until}"
    for name in body.names:
        fact = settings.facts.get(name.removeprefix("facts.")) if name.startswith("facts.") else None
        if fact and fact.until and fact.until < sending.today:
            yield f"its fact `{fact.name}` held until {fact.until}; {fact.owner or 'somebody'} must look at it"
    if settings.approval == "required" and stands.state != "approved":
        yield f"approval is required. {stands.reason}"


def same_language(left: str, right: str) -> bool:
    """Whether one tag is the other with less said of it, as nl is of nl-BE."""
    return left.startswith(f"{right}-") or right.startswith(f"{left}-")


def _sendable(made: template.Rendered, *, one_line: bool) -> template.Rendered:
    """The text itself. Raises ReplyError where the values have left nothing of it, or made several lines of one."""
    if not made.text.strip():
        raise ReplyError("nothing is left of its text with these values")
    if one_line and len(made.text.splitlines()) > 1:
        broken = [each.name for each in made.segments if each.filled and "\n" in made.text[each.start : each.end]]
        names = ", ".join(broken) or "its subject"
        raise ReplyError(f"{names}: a line break cannot stand in a subject; give the value on one line")
    return made


def filled(
    response: Response, body: Body, given: Mapping[str, object], facts: Mapping[str, str]
) -> tuple[str, str | None, dict[str, str]]:
    """Text, subject and the texts that went in, by placeholder; `facts` are those of the body's locale.

    Raises ReplyError.
    """
    text, subject, went_in = rendered(response, body, given, facts)
    return text.text, subject.text if subject else None, went_in


def rendered(
    response: Response, body: Body, given: Mapping[str, object], facts: Mapping[str, str]
) -> tuple[template.Rendered, template.Rendered | None, dict[str, str]]:
    """Text and subject with where their values stand, and the texts that went in, by placeholder. Raises ReplyError."""
    went_in: dict[str, str] = {}
    parts: list[template.Rendered] = []
    for part in (body.text, body.subject):
        if part is None:
            continue
        parsed = template.parse(part.value)
        try:
            found = resolve(parsed, response.variables, given, body.locale, facts)
            format = response.format if part is body.text else "text"
            parts.append(_sendable(template.render(parsed, found, body.locale, format), one_line=part is body.subject))
        except (ReplyError, template.TemplateError) as error:
            raise ReplyError(f"`{response.id}`: {error}") from None
        went_in |= found
    return parts[0], parts[1] if len(parts) > 1 else None, went_in
