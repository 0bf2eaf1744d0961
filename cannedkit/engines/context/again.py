"""What is worth telling in a sentence, known where it stands again: the renderings of a reply share most of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cannedkit.engines.context import scorer, weighing
from cannedkit.engines.context.changes import Changes
from cannedkit.engines.context.classes import Classes
from cannedkit.engines.context.model import Model
from cannedkit.engines.context.tokens import Token

MAX_KNOWN = 500
"""Sentences that are remembered: as many as of Harper."""

BEFORE, BEHIND = 4, 2
"""Tokens before the first of a sentence, and from the one that ends it on, at which a change in it may look: no more
is asked of "what" before a verb, and of what stands behind the noun that lacks an article."""

_Seen = tuple[tuple[str, str], ...]
"""Tokens wherever they stand: what the model sees, and the word."""


def hits(model: Model, tokens: Sequence[Token], weighed: Changes, by_class: Classes) -> Iterator[weighing.Hit]:
    """The candidates that gain enough in a text, as `weighing.hits` gives them."""
    for start, end in weighing.sentences(tokens):
        first = max(0, start - BEFORE)
        seen = tuple([(token.text, token.word) for token in tokens[first : end + BEHIND]])
        for over, nats, candidate in _hits(model, weighed, by_class, seen, start - first):
            moved = candidate._replace(start=candidate.start + first, end=candidate.end + first)
            yield weighing.Hit(over, nats, moved)


@lru_cache(maxsize=MAX_KNOWN)
def _hits(model: Model, weighed: Changes, by_class: Classes, seen: _Seen, start: int) -> tuple[weighing.Hit, ...]:
    """The candidates in the sentence that begins at a token of some."""
    tokens = [Token(text, 0, 0, word) for text, word in seen]
    return tuple(weighing.hits(scorer.read(model, tokens), weighed, by_class, start))
