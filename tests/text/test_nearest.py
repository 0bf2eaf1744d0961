"""How far two texts are from each other, in letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.nearest import distance


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("help", "help", 0),
        ("help", "hepl", 1),
        ("help", "helps", 1),
        ("help", "hlp", 1),
        ("help", "holp", 1),
        ("", "a", 1),
    ],
)
def test_a_slip_of_the_pen_is_one_letter(one: str, other: str, letters: int) -> None:
    """A letter that is added, left out or changed counts one, and so do two neighbours that change places."""
    assert distance(one, other, 2) == letters


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_what_lies_beyond_is_not_told(one: str, other: str, most: int) -> None:
    """The distance is the same from both sides, and never told as more than one beyond the limit."""
    found = distance(one, other, most)
    assert found == distance(other, one, most) <= most + 1
    assert (found == 0) == (one == other)
