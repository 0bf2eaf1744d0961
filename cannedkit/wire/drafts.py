"""A draft as a program sends it in JSON: what it says of the draft, and what of it was not taken as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.model.draft import MOODS
from cannedkit.model.errors import DraftError
from cannedkit.text.nearest import meant, shown
from cannedkit.wire.arguments import absent

ARGUMENTS = ("text", "locale", "channel", "mood", "known", "history", "topic", "status", "part")
"""The keys that say what the draft is, by the names of the arguments of `Kit.draft`."""

TURN = ("by", "text", "at")
"""The keys of a turn of `history`."""

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
    history = arguments.get("history")
    turns = [turn for turn in history if isinstance(turn, dict)] if isinstance(history, list) else []
    notes = (
        *_unknown(given, ("id", *ARGUMENTS), "key"),
        *_unknown(dict.fromkeys(key for turn in turns for key in turn), TURN, "key of a turn"),
    )
    mood = arguments.get("mood")
    if isinstance(mood, str) and mood not in MOODS:
        notes = (*notes, f"unknown mood {shown(mood)} is taken as neutral{meant(mood, MOODS)}")
        arguments["mood"] = "neutral"
    return Request(arguments, notes)


def _unknown(keys: Iterable[str], known: Sequence[str], what: str) -> Iterator[str]:
    """A note on the keys that nothing reads, if there are any."""
    unknown = [key for key in keys if key not in known]
    if unknown:
        named = ", ".join(f"{shown(key)}{meant(key, known)}" for key in unknown[:MAX_NAMED])
        more = f" and {len(unknown) - MAX_NAMED} more" if len(unknown) > MAX_NAMED else ""
        yield f"unknown {what}, ignored: {named}{more}"
