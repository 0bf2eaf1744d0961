"""Records of ours as entries of response files: names, topics, and YAML that reads as what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from cannedkit.exchange.model import Record, Text
from cannedkit.exchange.records import Aside, aside_fields
from cannedkit.model.settings import Settings
from cannedkit.yamlsource.insert import STEP
from cannedkit.yamlsource.scalar import escaped, quoted, unprintable

MAX_NAME = 50
"""Characters of a name that is made of a title; our own choice, about eight words."""

_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[A-Za-z](?:[\w ,.!?'()/-]*[\w.!?)])?")
_SAID_OTHERWISE = frozenset("null true false yes no on off y n nan inf".split())
"""Words that some reader of YAML takes for something else than a text."""


# -- names --------------------------------------------------------------------------------------


def slug(text: str) -> str:
    """A name made of a text: its words in lower case with hyphens, letters without their accents; "" of no word."""
    flat = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    words = _WORD.findall(flat.replace("ß", "ss").lower().replace("'", "").replace("’", ""))
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:MAX_NAME]
        if len(longer) > MAX_NAME:
            break
        made = longer
    return made if not made or re.match("[a-z]", made) else f"r-{made}"


def topic(record: Record, system: str) -> str:
    """The topic that a new reply goes to: its folders, else its first tag, else the system that it comes from."""
    if record.ours:
        return "/".join(filter(None, map(slug, record.ours.split("/")[:-1]))) or system
    found = "/".join(filter(None, map(slug, record.folder))) or (slug(record.tags[0]) if record.tags else "")
    return found or system


def name(record: Record) -> str:
    """The name that a new reply should have, by its id here, its title, its shortcut or its first words."""
    given = (record.ours.rpartition("/")[2], record.title, record.shortcut.rpartition("/")[2], record.texts[0].text)
    return next(filter(None, map(slug, given)), "") or f"r-{slug(record.id) or 'reply'}"


def unique(wanted: str, taken: Collection[str]) -> str:
    """The name wanted, or with the first number from 2 that nobody has."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


# -- YAML ---------------------------------------------------------------------------------------


def entry(name: str, record: Record, aside: Aside, system: str, settings: Settings) -> str:
    """The lines of a new entry."""
    found = fields(record, aside, system, settings)
    if set(found) == {"body"}:
        return f"{name}:{found['body']}\n"
    return f"{name}:\n" + "".join(f"{' ' * STEP}{key}:{indented(value, STEP)}\n" for key, value in found.items())


def fields(record: Record, aside: Aside, system: str, settings: Settings) -> dict[str, str]:
    """The keys of an entry and what stands behind the colon of each, further lines from the first column."""
    found: dict[str, str] = {}
    if record.title:
        found["title"] = f" {scalar(record.title)}"
    if record.shortcut:
        found["shortcut"] = f" {scalar(record.shortcut)}"
    if record.tags:
        found["tags"] = f" {_list(record.tags)}"
    if channels := _channels(record):
        found["channels"] = f" [{', '.join(channels)}]"
    if any(text.markup == "markdown" for text in record.texts):
        found["format"] = " markdown"
    found["body"] = _body(record.texts, settings)
    found[f"x-{system}"] = mapped(aside_fields(aside))
    return found


def mapped(told: Mapping[str, str | tuple[str, ...]]) -> str:
    """Keys and their texts, or lists of texts, as what stands behind a colon: a line each, in from the first column."""
    return _mapping(
        {key: f" {scalar(value) if isinstance(value, str) else _list(value)}" for key, value in told.items()}
    )


def indented(value: str, margin: int) -> str:
    """A value with its further lines moved in; lines without anything stay so."""
    return re.sub(r"\n(?=[^\n])", f"\n{' ' * margin}", value)


def scalar(text: str, *, inside: bool = False) -> str:
    """A text on one line, plain where every reader of YAML takes it for that text."""
    if (
        _PLAIN.fullmatch(text)
        and "  " not in text
        and text.lower() not in _SAID_OTHERWISE
        and not (inside and "," in text)
    ):
        return text
    return quoted(text) if text.isprintable() else f'"{escaped(text)}"'


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(scalar(text, inside=True) for text in texts)}]"


def braces(told: Mapping[str, str | tuple[str, ...]]) -> str:
    """Keys and their texts, or lists of texts, as one line of YAML."""
    pairs = (
        f"{key}: {scalar(value, inside=True) if isinstance(value, str) else _list(value)}"
        for key, value in told.items()
    )
    return f"{{{', '.join(pairs)}}}"


def _channels(record: Record) -> tuple[str, ...]:
    """The channels to name: those of its texts, where one of its locales has no text for all channels."""
    by_locale: dict[str, list[str]] = {}
    for text in record.texts:
        by_locale.setdefault(text.locale, []).append(text.channel)
    if all("" in channels for channels in by_locale.values()):
        return ()
    return tuple(dict.fromkeys(text.channel for text in record.texts if text.channel))


def _body(texts: Iterable[Text], settings: Settings) -> str:
    grouped: dict[str, dict[str, list[Text]]] = {}
    for text in texts:
        grouped.setdefault(text.locale, {}).setdefault(text.channel, []).append(text)
    if list(grouped) == [settings.locale]:
        return _by_channel(grouped[settings.locale])
    return _mapping({locale: _by_channel(found) for locale, found in grouped.items()})


def _by_channel(found: dict[str, list[Text]]) -> str:
    if list(found) == [""]:
        return _wordings(found[""])
    return _mapping({channel or "any": _wordings(texts) for channel, texts in found.items()})


def _wordings(texts: list[Text]) -> str:
    if texts[0].subject:
        bare = [replace(text, subject=None) for text in texts]
        return _mapping({"subject": f" {scalar(texts[0].subject)}", "body": _wordings(bare)})
    if len(texts) == 1:
        return _long(texts[0].text)
    return "".join(f"\n- {indented(_long(text.text), STEP).lstrip(' ')}" for text in texts)


def _mapping(pairs: dict[str, str]) -> str:
    return "".join(f"\n{' ' * STEP}{key}:{indented(value, STEP)}" for key, value in pairs.items())


def _long(text: str) -> str:
    """A text on lines of its own where it has several and YAML can show them as they are."""
    if "\n" not in text or "\t" in text or "\r" in text or unprintable().search(text) or text[0] in " \n":
        return f" {scalar(text)}"
    if any(not one.isprintable() for one in text if one not in "\n\xa0\u3000"):
        return f' "{escaped(text)}"'
    lines = "".join(f"\n{' ' * STEP}{line}" if line else "\n" for line in text.split("\n"))
    return f" |-{lines}"


def declarations(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The lines that declare variables, by name and type."""
    return (f"{name}: {{type: {type}}}\n" for name, type in names)
