"""Dictionaries of Hunspell: what they accept, and that no word and no dictionary keeps a reader busy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cannedkit.words.dictionary import Dictionary, DictionaryError, load


def _dictionary(folder: Path, affixes: str, words: str) -> Dictionary:
    return _written(folder, f"SET UTF-8\n{affixes}".encode(), "\n".join(["1", *words.split(), ""]).encode())


def _written(folder: Path, affixes: bytes, words: bytes) -> Dictionary:
    (folder / "xx.aff").write_bytes(affixes)
    (folder / "xx.dic").write_bytes(words)
    return load(folder / "xx.aff", folder / "xx.dic")


def test_a_condition_is_letters_and_sets_of_letters(tmp_path: Path) -> None:
    """`[^aeiou]y` asks for a consonant and a y at the end of the root; a full stop for any letter."""
    affixes = "SFX S Y 3\nSFX S y ies [^aeiou]y\nSFX S 0 s [aeiou]y\nSFX S 0 x .-\nPFX U Y 1\nPFX U 0 un [a-]b\n"
    found = _dictionary(tmp_path, affixes, "city/S toy/S able/U bable/U")
    assert found.knows("cities")
    assert found.knows("toys")
    assert found.knows("unable")
    for wrong in ("citys", "toies", "unbable"):
        assert not found.knows(wrong)


def test_a_compound_rule_is_roots_by_flag(tmp_path: Path) -> None:
    """English ordinals are made of digits and an ending, any number of digits first."""
    found = _dictionary(tmp_path, "COMPOUNDRULE 2\nCOMPOUNDRULE n*1t\nCOMPOUNDRULE (m)?c\n", "0/nm 1/n1 2/n 1st/t c/c")
    for right in ("11st", "2011st", "0c", "c"):
        assert found.knows(right), right
    for wrong in ("1sts", "st", "0c0", "1st1"):
        assert not found.knows(wrong), wrong


def test_parts_between_signs_are_looked_up_each(tmp_path: Path) -> None:
    """A word that the dictionary's signs cut into known parts is known; one that has an unknown part is not."""
    found = _dictionary(tmp_path, "BREAK 2\nBREAK -\nBREAK /\n", "well known even/odd and")
    for right in ("well-known", "-well", "well-", "well--known", "and/well-known"):
        assert found.knows(right), right
    for wrong in ("well-knwn", "-", "--", "wel-known", "/"):
        assert not found.knows(wrong), wrong


@pytest.mark.parametrize("rule", ["a*a*a*a*a*a*b", "(a)*(a)*(a)*b", "a*b*a*b*a*b*c"])
def test_a_compound_rule_that_can_be_met_in_many_ways_takes_no_time(tmp_path: Path, rule: str) -> None:
    """As a regular expression it would try each way to cut the word before it gave up."""
    found = _dictionary(tmp_path, f"COMPOUNDRULE 1\nCOMPOUNDRULE {rule}\n", "a/ab aa/ab aaa/ab")
    began = time.process_time()
    for length in range(200, 256, 8):
        assert not found.knows("a" * length + "z")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("sign", ["-", "a", "aa"])
def test_a_word_of_nothing_but_signs_and_parts_takes_no_time(tmp_path: Path, sign: str) -> None:
    """Each place where a part may begin is met once, however many ways lead to it."""
    found = _dictionary(tmp_path, f"BREAK 3\nBREAK {sign}\nBREAK -\nBREAK b\n", "a a-a a-a-a a-a-a-a b ab")
    began = time.process_time()
    for word in ("a-" * 120 + "z", "a" * 250 + "z", "ab-" * 40_000 + "z", "a-" * 120 + "."):
        found.knows(word)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("condition", ["(a+)+$", "(?:a|aa)+x", "a{99999999}"])
def test_a_regular_expression_in_a_condition_is_letters(tmp_path: Path, condition: str) -> None:
    """What Hunspell takes for letters is no pattern here either."""
    found = _dictionary(tmp_path, f"SFX S Y 1\nSFX S 0 s {condition}\n", f"{'a' * 40}/S")
    began = time.process_time()
    assert not found.knows("a" * 40 + "s")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("condition", ["[ab", "ab]", "[^"])
def test_a_bracket_without_its_partner_is_told(tmp_path: Path, condition: str) -> None:
    """A damaged condition is no dictionary."""
    with pytest.raises(DictionaryError, match="bracket"):
        _dictionary(tmp_path, f"SFX S Y 1\nSFX S 0 s {condition}\n", "a/S")


@pytest.mark.parametrize("named", ["unknown", "idna", "base64", "unicode_escape", "punycode", "UTF-16", "\x00"])
def test_an_encoding_that_is_none_of_hunspells_is_told(tmp_path: Path, named: str) -> None:
    """Python knows others, which are no encodings of texts, or take a square of the time."""
    with pytest.raises(DictionaryError, match="is none of Hunspell's"):
        _written(tmp_path, f"SET {named}\n".encode(), b"1\na\n")


@pytest.mark.parametrize("named", ["UTF-8", "utf8", "ISO8859-15", "KOI8-R", "microsoft-cp1251", "TIS620-2533"])
def test_the_encodings_of_hunspell_are_read(tmp_path: Path, named: str) -> None:
    """Those of hunspell(5) that Python has, in their usual spellings."""
    assert _written(tmp_path, f"SET {named}\n".encode(), b"1\nabc\n").knows("abc")


@pytest.mark.parametrize("affixes", ["SFX A\nSFX A 0", "PFX A Y 1\nPFX A", "SFX A Y 1\nSFX A 0\n"])
def test_an_affix_that_is_cut_short_is_told(tmp_path: Path, affixes: str) -> None:
    """A line that does not say what it takes off and puts on is no affix."""
    with pytest.raises(DictionaryError, match="does not say"):
        _dictionary(tmp_path, affixes, "a/A")


@pytest.mark.parametrize("flags", ["²", "9" * 5_000, "0"])
def test_an_alias_that_is_no_number_is_no_flag(tmp_path: Path, flags: str) -> None:
    """What looks like a number and names no alias leaves the word without flags."""
    assert _dictionary(tmp_path, "AF 1\nAF AB", f"word/{flags}").knows("word")
