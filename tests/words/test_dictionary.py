"""Dictionaries of Hunspell: what they accept, and that no word and no dictionary keeps a reader busy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cannedkit.words.dictionary import Dictionary, DictionaryError, load


def _dictionary(folder: Path, affixes: str, words: str) -> Dictionary:
    (folder / "xx.aff").write_text(f"SET UTF-8\n{affixes}")
    (folder / "xx.dic").write_text(f"{len(words.split())}\n" + "\n".join(words.split()) + "\n")
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
    for length in range(200, 256):
        assert not found.knows("a" * length + "z")
    assert time.process_time() - began < 5


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
