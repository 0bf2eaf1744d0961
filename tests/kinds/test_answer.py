"""The kind `answer`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.draft import Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = r"""
extends: answer
message: "%s"
words: {money: ['£\d+']}
asked: ['\bbalance\b']
tells: ['{money}', '\bowe\b']
unless: ['\bverified\b']
"""
ASKED = (Turn("customer", "What's my balance?"), Turn("agent", "One moment."), Turn("customer", "ok"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hi. It is £5. Bye.", ["It is £5."]),
        ("You owe £5. You owe £6.", ["You owe £5.", "You owe £6."]),
        ("Is it £5?", []),
        ("You are verified. It is £5.", []),
        ("It is in the app.", []),
    ],
)
def test_what_an_answer_tells(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """Each sentence that tells is found as a whole, once; a question tells nothing."""
    assert rulefiles.matches(tmp_path, RULE, text, history=ASKED) == wanted


@pytest.mark.parametrize("history", [(), (Turn("customer", "Hi"),), (Turn("agent", "Your balance?"),)])
def test_nobody_asked(tmp_path: Path, history: tuple[Turn, ...]) -> None:
    """What the customer did not ask for is no answer."""
    assert rulefiles.matches(tmp_path, RULE, "It is £5.", history=history) == []


def test_a_question_for_which_any_answer_will_do(tmp_path: Path) -> None:
    """`unasked` takes a question out that `asked` has, whatever the draft says."""
    rule = RULE + "unasked: ['\\bcheck my balance\\b']\n"
    other = (Turn("customer", "Should I check my balance?"),)
    assert rulefiles.matches(tmp_path, rule, "It is £5.", history=ASKED) == ["It is £5."]
    assert rulefiles.matches(tmp_path, rule, "It is £5.", history=other) == []


def test_nothing_else_may_stand_there(tmp_path: Path) -> None:
    """With `idle` a sentence of another kind makes the draft harmless."""
    rule = RULE + "idle: ['^Hi']\n"
    assert rulefiles.matches(tmp_path, rule, "Hi Jo. It is £5.", history=ASKED) == ["It is £5."]
    assert rulefiles.matches(tmp_path, rule, "Hi Jo. It is £5. Shall I send it?", history=ASKED) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("asked: [x]\n", "an answer rule has `asked`"),
        ("tells: [x]\n", "an answer rule has `asked`"),
        ("asked: [x]\ntells: ['(']\n", "regular expression"),
    ],
)
def test_a_rule_with_a_fault(tmp_path: Path, rule: str, told: str) -> None:
    """A rule that cannot be read says what is wrong with it."""
    with pytest.raises(RuleError, match=told):
        rulefiles.linter(tmp_path, {"Rule": f"extends: answer\nmessage: m\n{rule}"})
