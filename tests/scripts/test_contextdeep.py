"""The table of the scorer `neural`, as a script learns it from what its model said."""

from __future__ import annotations

import random
from math import inf
from typing import Any

import pytest

pytestmark = pytest.mark.checkout

CLEAN = [{"words": 100, "counts": 0.0, "changes": [["Confusion", 2.0, 1.0, 0.0, False, False, 3]]}] * 100
"""A group gains 1 nat in each 100 right words."""


def _error(gain: float, group: str = "Confusion") -> dict[str, Any]:
    return {"words": 12, "counts": 1.0, "changes": [[group, 4.0, gain, 1.0, True, True, 3]]}


def test_a_group_is_told_above_its_alarms() -> None:
    """The gain from which on it is told lies between what right text shows and what errors show; the margins below."""
    from scripts.contextdeep import table

    row = table([*CLEAN, *map(_error, (4.0, 6.0, 8.0))])["Confusion"]
    assert 1.0 < row.suggestion <= 4.25
    assert row.suggestion <= row.warning < inf
    assert row.margin < 4.0
    assert row.small < 1.0


def test_a_group_that_costs_more_than_it_brings_is_not_told() -> None:
    """What gains no more in errors than in right text has no row, nor has what no error shows."""
    from scripts.contextdeep import table

    assert table([*CLEAN, _error(0.5), *[_error(9.0, "Typo")] * 30]).keys() == {"Typo"}
    assert table([*CLEAN, _error(9.0, "Typo")]).keys() == {"Typo"}


def test_what_stands_beside_an_error_is_no_alarm() -> None:
    """Another change of the same mistake counts neither way."""
    from scripts.contextdeep import table

    beside = [{**_error(8.0), "changes": [["Confusion", 4.0, 20.0, 1.0, False, True, 5], *_error(8.0)["changes"]]}]
    assert table([*CLEAN, *beside]) == table([*CLEAN, _error(8.0)])


def test_an_error_is_made_and_can_be_mended() -> None:
    """A text gets one change of the lists made backwards, and what is marked in it gives the text again."""
    from scripts.contextdeep import applied, spoilt

    text = "I will let you know when the parcel has left our warehouse."
    lots = random.Random(15)  # noqa: S311 - nothing is hidden
    made = [spoilt(text, lots) for _ in range(20)]
    assert len({row["text"] for row in made if row}) > 5
    for row in filter(None, made):
        assert row["text"] != text
        assert applied(row["text"], row["start"], row["end"], row["fixes"][0]) == text
    assert spoilt("12 €5", lots) is None
