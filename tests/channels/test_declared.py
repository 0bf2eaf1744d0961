"""Channels in cannedkit.yaml: what they are like, their own limits, and what is wrong with a declaration."""

from __future__ import annotations

import pytest

from cannedkit import settings
from cannedkit.model.settings import Channel
from tests.conftest import Write


def test_what_is_declared(write: Write) -> None:
    """A channel is like what it says, or like that of its name, and has limits for every unit and part."""
    declared = """\
channels:
  chat:
  sms: {max_segments: 2, max_words: 30}
  orders: {like: push-ios, max_graphemes: 120, max_utf16: 200, subject: {max_graphemes: 25, max_bytes: 60}}
  x: {like: x-direct, max_weighted: 100, max_characters: 90, max_bytes: 300, max_sentences: 3}
"""
    assert settings.load(write({"cannedkit.yaml": declared}) / "cannedkit.yaml").channels == {
        "chat": Channel("chat"),
        "sms": Channel("sms", "sms", {"body": {"segments": 2, "words": 30}}),
        "orders": Channel(
            "orders", "push-ios", {"body": {"graphemes": 120, "utf16": 200}, "subject": {"graphemes": 25, "bytes": 60}}
        ),
        "x": Channel("x", "x-direct", {"body": {"sentences": 3, "characters": 90, "bytes": 300, "weighted": 100}}),
    }


@pytest.mark.parametrize(
    ("channel", "problem"),
    [
        ("{like: whatsap}", "`like` cannot be 'whatsap'; did you mean `whatsapp`?"),
        ("{max_byte: 5}", "unknown key `max_byte` in channel note; did you mean `max_bytes`?"),
        ("{max_bytes: 0}", "`max_bytes` must be a whole number of at least 1, not '0'"),
        ("{subject: 40}", "`subject` must be a mapping of names to values, not a text"),
        ("{subject: {max_words: 4}}", "unknown key `max_words` in `subject` of channel note"),
        ("{subjekt: {max_bytes: 4}}", "unknown key `subjekt` in channel note; did you mean `subject`?"),
    ],
)
def test_a_fault_is_told_with_its_place(write: Write, channel: str, problem: str) -> None:
    """What is wrong, where, and the nearest name; the channel itself stays in use."""
    found = settings.load(write({"cannedkit.yaml": f"channels: {{note: {channel}}}\n"}) / "cannedkit.yaml")
    (refused,) = found.refused
    assert problem in refused.message
    assert (refused.line, refused.column > 10) == (1, True)
    assert list(found.channels) == ["note"]
