"""What the settings say of topics, held against drafts and replies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit import Kit
from tests.conftest import Run

SETTINGS = """
packs: []
engines: {}
channels: {chat: {}, email: {}, page: {like: x}}
topics:
  fraud: {channels: [phone, email], move_to: channels/phone, escalate: {mood: angry, known: [injury]}}
  health: {private: true}
"""


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A kit whose settings have two topics."""
    (tmp_path / "cannedkit.yaml").write_text(SETTINGS)
    (tmp_path / "responses").mkdir()
    (tmp_path / "responses/fraud.yaml").write_text("seen: {channels: [chat, email], body: We saw it.}\n")
    return Kit.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("We saw it.", {"topic": "fraud"}, ["Topic.Channel"]),
        ("We saw it.", {"topic": "fraud/card"}, ["Topic.Channel"]),
        ("We saw it.", {"topic": "fraudulent"}, []),
        ("We saw it.", {}, []),
        ("We saw it.", {"topic": "fraud", "channel": "email"}, []),
        ("Please ring us on 0800 555 0100.", {"topic": "fraud"}, []),
        ("I'll email you.", {"topic": "fraud"}, []),
        ("We saw it.", {"topic": "fraud", "channel": "email", "mood": "upset"}, ["Topic.Escalate"]),
        ("We saw it.", {"topic": "fraud", "channel": "email", "known": ["injury"]}, ["Topic.Escalate"]),
        ("My manager writes to you by 3pm.", {"topic": "fraud", "channel": "email", "mood": "upset"}, []),
        ("We saw it.", {"topic": "fraud", "channel": "email", "mood": "upset", "known": ["escalated"]}, []),
        ("We saw it.", {"topic": "health", "channel": "page"}, ["Topic.Private"]),
        ("We saw it.", {"topic": "health", "channel": "chat"}, []),
        ("Fraud", {"topic": "fraud", "part": "subject"}, []),
    ],
)
def test_a_draft_of_a_topic(kit: Kit, text: str, said: dict[str, str], told: list[str]) -> None:
    """A channel that may not carry a topic is found unless the draft moves it; so is a topic that goes to nobody."""
    assert [one.rule for one in kit.lint(text, locale="en", **said)] == told  # type: ignore[arg-type]


def test_where_to_move_it(kit: Kit) -> None:
    """The message names the channels that may carry it, and the reply that moves it."""
    (found,) = kit.lint("We saw it.", locale="en", topic="fraud")
    assert found.message == "'fraud' is not for this channel: move it to phone or email, with the reply channels/phone."
    assert kit.explain("Topic.Channel").why


def test_replies_of_a_topic(kit: Kit) -> None:
    """A reply is found on the channels that may not carry its topic, and on no other."""
    (found,) = kit.check().findings
    assert (found.finding.rule, found.channels) == ("Topic.Channel", ("chat",))


def test_levels_hold_for_topics(tmp_path: Path, kit: Kit) -> None:
    """What is reported of topics has a level as any rule, and `off` turns it off."""
    (tmp_path / "cannedkit.yaml").write_text(f"{SETTINGS}levels: {{Topic.Channel: error, Topic.Escalate: off}}\n")
    found = Kit.load(tmp_path).lint("We saw it.", locale="en", topic="fraud", mood="upset")
    assert [(one.rule, str(one.level)) for one in found] == [("Topic.Channel", "error")]


def test_topics_of_lines_and_options(run: Run, tmp_path: Path, kit: Kit) -> None:
    """`topic` of a line of JSON and `--topic` say what a draft is about."""
    (tmp_path / "a.txt").write_text("We saw it.")
    ran = run("lint", "a.txt", "--topic", "fraud", "--locale", "en", "--format", "concise", cwd=tmp_path)
    assert "Topic.Channel" in ran.out
    line = json.dumps({"id": 1, "text": "We saw it.", "locale": "en", "topic": "fraud"})
    (tmp_path / "a.jsonl").write_text(line)
    ran = run("lint", "--jsonl", "a.jsonl", cwd=tmp_path)
    assert [one["rule"] for one in json.loads(ran.out)["findings"]] == ["Topic.Channel"]


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        ("{fraud: {channels: [fone]}}", "unknown channel `fone`; did you mean `phone`?"),
        ("{fraud: {chanels: [phone]}}", "unknown key `chanels` of the topic `fraud`; did you mean `channels`?"),
        ("{fraud: {}}", "the topic `fraud` needs `channels`, `private` or `escalate`"),
        ("{fraud: {escalate: {mood: upset}, move_to: a/b}}", "`move_to` needs `channels` or `private`"),
        ("{fraud: {escalate: {mood: upsett}}}", "`mood` cannot be 'upsett'"),
        ("{fraud: {escalate: {}}}", "`escalate` says when"),
        ("{fraud: {private: perhaps}}", "`private` cannot be 'perhaps'"),
        ("[fraud]", "`topics` must be a mapping"),
    ],
)
def test_a_topic_with_a_fault(tmp_path: Path, topics: str, told: str) -> None:
    """A fault has its place and the nearest name, and leaves the rest of the settings alone."""
    (tmp_path / "cannedkit.yaml").write_text(f"engines: {{}}\ntopics: {topics}\n")
    settings = Kit.load(tmp_path, forgiving=True).settings
    assert [told in one.message for one in settings.refused] == [True], settings.refused
    assert settings.topics == ()
