"""What a catalogue has replies for: topics by channel and locale, and the situations of a checklist without one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cannedkit.catalogue.load import bodies, title
from cannedkit.model.errors import Problem, SettingsError
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems

CHECKLIST = Path(__file__).with_name("situations.yaml")
"""The shipped checklist; after the articles that the starter catalogue was written for, and our own."""

KEYS = ("title", "any", "replies", "examples", "channels")
"""What a situation may say."""

Gap = tuple[str, str]
"""A locale and a channel without a reply."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a customer comes with. A response covers it that has `name` as a tag, or all words of one entry of `any`.

    The words of a response are its tags, the parts of its topic and its name. One that is like one of `replies` of the
    starter catalogue covers it, too, and one that is found by `examples`, which are customers' words. `channels`: where
    it arises; empty: on all.
    """

    name: str
    title: str = ""
    any: tuple[frozenset[str], ...] = ()
    replies: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Meant:
    """What is known by meaning: `like` maps a response to the reply of the starter that it is like, by their ids.

    `answers` maps the name of a situation to the response that its examples find.
    """

    like: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def in_use(catalogue: Catalogue) -> list[Response]:
    """The responses that are neither drafts nor retired."""
    return [response for response in catalogue.responses.values() if not response.status]


def untold(catalogue: Catalogue, situations: tuple[Situation, ...]) -> list[Response]:
    """The responses in use whose tags and names say of no situation that they cover it."""
    return [one for one in in_use(catalogue) if not any(_says(one, situation) for situation in situations)]


def coverage(
    catalogue: Catalogue, settings: Settings, situations: tuple[Situation, ...], meant: Meant = Meant()
) -> Coverage:
    """What the responses in use serve, in every locale and channel of the settings."""
    used = in_use(catalogue)
    channels = tuple(settings.channels)
    pairs = [(locale, channel) for locale in settings.locales for channel in channels]
    topics: dict[str, dict[Gap, int]] = {}
    for response in used:
        counts = topics.setdefault(response.topic, dict.fromkeys(pairs, 0))
        for pair in pairs:
            counts[pair] += _serves(response, *pair)
    found = tuple(_covered(situation, used, pairs, settings.locale, meant) for situation in situations)
    return Coverage(settings.locales, channels, dict(sorted(topics.items())), found)


def checklist(path: Path = CHECKLIST, known: Collection[str] | None = None) -> tuple[Situation, ...]:
    """The situations of a checklist file, in its order; `known` are the ids that `replies` may name.

    Raises SettingsError with every fault found.
    """
    problems: Problems = []
    empty = "holds no situation: write `name: {any: [words of a reply]}`"
    found = schema.read_mapping(path, problems, empty=empty)
    situations = tuple(_situation(name.value, node, known, problems) for name, node in found.pairs) if found else ()
    if not situations and not problems:
        problems.append(Problem(str(path), 1, 1, empty))
    if problems:
        raise SettingsError(problems)
    return situations


def _situation(name: str, node: Node, known: Collection[str] | None, problems: Problems) -> Situation:
    keys = schema.mapping(node, name, problems)
    if keys is None:
        return Situation(name)
    found = schema.entries(keys, KEYS, problems, f" of the situation `{name}`")
    replies = _texts(found, "replies", problems)
    for id in replies:
        if known is not None and id not in known:
            message = f"`{id}` is no reply of the starter catalogue{nearest(id, known)}"
            problems.append(found["replies"].problem(message))
    return Situation(
        name,
        title=schema.prose(found["title"], "title", problems) if "title" in found else "",
        any=tuple(frozenset(line.split()) for line in _texts(found, "any", problems)),
        replies=replies,
        examples=schema.proses(found["examples"], "examples", problems) if "examples" in found else (),
        channels=_texts(found, "channels", problems),
    )


def _texts(found: Mapping[str, Node], key: str, problems: Problems) -> tuple[str, ...]:
    return schema.texts(found[key], key, problems) if key in found else ()


def _covered(situation: Situation, used: list[Response], pairs: list[Gap], locale: str, meant: Meant) -> Covered:
    answer = meant.answers.get(situation.name)
    matching = [
        response
        for response in used
        if _says(response, situation) or meant.like.get(response.id) in situation.replies or response.id == answer
    ]
    missing = tuple(_gaps(situation, matching, pairs))
    titles = {response.id: named for response in matching if (named := title(response, locale))}
    return Covered(situation, tuple(response.id for response in matching), missing, titles)


def _gaps(situation: Situation, matching: list[Response], pairs: list[Gap]) -> Iterator[Gap]:
    for locale, channel in pairs:
        arises = not situation.channels or channel in situation.channels
        if arises and not any(_serves(response, locale, channel) for response in matching):
            yield locale, channel


def _says(response: Response, situation: Situation) -> bool:
    """Whether the tags and the name of a response say that it covers a situation."""
    words = {*response.tags, *response.id.split("/")}
    return situation.name in response.tags or any(line <= words for line in situation.any)


def _serves(response: Response, locale: str, channel: str) -> bool:
    return channel in response.channels and bool(bodies(response, locale, channel))
