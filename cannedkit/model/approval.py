"""Approvals: who approved which text when, how each body stands, and what a sent text is proven to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cannedkit.model.errors import Place, Problem

STATES = ("approved", "stale", "foreign", "missing")
"""How a body may stand: its text is approved; it changed since; who approved it may not; nobody did."""


@dataclass(frozen=True, slots=True, order=True)
class Wording:
    """The address of a body: `channel` is "" for one that serves all without their own, `variation` counts from 1."""

    id: str
    locale: str
    channel: str = ""
    variation: int = 1

    def __str__(self) -> str:
        more = [self.locale, *filter(None, [self.channel])]
        more += [f"variation {self.variation}"] if self.variation > 1 else []
        return f"{self.id} ({', '.join(more)})"


@dataclass(frozen=True, slots=True)
class Approval:
    """One line of cannedkit.lock. `content` is the canonical JSON that was approved, `digest` its sha256 in hex.

    `on` is the moment, in UTC and to the second. `source` is the sha256 of the text, in the default locale, that a
    translation was made from, "" for none. `line` is its line in the file, from 1, 0 for one that is not written yet.
    """

    wording: Wording
    digest: str
    by: str
    on: datetime
    content: str
    source: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def day(self) -> date:
        """The day of the approval, in UTC."""
        return self.on.date()


@dataclass(frozen=True, slots=True)
class Lock:
    """The approvals of a cannedkit.lock by body, in file order; `refused` says which of its lines cannot be read.

    A body has one, or more where a merge left the lines of both sides: the latest counts.
    """

    path: Path
    approvals: Mapping[Wording, tuple[Approval, ...]] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one body stands: `state` is one of `STATES`, `reason` says what is in the way, "" where it is approved.

    `approval` is its line in the lock, None where it has none. `place` is what changed in the text, or the whole of
    it (the response's name where it is approved); `start` and `end` are the same place in the body's text (`part`
    "body") or its subject, in code points.
    """

    wording: Wording
    state: str
    reason: str
    place: Place
    approval: Approval | None = None
    part: str = "body"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a sent text is not what a body says: `text[start:end)` (code points), and what stands there in the body."""

    start: int
    end: int
    sent: str
    approved: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a sent text is a rendering of an approved body; `reason` says why it is not, "" where it is.

    `wording` is the body that it is a rendering of, or the nearest one, None where none is near; `others` are more
    bodies that give the same text. `values` are the texts that went in, by placeholder; `ambiguous` names those that
    the text leaves open, with all that they may have been: () where any could. `differences` are from the nearest body.
    """

    proven: bool
    reason: str
    wording: Wording | None = None
    approval: Approval | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[Wording, ...] = ()
    differences: tuple[Difference, ...] = ()
