"""What the settings and a draft say of a rule: the level in force, and whether its `where` holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from cannedkit.model.draft import MOODS, Draft, Level
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Condition, Rule
from cannedkit.model.settings import Channel, Override, Settings

_PARTS = {"locale": "-", "topic": "/"}


# -- what the settings and a draft say of a rule ------------------------------------------------


def level(id: str, own: Level | None, *layers: Mapping[str, Level | None]) -> tuple[Level | None, str]:
    """The level in force for a rule, and the key of the settings that set it ("" for the rule's own).

    The rule's id goes before a pattern, a longer pattern before a shorter, a pattern before the pack; the first of the
    `layers` that names the rule in any of these ways goes before the others.
    """
    for levels in layers:
        if key := _key(id, levels):
            return levels[key], key
    return own, ""


def _key(id: str, levels: Mapping[str, Level | None]) -> str:
    """The key that sets the level of a rule, "" where none does."""
    if id in levels:
        return id
    patterns = [pattern for pattern in levels if "*" in pattern and fnmatchcase(id, pattern)]
    pack = id.partition(".")[0]
    return max(patterns, key=len) if patterns else pack if pack in levels else ""


def holding(
    overrides: Iterable[Override], topic: str = "", channel: str = "", path: str = ""
) -> tuple[Mapping[str, Level | None], ...]:
    """The levels of the overrides that hold in some circumstances, the last first, as `level` takes them."""
    return tuple(one.levels for one in overrides if _holds(one, topic, channel, path))[::-1]


def overridden(id: str, overrides: Iterable[Override]) -> Iterator[tuple[Override, Level | None, str]]:
    """The overrides that set the level of a rule, the one that goes before the others first; the level, and its key."""
    for one in reversed(tuple(overrides)):
        if key := _key(id, one.levels):
            yield one, one.levels[key], key


def _holds(override: Override, topic: str, channel: str, path: str) -> bool:
    topics = not override.topics or any(f"{topic}/".startswith(f"{one}/") for one in override.topics)
    channels = not override.channels or channel in override.channels
    return topics and channels and (not override.paths or any(fnmatchcase(path, one) for one in override.paths))


def in_place(found: FileFinding, own: Level | None, settings: Settings) -> FileFinding | None:
    """A finding at its level where it stands, on those of its channels where it is on; None where it is on nowhere.

    `own` is its level where the settings say nothing of it, None for off.
    """
    where = {"topic": found.response.rpartition("/")[0], "path": found.place.path}
    layers = {one: holding(settings.overrides, channel=one, **where) for one in found.channels or ("",)}
    at = {one: level(found.finding.rule, own, *layers[one], settings.levels)[0] for one in layers}
    on = {channel: one for channel, one in at.items() if one is not None}
    if not on:
        return None
    channels = tuple(channel for channel in found.channels if channel in on)
    return replace(found, finding=replace(found.finding, level=max(on.values())), channels=channels)


def in_channels(where: tuple[Condition, ...], channels: Mapping[str, Channel]) -> tuple[Condition, ...]:
    """The conditions in which a name of a channel stands also for the user's own channels that are like it."""
    return tuple(_widened(condition, channels) if condition.key == "channel" else condition for condition in where)


def _widened(condition: Condition, channels: Mapping[str, Channel]) -> Condition:
    alike = [name for name, channel in channels.items() if not set(channel.names).isdisjoint(condition.values)]
    return replace(condition, values=tuple(dict.fromkeys((*condition.values, *alike))))


def applies(rule: Rule, draft: Draft) -> bool:
    """Whether the rule's `where` holds for the draft."""
    return all(holds(condition, draft) for condition in rule.where)


def holds(condition: Condition, draft: Draft) -> bool:
    """Whether one condition of a `where` holds for the draft."""
    found = any(_has(draft, condition.key, value) for value in condition.values)
    return found != condition.negated


def _has(draft: Draft, key: str, value: str) -> bool:
    if key == "known":
        return any(fact == value or fact.partition(":")[0].strip() == value for fact in draft.known)
    if key == "mood":
        return MOODS.get(draft.mood, "neutral") == value
    own: str = getattr(draft, key)
    return own == value or (key in _PARTS and own.startswith(value + _PARTS[key]))
