"""Sentences as Vale sees them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.prose.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Your lamp is on its way.", "It comes on Friday."],
        ["Ask Dr. Smithson about it."],
        ["Ask Dr.", "Field about it."],
        ["We ship to the U.S. every week."],
        ["It weighs approx.", "5 kg.", "That is light."],
        ["Sorry!", "Can you call us?", "We're open."],
        ["Well...", "it may take a week."],
        ["Well...", "The lamp may take a week."],
        ['She said "no way." and left.'],
        ["Write to Mr. J. Smithson, please."],
        ["See lamps.example.com for more."],
        ["Is it (yes!) here?", "No."],
        ["A line\nand another without a stop"],
        ["No. 5 is ready."],
    ],
)
def test_where_sentences_end(parts: list[str]) -> None:
    """A stop ends a sentence unless an abbreviation or what follows says otherwise; a line end never does."""
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet='ab AB.!?"()\n…é。1', max_size=40))
def test_sentences_cover_the_text(text: str) -> None:
    """Sentences stand in order, do not overlap, are trimmed, and leave out white space only."""
    spans = sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in spans)
