"""Who said what in a conversation."""

from __future__ import annotations

from cannedkit.model.draft import Turn
from cannedkit.text.talk import asked, bots, focus, subjects, told

TALK = (Turn("customer", "Hi"), Turn("bot", "Hello"), Turn("customer", "a"), Turn("customer", "b"))


def test_what_is_asked_and_told() -> None:
    """What is asked stands behind our last word; what is told is all that the customer said."""
    assert (asked(TALK), told(TALK)) == ("a\nb", "Hi\na\nb")
    assert asked((*TALK, Turn("agent", "c"))) == ""
    assert asked(()) == told(()) == ""


def test_how_often_a_bot_spoke() -> None:
    """A person of ours begins the count anew."""
    assert bots(TALK) == 1
    assert bots((*TALK, Turn("agent", "c"), Turn("bot", "d"), Turn("bot", "e"))) == 2


def test_what_a_text_is_about() -> None:
    """Words of little meaning are left out, forms of one word are one."""
    assert subjects("I was refunded for the kettles", "en-GB") == subjects("Kettle: refund!", "en") | subjects(
        "was", "en"
    )


def test_what_a_question_wants_to_know() -> None:
    """What is asked of the subject counts, of the last question alone; a subject alone is asked for itself."""
    assert focus("My towel is wet. Is the pool heated in winter?", "en") == {"heate", "winte"}
    assert focus("is the pool heated", "en") == {"heate"}
    assert focus("Is the pool open? Is it heated?", "en") == {"heate"}
    assert focus("Hi", "en") == frozenset()
