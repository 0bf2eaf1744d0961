"""Messages as agents write them, made up from parts: every one of them new, the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator

OPENINGS = (
    "Hi {name}, thanks for the photos.",
    "Hello {name}, I've found your order.",
    "Hi {name}, I've read the notes from this morning.",
    "Thanks for waiting, {name}.",
    "Hi {name}, sorry the {item} came with a crack.",
)
MIDDLES = (
    "Order {code} left our warehouse on {day} and is with the courier now.",
    "The {item} is back in stock on {day}, and I've put one aside for you.",
    "I can see two charges of £{number} on the card, and one of them is ours to give back.",
    "The engineer has your address and comes on {day} between nine and eleven.",
    "Your plan goes from £{number} to £{number} a month, because the trial ended on {day}.",
    "To reset the {item}, hold the round button for ten seconds until the light turns blue.",
    "The depot scanned the box on {day}, but nobody has seen it since, so I've asked them to look.",
    "You can send the {item} back for free with the label in the box.",
)
CLOSINGS = (
    "Would you like a text when it arrives?",
    "Does {day} work for you?",
    "Reply here if anything looks wrong.",
    "I'll write again on {day} with what they say.",
    "Shall I book that for you?",
)
NAMES = ("Maya", "Tom", "Priya", "Lucas", "Aisha", "Ewan", "Sofia", "Ben")
ITEMS = ("lamp", "kettle", "router", "jacket", "desk", "heater", "camera", "bike")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def drafts(words: int, seed: int = 7) -> Iterator[str]:
    """Drafts of about so many words, without end."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    while True:
        parts = [chance.choice(OPENINGS)]
        while len(" ".join(parts).split()) < words - 10:
            parts.append(chance.choice(MIDDLES))
        parts.append(chance.choice(CLOSINGS))
        yield " ".join(_filled(part, chance) for part in parts)


def _filled(part: str, chance: random.Random) -> str:
    return part.format(
        name=chance.choice(NAMES),
        item=chance.choice(ITEMS),
        day=chance.choice(DAYS),
        code=f"{chance.choice('ABCDEF')}{chance.randrange(10_000, 99_999)}",
        number=chance.randrange(5, 200),
    )
