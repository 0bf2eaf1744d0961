"""A response rendered for sending: the right wording, every value in its place, nothing missing."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from json import dumps

from cannedkit.catalogue.load import bodies, locales
from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Body, Reply, Response
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.template.values import resolve
from cannedkit.text.nearest import nearest


def compose(
    response: Response,
    settings: Settings,
    given: Mapping[str, object],
    *,
    locale: str,
    channel: str | None = None,
    variation: int = 1,
    fallback_locale: bool = False,
) -> Reply:
    """The reply for one locale and channel (default: the response's first). Raises ReplyError.

    A body in nl serves nl-BE, and one in nl-BE serves nl; another language serves only with `fallback_locale`.
    """
    if response.status:
        instead = f"; use `{response.replaced_by}`" if response.replaced_by else ""
        raise ReplyError(f"`{response.id}` has status {response.status} and cannot be sent{instead}")
    sent_on = channel or response.channels[0]
    if sent_on not in response.channels:
        raise ReplyError(f"`{response.id}` is not for {sent_on}{nearest(sent_on, response.channels)}")
    tags = [locale, *(tag for tag in locales(response) if same_language(tag, locale))]
    if fallback_locale:
        tags += [settings.locale, *locales(response)]
    body = _wording(response, tags, sent_on, variation)
    text, subject, values = filled(response, body, given, facts_for(settings, body.locale))
    return Reply(
        text,
        subject,
        response.id,
        body.locale,
        sent_on,
        variation,
        values,
        digest(body),
        approved=settings.approval != "required",
    )


def same_language(left: str, right: str) -> bool:
    """Whether one tag is the other with less said of it, as nl is of nl-BE."""
    return left.startswith(f"{right}-") or right.startswith(f"{left}-")


def digest(body: Body) -> str:
    """The sha256, in hexadecimal, of the canonical JSON of a body: its text, subject and the variables it uses."""
    parts = [part.value for part in (body.text, body.subject) if part]
    names = {name for part in parts for name in template.parse(part).names}
    canonical = {
        "body": body.text.value,
        "subject": body.subject.value if body.subject else None,
        "variables": sorted(names),
    }
    return sha256(dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _wording(response: Response, tags: list[str], channel: str, variation: int) -> Body:
    """The wanted variation in the first of the locales that the response has for the channel."""
    served = next((found for tag in tags if (found := bodies(response, tag, channel))), [])
    if not served:
        raise ReplyError(f"`{response.id}` has no body in {tags[0]}; it has {', '.join(locales(response))}")
    for body in served:
        if body.variation == variation:
            return body
    raise ReplyError(f"`{response.id}` has no variation {variation}; it has 1 to {len(served)}")


def _sendable(text: str) -> str:
    """The text itself. Raises ReplyError for one of which the values have left nothing."""
    if not text.strip():
        raise ReplyError("nothing is left of its text with these values")
    return text


def filled(
    response: Response, body: Body, given: Mapping[str, object], facts: Mapping[str, str]
) -> tuple[str, str | None, dict[str, str]]:
    """Text, subject and the texts that went in, by placeholder; `facts` are those of the body's locale.

    Raises ReplyError.
    """
    went_in: dict[str, str] = {}
    parts: list[str] = []
    for part in (body.text, body.subject):
        if part is None:
            continue
        parsed = template.parse(part.value)
        try:
            found = resolve(parsed, response.variables, given, body.locale, facts)
            format = response.format if part is body.text else "text"
            parts.append(_sendable(template.render(parsed, found, body.locale, format).text))
        except (ReplyError, template.TemplateError) as error:
            raise ReplyError(f"`{response.id}`: {error}") from None
        went_in |= found
    return parts[0], parts[1] if len(parts) > 1 else None, went_in
