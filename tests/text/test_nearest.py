"""How far two texts are from each other, in letters; dotted names that clash, and names as long as a file."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.nearest import conflicts, distance, nearest


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


NAMES = st.lists(st.text("ab.", min_size=1, max_size=8), max_size=8)


@given(NAMES)
def test_a_name_clashes_with_those_that_it_begins_with(names: list[str]) -> None:
    """Each pair is a name and another that goes on behind it with a dot; no pair is missing."""
    known = set(names)
    assert conflicts(names) == sorted((one, other) for one in known for other in known if other.startswith(f"{one}."))


def test_a_name_of_many_parts_takes_no_time() -> None:
    """A name as long as a file may be is cut nowhere but where another name ends."""
    long = "a." * 1_000_000 + "a"
    began = time.process_time()
    assert conflicts([long, "a", "a.a", "b"]) == [("a", "a.a"), ("a", long), ("a.a", long)]
    assert nearest(long, ["channels"]) == "; known: channels"
    assert time.process_time() - began < 5
