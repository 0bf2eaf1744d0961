"""What is known of the words beside a change besides how often they stand there: it may gain so much less.

A word that takes one preposition asks for it however rarely the two were met, and a noun for one thing that can be
counted asks for an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cannedkit.engines.context.changes import Candidate
from cannedkit.engines.context.tokens import EDGE, Token
from cannedkit.words.inflection import words_of
from cannedkit.words.valency import taken

ASKED = 3.5
"""Nats less that a change must gain which puts the preposition that the word before it takes; our own choice."""

BARE = 2.0
"""Nats less that an article must gain before a noun that never stands without one: of 13 places where one was left out
8 are found from 5 nats on, where clean text of 35,000 words has one; other articles have five there."""

OBJECTS = frozenset("me you him her it us them".split())
"""Pronouns that may stand between a verb and its preposition."""


def nats(tokens: Sequence[Token], candidate: Candidate) -> float:
    """How much less a change must gain for what is known of the words beside it."""
    written, meant = candidate.change.written, candidate.meant
    if candidate.change.sort == "Preposition" and len(written) == len(meant) == 1:
        prepositions = _asked(tokens, candidate.start)
        return ASKED if meant[0] in prepositions and written[0] not in prepositions else 0.0
    if candidate.change.sort == "Article" and not written:
        return BARE if _is_bare(tokens, candidate.start) else 0.0
    return 0.0


def _asked(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The prepositions that the word before a place takes, or the one before its object: "inform you of"."""
    before = tokens[at - 1].word
    return taken(tokens[at - 2].word) if before in OBJECTS else taken(before)


def least(tokens: Sequence[Token], at: int) -> float:
    """How much less what is put in before a token must gain at most."""
    return BARE if _is_bare(tokens, at) else 0.0


def _is_bare(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun that never stands alone, or an adjective and one, begins there and no other noun follows it."""
    noun = at + (tokens[at].text in words_of("ADJECTIVE"))
    if tokens[noun].text not in words_of("COUNTABLE"):
        return False
    behind = tokens[noun + 1].text
    return behind == EDGE or not (behind[0] == "<" or behind in _nouns())


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return words_of("SINGULAR") | words_of("PLURAL")
