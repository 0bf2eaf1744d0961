"""A reply of one catalogue as an entry for the files of another: in that one's locales, and on its channels."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from cannedkit.exchange.model import Text
from cannedkit.exchange.records import Aside, record_of
from cannedkit.exchange.writing import fields, indented, scalar
from cannedkit.model.response import Body, Response
from cannedkit.model.settings import Settings
from cannedkit.text.locales import for_locale
from cannedkit.yamlsource.insert import STEP


@dataclass(frozen=True, slots=True)
class Lent:
    """`text` are the lines of the entry; `names` the placeholders that it needs: variables, and `facts.` of its own.

    `missing` are the locales that the reply does not have.
    """

    id: str
    text: str
    names: tuple[str, ...]
    missing: tuple[str, ...]


def lent(response: Response, settings: Settings) -> Lent | None:
    """A reply as the catalogue of some settings would write it; None where it has no text for their locales, channels.

    Its shortcut is left out, which may be taken, and so are owner, review and offer, which are of the other company.
    """
    there = {body.locale: body.locale for body in response.bodies}
    sources = {tag: source for tag in settings.locales if (source := for_locale(there, tag))}
    texts = [text for tag, source in sources.items() for text in _texts(response, tag, source, settings)]
    channels = [name for name in settings.channels if name in response.channels]
    if not texts or not channels:
        return None
    record = replace(record_of(response, settings), texts=tuple(texts), shortcut="")
    written = {key: value for key, value in fields(record, Aside(""), "", settings).items() if not key.startswith("x-")}
    body = written.pop("body")
    if len(channels) < len(settings.channels):
        written["channels"] = f" [{', '.join(channels)}]"
    asked = for_locale(response.examples, settings.locale) or ()
    more = {
        "examples": f" [{', '.join(scalar(text, inside=True) for text in asked)}]" if asked else "",
        "mood": f" {response.mood}" if response.mood else "",
        "requires": f" [{', '.join(response.requires)}]" if response.requires else "",
    }
    lines = {**written, **{key: value for key, value in more.items() if value}, "body": body}
    name = response.id.rpartition("/")[2]
    text = f"{name}:\n" + "".join(f"{' ' * STEP}{key}:{indented(value, STEP)}\n" for key, value in lines.items())
    used = dict.fromkeys(found for body in _lent(response, set(sources.values()), settings) for found in body.names)
    return Lent(response.id, text, tuple(used), tuple(tag for tag in settings.locales if tag not in sources))


def _texts(response: Response, tag: str, source: str, settings: Settings) -> list[Text]:
    """The texts in a locale, as those of another tag, on the channels that the settings have."""
    return [
        Text(one.text.value, tag, one.channel, one.variation, one.subject.value if one.subject else None)
        for one in _lent(response, {source}, settings)
    ]


def _lent(response: Response, sources: Set[str], settings: Settings) -> list[Body]:
    """The bodies in some locales, on the channels that the settings have."""
    channels = ("", *settings.channels)
    return [one for one in response.bodies if one.locale in sources and one.channel in channels]
