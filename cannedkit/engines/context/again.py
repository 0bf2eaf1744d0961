"""What is worth telling in a sentence, known where it stands again: the renderings of a reply share most of theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

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
    parts: list[tuple[int, int, _Seen]] = []
    for start, end in weighing.sentences(tokens):
        first = max(0, start - BEFORE)
        words = tuple([(token.text, token.word) for token in tokens[first : end + BEHIND]])
        parts.append((start, first, (words, start - first)))
    if not any(seen in known for _, _, seen in parts):
        _learn(known, parts, _read(model, tokens, weighed, by_class))
    for _, first, seen in parts:
        found = known.get(seen)
        if found is None:
            there = [Token(text, 0, 0, word) for text, word in seen[0]]
            found = known[seen] = list(_read(model, there, weighed, by_class, seen[1]))
        yield from (_moved(hit, first) for hit in found)


def _learn(known: Known, parts: Sequence[tuple[int, int, _Seen]], whole: Iterable[weighing.Hit]) -> None:
    """Know what was told of a text in each of its sentences, by where they begin."""
    begins = [start for start, _, _ in parts]
    each: list[list[weighing.Hit]] = [[] for _ in parts]
    for hit in whole:
        each[bisect_right(begins, hit.candidate.start) - 1].append(hit)
    for (_, first, seen), hits in zip(parts, each, strict=True):
        known[seen] = [_moved(hit, -first) for hit in hits]


def _read(
    model: Model, tokens: Sequence[Token], weighed: Changes, by_class: Classes, first: int | None = None
) -> Iterator[weighing.Hit]:
    return weighing.hits(scorer.read(model, tokens), weighed, by_class, first)


def _moved(hit: weighing.Hit, by: int) -> weighing.Hit:
    candidate = hit.candidate
    return hit._replace(candidate=candidate._replace(start=candidate.start + by, end=candidate.end + by))
