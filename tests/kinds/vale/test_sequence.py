"""The kinds `sequence` and `script`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cannedkit.model.errors import RuleError
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
    ("tokens", "text", "matches"),
    [
        ("[{pattern: meet}, {tag: NN}]", "we meet quickly; we meet today", ["meet today"]),
        ("[{tag: DT}, {tag: NNS}]", "a lamp, the lamps, the lamp", ["the lamps"]),
        ("[{upos: ADJ}, {upos: NOUN}]", "A bright lamp is new.", ["bright lamp"]),
        ("[{pattern: your}, {upos: AUX, negate: true}]", "your is, your lamp", ["your lamp"]),
        ("[{tag: NN, skip: 5}, {pattern: it|its}]", "The lamp is where it has its place.", ["lamp is where it"]),
    ],
)
def test_english_words_have_the_tags_of_vale(tmp_path: Path, tokens: str, text: str, matches: list[str]) -> None:
    """`tag` and `upos` need no pipeline in English; of matches that begin at one place the first is shown."""
    assert rulefiles.matches(tmp_path, f"{HEAD}tokens: {tokens}\n", text) == matches


def test_tags_are_for_english_where_no_pipeline_is_named(tmp_path: Path) -> None:
    """A draft in another language is let pass: nobody knows its parts of speech."""
    rule = f"{HEAD}tokens: [{{pattern: de}}, {{tag: .}}]\n"
    assert rulefiles.matches(tmp_path, rule, "de lamp", locale="nl") == []


@pytest.mark.parametrize(
    ("tokens", "fault"),
    [
        ("[{upos: NOUNS}]", "`upos`: there is no part of speech NOUNS; did you mean `NOUN`?"),
        ("[{tag: NN, negate: true}]", "needs a `pattern`, `tag` or `upos` that is not negated"),
    ],
)
def test_parts_of_speech_are_checked(tmp_path: Path, tokens: str, fault: str) -> None:
    """A part of speech that there is not, and a sequence of absences, are errors of the rule."""
    with pytest.raises(RuleError, match=re.escape(fault)):
        rulefiles.linter(tmp_path, {"Rule": f"{HEAD}tokens: {tokens}\n"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("extends: script\nmessage: m\nscript: 'matches := []'\n", "runs a script, which cannedkit does not"),
    ],
)
def test_what_cannot_run_is_off(tmp_path: Path, content: str, reason: str) -> None:
    """A rule that needs a script is off and says why; it is no error."""
    linter = rulefiles.linter(tmp_path, {"Rule": content})
    assert linter.checks == ()
    assert linter.refused == ()
    assert len(linter.notes) == 1
    assert linter.notes[0].startswith("Test.Rule is off: ")
    assert reason in linter.notes[0]
