"""Who said what in a conversation: the customer's last words, our own turns, the words that tell what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.model.draft import Turn
from cannedkit.text import segment
from cannedkit.text.common import lists
from cannedkit.text.terms import terms

OURS = frozenset({"agent", "bot"})
"""Who speaks for the company."""

STEM = 5
"""Letters by which a word is known in its other forms (refund, refunded); our own choice: fewer join strangers."""


def asked(history: Sequence[Turn]) -> str:
    """What the customer wrote since we last did, a message a line; "" where the last word is ours."""
    found: list[str] = []
    for turn in reversed(history):
        if turn.by in OURS:
            break
        found.append(turn.text)
    return "\n".join(reversed(found))


def told(history: Sequence[Turn]) -> str:
    """All that the customer wrote, a message a line."""
    return "\n".join(turn.text for turn in history if turn.by == "customer")


def bots(history: Sequence[Turn]) -> int:
    """How many turns a bot has had since a person of ours last wrote."""
    count = 0
    for turn in reversed(history):
        if turn.by == "agent":
            break
        count += turn.by == "bot"
    return count


def subjects(text: str, locale: str) -> frozenset[str]:
    """The stems of the words that tell what a text is about: those that its language can do without."""
    return frozenset(_stems(text, locale))


def focus(text: str, locale: str) -> frozenset[str]:
    """The stems of what the last question of a text wants to know of its subject: its subjects but the first.

    "Is the pool heated?" gives that of heated; one alone is given, all of a text without a question mark count.
    """
    questions = [text[start:end] for start, end in segment.sentences(text, locale) if text[start:end].endswith("?")]
    stems = _stems(questions[-1] if questions else text, locale)
    return frozenset(stems[1:] or stems)


def _stems(text: str, locale: str) -> Sequence[str]:
    little = lists().get(f"little.{locale.partition('-')[0]}", frozenset())
    return [word[:STEM] for word in terms(text) if word not in little and (len(word) > 3 or word.isdigit())]
