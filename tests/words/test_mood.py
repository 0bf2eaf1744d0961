"""How a customer feels, read from what the customer writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Turn
from cannedkit.words.mood import heard


@pytest.mark.parametrize(
    "text",
    [
        "I'm furious about that lamp.",
        "this lamp is a joke",
        "WHERE IS MY LAMP",
        "the lamp is still not here!!",
        "I want my money back",
        "My father passed away on Sunday.",
        "I'm scared that somebody has my card.",
        "I've called you four times",
    ],
)
def test_words_that_tell_of_upset(text: str) -> None:
    """Anger, grief and worry are heard in words, capitals and signs."""
    assert heard([Turn("customer", text)], "en-GB")


@pytest.mark.parametrize(
    "text",
    [
        "Where is my lamp?",
        "I love the new lamp!!",
        "Is the VPN on, or the PIN wrong?",
        "The lamp is broken, can I have a new one?",
        "thanks a lot!!",
    ],
)
def test_words_that_tell_of_nothing(text: str) -> None:
    """A fault, a question, joy and an abbreviation upset nobody."""
    assert heard([Turn("customer", text)], "en-GB") == ""


def test_the_last_word_counts() -> None:
    """Thanks end what was before; what an agent says, and another language, tells nothing."""
    angry, pleased = Turn("customer", "I'm furious."), Turn("customer", "Great, thanks.")
    assert heard([angry, pleased], "en") == ""
    assert heard([pleased, angry], "en") == "furious"
    assert heard([angry, Turn("customer", "Order 48213.")], "en") == "furious"
    assert heard([Turn("agent", "I'm furious.")], "en") == ""
    assert heard([angry], "th") == ""
    assert heard([Turn("customer", "Ik ben woedend.")], "nl") == "woedend"


def test_a_mood_that_is_given_is_taken(tmp_path: Path) -> None:
    """The mood is read only where nobody gives it, and a finding that hangs on it says so."""
    kit = Kit.load(tmp_path)
    history = [{"by": "customer", "text": "I'm furious."}]
    assert kit.draft("Hi", history=history).mood == "upset"
    assert kit.draft("Hi", history=history, mood="neutral").mood == "neutral"
    found = kit.lint("Yay! Your lamp is here.", history=history)
    assert any("They are upset: “furious”" in one.message for one in found)
    assert not any("They are upset" in one.message for one in kit.lint("Yay! It is here.", mood="upset"))
