"""The words of a text as a search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.terms import terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where's my PARCEL?", ["wheres", "my", "parcel"]),
        ("één café, vóór 12 uur", ["een", "cafe", "voor", "12", "uur"]),
        ("order 1234567 of 3 items", ["order", "of", "3", "items"]),
        ("log-in / sign_in", ["log", "in", "sign", "in"]),
        ("พัสดุของฉันอยู่ที่ไหน", ["พัสดุ", "ของ", "ฉัน", "อยู่", "ที่ไหน"]),
        ("నా పార్సిల్ ఎక్కడ ఉంది?", ["నా", "పార్సిల్", "ఎక్కడ", "ఉంది"]),
        ("!? … 🙂", []),
    ],
)
def test_a_text_gives_its_words(text: str, words: list[str]) -> None:
    """Capitals, accents and apostrophes say nothing; long numbers are left out; Thai is cut; vowel signs stay."""
    assert terms(text) == words


@given(st.text(max_size=80))
def test_words_are_found_again(text: str) -> None:
    """The words of words are the same: what is folded once stays."""
    once = terms(text)
    assert all(word and not word.isspace() for word in once)
    assert terms(" ".join(once)) == once or any(ord(sign) > 0x2FF for sign in text)
