"""A draft in JSON: what it asks for, what is passed over, and what is no draft."""

from __future__ import annotations

from typing import Any

import pytest

from cannedkit import DraftError
from cannedkit.wire.drafts import request


def test_the_arguments_are_those_of_a_draft() -> None:
    """Every key that says something of the draft is passed on; null and an empty text say nothing; `id` is no note."""
    given = {"id": 1, "text": "", "locale": "", "channel": None, "topic": "legal", "known": ["issue"]}
    asked = request(given)
    assert (asked.arguments, asked.notes) == ({"text": "", "topic": "legal", "known": ["issue"]}, ())


@pytest.mark.parametrize(
    ("more", "notes"),
    [
        ({"locle": "nl"}, ("unknown key, ignored: 'locle'; did you mean locale?",)),
        ({"a": 1, "b\n": 2}, ("unknown key, ignored: 'a', 'b\\n'",)),
        (dict.fromkeys("12345678"), ("unknown key, ignored: '1', '2', '3', '4', '5' and 3 more",)),
        ({"history": [{"by": "bot", "text": "", "at": 1, "id": 2}]}, ("unknown key of a turn, ignored: 'id'",)),
        ({"history": {"by": 1}}, ()),
        ({"mood": "hapy"}, ("unknown mood 'hapy' is taken as neutral; did you mean happy?",)),
        ({"mood": "x" * 500}, (f"unknown mood '{'x' * 59}…' is taken as neutral",)),
    ],
)
def test_what_is_lenient_is_told(more: dict[str, Any], notes: tuple[str, ...]) -> None:
    """Unknown keys are passed over and an unknown mood is neutral, and each is told in words of bounded length."""
    asked = request({"text": "Hi", **more})
    assert asked.notes == notes
    assert asked.arguments.get("mood", "neutral") == "neutral"


@pytest.mark.parametrize("text", [None, 5, ["Hi"], {}])
def test_no_text(text: object) -> None:
    """Without a text there is no draft."""
    with pytest.raises(DraftError, match="`text` must be a text"):
        request({"text": text})
