"""What the settings and a draft say of a rule: the level in force, and whether its `where` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from cannedkit.model.draft import MOODS, Draft, Level
from cannedkit.model.rule import Condition, Rule
from cannedkit.model.settings import Channel

_PARTS = {"locale": "-", "topic": "/"}


# -- what the settings and a draft say of a rule ------------------------------------------------


def level(id: str, own: Level | None, levels: Mapping[str, Level | None]) -> tuple[Level | None, str]:
    """The level in force for a rule, and the key of the settings that set it ("" for the rule's own).

    The rule's id goes before a pattern, a longer pattern before a shorter, a pattern before the pack.
    """
    if id in levels:
        return levels[id], id
    patterns = [pattern for pattern in levels if "*" in pattern and fnmatchcase(id, pattern)]
    if patterns:
        longest = max(patterns, key=len)
        return levels[longest], longest
    pack = id.partition(".")[0]
    return (levels[pack], pack) if pack in levels else (own, "")


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
