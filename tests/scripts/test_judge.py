"""The sample for judging by eye is fixed, spread over the rules, and shows where each finding stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit.model.draft import Draft, Finding, Level
from scripts import judge
from scripts.judge import EVERY, Seen, drafts, even, sample

pytestmark = pytest.mark.checkout


def _seen(rule: str, text: str) -> Seen:
    return Seen(Finding(0, 4, rule, Level.WARNING), Draft(text), "set.jsonl")


def test_loud_rules_do_not_crowd_out_the_others() -> None:
    """A rule with one finding is shown beside a rule with fifty, and no rule more often than asked."""
    loud = [_seen("Test.Loud", f"Soon number {number}.") for number in range(50)]
    shown = sample([*loud, _seen("Test.Quiet", "Then it comes.")], most=10, each=3)
    assert [one.finding.rule for one in shown].count("Test.Loud") == 3
    assert [one.finding.rule for one in shown].count("Test.Quiet") == 1
    assert len(sample(loud, most=2, each=3)) == 2


def test_the_sample_is_the_same_whatever_the_order() -> None:
    """The same findings give the same sample in whichever order the sets are read, and no sentence twice."""
    found = [_seen("Test.Loud", f"Soon number {number}.") for number in range(20)]
    assert sample(found, 5, 5) == sample(found[::-1] + found, 5, 5)
    assert sample([_seen("Test.Loud", "Soon."), _seen("Test.Loud", "soon.")], 5, 5)[1:] == []


def test_the_sentence_with_the_span_marked() -> None:
    """What is shown is the sentence of the finding and not its neighbours, with the span in double brackets."""
    text = "It left. Your lamp is\nhere soon. Bye."
    assert Seen(Finding(27, 31, "Test.Rule", Level.WARNING), Draft(text), "").sentence == "here [[soon]]."
    assert Seen(Finding(0, 14, "Test.Rule", Level.WARNING), Draft(text), "").sentence == "[[It left. Your ]]lamp is"
    assert Seen(Finding(8, 8, "Test.Rule", Level.WARNING), Draft(text), "").sentence == "It left.[[]]"


def test_only_what_agents_wrote_is_read(tmp_path: Path) -> None:
    """Customers' turns and canned drafts are left out, slots are filled, letters are e-mail, turns are history."""
    letter = "Dear Ana,\n\nIt left.\n\nTess"
    rows = [
        {"role": "customer", "text": "My lamp is gone."},
        {"mode": "canned", "draft": "Which lamp?", "user": "My lamp is gone."},
        {"mode": "custom", "draft": "Which lamp was it?", "user": "My lamp is gone."},
        {"task": "lamps", "text": "Lamp {name:s} has {lights:d} lights."},
        {"text": letter},
        {"text": "It left.", "locale": "en-GB", "channel": "sms", "mood": "angry", "known": ["lamp"]},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    read = list(drafts(file, "en-US", "chat"))
    assert [draft.text for draft in read] == [
        "Which lamp was it?",
        "Lamp Ana has 7 lights.",
        letter,
        "It left.",
    ]
    assert [turn.text for turn in read[0].history] == ["My lamp is gone."]
    assert [draft.channel for draft in read] == ["chat", "chat", "email", "sms"]
    assert (read[3].locale, read[3].mood, read[3].known) == ("en-GB", "upset", ("lamp",))


def test_a_sample_is_of_its_pack_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program itself reports of the same texts, such as a foreign spelling, is not judged with it."""
    (tmp_path / "set.jsonl").write_text(
        json.dumps({"text": "Kindly send us the colour of the sofa."}), encoding="utf-8"
    )
    monkeypatch.setattr(judge, "SETS", {"en-US": (("set.jsonl", "chat"),)})
    assert {one.finding.rule for one in judge.seen(tmp_path, "Care")} == {"Care.Kindly"}


def test_an_even_sample_has_loud_rules_as_often_as_they_are_met() -> None:
    """Drawn from all findings, whichever order they come in, a rule with nine in ten has most; none reads twice."""
    loud = [_seen("Test.Loud", f"Soon number {number}.") for number in range(90)]
    found = [*loud, *(_seen("Test.Quiet", f"Then number {number}.") for number in range(10))]
    shown = even(found, 20)
    assert shown == even(found[::-1] + found, 20)
    assert [one.finding.rule for one in shown].count("Test.Loud") > 14


def test_all_packs_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs and engines find what they find together on the same text."""
    (tmp_path / "set.jsonl").write_text(json.dumps({"text": "Kindly send us the adress soon."}), encoding="utf-8")
    monkeypatch.setattr(judge, "SETS", {"en-US": (("set.jsonl", "chat"),)})
    rules = {one.finding.rule for one in judge.seen(tmp_path, EVERY)}
    assert {"Care.Kindly", "Harper.SpellCheck"} <= rules
