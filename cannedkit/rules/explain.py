"""What a rule is for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from cannedkit import engines
from cannedkit.model.draft import Level
from cannedkit.model.errors import RuleError
from cannedkit.model.result import Explanation
from cannedkit.model.rule import Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import level
from cannedkit.sources import ENGINES, REPORTED
from cannedkit.text.nearest import nearest

MAX_SHOWN = 60
"""Characters of an unknown id that a message repeats."""

WORDS = ("count", "form", "formula", "condition", "match", "style")
"""Options of kinds that are one word or formula, and say what is measured."""


def explained(id: str, known: Mapping[str, Rule], settings: Settings) -> Explanation:
    """What a rule is for, and its level in force: one of the `known`, of an engine, or of the program itself.

    Raises RuleError naming the nearest one.
    """
    if id in known:
        return explanation(known[id], level(id, known[id].level, settings.levels)[0])
    if id in REPORTED:
        own = REPORTED[id]
        in_force = level(id, own.level, settings.levels)[0]
        return Explanation(id, in_force, own.why, own.instead, kind="built in", pack=id.partition(".")[0])
    source, _, name = id.partition(".")
    engine = next((one for one in ENGINES.values() if one.name == source), None)
    levels = engines.rules(engine) if engine else {}
    if engine and name in levels:
        in_force = level(id, levels[name], settings.levels)[0]
        return Explanation(id, in_force, engine.whys.get(name, engine.why), kind="engine", pack=source)
    if engine and engine.open_ended and name:
        in_force = level(id, Level.WARNING, settings.levels)[0]
        unlisted = "Where the settings give it no level, it has that of its category: warning or error."
        return Explanation(id, in_force, engine.why, message=unlisted, kind="engine", pack=source)
    others = (*known, *REPORTED, *(f"{source}.{one}" for one in levels))
    shown = id if len(id) <= MAX_SHOWN else f"{id[: MAX_SHOWN - 1]}…"
    raise RuleError(f"there is no rule {shown!r} in force{nearest(id, others)}")


def explanation(rule: Rule, in_force: Level | None) -> Explanation:
    """What a rule says of itself; `in_force` is its level."""
    own = rule.options if is_dataclass(rule.options) else None
    return Explanation(
        rule.id,
        in_force,
        why=rule.why,
        instead=rule.instead,
        source=rule.source,
        message=rule.message,
        kind=rule.kind,
        pack=rule.pack,
        path=rule.path,
        link=rule.link,
        options={one.name: said for one in fields(own) if (said := _limit(one.name, getattr(own, one.name)))}
        if own
        else {},
    )


def _limit(name: str, value: Any) -> str:
    """An option in words, "" where it is no limit: a number, numbers by name, or one of `WORDS`."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if value else ""
    if isinstance(value, str):
        return value if name in WORDS else ""
    if isinstance(value, Mapping) and value and all(isinstance(one, int) for one in value.values()):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return ""
