"""The kind `next-step`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = r"""
extends: next-step
message: "%s lacks %s"
ignorecase: true
triggers: ["we can't \\w+", please wait]
ways:
  a way on: [instead, I can]
  a time: ['\d+ minutes']
exceptions: [we can't wait]
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We can't help.", ["We can't help lacks a way on, a time"]),
        ("We can't help. I can call in 5 minutes.", []),
        ("In 5 minutes I can call. We can't help.", []),
        ("We can't help. I can call.", ["We can't help lacks a time"]),
        ("Please wait 5 minutes.", ["Please wait lacks a way on"]),
        ("Please wait. We can't help.", ["Please wait lacks a way on, a time", "We can't help lacks a way on, a time"]),
        ("We can't wait!", []),
        ("All is well.", []),
    ],
)
def test_a_trigger_needs_each_way(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """Each trigger is found with the names of the ways that stand nowhere in the draft, none where all do."""
    assert [found.message for found in rulefiles.findings(tmp_path, RULE, text)] == wanted


def test_a_way_inside_a_trigger_is_none(tmp_path: Path) -> None:
    """What the trigger itself holds is no way on: "call" in "no call is possible" helps nobody."""
    rule = "extends: next-step\nmessage: m\ntriggers: [no call is possible]\nways: {way: [call]}\n"
    assert rulefiles.matches(tmp_path, rule, "no call is possible") == ["no call is possible"]
    assert rulefiles.matches(tmp_path, rule, "no call is possible, so call Jo") == []


@pytest.mark.parametrize(
    ("turns", "before", "quiet"), [(1, 1, False), (2, 1, True), (2, 2, False), (3, 2, True), (5, 3, True)]
)
def test_a_way_in_an_earlier_message_holds_for_some_turns(tmp_path: Path, turns: int, before: int, quiet: bool) -> None:
    """With `turns: n` a way on may stand in any of our last n messages, this one among them."""
    rule = f"extends: next-step\nmessage: m\nturns: {turns}\ntriggers: [sorry]\nways: {{person: [colleague]}}\n"
    ours = [Turn("agent", "Type colleague."), *[Turn("agent", "Hm.")] * (before - 1)]
    history = tuple(turn for one in ours for turn in (one, Turn("customer", "colleague")))
    assert (rulefiles.findings(tmp_path, rule, "sorry", history=history) == []) is quiet


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("ways: {a: [b]}", "needs `triggers`, and `ways` on by name"),
        ("triggers: [a]", "needs `triggers`, and `ways` on by name"),
        ("triggers: ['(']\nways: {a: [b]}", "in the regular expression"),
        ("triggers: [a]\nways: {a: ['(']}", "in the regular expression"),
        ("triggers: [a]\nways: [b]", "`ways` must be a mapping"),
        ("triggers: [a]\nways: {a: [b]}\nturn: 2", "`turn` is no key of a rule that extends next-step; did you mean"),
    ],
)
def test_faults_are_named(tmp_path: Path, options: str, message: str) -> None:
    """A rule that cannot work says what is missing or wrong."""
    with pytest.raises(RuleError, match=message):
        rulefiles.linter(tmp_path, {"Rule": f"extends: next-step\nmessage: m\n{options}\n"})


def test_words_and_unless(tmp_path: Path) -> None:
    """`{name}` stands for words in triggers and ways, and `unless` lets a trigger pass by what its sentence says."""
    rule = (
        "extends: next-step\nmessage: m\nignorecase: true\nwords: {thing: [lamp, sofa], who: [we]}\n"
        "triggers: ['no {thing}']\nways: {a way on: ['{who} can']}\nunless: ['yet']\n"
    )
    text = "No lamp. No sofa yet. No box."
    assert rulefiles.matches(tmp_path, rule, text) == ["No lamp"]
    assert rulefiles.findings(tmp_path, rule, "No lamp, but we can order one.") == []


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> lint.Linter:
    """The linter over the rule of this page, built once."""
    return rulefiles.linter(tmp_path_factory.mktemp("next"), {"Rule": RULE})


@given(st.lists(st.sampled_from(["We can't go.", "Please wait.", "I can.", "5 minutes.", "Fine."]), max_size=6))
def test_all_or_nothing(linter: lint.Linter, pieces: list[str]) -> None:
    """In any order: every trigger of a draft is found unless both ways stand in it, and then none is."""
    found = linter.lint(Draft(" ".join(pieces)))
    helped = "I can." in pieces and "5 minutes." in pieces
    assert len(found) == (0 if helped else sum(piece in ("We can't go.", "Please wait.") for piece in pieces))
