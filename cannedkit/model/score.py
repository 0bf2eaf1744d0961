"""Scores: points out of 100 for what a catalogue's replies are, and what took each point that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Place

DIMENSIONS = ("clarity", "brevity", "warmth", "correctness", "safety")
"""What a score is made of."""

TOTAL = "total"
"""The score over all dimensions."""

MARKS = (*DIMENSIONS, TOTAL)
"""What has points, and may have a threshold under `scores` in the settings."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one rule, at one level, takes of a dimension: `points` out of 100, by findings at `places`, in file order.

    `caps`: it is an error of safety, which holds safety, and so the total, down whatever its points are.
    """

    rule: str
    level: Level
    dimension: str
    points: float
    places: tuple[Place, ...]
    caps: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The points of some bodies, by mark, and what each rule cost: for a dimension they add up to what is missing.

    `name` is that of the topic, owner or locale, "" for the whole catalogue or no owner. `before` are the points of
    the state that it is held against, empty where there is none.
    """

    name: str
    bodies: int
    points: Mapping[str, float]
    costs: tuple[Cost, ...] = ()
    before: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scores:
    """The score of the `whole` catalogue, and those of its `groups` by topic, owner or locale ("" for no groups).

    `wanted` are the thresholds of the settings, by mark; `errors` what failed or could not be read, so that what is
    wrong there is not in the scores; `notes` say why there is nothing to hold them against.
    """

    whole: Score
    by: str = ""
    groups: tuple[Score, ...] = ()
    wanted: Mapping[str, float] = field(default_factory=dict)
    errors: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[str, ...]:
        """The marks of the whole catalogue that are below their threshold."""
        return tuple(mark for mark in MARKS if self.whole.points[mark] < self.wanted.get(mark, 0))
