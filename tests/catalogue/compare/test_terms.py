"""What words are and do: stems, words that stand for one another, slips, and words that turn a sentence round."""

from __future__ import annotations

from collections import Counter

import pytest

from cannedkit.catalogue.compare.negation import turned_round
from cannedkit.catalogue.compare.sense import rebound
from cannedkit.catalogue.compare.side import side
from cannedkit.catalogue.compare.terms import alike, listed, mistyped, reverses, stem, words


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_word_stands_for_two_things(language: str) -> None:
    """Each word of the groups is in one group alone, so that the order of the table does not matter."""
    groups = [set(group.split("=")) for group in listed("same", language)]
    counted = Counter(word for group in groups for word in group)
    assert [word for word, count in counted.items() if count > 1] == []
    assert all(len({stem(word, language) for word in group}) == 1 for group in groups)


@pytest.mark.parametrize(
    ("one", "other", "language", "same"),
    [
        ("sent", "sending", "en", True),
        ("refund", "reimbursed", "en", True),
        ("deliveries", "arrive", "en", True),
        ("geleverd", "bezorging", "nl", True),
        ("card", "parcel", "en", False),
        ("return", "refund", "en", False),
    ],
)
def test_words_that_stand_for_one_another(one: str, other: str, language: str, same: bool) -> None:
    """Forms of a word, and words of one group, are compared as one."""
    assert (stem(one, language) == stem(other, language)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("reserv", "resrev", True), ("cancel", "cancl", True), ("card", "cart", False), ("refund", "return", False)],
)
def test_slips_in_stems(one: str, other: str, same: bool) -> None:
    """One letter of a long stem may be wrong, none of a short one."""
    assert alike(one, other) == same == alike(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("naem", "name", True), ("nbame", "name", True), ("pin", "pan", False)]
)
def test_slips_in_words(one: str, other: str, same: bool) -> None:
    """A word typed in a hurry has a letter more, or two that changed places."""
    assert mistyped(one, other) == same == mistyped(other, one)


def test_what_words_do() -> None:
    """Negators and modals are told, also where they are contracted, and say nothing of what a sentence is about."""
    text = "We can't refund it, and you'll have to wait."
    does = {word.said: word.does for word in words(text, 0, len(text), "en") if word.does}
    assert does == {"can't": "negator", "you'll": "will"}
    assert [word.said for word in words(text, 0, len(text), "en") if not word.empty] == ["refund", "wait"]
    assert reverses("unavailable", "en")
    assert not reverses("until", "en")


@pytest.mark.parametrize(
    ("approved", "draft", "turned"),
    [
        ("We can't refund shipping costs.", "Shipping costs stay with you.", False),
        ("We can't refund shipping costs.", "We refund shipping costs.", True),
        ("It is not available.", "It is unavailable.", False),
        ("It is unavailable.", "It is available.", True),
        ("There is no charge for the return.", "The return is free of charge.", False),
        ("Write to us here.", "Don't hesitate to write to us here.", False),
        ("Tell us your number.", "No problem, tell us your number.", False),
        ("If you don't see it, write to us.", "You see it on Monday, or write to us.", False),
        ("You don't have to stay; the driver leaves it.", "You have to stay; the driver doesn't leave it.", True),
        ("I cannot go on without the code.", "Please enter the code.", False),
    ],
)
def test_what_a_not_turns_round(approved: str, draft: str, turned: bool) -> None:
    """Only what is denied on one side and said on the other is the reverse."""
    one, other = side(approved, "en"), side(draft, "en")
    assert (turned_round(one.sentences, other.sentences, (), "en") is not None) == turned


@pytest.mark.parametrize(
    ("approved", "draft", "bound"),
    [
        ("You must return it.", "You can return it.", True),
        ("You can return it.", "You must return it.", True),
        ("You can return it.", "You may return it.", False),
        ("We will call you.", "We're calling you.", False),
        ("It should arrive on Friday.", "It will arrive on Friday.", True),
        ("It should arrive on Friday.", "I expect it to arrive on Friday.", False),
        ("Can I have your name?", "May I have your name", False),
    ],
)
def test_how_bound_something_is(approved: str, draft: str, bound: bool) -> None:
    """What may be, must be and will be are told apart; a question binds nobody."""
    one, other = side(approved, "en"), side(draft, "en")
    assert (rebound(one.sentences, other.sentences, "en") is not None) == bound
