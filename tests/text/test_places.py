"""Lines and columns of offsets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.draft import Finding, Level
from cannedkit.text.places import lines, placed


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 2, (1, 3)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\n\nc", 5, (4, 1)),
        ("🎉 x", 2, (1, 3)),
    ],
)
def test_positions(text: str, offset: int, place: tuple[int, int]) -> None:
    """Lines and columns count from 1, columns in code points; each of the three line ends ends a line."""
    assert lines(text).position(offset) == place


@given(st.text(alphabet="ab\r\n🎉"), st.data())
def test_a_position_leads_back(text: str, data: st.DataObject) -> None:
    """A line and a column are the place of one offset alone."""
    offset = data.draw(st.integers(0, len(text)))
    line, column = lines(text).position(offset)
    starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]
    assert starts[line - 1] + column - 1 == offset
    assert line == len(starts) or offset < starts[line]


def test_findings_are_placed() -> None:
    """Each finding gets its path, its first and its last line and column, and the text that it is about."""
    found = placed([Finding(1, 4, "A.B", Level.ERROR), Finding(4, 4, "A.C", Level.ERROR)], "d.txt", "ab\ncd")
    assert [(str(one.place), one.place.end_line, one.place.end_column, one.text) for one in found] == [
        ("d.txt:1:2", 2, 2, "b\nc"),
        ("d.txt:2:2", 2, 2, ""),
    ]
