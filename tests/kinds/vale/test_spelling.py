"""The kind `spelling`, and the reader of Hunspell dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.words import dictionary as hunspell
from cannedkit.words.dictionary import DictionaryError
from tests import rulefiles

AFF = """SET UTF-8
ICONV 1
ICONV ’ '
KEEPCASE K
FORBIDDENWORD !
PFX U Y 1
PFX U 0 un .
SFX S Y 2
SFX S y ies [^aeiou]y
SFX S 0 s [^y]
SFX D Y 1
SFX D 0 ed [^e]
SFX M Y 1
SFX M 0 's .
"""
DIC = "9\nlamp/SM\nparcel/SMD\nbattery/S\npack/USD\nMila/M\nkg/K\nwe\nsend\npacket/!\n"


@pytest.fixture
def dictionary(tmp_path: Path) -> hunspell.Dictionary:
    """A small dictionary of our own."""
    (tmp_path / "own.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "own.dic").write_text(DIC, encoding="utf-8")
    found = hunspell.find("own", [tmp_path / "elsewhere", tmp_path])
    assert found is not None
    return found


@pytest.mark.parametrize(
    "word",
    "lamp lamps Lamp LAMPS lamp's lamp’s batteries unpack unpacked unpacks Mila MILA Mila's lamp-pack 12 12kg".split(),
)
def test_words_of_a_dictionary(dictionary: hunspell.Dictionary, word: str) -> None:
    """Roots and their forms are words, in the case that the root allows, between hyphens too."""
    assert dictionary.knows(word)


@pytest.mark.parametrize("word", "lamped batterys lAmp mila KG unlamp packet lampx lamp-x unpackings".split())
def test_no_words_of_a_dictionary(dictionary: hunspell.Dictionary, word: str) -> None:
    """A form that no affix makes, a wrong case and a forbidden word are not words."""
    assert not dictionary.knows(word)


def test_a_dictionary_of_compounds_is_refused(tmp_path: Path) -> None:
    """German and Dutch dictionaries are made of compounds, which are not read: the error says so."""
    (tmp_path / "de.aff").write_text("COMPOUNDBEGIN x\n", encoding="utf-8")
    (tmp_path / "de.dic").write_text("1\nLampe\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="COMPOUNDBEGIN"):
        hunspell.find("de", [tmp_path])


def _findings(root: Path, options: str, text: str, **settings: object) -> list[Finding]:
    folder = root / "styles" / "config" / "dictionaries"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.aff").write_text(AFF, encoding="utf-8")
    (folder / "own.dic").write_text(DIC, encoding="utf-8")
    pack = root / "styles" / "Test"
    pack.mkdir(exist_ok=True)
    content = f"extends: spelling\nmessage: \"'%s'?\"\ndictionaries: [own]\n{options}"
    (pack / "Rule.yml").write_text(content, encoding="utf-8")
    found = Settings(root=root, engines={}, **settings)  # type: ignore[arg-type]
    return lint.build(found, [read_pack(pack)]).lint(Draft(text))


@pytest.mark.parametrize(
    ("options", "text", "wrong"),
    [
        ("", "We send lampps, (parcles), packs.", ["lampps", "parcles"]),
        ("", "We “send” a USB3 and an iLamp to MiniBAR, SKU!", ["a", "and", "an", "iLamp", "to"]),
        ("filters: ['^[a-z]{1,3}$']\n", "We send a lampp and", ["lampp"]),
        ("split: true\n", "sendLampp lamp_parcle sendSKU packsX9 Lampp", ["Lampp", "parcle", "Lampp"]),
        ("exceptions: [lampps]\n", "We send lampps", []),
        ("custom: true\n", "We send SKU", ["SKU"]),
        ("ignore: words.txt\n", "We send lampps", []),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, wrong: list[str]) -> None:
    """A word in no dictionary is found without the signs around it; filters and lists let words pass."""
    (tmp_path / "styles" / "config" / "ignore").mkdir(parents=True)
    (tmp_path / "styles" / "config" / "ignore" / "words.txt").write_text("lampps\n", encoding="utf-8")
    assert [text[one.start : one.end] for one in _findings(tmp_path, options, text)] == wrong


def test_a_vocabulary_is_known(tmp_path: Path) -> None:
    """Accepted words pass in any case; a phrase of several words passes as a whole only."""
    words = Vocabulary(accept=("Lumo", "mea culpa"))
    found = _findings(tmp_path, "", "We send LUMO lamps mea culpa mea", vocabulary=words)
    assert [one.message for one in found] == ["'mea'?"]
    assert found[0].start == 29


def test_forms_of_a_vocabulary_are_known(tmp_path: Path) -> None:
    """An accepted word passes as a plural and a possessive, as with every speller; a word of a phrase does not."""
    words = Vocabulary(accept=("Lumo", "mea culpa"))
    text = "We send Lumo's lamps, Lumos, Lumos’ lamps, Lumox, mea culpas mea"
    found = _findings(tmp_path, "", text, vocabulary=words)
    assert [text[one.start : one.end] for one in found] == ["Lumox", "mea"]


def test_without_a_dictionary_of_the_system_vales_own_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that names no dictionary has the one that is part of Vale, with both sides' spellings, and it is ours."""
    monkeypatch.setattr(hunspell, "FOLDERS", ())
    monkeypatch.delenv("DICPATH", raising=False)
    text = "The colour of the colors in our lifecycle, and a parcle."
    found = rulefiles.findings(tmp_path, 'extends: spelling\nmessage: "%s"\n', text)
    assert [one.message for one in found] == ["parcle"]


@pytest.mark.parametrize(("name", "wrong"), [("en_US", "colour"), ("en_GB", "color"), ("en_AU", "color")])
def test_a_dictionary_of_ours_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
) -> None:
    """The dictionaries of English locales are there without a package of the system."""
    monkeypatch.setattr(hunspell, "FOLDERS", ())
    rule = f'extends: spelling\nmessage: "%s"\ndictionaries: [{name}]\n'
    found = rulefiles.findings(tmp_path, rule, "A color, a colour, a line.")
    assert [one.message for one in found] == [wrong]


def test_without_a_dictionary_the_rule_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule whose dictionary is not to be had is off with a note that says where to put it; the others run."""
    monkeypatch.setattr(hunspell, "FOLDERS", ())
    monkeypatch.setattr(hunspell, "SHIPPED", tmp_path)
    monkeypatch.delenv("DICPATH", raising=False)
    files = {"Spelt": "extends: spelling\nmessage: m\n", "Other": "extends: existence\nmessage: m\ntokens: [lamp]\n"}
    linter = rulefiles.linter(tmp_path, files)
    assert [check.rule.id for check in linter.checks] == ["Test.Other"]
    (note,) = linter.notes
    assert note.startswith("Test.Spelt is off: there is no dictionary en_US")
    assert "config/dictionaries" in note
