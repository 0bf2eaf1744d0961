"""Words, sentences, paragraphs and graphemes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.text.segment import SCOPES, Span, blocks, counted, graphemes, paragraphs, sentences, words

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
PROSE = st.text(st.sampled_from("ab Z.!?…\n\t😀é\u0301\u200dที่ no.Mr1#"), max_size=60)


def _cut(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, PROSE), st.sampled_from(["en", "en-GB", "nl", "th", "xx", ""]))
def test_spans_stand_in_order_inside_the_text(text: str, locale: str) -> None:
    """Every kind of span lies inside the text, holds something, and starts where the one before it ended or later."""
    for spans in (words(text), sentences(text, locale), counted(text, locale), paragraphs(text), graphemes(text)):
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            at = end


@settings(max_examples=100, deadline=None)
@given(st.one_of(TEXT, PROSE))
def test_graphemes_are_the_whole_text(text: str) -> None:
    """Graphemes leave out nothing: put together they are the text."""
    assert "".join(_cut(text, graphemes(text))) == text


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXT, PROSE))
def test_sentences_and_paragraphs_leave_out_white_space_only(text: str) -> None:
    """No character but white space falls between two sentences or two paragraphs."""
    ink = "".join(text.split())
    assert "".join("".join(_cut(text, sentences(text))).split()) == ink
    assert "".join("".join(_cut(text, paragraphs(text))).split()) == ink


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It's on its way. It left York today.", ["It's on its way.", "It left York today."]),
        ("Ask Mr. Field or Dr. Grey.", ["Ask Mr. Field or Dr. Grey."]),
        ("Open 9 a.m. to 5 p.m. daily.", ["Open 9 a.m. to 5 p.m. daily."]),
        ("We close at 5 p.m. Please come early.", ["We close at 5 p.m.", "Please come early."]),
        ("It's order no. 12. Is that no. Yours?", ["It's order no. 12.", "Is that no.", "Yours?"]),
        ("It cost €1.50. Done!", ["It cost €1.50.", "Done!"]),
        ("Thanks\nJo", ["Thanks", "Jo"]),
        ("J. Smith wrote. So did I. We replied.", ["J. Smith wrote.", "So did I.", "We replied."]),
        ("Done 😀. Thanks!", ["Done 😀.", "Thanks!"]),
        ("1. Open it.\n 2. Tap Pay\n3) Wait", ["1. Open it.", "2. Tap Pay", "3) Wait"]),
        ("1.Open it\n- 2. Close it", ["1.Open it", "- 2. Close it"]),
        ("1. Open it. 2. Close it.", ["1. Open it.", "2. Close it."]),
        ("I. Open it\nII. Close it", ["I. Open it", "II. Close it"]),
        ("a. Open it\n(b) Close it", ["a. Open it", "(b) Close it"]),
        ("How many? 12. Thanks.", ["How many?", "12.", "Thanks."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_of_english(text: str, wanted: list[str]) -> None:
    """Abbreviations, numbers and initials do not end a sentence; a line break does."""
    assert _cut(text, sentences(text, "en-GB")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Please bring:\n- your card\n- a pen", ["Please bring:\n- your card\n- a pen"]),
        ("• your card\n\n• a pen", ["• your card\n\n• a pen"]),
        ("Bring this.\n1️⃣ your card\n2️⃣ a pen", ["Bring this.", "1️⃣ your card\n2️⃣ a pen"]),
        ("Do this:\n1. Open it.\n2. Close it!", ["Do this:", "1. Open it.", "2. Close it!"]),
        ("- “It's here.”\n- It left 🎉", ["- “It's here.”", "- It left 🎉"]),
        ("Hi Ana,\nIt left. It's in York.\nJo", ["Hi Ana,", "It left.", "It's in York.", "Jo"]),
        ("1.5 kg left\n2 kg came", ["1.5 kg left", "2 kg came"]),
    ],
)
def test_sentences_as_they_are_counted(text: str, wanted: list[str]) -> None:
    """Items of a list without a full stop are one sentence with what leads up to them; those with one are each one."""
    assert _cut(text, counted(text)) == wanted


def test_sentences_of_a_list_without_marks() -> None:
    """Where the places of items are known, as from Markdown, they need no mark before them."""
    assert _cut("Bring:\n\na card\n\na pen", counted("Bring:\n\na card\n\na pen", "en", {8, 16})) == [
        "Bring:\n\na card\n\na pen"
    ]


def test_a_long_row_of_stops_takes_no_time() -> None:
    """However many stops stand before the end of an item, its end is looked at once."""
    text = "- " + "." * 50_000 + "x"
    assert counted(text)[-1][1] == len(text)


def test_sentences_of_dutch() -> None:
    """Dutch has its own abbreviations."""
    text = "U krijgt het geld o.a. via Mevr. de Wit terug. Dat duurt ca. drie dagen."
    assert _cut(text, sentences(text, "nl")) == [
        "U krijgt het geld o.a. via Mevr. de Wit terug.",
        "Dat duurt ca. drie dagen.",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We're on it - today!", ["We're", "on", "it", "today!"]),
        ("😀 … 42%", ["42%"]),
        ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
        ("", []),
    ],
)
def test_words(text: str, wanted: list[str]) -> None:
    """A word holds a letter or digit and stands between spaces; Thai words are found without spaces."""
    assert _cut(text, words(text)) == wanted


def test_graphemes_are_what_a_reader_sees() -> None:
    """A family, a flag and a letter with its accent are one each, whatever they hold."""
    text = "👨‍👩‍👧🇳🇱e\u0301!"
    assert _cut(text, graphemes(text)) == ["👨‍👩‍👧", "🇳🇱", "e\u0301", "!"]


def test_paragraphs_stand_between_blank_lines() -> None:
    """A line of white space alone is blank; a single line break is not."""
    assert _cut("a\nb\n \t\n\n c ", paragraphs("a\nb\n \t\n\n c ")) == ["a\nb", "c"]


@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_has_blocks(scope: str) -> None:
    """Each scope that a rule may name cuts a text into something."""
    assert blocks("One. Two.", scope, "en")
