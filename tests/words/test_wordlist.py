"""The words of Dutch: which are right, what parts make, and what may be meant by a word that is none."""

from __future__ import annotations

import pytest

from cannedkit.words.wordlist import PARTS, Words, listed


@pytest.fixture(scope="module")
def dutch() -> Words:
    """The words of Dutch."""
    return listed("nl")


def test_only_languages_with_a_list() -> None:
    """A language without a list is a KeyError."""
    with pytest.raises(KeyError):
        listed("fy")


@pytest.mark.parametrize(
    "word",
    "lamp lampen lampje lampjes foto's zo'n 's café Utrecht UTRECHT Utrechtse Lampen LAMPEN IJsland IJs btw cd's "
    "afgerekend aangevraagde overgemaakt drieëntwintig honderdtwaalf tweeduizend twaalfde negentigste zesjarige "
    "allermooiste checkout tracking voucher login app's".split(),
)
def test_words_of_the_list_are_right(dutch: Words, word: str) -> None:
    """Forms, names, numbers in words, words of English in use: in the case of the list, or with more capitals."""
    assert dutch.check(word)


@pytest.mark.parametrize(
    "word",
    "lampenwinkel bezorgmoment verzendlabel klantaccount winkelmandknop factuurregel leverdagen retourlabel "
    "servicepagina waterkokerdeksel appwinkel glasvezelabonnement doorgaat meestuurt regenbestendige".split(),
)
def test_what_parts_make_is_right(dutch: Words, word: str) -> None:
    """A compound passes where its parts are words, with what stands between them, or with what stands apart before."""
    assert dutch.check(word)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("bestelling", ""),
        ("bestteling", "bestelling"),
        ("rekenig", "rekening"),
        ("Rekenig", "Rekening"),
        ("geslotten", "gesloten"),
        ("onmidellijk", "onmiddellijk"),
        ("financiele", "financiële"),
        ("gefactureert", "gefactureerd"),
        ("utrecht", "Utrecht"),
        ("niewe", "nieuwe"),
        ("heeeel", "heel"),
        ("kadobon", "cadeaubon"),
        ("aangevraagt", "aangevraagd"),
        ("retourlabbel", "retourlabel"),
        ("verzendkostn", "verzendkosten"),
        ("eenvraag", "een vraag"),
        ("autoongeluk", "auto-ongeluk"),
    ],
)
def test_what_is_meant(dutch: Words, word: str, meant: str) -> None:
    """A word that is none, a compound with a wrong part or no hyphen, two words as one: the right one is first."""
    assert dutch.check(word) == (not meant)
    if meant:
        assert dutch.suggest(word)[0] == meant


@pytest.mark.parametrize(("word", "meant"), [("leverring", "levering"), ("vervelent", "vervelend")])
def test_a_slip_that_looks_like_a_compound_is_none(dutch: Words, word: str, meant: str) -> None:
    """What parts could make is no word where it is a common one but for a double letter or a d for a t."""
    assert not dutch.check(word)
    assert dutch.suggest(word)[0] == meant


def test_a_word_that_the_list_forbids_is_none(dutch: Words) -> None:
    """What OpenTaal marks as wrong is no word, though its parts are words."""
    assert not dutch.check("klantbestand")
    assert dutch.check("klantenbestand")


def test_no_rude_word_comes_first(dutch: Words) -> None:
    """A word that nobody wants to send stands behind any other."""
    assert "kut" not in dutch.suggest("kutn")[:1]


def test_words_are_looked_up_in_long_ones_too(dutch: Words) -> None:
    """A word of any length has an answer: parts are at most some, so that none takes long."""
    assert PARTS == 3
    assert not dutch.check("x" * 60)
    assert not dutch.check("lampenwinkel" * 5)


def test_lines_are_in_order(dutch: Words) -> None:
    """Each word is found where halving the lines looks for it: the first, the last, and any between."""
    words = [line.partition(" ")[0] for line in dutch.rows.splitlines()]
    assert words == sorted(set(words))
    assert all(dutch.code(word) is not None for word in (words[0], words[-1], *words[::997]))
    assert dutch.code("") is None
