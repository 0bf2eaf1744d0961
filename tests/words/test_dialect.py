"""Spellings of two sides: whose a word is, and what its locale writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit import sources
from cannedkit.kit import Kit
from cannedkit.model.draft import Level
from cannedkit.words.dialect import at_home, foreign, is_spelling, spellings

AMERICAN = (
    "The color of your favorite show was canceled; mend the tire, we apologize, check your license and the catalog."
)
BRITISH = (
    "The colour of your favourite show was cancelled; mend the tyre, we apologise, pay by cheque, renew the licence."
)


def _found(text: str, locale: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.fix) for one in foreign(text, locale)]


@pytest.mark.parametrize("locale", ["en-GB", "en-AU", "en-IN", "en-IE", "en-NZ", "en-ZA"])
def test_american_spelling_is_found_where_english_is_british(locale: str) -> None:
    """Each American word is found with the British one; those that are right in both pass."""
    assert _found(AMERICAN, locale) == [
        ("color", "colour"),
        ("favorite", "favourite"),
        ("canceled", "cancelled"),
        ("tire", "tyre"),
        ("apologize", "apologise"),
        ("license", "licence"),
        ("catalog", "catalogue"),
    ]
    assert _found(BRITISH, locale) == []


@pytest.mark.parametrize("locale", ["en-US", "en-PH"])
def test_british_spelling_is_found_where_english_is_american(locale: str) -> None:
    """Each British word is found with the American one."""
    wanted = ["color", "favorite", "canceled", "tire", "apologize", "check", "license"]
    assert [fix for _, fix in _found(BRITISH, locale)] == wanted
    assert _found(AMERICAN, locale) == []


def test_canada_takes_both() -> None:
    """Nothing is foreign in Canada, not even in one text."""
    assert _found(f"{AMERICAN} {BRITISH}", "en-CA") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (AMERICAN, []),
        (BRITISH, []),
        ("We organize the colour scheme.", []),
        ("The colour and the flavour of the color.", ["color"]),
        ("The color and the flavor of the colour.", ["colour"]),
        ("First the color, then the colour.", ["colour"]),
        ("We realised that we organize it and realise it.", ["organize"]),
    ],
)
def test_english_of_no_region_takes_either_but_not_both(text: str, wrong: list[str]) -> None:
    """In `en` a text may be of either side, Oxford's -ize among British words too; the fewer words are found."""
    assert [word for word, _ in _found(text, "en")] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "Ask at Harbor Street, the Labor Office or the World Trade Center.",
        'The page says "choose a color" and “My favorite”.',
        "Open `color.css` or shop.example/favorite, @color or #color.",
        "COLOR",
        "The tire of it will tire you, and they license software.",
        "They were tired; check the meter, the story, the draft and the program.",
    ],
)
def test_names_quotations_and_words_of_both_sides_pass(text: str) -> None:
    """A capital within a sentence makes a name; what is quoted is somebody else's; a verb may be right as it is."""
    wrong = [word for word, _ in _found(text, "en-GB")]
    assert wrong == (["tire"] if text.startswith("The tire") else [])


def test_oxford_spelling_ends_in_ize() -> None:
    """In en-GB-oxendict -ize is at home, and the other American spellings are not."""
    assert _found("We organize the color.", "en-GB-oxendict") == [("color", "colour")]


def test_a_capital_and_a_possessive_stay() -> None:
    """The fix has the capital of the word; a possessive behind it is left alone."""
    assert _found("Colors differ. The theater's door is open.", "en-GB") == [
        ("Colors", "Colours"),
        ("theater", "theatre"),
    ]


def test_what_a_locale_writes() -> None:
    """A word of the other side becomes that of the locale; any other stays."""
    assert [at_home("colour", locale) for locale in ("en-US", "en-GB", "en-CA", "en")] == ["color", *["colour"] * 3]
    assert is_spelling("Colour’s")
    assert not is_spelling("colur")


def test_a_word_and_its_other_are_each_others() -> None:
    """No word leads to one that is foreign on the side for which it was proposed."""
    known = spellings()
    sides = {"US": ("GB", "ISE"), "IZE": ("GB", "ISE"), "GB": ("US", "IZE"), "ISE": ("US", "IZE")}
    astray = [
        word for word, one in known.items() if one.other in known and known[one.other].side not in sides[one.side]
    ]
    assert astray == []
    assert len(known) > 4_000


@given(st.lists(st.sampled_from(["color ", "colour", "Tire", "organize", '"', "'", "’s", ".", "\n", "é", " "])))
def test_places_lie_in_the_text(pieces: list[str]) -> None:
    """Whatever stands around them, words are found in order, inside the text, and once mended are found no more."""
    text = "".join(pieces)
    found = foreign(text, "en-GB")
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})
    for one in reversed(found):
        text = text[: one.start] + one.fix + text[one.end :]
    assert foreign(text, "en-GB") == []


@pytest.mark.parametrize(
    ("text", "locale", "wanted"),
    [
        ("Your order was canceled.", "en-GB", [("canceled", ("cancelled",))]),
        ("Your order was cancelled.", "en-US", [("cancelled", ("canceled",))]),
        ("Your order was cancelled.", "en-GB", []),
        ("The colour is grey.", "en", []),
    ],
)
def test_it_is_a_finding_of_its_own_and_no_misspelling(
    text: str, locale: str, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    """A word of the other side is a warning of Spelling.Dialect and an error of no speller."""
    found = [one for one in Kit.load("/").lint(text, locale=locale) if one.fixes]
    assert [(text[one.start : one.end], one.fixes) for one in found] == wanted
    assert {(one.rule, one.level) for one in found} <= {(sources.DIALECT, Level.WARNING)}


def test_the_vocabulary_goes_before_it(tmp_path: Path) -> None:
    """A word that the house accepts is no finding, and the level can be set as any rule's."""
    (tmp_path / "cannedkit.yaml").write_text("locale: en-GB\nvocabulary: {accept: [color]}\n")
    assert [one.rule for one in Kit.load(tmp_path).lint("The color, the flavor.")] == [sources.DIALECT]
    (tmp_path / "cannedkit.yaml").write_text("locale: en-GB\nlevels: {Spelling.Dialect: off}\n")
    assert Kit.load(tmp_path).lint("The color, the flavor.") == []
