"""Groups of words that mean the same."""

from __future__ import annotations

import pytest

from cannedkit.text.terms import terms
from cannedkit.words.synonyms import fit, made, shipped, spans


def _named(groups: list[list[str]], text: str) -> set[tuple[str, int]]:
    synonyms = made(groups)
    words = terms(text)
    fits = [fit(synonyms, word) for word in words]
    alone = {(word, group) for word, one in zip(words, fits, strict=True) for group in one.groups}
    return alone | {(" ".join(words[start:end]), group) for start, end, group in spans(synonyms, fits)}


def test_a_word_stands_for_its_forms() -> None:
    """A word of four letters and more stands for its inflected forms, and for nothing longer."""
    assert _named([["cancel"]], "cancel canceled cancelling") == {
        ("cancel", 0),
        ("canceled", 0),
        ("cancelling", 0),
    }
    assert _named([["cancel"]], "cancellation") == set()
    assert _named([["money"]], "moneys monies") == {("moneys", 0)}


def test_a_star_stands_for_any_ending() -> None:
    """With a star a word stands for all that starts with it."""
    assert _named([["bezorg*"]], "bezorgdienst en bezorgd") == {("bezorgdienst", 0), ("bezorgd", 0)}


def test_a_short_word_stands_for_itself() -> None:
    """A word of three letters stands for itself alone: many others start with it."""
    assert _named([["app"]], "apply app apps") == {("app", 0)}


def test_a_phrase_needs_its_words_in_order() -> None:
    """A phrase is found where its words stand one behind the other, in any of their forms."""
    assert _named([["money back", "refund"]], "I want my money back") == {("money back", 0)}
    assert _named([["money back", "refund"]], "back with the money") == set()
    assert _named([["call back"]], "you called back") == {("called back", 0)}


def test_a_word_may_be_in_several_groups() -> None:
    """A word, and a phrase with it, may name several groups."""
    groups = [["order", "parcel"], ["buy", "order"], ["order number"]]
    assert _named(groups, "my order number") == {("order", 0), ("order", 1), ("order number", 2)}


def test_thai_phrases_are_found() -> None:
    """An entry without spaces is cut into words as the text is."""
    assert ("ขอ เงิน คืน", 0) in _named([["ขอเงินคืน", "รีฟันด์"]], "ขอเงินคืนได้ไหม")


@pytest.mark.parametrize("language", ["en", "nl", "th", "te"])
def test_the_shipped_groups_are_whole(language: str) -> None:
    """Each shipped group has two entries or more, each with a word, and none twice."""
    groups = shipped(language)
    assert len(groups) > 30
    for group in groups:
        assert len(group) > 1
        assert len(set(group)) == len(group), group
        assert all(terms(entry) for entry in group), group


def test_a_language_without_groups_has_none() -> None:
    """There are no groups for a language that the table does not have."""
    assert shipped("xx") == ()
