"""A response as its customers will read it: each wording, filled with each set of samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannedkit.catalogue.load import bodies
from cannedkit.catalogue.reply import rendered
from cannedkit.catalogue.uses import uses
from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Body, Response, Variable
from cannedkit.model.result import Rendering
from cannedkit.model.settings import Settings
from cannedkit.settings import facts_for
from cannedkit.template import render as template
from cannedkit.template.types import iso_date
from cannedkit.text.locales import for_locale


def renderings(response: Response, settings: Settings) -> Iterator[Rendering]:
    """Every rendering of a response, in the order of its bodies. Raises ReplyError."""
    for body in response.bodies:
        if channels := sends(response, body):
            yield from _of_body(response, body, channels, settings)


def chosen(response: Response, settings: Settings, locale: str | None, channel: str | None) -> list[Rendering]:
    """The renderings in a locale and on a channel, None for any. Raises ReplyError where there is none."""
    found = [
        each
        for each in renderings(response, settings)
        if locale in (None, each.locale) and channel in (None, *each.channels)
    ]
    if not found:
        wanted = " ".join(word for word in (locale and f"in {locale}", channel and f"on {channel}") if word)
        raise ReplyError(f"`{response.id}` has no body {wanted}; it has {served(response)}")
    return found


def served(response: Response) -> str:
    """The locales and channels that a response has bodies for: `en on chat, email; nl on chat`."""
    found: dict[str, dict[str, None]] = {}
    for body in response.bodies:
        found.setdefault(body.locale, {}).update(dict.fromkeys(sends(response, body)))
    return "; ".join(f"{locale} on {', '.join(channels)}" for locale, channels in found.items())


def sends(response: Response, body: Body) -> tuple[str, ...]:
    """The channels that send a body."""
    return tuple(name for name in response.channels if body in bodies(response, body.locale, name))


def _of_body(response: Response, body: Body, channels: tuple[str, ...], settings: Settings) -> Iterator[Rendering]:
    """A body with each set of samples of body and subject together, filled as for sending.

    A set that one of the two cannot do with, because it lacks a value there, is passed over: no such reply goes out.
    """
    facts = facts_for(settings, body.locale)
    parsed = [template.parse(part.value) for part in (body.text, body.subject) if part]
    together = template.Template(
        "",
        tuple(hole for part in parsed for hole in part.placeholders),
        tuple(node for part in parsed for node in part.nodes),
    )
    longest = template.longest(together, response.variables, body.locale, facts)
    for samples in template.sample_sets(together, response.variables, body.locale, facts):
        given = _given(samples.values, together, response.variables, body.locale)
        try:
            text, subject, values = rendered(response, body, given, facts)
        except ReplyError:
            if samples.name == "typical":
                raise
            continue
        parts = {"body": text, "subject": subject}
        taken = uses(parts, [settings.channels[name] for name in channels], longest, response.variables)
        title = subject.text if subject else None
        yield Rendering(body.locale, channels, body.variation, samples.name, title, text.text, values, tuple(taken))


def _given(
    values: Mapping[str, str], together: template.Template, variables: Mapping[str, Variable], locale: str
) -> dict[str, object]:
    """What a caller would give for these samples: no facts, no fallbacks, and days as dates."""
    given: dict[str, object] = {}
    for name, value in values.items():
        is_fallback = name in variables and value == for_locale(variables[name].fallback, locale)
        if not name.startswith("facts.") and not is_fallback:
            given[name] = (iso_date(value) if name in together.dated else None) or value
    return given
