"""What to write for a misspelt word, best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.words.proposals import NEVER_FIRST, distance, is_likely, is_slip, is_term, proposed, used


@pytest.mark.parametrize(
    ("word", "fix"),
    [
        ("inconvience", "inconvenience"),
        ("doesn", "doesn't"),
        ("couldn", "couldn't"),
        ("isnt", "isn't"),
        ("youre", "you're"),
        ("alot", "a lot"),
        ("aswell", "as well"),
        ("infact", "in fact"),
        ("recieve", "receive"),
        ("adress", "address"),
        ("wierd", "weird"),
        ("definately", "definitely"),
        ("seperate", "separate"),
        ("tomorow", "tomorrow"),
        ("Febuary", "February"),
        ("RECIEVED", "RECEIVED"),
    ],
)
def test_the_likeliest_word_comes_first(word: str, fix: str) -> None:
    """A contraction cut off, two words run together, letters swapped or doubled: what is meant comes first."""
    assert proposed(word, "en-US")[0] == fix


@pytest.mark.parametrize("word", ["inconvinence", "shitp", "assitance", "cockie", "suckes", "dieing", "sexyon"])
def test_no_rude_word_comes_first(word: str) -> None:
    """A word that nobody wants to send by accident stands behind the others, however near it is."""
    found = proposed(word, "en-US", offered=("incontinence", "shit", "ass", "cock", "suck", "die", "sex"))
    assert found[0].casefold() not in NEVER_FIRST
    assert any(one in NEVER_FIRST for one in found)


@pytest.mark.parametrize(("locale", "fix"), [("en-US", "color"), ("en-GB", "colour")])
def test_a_fix_is_spelt_as_the_locale_spells(locale: str, fix: str) -> None:
    """The same misspelling leads to either side's spelling."""
    assert proposed("colurr", locale)[0] == fix


def test_words_of_the_house_go_first() -> None:
    """A word of the house, as near as others, goes before them; without it, it is not proposed."""
    assert proposed("Zwirnx", "en-US", own=("Zwirnex",))[0] == "Zwirnex"
    assert "Zwirnex" not in proposed("Zwirnx", "en-US")


def test_words_in_use_are_known() -> None:
    """Acronyms in small letters and words of the trade are no misspellings; slips that occur in print are."""
    assert all(map(is_term, ("pdf", "csv", "url", "urls", "onboarding", "roadmap", "wifi")))
    assert not any(map(is_term, ("calender", "recieve", "doesn", "teh", "seperate", "")))


def test_what_others_know_is_in_no_dictionary() -> None:
    """The words behind a plus sign are terms, counted like the others."""
    known = used()
    assert len(known.terms) > 300
    assert known.terms <= known.counts.keys()


def test_a_long_word_with_a_capital_may_be_a_slip() -> None:
    """At the start of a sentence a long word that is all but a common one is no name; a short or a rare one may be."""
    assert is_slip("Maintainance", "maintenance")
    assert not is_slip("Marla", "maria")
    assert not is_slip("Qwrtzuiop", "maintenance")


@given(st.text("abceinst'", max_size=9), st.text("abceinst'", max_size=9))
def test_a_distance_is_one(word: str, other: str) -> None:
    """It is nothing between equal words alone, the same either way, and proposals never hold the word itself."""
    assert (distance(word, other) == 0) == (word == other)
    assert distance(word, other) == pytest.approx(distance(other, word))
    assert word not in proposed(word, "en-US", offered=(other,) if other else ())


@pytest.mark.parametrize(
    ("word", "fixes", "likely"),
    [
        ("recieve", ("receive",), True),
        ("isnt'", ("isn't",), True),
        ("kurta", ("kurtosis",), False),
        ("zwirnex", (), False),
    ],
)
def test_what_is_no_likely_slip_is_told_less_loudly(word: str, fixes: tuple[str, ...], likely: bool) -> None:
    """A word that is all but a common one is an error; a word that nobody has listed may be a term."""
    assert is_likely(word, fixes) == likely


@pytest.mark.parametrize(
    ("word", "meant"),
    [("drawed", "drew"), ("catched", "caught"), ("childs", "children"), ("furnitures", "furniture"), ("Payed", "Paid")],
)
def test_a_form_by_the_rule_is_the_one_that_the_word_has(word: str, meant: str) -> None:
    """Who makes a form as the rule would have it means the form that the word has, however near others are."""
    assert proposed(word, "en-US")[0] == meant


def test_a_form_that_the_rule_makes_rightly_is_no_other() -> None:
    """A verb whose past has -ed is no such word: a slip in it is a slip."""
    assert proposed("delayded", "en-US")[0] == "delayed"
