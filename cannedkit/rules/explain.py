"""What a rule is for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from cannedkit.model.draft import Level
from cannedkit.model.result import Explanation
from cannedkit.model.rule import Rule

WORDS = ("count", "form", "formula", "condition", "match", "style")
"""Options of kinds that are one word or formula, and say what is measured."""


def explanation(rule: Rule, level: Level | None) -> Explanation:
    """What a rule says of itself; `level` is the one in force."""
    own = rule.options if is_dataclass(rule.options) else None
    return Explanation(
        rule.id,
        level,
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
