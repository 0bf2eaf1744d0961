"""Dotted names that clash, and names that are as long as a file."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.nearest import conflicts, nearest

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
