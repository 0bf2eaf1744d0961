"""A draft as a program sends it in JSON: what it says of the draft, and what of it was not taken as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import MOODS
from cannedkit.model.errors import DraftError
from cannedkit.text.nearest import meant
from cannedkit.wire.arguments import absent, shown

ARGUMENTS = ("text", "locale", "channel", "mood", "known", "history", "topic", "status")
"""The keys that say what the draft is, by the names of the arguments of `Kit.draft`."""

MAX_NAMED = 5
"""Unknown keys that a note names; our own choice."""


@dataclass(frozen=True, slots=True)
class Request:
    """The arguments for `Kit.draft`, not yet checked, and in plain words what was passed over or taken otherwise."""

    arguments: Mapping[str, Any]
    notes: tuple[str, ...] = ()


def request(given: Mapping[str, Any]) -> Request:
    """What a JSON object asks for. An unknown mood is neutral, unknown keys are passed over. Raises DraftError."""
    if not isinstance(given.get("text"), str):
        raise DraftError("`text` must be a text")
    arguments = {key: given[key] for key in ARGUMENTS if not absent(given.get(key))}
    arguments["text"] = given["text"]
    notes = _unknown([key for key in given if key not in (*ARGUMENTS, "id")])
    mood = arguments.get("mood")
    if isinstance(mood, str) and mood not in MOODS:
        notes = (*notes, f"unknown mood {shown(mood)} is taken as neutral{meant(mood, MOODS)}")
        arguments["mood"] = "neutral"
    return Request(arguments, notes)


def _unknown(keys: list[str]) -> tuple[str, ...]:
    if not keys:
        return ()
    named = ", ".join(f"{shown(key)}{meant(key, ARGUMENTS)}" for key in keys[:MAX_NAMED])
    more = f" and {len(keys) - MAX_NAMED} more" if len(keys) > MAX_NAMED else ""
    return (f"unknown {'key is' if len(keys) == 1 else 'keys are'} ignored: {named}{more}",)
