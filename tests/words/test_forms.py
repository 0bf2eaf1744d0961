"""The forms of Dutch words, and the words of a sentence with their classes."""

from __future__ import annotations

import pytest

from cannedkit.words.classed import classed, classes
from cannedkit.words.forms import forms


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("vindt", {"third"}),
        ("gevonden", {"participle"}),
        ("rekening", {"noun", "common", "mass"}),
        ("formulier", {"noun", "neuter"}),
        ("klanten", {"nouns"}),
        ("nieuwe", {"bent"}),
        ("je", {"je", "poss"}),
        ("vertrekd", {"misthird"}),
        ("gerepareert", {"mispart"}),
        ("identiteits", {"linked"}),
        ("serviceformulier", {"noun", "neuter"}),
        ("terugbellen", {"infinitive", "apart"}),
        ("doorstuur", {"first", "apart"}),
        ("retourlabel", {"noun", "item"}),
        ("lampje", {"noun", "item"}),
        ("wasmachinedeur", {"noun", "item", "common"}),
        ("xyzzy", set()),
    ],
)
def test_the_classes_of_a_word(word: str, wanted: set[str]) -> None:
    """A word has the classes of the tables, a compound those of its last part, a slip one of its own."""
    assert forms("nl").of(word) >= wanted
    assert bool(forms("nl").of(word)) == bool(wanted)


def test_a_compound_that_may_be_read_in_two_ways() -> None:
    """Where a compound may end in a noun with de or in one with het (voorkeurs-taal, voorkeur-staal) it has neither."""
    assert forms("nl").of("voorkeurstaal") == {"noun"}


@pytest.mark.parametrize("word", ["ontvangen", "belt", "aantal", "overleggen"])
def test_a_verb_that_stays_whole(word: str) -> None:
    """What does not part, or may not part, is no verb of two parts."""
    assert "apart" not in forms("nl").of(word)


@pytest.mark.parametrize(
    ("word", "form", "wanted"),
    [
        ("vind", "third", "vindt"),
        ("heeft", "first", "heb"),
        ("heb", "second", "hebt"),
        ("kunt", "first", "kan"),
        ("komt", "infinitive", "komen"),
        ("verstuurt", "participle", "verstuurd"),
        ("vertrekd", "third", "vertrekt"),
        ("nieuwe", "bare", "nieuw"),
        ("groot", "bent", "grote"),
        ("formulier", "article", "het"),
        ("factuur", "article", "de"),
        ("terugbel", "verb", "bel"),
        ("doorstuur", "particle", "door"),
        ("bel", "particle", ""),
        ("xyzzy", "third", ""),
    ],
)
def test_a_word_in_another_form(word: str, form: str, wanted: str) -> None:
    """A verb, an adjective or the article of a noun is made from the table; what it lacks is nothing."""
    assert forms("nl").made(word, form) == wanted


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [("bank", "pas", "bankpas"), ("identiteits", "kaart", "identiteitskaart"), ("deur", "lamp", "")],
)
def test_two_words_that_are_one(first: str, last: str, wanted: str) -> None:
    """Two words are one where the table has them as one, with a link or without."""
    assert forms("nl").joined(first, last) == wanted


def test_a_language_without_tables_is_refused() -> None:
    """Who asks for another language is told so."""
    with pytest.raises(KeyError):
        forms("xx")


def test_the_words_of_a_sentence_have_their_places() -> None:
    """Each word stands where it says, names and figures are told apart, and a capital that opens hides nothing."""
    text = "De pas van Bram is 3 keer geweigerd, en dat klopt niet?"
    ((words, written),) = classed(text, "nl")
    assert [text[one.start : one.end] for one in words] == text.replace(",", " ,").replace("?", " ?").split()
    for shown in (" bram/name/ ", " 3/number/ ", " de/article/", " ?/mark/stop/asks/ "):
        assert shown in written.text


def test_a_sentence_in_another_language_is_not_read() -> None:
    """Of English within Dutch nothing is said."""
    assert classed("Please forward everything tomorrow morning, thanks.", "nl") == ()


def test_all_classes_have_names() -> None:
    """What a line can hold is what a pattern may ask for."""
    for _, written in classed("Ik vindt dat u, Bram, 3 gerepareert gebeld word bij identiteits!", "nl"):
        assert {name for word in written.text.split() for name in word.split("/")[1:] if name} <= classes("nl")
