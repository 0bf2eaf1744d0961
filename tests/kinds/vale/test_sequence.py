"""The kinds `sequence` and `script`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: sequence\nmessage: 'seq %s'\n"


@pytest.mark.parametrize(
    ("tokens", "text", "matches"),
    [
        ("[{pattern: please}, {pattern: be, negate: true}]", "please wait, please be nice", ["please wait"]),
        ("[{pattern: your}, {pattern: lamp, skip: 2}]", "your new red lamp", ["your new red lamp"]),
        ("[{pattern: your}, {pattern: lamp, skip: 1}]", "your new red lamp", []),
        ("[{pattern: your}, {pattern: lamp, skip: 2}]", "your lamp is here", ["your lamp"]),
        ("[{pattern: not, negate: true}, {pattern: sorry}]", "we are sorry. We are not sorry.", ["are sorry"]),
        ("[{pattern: not, negate: true}, {pattern: sorry}]", "sorry", ["sorry"]),
        ('[{pattern: we}, {pattern: "\'ll"}]', "we'll call", ["we'll"]),
        ("[{pattern: red, target: true}, {pattern: lamp}]", "a red lamp", ["red"]),
        ("[{pattern: no, min: 2}]", "no no", ["no no"]),
    ],
)
def test_what_is_found(tmp_path: Path, tokens: str, text: str, matches: list[str]) -> None:
    """Words that follow one another as the tokens say are found in each sentence, with what stands between."""
    assert rulefiles.matches(tmp_path, f"{HEAD}tokens: {tokens}\n", text) == matches


def test_the_message_takes_each_word(tmp_path: Path) -> None:
    """`%[2]s` is the second word of the sequence."""
    rule = "extends: sequence\nmessage: '%[2]s after %[1]s'\ntokens: [{pattern: red}, {pattern: lamp}]\n"
    assert [found.message for found in rulefiles.findings(tmp_path, rule, "the red lamp")] == ["lamp after red"]


def test_exceptions_hold_regions(tmp_path: Path) -> None:
    """A match that begins where an exception of the rule matches is dropped."""
    rule = f"{HEAD}tokens: [{{pattern: red}}, {{pattern: lamp}}]\nexceptions: ['very red lamp']\n"
    assert rulefiles.matches(tmp_path, rule, "a very red lamp and a red lamp") == ["red lamp"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"{HEAD}tokens: [{{pattern: meet}}, {{tag: NN}}]\n", "need a tagger of parts of speech"),
        ("extends: script\nmessage: m\nscript: 'matches := []'\n", "runs a script, which cannedkit does not"),
    ],
)
def test_what_cannot_run_is_off(tmp_path: Path, content: str, reason: str) -> None:
    """A rule that needs tags or a script is off and says why; it is no error."""
    linter = rulefiles.linter(tmp_path, {"Rule": content})
    assert linter.checks == ()
    assert linter.refused == ()
    assert len(linter.notes) == 1
    assert linter.notes[0].startswith("Test.Rule is off: ")
    assert reason in linter.notes[0]
