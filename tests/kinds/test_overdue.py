"""The kind `overdue`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cannedkit.model.draft import Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

PROMISES = "extends: overdue\nmessage: '%s'\npromises: ['[’'']ll']\nowns: [sorry]\nsettled: [thanks]\n"
SILENCE = "extends: overdue\nmessage: '%s minutes'\nsilence: {chat: 5, email: 60}\nowns: [sorry]\n"


def talk(*turns: tuple[str, str, str]) -> tuple[Turn, ...]:
    """A conversation of one day: who, at what time, what."""
    return tuple(Turn(by, text, datetime.fromisoformat(f"2026-05-04T{at}") if at else None) for by, at, text in turns)


@pytest.mark.parametrize(
    ("text", "history", "late"),
    [
        ("Hello.", talk(("agent", "10:00", "I'll call by 11."), ("customer", "12:00", "?")), True),
        ("Hello.", talk(("bot", "10:00", "I'll call by 11."), ("customer", "12:00", "?")), True),
        ("Hello.", talk(("agent", "10:00", "I'll call by 11."), ("customer", "10:30", "?")), False),
        ("Sorry.", talk(("agent", "10:00", "I'll call by 11."), ("customer", "12:00", "?")), False),
        ("Hello.", talk(("agent", "10:00", "I'll call by 11."), ("customer", "12:00", "thanks")), False),
        ("Hello.", talk(("agent", "10:00", "I'll call."), ("customer", "12:00", "?")), False),
        ("Hello.", talk(("customer", "10:00", "I'll call by 11."), ("customer", "12:00", "?")), False),
        ("Hello.", talk(("agent", "", "I'll call by 11."), ("customer", "12:00", "?")), False),
        ("Hello.", talk(("agent", "10:00", "I'll call by 11."), ("customer", "", "?")), False),
        (
            "Hello.",
            talk(
                ("agent", "10:00", "I'll call by 11."),
                ("agent", "11:30", "I'll call by 1pm."),
                ("customer", "12:00", "?"),
            ),
            False,
        ),
        (
            "Hello.",
            talk(("agent", "10:00", "I'll call by 11."), ("agent", "11:30", "Sorry!"), ("customer", "12:00", "?")),
            False,
        ),
        ("Hello.", (), False),
    ],
)
def test_a_promise_that_passed(tmp_path: Path, text: str, history: tuple[Turn, ...], late: bool) -> None:
    """Our last promise counts, by the times of the turns; who owns that it is late, or hears it is done, is right."""
    assert bool(rulefiles.findings(tmp_path, PROMISES, text, history=history)) == late


@pytest.mark.parametrize(
    ("channel", "history", "wanted"),
    [
        ("chat", talk(("customer", "10:00", "Hi"), ("customer", "10:06", "Hello?")), ["6 minutes"]),
        ("chat", talk(("customer", "10:00", "Hi"), ("customer", "10:05", "Hello?")), []),
        ("email", talk(("customer", "10:00", "Hi"), ("customer", "10:06", "Hello?")), []),
        ("email", talk(("customer", "10:00", "Hi"), ("customer", "11:06", "Hello?")), ["66 minutes"]),
        ("letter", talk(("customer", "10:00", "Hi"), ("customer", "11:06", "Hello?")), []),
        ("chat", talk(("customer", "10:00", "Hi"), ("agent", "10:05", "Hi"), ("customer", "10:09", "And?")), []),
    ],
)
def test_a_silence(tmp_path: Path, channel: str, history: tuple[Turn, ...], wanted: list[str]) -> None:
    """Each channel has its own limit; a word of ours ends the silence."""
    found = rulefiles.findings(tmp_path, SILENCE, "Hello.", history=history, channel=channel)
    assert [one.message for one in found] == wanted


@pytest.mark.parametrize("more", ["owns: [x]\n", "promises: [x]\n", "promises: [x]\nsilence: {chat: 5}\nowns: [x]\n"])
def test_a_rule_is_of_one_sort(tmp_path: Path, more: str) -> None:
    """A rule has promises or a silence, and says what owns them."""
    with pytest.raises(RuleError, match="an overdue rule has"):
        rulefiles.linter(tmp_path, {"Rule": f"extends: overdue\nmessage: m\n{more}"})
