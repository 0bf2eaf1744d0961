"""What a text takes of a limit with the longest values, which variables decide, and where it no longer fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.channels.taken import Value, filled, taken

TEXT = "Hi Jo, your lamp is here."
NAME = Value(3, 5, "customer.name", "J" * 10)
ITEM = Value(12, 16, "order.item", "l" * 20)
BOTH = (NAME, ITEM)


@pytest.mark.parametrize(
    ("limit", "used", "most", "deciding", "rest"),
    [
        (49, 25, 49, (), None),
        (48, 25, 49, ("order.item",), "."),
        (44, 25, 49, ("order.item",), "here."),
        (29, 25, 49, ("order.item",), "lamp is here."),
        (28, 25, 49, ("order.item", "customer.name"), "lamp is here."),
        (19, 25, 49, ("order.item", "customer.name"), " lamp is here."),
        (18, 25, 49, (), "r lamp is here."),
        (5, 25, 49, (), "Jo, your lamp is here."),
        (2, 25, 49, (), " Jo, your lamp is here."),
    ],
)
def test_the_longest_values(limit: int, used: int, most: int, deciding: tuple[str, ...], rest: str | None) -> None:
    """The fewest variables that would have to be shorter are named, the longest first; none where nothing helps."""
    found = taken(TEXT, BOTH, "characters", limit)
    assert (found.used, found.most, found.deciding) == (used, most, deciding)
    assert (None if found.beyond is None else TEXT[found.beyond :]) == rest


def test_a_value_that_changes_the_alphabet() -> None:
    """One value outside the SMS alphabet makes three segments of one."""
    text = f"Hi Jo, {'a' * 140}"
    found = taken(text, [Value(3, 5, "customer.name", "Żaneta")], "segments", 1)
    assert (found.used, found.most, found.deciding) == (1, 3, ("customer.name",))


@given(st.lists(st.tuples(st.text("ab", max_size=4), st.text("xy", min_size=1, max_size=4)), max_size=4), st.data())
def test_places_stay_in_the_text(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    """Where it no longer fits is a place in the text as it is; filled with its own values a text is itself."""
    text, values = "", []
    for literal, value in parts:
        text += literal
        values.append(Value(len(text), len(text) + len(value), "v", value * data.draw(st.integers(1, 5))))
        text += value
    found = taken(text, values, "characters", data.draw(st.integers(0, 40)))
    assert filled(text, values, [text[value.start : value.end] for value in values]) == text
    assert found.beyond is None or 0 <= found.beyond <= len(text)
    assert (found.beyond is None) == (found.most <= found.limit)
