"""What the settings say of a draft's topic: whether its channel may carry it, and whether it has to go up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.settings import Channel, Topic
from cannedkit.sources import REPORTED, TOPIC_CHANNEL, TOPIC_ESCALATE, TOPIC_PRIVATE

PUBLIC = frozenset({"social", "x", "forum", "reviews"})
"""Channels that others read."""

ESCALATED = "escalated"
"""The fact of a conversation that has gone up already."""

_WAYS: Mapping[str, re.Pattern[str]] = {
    "phone": re.compile(r"\b(?:call|ring|phone|dial|telephone|bel(?:len|t)?|telefo\w+)\b", re.IGNORECASE),
    "email": re.compile(r"\be-?mail|\bmailt?\b", re.IGNORECASE),
    "chat": re.compile(r"\bchat", re.IGNORECASE),
    "letter": re.compile(r"\b(?:letter|post|brief)\b", re.IGNORECASE),
    "shop": re.compile(r"\b(?:shop|store|branch|counter|winkel|filiaal|balie)\b", re.IGNORECASE),
    "visit": re.compile(r"\b(?:visit|come (?:in|by)|appointment|langs|afspraak)\b", re.IGNORECASE),
}
"""Channel -> the words by which a draft moves a conversation to it; any other is named by its own name."""

_UP = re.compile(
    r"\b(?:manager|supervisor|specialist|colleague|team|lead|escalat\w+|pass(?:ed|ing)?|hand(?:ed|ing)? (?:you|this|it)"
    r"|transfer\w*|connect(?:ing)? you|collega|teamleider|leidinggevende|specialist|doorverbind\w*|overdra\w+)\b",
    re.IGNORECASE,
)
"""What a draft says that hands a conversation over, in English and Dutch."""


def of_topic(draft: Draft, topics: Iterable[Topic], channels: Mapping[str, Channel]) -> Iterator[Finding]:
    """What the settings have against a draft of its topic on its channel; nothing where it moves the conversation."""
    if draft.part != "body" or not draft.text.strip():
        return
    names = channels[draft.channel].names if draft.channel in channels else (draft.channel,)
    for topic in topics:
        if not f"{draft.topic}/".startswith(f"{topic.name}/"):
            continue
        if topic.private and PUBLIC.intersection(names):
            yield _finding(draft, TOPIC_PRIVATE, f"'{topic.name}' is private, and others read this channel", topic)
        elif topic.channels and not set(names) & set(topic.channels) and not _moves(draft.text, topic):
            yield _finding(draft, TOPIC_CHANNEL, f"'{topic.name}' is not for this channel", topic)
        if _goes_up(draft, topic) and not _UP.search(draft.text):
            yield _finding(draft, TOPIC_ESCALATE, f"'{topic.name}' has to go up here, and this hands it to nobody")


def _finding(draft: Draft, rule: str, matter: str, topic: Topic | None = None) -> Finding:
    way = f": move it to {' or '.join(topic.channels)}" if topic and topic.channels else ""
    reply = f", with the reply {topic.move_to}" if topic and topic.move_to else ""
    end = len(draft.text.rstrip())
    start = len(draft.text) - len(draft.text.lstrip())
    return Finding(start, end, rule, REPORTED[rule].level, f"{matter}{way}{reply}.", sources=(rule,))


def _moves(text: str, topic: Topic) -> bool:
    """Whether a draft names a channel that may carry its topic: it moves the conversation there."""
    return any(
        _WAYS[channel].search(text) if channel in _WAYS else channel.lower() in text.lower()
        for channel in topic.channels
    )


def _goes_up(draft: Draft, topic: Topic) -> bool:
    facts = {fact.partition(":")[0].strip() for fact in draft.known}
    return ESCALATED not in facts and (draft.mood in topic.moods or not facts.isdisjoint(topic.facts))
