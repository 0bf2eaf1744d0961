"""The kind `untold`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = (
    "extends: untold\nmessage: '%s of %[2]s'\nwords: {name: ['[A-Z][a-z]+ [A-Z][a-z]+']}\n"
    "tokens: ['({name})''s (?:lamp|bill)', 'meant for ({name})']\nunless: ['my colleague']\ntitles: [mrs]\n"
)


@pytest.mark.parametrize(
    ("told", "text", "wanted"),
    [
        ("Where is my lamp?", "Ann Fields's lamp went out.", ["Ann Fields's lamp"]),
        ("Where is my lamp?", "It was meant for Ann Fields.", ["meant for Ann Fields"]),
        ("I'm Ann. Where is it?", "Ann Fields's lamp went out.", []),
        ("my sister ann fields wants it", "Ann Fields's lamp went out.", []),
        ("Annabel wants it", "Ann Fields's lamp went out.", ["Ann Fields's lamp"]),
        ("Where is my lamp?", "It was my colleague Ann Fields's lamp.", []),
        ("Where is my lamp?", "Ann Fields has it.", []),
        ("Mrs Mills was here", "Mrs Fields's lamp went out.", ["Mrs Fields's lamp"]),
    ],
)
def test_who_was_never_named(tmp_path: Path, told: str, text: str, wanted: list[str]) -> None:
    """Who stands in no message is found; whom the customer named, by a part of the name too, may be told of."""
    assert rulefiles.matches(tmp_path, RULE, text, history=(Turn("customer", told),)) == wanted


def test_a_name_in_the_facts_is_known(tmp_path: Path) -> None:
    """What is known of the customer was not brought up by the draft."""
    history = (Turn("customer", "Where is my lamp?"),)
    found = rulefiles.findings(
        tmp_path, RULE, "Ann Fields's lamp is here.", history=history, known=("name: Ann Fields",)
    )
    assert list(found) == []


def test_a_draft_alone_is_left_alone(tmp_path: Path) -> None:
    """Nobody can tell whose name it is where no message is known."""
    assert rulefiles.matches(tmp_path, RULE, "Ann Fields's lamp went out.") == []


def test_the_message_has_the_name(tmp_path: Path) -> None:
    """The second argument is the name."""
    (found,) = rulefiles.findings(tmp_path, RULE, "Ann Fields's bill", history=(Turn("customer", "Where?"),))
    assert found.message == "Ann Fields's bill of Ann Fields"


def test_a_pattern_needs_a_group_around_the_name(tmp_path: Path) -> None:
    """Without one nothing says who it is."""
    with pytest.raises(RuleError, match="a group around the name"):
        rulefiles.matches(tmp_path, "extends: untold\nmessage: '%s'\ntokens: [meant for]\n", "meant for Ann")
