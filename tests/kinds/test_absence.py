"""The kind `absence`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = r"""
extends: absence
message: "lacks %s"
words: {day: [monday, friday]}
needs:
  a day: ['\b{day}\b']
  the fault: ['\bbroken\b']
echo: the fault
"""
ASKED = (Turn("customer", "My kettle leaks"),)


def lacks(folder: Path, text: str, more: str = "", history: tuple[Turn, ...] = ASKED, **draft: Any) -> list[str]:
    """The messages of the rule, with more keys, for one draft."""
    linter = rulefiles.linter(folder, {"Rule": RULE + more})
    return [one.message for one in linter.lint(Draft(text, history=history, **draft))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("All is well.", ["lacks a day, the fault"]),
        ("It comes on Friday.", ["lacks the fault"]),
        ("The kettles are here on Monday.", []),
        ("It was broken, and comes on Monday.", []),
    ],
)
def test_what_is_missing(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """The names of what is missing are told; the customer's own word, in any form, meets the need that it echoes."""
    assert lacks(tmp_path, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kettles leak in various ways.", ["lacks a day, something new"]),
        ("It depends on the kettle and its leaks.", ["lacks a day, something new"]),
        ("The valve is dirty.", ["lacks a day"]),
        ("On Monday.", []),
    ],
)
def test_words_that_are_no_news(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """A word that the customer used, in any form, or one of `empty` is no news, and any other word is."""
    rule = RULE.replace(
        "the fault: ['\\bbroken\\b']\necho: the fault", "something new: ['\\byes\\b']\nnews: something new"
    )
    files = {"Rule": f"{rule}empty: [various, ways, depends]\n"}
    found = rulefiles.linter(tmp_path, files).lint(Draft(text, history=ASKED))
    assert [one.message for one in found] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Our pool is deep.", ["lacks an answer"]),
        ("We heat it to 28 degrees.", ["lacks an answer"]),
        ("Heated pools are in York.", []),
        ("Yes.", []),
    ],
)
def test_what_the_question_wants_to_know(tmp_path: Path, text: str, wanted: list[str]) -> None:
    """A word of what is asked of the subject meets the need of that focus; the subject itself does not."""
    rule = "extends: absence\nmessage: 'lacks %s'\nneeds: {an answer: ['yes']}\nfocus: an answer\n"
    history = (Turn("customer", "I love your pool. Is the pool heated?"),)
    assert [one.message for one in rulefiles.findings(tmp_path, rule, text, history=history)] == wanted


def test_the_finding_is_the_whole_text(tmp_path: Path) -> None:
    """What is missing has no place of its own: the finding is the text, without the white space around it."""
    (found,) = rulefiles.findings(tmp_path, RULE, "  All is well.\n", history=ASKED)
    assert (found.start, found.end) == (2, 14)


@pytest.mark.parametrize(
    ("more", "history", "looks"),
    [
        ("asked: [leak]\n", ASKED, True),
        ("asked: [burns]\n", ASKED, False),
        ("unasked: [leak]\n", ASKED, False),
        ("asked: [leak]\n", (*ASKED, Turn("agent", "Hi")), False),
        ("triggers: [well]\n", ASKED, True),
        ("triggers: [ill]\n", ASKED, False),
        ("exempt: [well]\n", ASKED, False),
        ("least: 3\n", ASKED, True),
        ("least: 4\n", ASKED, False),
        ("most: 1\n", ASKED, True),
        ("most: 2\n", ASKED, False),
        ("history: true\n", ASKED, True),
        ("history: true\n", (), False),
        ("history: false\n", ASKED, False),
        ("history: false\n", (), True),
        ("bots: 2\n", (Turn("bot", "Hi"), *ASKED, Turn("bot", "Hi")), True),
        ("bots: 2\n", (Turn("bot", "Hi"), Turn("agent", "Hi"), Turn("bot", "Hi")), False),
        ("bots: 2\n", (Turn("bot", "Hi"), *ASKED), False),
    ],
)
def test_when_something_must_be_there(tmp_path: Path, more: str, history: tuple[Turn, ...], looks: bool) -> None:
    """Each condition on the conversation or the draft says when the rule looks; a person of ours ends a bot's turns."""
    assert bool(lacks(tmp_path, "All is well.", more, history)) == looks


def test_a_mood_that_was_read_asks_for_less(tmp_path: Path) -> None:
    """Where the mood was read from words and not given, one of the needs may be missing."""
    more = "where: {mood: upset}\n"
    assert lacks(tmp_path, "It comes on Friday.", more, mood="upset") == ["lacks the fault"]
    assert lacks(tmp_path, "It comes on Friday.", more, mood="upset", heard="furious") == []
    assert lacks(tmp_path, "All is well.", more, mood="upset", heard="furious") == [
        "lacks a day, the fault (They are upset: “furious”.)"
    ]


def test_a_reply_of_a_catalogue_answers_no_message(tmp_path: Path) -> None:
    """What a draft without a conversation must hold is not asked of a reply for many customers."""
    assert lacks(tmp_path, "All is well.", "history: false\n", (), path="") != []
    assert lacks(tmp_path, "All is well.", "history: false\n", (), path="/a/responses/x.yaml") == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("extends: absence\nmessage: m\n", "an absence rule has `needs`"),
        ("extends: absence\nmessage: m\nneeds: {a day: [x]}\necho: a dya\n", "did you mean `a day`"),
        ("extends: absence\nmessage: m\nneeds: {a day: ['{dya}']}\nwords: {day: [x]}\n", "is none of the `words`"),
        ("extends: absence\nmessage: m\nneeds: {a day: ['(']}\n", "regular expression"),
    ],
)
def test_a_rule_with_a_fault(tmp_path: Path, rule: str, told: str) -> None:
    """A rule that cannot be read says what is wrong with it."""
    with pytest.raises(RuleError, match=told):
        rulefiles.linter(tmp_path, {"Rule": rule})
