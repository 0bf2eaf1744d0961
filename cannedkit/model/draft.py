"""A text to lint, what is known about it, and what is found in it. Offsets are code points, half open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol

from cannedkit.model.byvalue import pickled_by_value

MAX_DRAFT = 100_000
"""Code points that a draft may hold (design, section 8)."""

MAX_FIXES = 5
"""Fixes that a finding carries at most; our own choice."""

MOODS: Mapping[str, str] = {
    "neutral": "neutral",
    "upset": "upset",
    "angry": "upset",
    "worried": "upset",
    "grieving": "upset",
    "pleased": "pleased",
    "happy": "pleased",
}
"""Accepted word for a customer's mood -> the mood that rules see."""


class Level(IntEnum):
    """How much a finding matters. Ordered, so `max()` and `>=` work."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


LEVELS: Mapping[str, Level | None] = {
    "suggestion": Level.SUGGESTION,
    "warning": Level.WARNING,
    "error": Level.ERROR,
    "off": None,
}
"""The word in a file -> the level; `off` is None."""


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation. `by` is "agent", "customer" or "bot".

    `at` is when it was sent, by the clock of whoever wrote it and so without a zone; None where that is not known.
    """

    by: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a draft that rules look at by itself: `text[start:end]`, and the scopes that it belongs to.

    `paragraph`: it is one, and no heading, list item or the like. `prose`: it has sentences.
    """

    start: int
    end: int
    names: frozenset[str]
    paragraph: bool = False
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to lint and what is known about it.

    `locale` is BCP 47. `filled` holds the spans (code points, half open, sorted) that stand where a
    placeholder stood: findings inside one are dropped, and no fix that touches one is safe.
    `topic` and `status` are those of the response that the draft was rendered from, and `path` its file, else "".
    `format` is "text", "markdown" or "html"; what was read from these has `units`, and `counts` of elements by name.
    `placeholders` names what stood at each span of `filled`, where that is known, and `longest` then holds the longest
    text that may stand there. `part` says what of a message it is: body, subject, preheader, footer or button.
    `commented`: comments of its Markdown turn rules off, which a file's owner may say and who types a draft may not.
    `today` is the day for which the draft is judged, None where no rule about dates should look.
    `heard` are the customer's own words from which the mood was read, "" where it was given. `assumed`: nobody said
    on which channel it goes out, so that limits of channels are those of the most patient one.
    """

    text: str
    locale: str = "en"
    channel: str = "chat"
    mood: str = "neutral"
    known: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    filled: tuple[tuple[int, int], ...] = ()
    topic: str = ""
    status: str = ""
    format: str = "text"
    units: tuple[Unit, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    placeholders: tuple[str, ...] = ()
    today: date | None = None
    part: str = "body"
    longest: tuple[str, ...] = ()
    path: str = ""
    commented: bool = False
    heard: str = ""
    assumed: bool = False


@pickled_by_value
@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result: `text[start:end]`, in code points, half open; ordered by (start, end, rule).

    `fixes` are the texts that may replace the span, best first; `""` deletes. `safe`: the first may be
    applied unasked. `sources`: the rules or engines that agree. Something missing is an empty span
    where it belongs.
    """

    start: int
    end: int
    rule: str
    level: Level = field(compare=True)
    message: str = ""
    fixes: tuple[str, ...] = ()
    safe: bool = False
    sources: tuple[str, ...] = ()


class Engine(Protocol):
    """An outside proofreader, open and ready. Safe to call from any thread."""

    @property
    def name(self) -> str:
        """Its name in the settings, in lower case."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can check (first part of a BCP 47 tag)."""

    @property
    def mark(self) -> str | None:
        """What its findings depend on besides the text, the settings and the versions of libraries.

        None where that cannot be told: then nothing that it said is remembered between runs.
        """

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, rules named `Engine.RuleName`. Raises EngineError."""
