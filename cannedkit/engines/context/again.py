"""What is worth telling in a sentence, known where it stands again: the renderings of a reply share most of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

_Seen = tuple[tuple[tuple[str, str], ...], int]
"""Tokens wherever they stand, what the model sees and the word of each, and which of them opens the sentence."""

Known = dict[_Seen, Sequence[weighing.Hit]]
"""What is worth telling in sentences by one model and its tables, in tokens from the first that was seen."""


def hits(
    known: Known, model: Model, tokens: Sequence[Token], weighed: Changes, by_class: Classes
) -> Iterator[weighing.Hit]:
    """The candidates that gain enough in a text, as `weighing.hits` gives them; `known` learns what is new.

    A text that is new throughout is read in one go.
    """
    if len(known) > MAX_KNOWN:
        known.clear()
    parts: list[tuple[int, int, int, _Seen]] = []
    for start, end in weighing.sentences(tokens):
        first = max(0, start - BEFORE)
        words = tuple([(token.text, token.word) for token in tokens[first : end + BEHIND]])
        parts.append((start, end, first, (words, start - first)))
    told = [known.get(seen) for _, _, _, seen in parts]
    whole = [] if any(one is not None for one in told) else list(_read(model, tokens, weighed, by_class))
    for (start, end, first, seen), found in zip(parts, told, strict=True):
        if found is None and any(one is not None for one in told):
            there = [Token(text, 0, 0, word) for text, word in seen[0]]
            found = list(_read(model, there, weighed, by_class, start - first))
        elif found is None:
            found = [_moved(hit, -first) for hit in whole if start <= hit.candidate.start < end]
        known[seen] = found
        yield from (_moved(hit, first) for hit in found)


def _read(
    model: Model, tokens: Sequence[Token], weighed: Changes, by_class: Classes, first: int | None = None
) -> Iterator[weighing.Hit]:
    return weighing.hits(scorer.read(model, tokens), weighed, by_class, first)


def _moved(hit: weighing.Hit, by: int) -> weighing.Hit:
    candidate = hit.candidate
    return hit._replace(candidate=candidate._replace(start=candidate.start + by, end=candidate.end + by))
