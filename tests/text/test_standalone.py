"""Where a text is cut into parts that stand for themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.standalone import standalone


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        (
            "Thanks for waiting. We sent it! Is it there?  Yes.",
            ["Thanks for waiting. ", "We sent it! ", "Is it there?  ", "Yes."],
        ),
        (
            "Hello Ben,\n\nWe sent it.\nIt is 12345. Keep it.",
            ["Hello Ben,\n\n", "We sent it.\n", "It is 12345. ", "Keep it."],
        ),
        ("One line\nAnother line", ["One line\nAnother line"]),
    ],
)
def test_sentences_part_at_a_stop_or_a_blank_line_before_a_capital(text: str, parts: list[str]) -> None:
    """Each sentence is a part, with the white space behind it."""
    assert standalone(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "It comes at 4 p.m. If not, call.",
        "See https://shop.example/returns. Write to us.",
        "Write to help@shop.example. We answer.",
        "It cost 10k. We know.",
        "Wait... We look.",
        'He said "no." We wait.',
        "It is sent (by van). We wait.",
        "We sent it. it is there.",
    ],
)
def test_what_may_be_no_end_of_a_sentence_is_not_cut(text: str) -> None:
    """Abbreviations, addresses, codes, dots, quotations and brackets stay with what follows them."""
    assert standalone(text) == [text]


@given(st.text(alphabet='abA1.!?,\n \t"', max_size=60))
def test_the_parts_are_the_text(text: str) -> None:
    """Nothing is lost, and every part but the first opens with a capital."""
    first, *others = standalone(text)
    assert "".join([first, *others]) == text
    assert all(part[0].isupper() for part in others)
