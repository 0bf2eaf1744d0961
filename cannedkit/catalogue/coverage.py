"""What a catalogue has replies for: topics by channel and locale, and the situations of a checklist without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cannedkit.catalogue.load import bodies, title
from cannedkit.model.errors import Problem, SettingsError
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems

CHECKLIST = Path(__file__).with_name("situations.yaml")
"""The shipped checklist; after the articles that the starter catalogue was written for, and our own."""

Gap = tuple[str, str]
"""A locale and a channel without a reply."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a customer comes with. A response covers it that has `name` as a tag, or all words of one entry of `any`.

    The words of a response are its tags, the parts of its topic and its name. `channels`: where it arises; empty: on
    all.
    """

    name: str
    title: str = ""
    any: tuple[frozenset[str], ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """A situation, the ids of the responses that cover it, and the locales and channels that none of them serves.

    `titles` are those of the responses that have one, by id.
    """

    situation: Situation
    responses: tuple[str, ...]
    missing: tuple[Gap, ...]
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`topics`: topic -> (locale, channel) -> how many responses; `situations`: in the order of the checklist."""

    locales: tuple[str, ...]
    channels: tuple[str, ...]
    topics: Mapping[str, Mapping[Gap, int]]
    situations: tuple[Covered, ...]


def coverage(catalogue: Catalogue, settings: Settings, situations: tuple[Situation, ...]) -> Coverage:
    """What the responses in use (neither draft nor retired) serve, in every locale and channel of the settings."""
    used = [response for response in catalogue.responses.values() if not response.status]
    channels = tuple(settings.channels)
    pairs = [(locale, channel) for locale in settings.locales for channel in channels]
    topics: dict[str, dict[Gap, int]] = {}
    for response in used:
        counts = topics.setdefault(response.topic, dict.fromkeys(pairs, 0))
        for pair in pairs:
            counts[pair] += _serves(response, *pair)
    found = tuple(_covered(situation, used, pairs, settings.locale) for situation in situations)
    return Coverage(settings.locales, channels, dict(sorted(topics.items())), found)


def checklist(path: Path = CHECKLIST) -> tuple[Situation, ...]:
    """The situations of a checklist file, in its order. Raises SettingsError with every fault found."""
    problems: Problems = []
    empty = "holds no situation: write `name: {any: [words of a reply]}`"
    found = schema.read_mapping(path, problems, empty=empty)
    situations = tuple(_situation(name.value, node, problems) for name, node in found.pairs) if found else ()
    if not situations and not problems:
        problems.append(Problem(str(path), 1, 1, empty))
    if problems:
        raise SettingsError(problems)
    return situations


def _situation(name: str, node: Node, problems: Problems) -> Situation:
    keys = schema.mapping(node, name, problems)
    if keys is None:
        return Situation(name)
    found = schema.entries(keys, ("title", "any", "channels"), problems, f" of the situation `{name}`")
    return Situation(
        name,
        title=schema.prose(found["title"], "title", problems) if "title" in found else "",
        any=tuple(frozenset(line.split()) for line in _texts(found, "any", problems)),
        channels=_texts(found, "channels", problems),
    )


def _texts(found: Mapping[str, Node], key: str, problems: Problems) -> tuple[str, ...]:
    return schema.texts(found[key], key, problems) if key in found else ()


def _covered(situation: Situation, used: list[Response], pairs: list[Gap], locale: str) -> Covered:
    matching = [response for response in used if _matches(response, situation)]
    missing = tuple(_gaps(situation, matching, pairs))
    titles = {response.id: named for response in matching if (named := title(response, locale))}
    return Covered(situation, tuple(response.id for response in matching), missing, titles)


def _gaps(situation: Situation, matching: list[Response], pairs: list[Gap]) -> Iterator[Gap]:
    for locale, channel in pairs:
        arises = not situation.channels or channel in situation.channels
        if arises and not any(_serves(response, locale, channel) for response in matching):
            yield locale, channel


def _matches(response: Response, situation: Situation) -> bool:
    words = {*response.tags, *response.id.split("/")}
    return situation.name in response.tags or any(line <= words for line in situation.any)


def _serves(response: Response, locale: str, channel: str) -> bool:
    return channel in response.channels and bool(bodies(response, locale, channel))
