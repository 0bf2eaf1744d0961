"""The kind `abbreviation`: capitals that nobody explains."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Vocabulary
from tests import rulefiles

RULE = "extends: abbreviation\nmessage: \"'%s'\"\nknown: [PIN, BBC]\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The SRE has it.", ["SRE"]),
        ("The SREs have it.", ["SREs"]),
        ("The lamp is GREEN at night.", []),
        ("The lamp is GREN at night.", ["GREN"]),
        ("The SKU is here.", ["SKU"]),
        ("Your PIN and both PINs, on the BBC.", []),
        ("The return number (RMA) is on the lid, and the RMA counts.", []),
        ("Your RMA (return number) is here.", []),
        ("Your RMA, or return number, is here.", []),
        ("A service level agreement binds us, so the SLA holds.", []),
        ("The SLA holds.", ["SLA"]),
        ("A level of service that the SLA holds.", ["SLA"]),
        ("What banks call KYC.", []),
        ("Press the WPS button.", ["WPS"]),
        ("The button WPS is red.", []),
        ("Flight KL1009, form A-38B, H&M, the O/S, x.ABC.de", []),
        ("It is NOW HERE again.", []),
        ('The lid says "TSD".', []),
    ],
)
def test_what_is_found(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """An abbreviation is found unless it is known, a word, explained near it or before, shown, or part of a code."""
    assert rulefiles.matches(tmp_path, RULE, text) == wanted


def test_what_the_customer_wrote_needs_no_words(tmp_path: Path) -> None:
    """Whoever used an abbreviation knows it; that we used it before tells nobody what it means."""
    theirs, ours = (Turn(who, "Where is my FRD?") for who in ("customer", "agent"))
    assert rulefiles.matches(tmp_path, RULE, "The FRD is here.", history=(theirs,)) == []
    assert rulefiles.matches(tmp_path, RULE, "The FRD is here.", history=(ours,)) == ["FRD"]


def test_the_vocabulary_counts_as_known(tmp_path: Path) -> None:
    """What a company accepts it need not explain."""
    check = rulefiles.linter(tmp_path, {"Rule": RULE}, vocabulary=Vocabulary(accept=("FRD",)))
    assert check.lint(Draft("The FRD is here.")) == []


def test_known_is_a_list(tmp_path: Path) -> None:
    """A `known` that is no list of texts is an error."""
    with pytest.raises(RuleError, match="known"):
        rulefiles.linter(tmp_path, {"Rule": RULE.replace("[PIN, BBC]", "{PIN: a}")})


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> lint.Linter:
    """The linter over the rule of this page, built once."""
    return rulefiles.linter(tmp_path_factory.mktemp("short"), {"Rule": RULE})


@given(st.text(alphabet="ABCs (),.1&\n", max_size=60))
def test_findings_are_capitals(linter: lint.Linter, text: str) -> None:
    """In any text what is found is two to six capitals, perhaps with an s behind them."""
    for one in linter.lint(Draft(text)):
        found = text[one.start : one.end].removesuffix("s")
        assert found.isupper()
        assert 2 <= len(found) <= 6


DUTCH = RULE + "little: nl\njoined: true\nshown: [heet, knop]\ntold: [', ofwel ']\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("De SRE heeft hem.", ["SRE"]),
        ("De SRE-controle volgt.", ["SRE"]),
        ("Formulier A-38B en de BBC-zender.", []),
        ("In ons vak heet SRE een rol.", []),
        ("De SRE, ofwel de wacht, heeft hem.", []),
        ("Dat IS ZO, zegt de WEL-groep.", []),
    ],
)
def test_a_rule_brings_the_words_of_its_language(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """What stands before a name and behind one, its little words, and compounds, are those that the rule says."""
    assert rulefiles.matches(tmp_path, DUTCH, text) == wanted
