"""What of a text the vocabulary accepts."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.model.errors import EngineError
from cannedkit.words.vocabulary import accepted, any_form, covers, forms

TERMS = st.lists(st.text(st.sampled_from("aAbs y'-.+(?"), min_size=1, max_size=6).filter(str.strip), max_size=4)


@pytest.mark.parametrize(
    ("terms", "text", "wanted"),
    [
        (["Acme"], "Acme, Acme's, Acme’s, Acmes, Acmes', acme, ACMEs", ["Acme", "Acme's", "Acme’s", "Acmes", "Acmes'"]),
        (["lolly"], "Lolly, lollies, lollies', lollys", ["Lolly", "lollies", "lollies'"]),
        (["Kennedy"], "the Kennedys", ["Kennedys"]),
        (["box"], "box, boxes, boxs", ["box", "boxes"]),
        (["OpenID"], "OpenID, Openid, openid, OpenIDs", ["OpenID", "OpenIDs"]),
        (["iPhone"], "iPhone, IPhone, iPhones", ["iPhone", "iPhones"]),
        (["en masse"], "En masse, en\nmasse, En Masse; masse alone", ["En masse", "en\nmasse", "En Masse"]),
        (["Acme", "Acme Pro"], "Acme Pro's, Acme Professional", ["Acme Pro's", "Acme"]),
        (["OAuth2?"], "OAuth, OAuth2's, Oauth", ["OAuth", "OAuth2's"]),
        (["(?i)github"], "GitHub's, GITHUB", ["GitHub's", "GITHUB"]),
        (["Node.js"], "Node.js, Nodejs", ["Node.js"]),
        (["(unclosed"], "an (unclosed", ["(unclosed"]),
        (["Acm"], "Acmé, Acm\u0301, éAcm, Acm-é", ["Acm"]),
        ([], "Acme", []),
    ],
)
def test_what_is_accepted(terms: list[str], text: str, wanted: list[str]) -> None:
    """A word passes with its plural and possessives, a phrase as a phrase alone, and letters in their own case."""
    spans = accepted(terms).spans(text)
    assert list(dict.fromkeys(text[start:end] for start, end in sorted(spans))) == wanted


def test_a_term_that_runs_for_ever_is_an_error() -> None:
    """A regular expression in a vocabulary is stopped in time, as an error that says what to do."""
    with pytest.raises(EngineError, match="write it as plain words"):
        accepted(["(?:a|aa)+$"]).spans("a" * 60 + "b")


def test_endings_of_other_languages() -> None:
    """Plurals that English does not make are accepted where they are named."""
    text = "twee Acmeën, Acmen"
    assert accepted(["Acme"]).spans(text) == ()
    assert [text[start:end] for start, end in accepted(["Acme"], ("n", "ën")).spans(text)] == ["Acmeën", "Acmen"]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("OpenID", "OpenID"),
        ("openid", "OpenID"),
        ("Openid’s", "OpenID's"),
        ("openids", "OpenIDs"),
        ("OPENID", ""),
        ("opened", ""),
        ("masse", ""),
    ],
)
def test_how_the_vocabulary_writes_a_word(word: str, wanted: str) -> None:
    """A word in other letters than those of the vocabulary leads to its own form; capitals throughout say nothing."""
    assert accepted(["OpenID", "en masse"]).written(word) == wanted


@settings(max_examples=200, deadline=None)
@given(TERMS, st.text(st.sampled_from("aAbsy'’-. \n+("), max_size=20))
def test_any_terms_and_any_text(terms: list[str], text: str) -> None:
    """Whatever stands in a vocabulary, its spans lie in the text and no letter stands beside them."""
    for start, end in accepted(terms).spans(text):
        assert 0 <= start < end <= len(text)
        assert not any(regex.match(r"\w", beside) for beside in (text[start - 1 : start], text[end : end + 1]))
        assert covers([(start, end)], start, end)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abCsy-. +("), min_size=1, max_size=8).filter(str.strip))
def test_any_form_is_found(term: str) -> None:
    """What a term is rejected by finds each of its forms, whole."""
    for form in forms(term):
        found = regex.search(any_form(term), form)
        assert found
        assert found[0] == form


def test_spans_are_sorted_and_none_lies_within_another() -> None:
    """A phrase and its words are one stretch, so that what covers a word is found among thousands at once."""
    terms = accepted(["Acme", "Acme Pro", "Pro", "Acme [A-Z]+ kit"])
    assert terms.spans("Acme Pro, Pro Acme, Acme PRO kit") == ((0, 8), (10, 13), (14, 18), (20, 32))
    spans = [(0, 8), (5, 12), (20, 24)]
    assert [covers(spans, *span) for span in ((0, 8), (6, 12), (1, 9), (20, 25), (24, 24), (12, 14))] == [
        *(True, True, False, False, True, False)
    ]
