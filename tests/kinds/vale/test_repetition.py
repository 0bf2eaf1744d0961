"""The kind `repetition`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: repetition\nmessage: \"'%s' twice\"\n"


@pytest.mark.parametrize(
    ("options", "text", "matches"),
    [
        (r"tokens: ['[^\s.!?]+']", "We will will call.", ["will will"]),
        (r"tokens: ['[^\s.!?]+']", "Will will call.", []),
        ("tokens: ['[^\\s.!?]+']\nignorecase: true", "Will will call.", ["Will will"]),
        ("tokens: ['[^\\s]+']\nalpha: true", "Order 12 12 and - - so", []),
        (r"tokens: ['[^\s]+']", "Order 12 12 and so", ["12 12"]),
        (r"tokens: ['\w+']", "I like that. That is so.", []),
        ("tokens: ['\\w+']\nignorecase: true", "I like that. That is so.", []),
        ("tokens: ['\\w+']\nmax: 1", "no no. No, no no no.", ["no no"]),
        ("tokens: ['\\b\\w+\\b']\nexceptions: [bye bye]", "the the bye bye", ["the the"]),
        (r"tokens: ['[^\s]+']", "the\nthe", ["the\nthe"]),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, matches: list[str]) -> None:
    """A token that stands twice in a row is found with both, but not across the end of a sentence."""
    assert rulefiles.matches(tmp_path, f"{HEAD}{options}\n", text) == matches


def test_message_and_fix(tmp_path: Path) -> None:
    """The message names the word; the rule's action makes the fix."""
    action = "tokens: ['\\w+']\naction: {name: edit, params: [truncate, ' ']}\n"
    (found,) = rulefiles.findings(tmp_path, HEAD + action, "It is is so.")
    assert (found.start, found.end, found.message, found.fixes) == (3, 8, "'is' twice", ("is",))
