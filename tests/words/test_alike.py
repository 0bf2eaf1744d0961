"""Texts that are alike: the quick way finds what comparing each with each finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cannedkit.words.alike import likeness, pairs, words_of

WORDS = st.lists(st.sampled_from("a b c d e f g h i j".split()), min_size=3, max_size=14).map(tuple)


def test_words_of_a_text() -> None:
    """Case and marks do not count; what stands for a placeholder is one word."""
    assert words_of("Hi \ufffc\ufffc\ufffc, don’t go.") == ("hi", "\ufffc", "don't", "go")


def test_a_vowel_sign_is_part_of_its_word() -> None:
    """Scripts that write vowels as signs on a letter have no more words than spaces leave them."""
    assert words_of("మీ దీపం వచ్చింది.") == ("మీ", "దీపం", "వచ్చింది")
    assert words_of("आपका दीपक") == ("आपका", "दीपक")


def test_likeness() -> None:
    """One word of ten is a tenth; nothing in common is nothing."""
    one = tuple("abcdefghij")
    assert likeness(one, one) == 1
    assert likeness(one, (*one[:9], "x")) == 0.9
    assert likeness(one, ("x", "y")) == 0


@given(st.lists(WORDS, max_size=12))
@example([("a",) * 3, ("a",) * 6, ("a",) * 9])
def test_each_text_that_is_like_another_is_paired(texts: list[tuple[str, ...]]) -> None:
    """A text that is like one before it is in a pair, for that one or for its like; no pair is invented."""
    found = list(pairs(texts, 0.8))
    assert all(left < right and likeness(texts[left], texts[right]) == alike >= 0.8 for left, right, alike in found)
    paired = {number for left, right, _ in found for number in (left, right)}
    for right, text in enumerate(texts):
        like = {left for left, earlier in enumerate(texts[:right]) if likeness(earlier, text) >= 0.8}
        assert not like or right in paired or like <= paired
