"""Which changes of a text are worth telling: those that gain enough, the best for each mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from cannedkit.engines.context import changes, classes, evidence, model, scorer
from cannedkit.engines.context.tokens import EDGE, UNKNOWN, Token

UNBACKED = 1.5
"""Nats more that a change must gain where the model knows no more of the words around it than as they are."""

BESIDE = 2.0
"""Nats more that a change must gain for each side on which no word stands but a name, a number or the like: the model
of general English has none of these, so what is known there is what our texts say. On the open halves of tests/unseen
a third of the prepositions that were told in vain stood there, and one of nine that were told rightly."""

BY_CLASS = 0.5
"""Nats for a nat of what classes of words say: half of it the words have said already. Learnt on held-out text, where
of one-letter slips 47 % are found at 2 alarms in 100,000 words, 39 % without classes, and 53 % with all of it; but
confused words are found less often with all of it than with half."""

LOOSE = 5.5
"""Nats that a change may gain more by sequences of four words than by pairs."""

LOOSER = 7.0
"""The same where a word is put in."""

FITS = -11.0
"""Nats that a word that is put in needs behind the word before it, and the word behind it needs behind it."""

SUSPECT = -7.0
"""Nats of the words that see a place, over which it is as usual as can be and nothing is tried."""

UNHEARD = -9.0
"""Nats of a word below which it is strange enough where it stands for each change to be weighed."""

USUAL = -3.0
"""Nats of four words that are as usual as can be: nothing that is put in their place makes them likelier."""

RARE = -4.5
"""Nats of a word over which nothing is missing before it."""

FOREIGN = 0.4
"""Share of a sentence's words that the model has not, from which on it is not its language; our own choice."""

FEW = 5
"""Words below which a sentence tells little of what is meant."""

BRIEF = 2.0
"""Nats more that a change must gain in such a sentence; our own choice."""

APART = 2
"""Tokens between two findings at least: one mistake makes the words beside it look wrong."""


class Hit(NamedTuple):
    """A candidate that is worth telling: how far it is over the gain that it needs, and its gain.

    What the place asks for beyond the table is taken off the gain.
    """

    over: float
    nats: float
    candidate: changes.Candidate


def hits(
    read: scorer.Reading, weighed: changes.Changes, by_class: classes.Classes = classes.ANY, first: int | None = None
) -> Iterator[Hit]:
    """The candidates that gain enough, by the model of words and the classes of `by_class`.

    `first`: those alone in the sentence that begins at this token.
    """
    tokens, known = read.tokens, read.model
    grammar = classes.read(by_class, tokens)
    for at, written, more in _suspects(read, first):
        backed = scorer.known_threes(read, at, at + 1)
        for candidate in changes.candidates(weighed, tokens, at):
            if candidate.end > at + 1 or (
                backed < 3 and candidate.change.nats[0] <= USUAL - written and _fits(read, candidate)
            ):
                yield from _weighed(read, grammar, candidate, more)
        if read.logs[at] < RARE and tokens[at].open and tokens[at - 1].open and scorer.known_threes(read, at, at) < 2:
            loose = LOOSER + evidence.least(tokens, at) - read.logs[at]
            fitting = _fitting(known, weighed, tokens[at - 1].text, tokens[at].text)
            if likely := [change for change, nats in fitting if nats > change.nats[0] - loose]:
                for candidate in changes.missing(likely, tokens, at):
                    yield from _weighed(read, grammar, candidate, more)


def _weighed(
    read: scorer.Reading, grammar: classes.Grammar, candidate: changes.Candidate, more: float
) -> Iterator[Hit]:
    more += BESIDE * (_is_class(read.tokens[candidate.start - 1]) + _is_class(read.tokens[candidate.end]))
    more -= evidence.nats(read.tokens, candidate)
    least = candidate.change.nats[0] + more
    nats = gain(read, grammar, candidate.start, candidate.end, candidate.meant, least)
    if nats >= least:
        words = scorer.words(read.model, candidate.meant)
        more += UNBACKED * (scorer.backing(read, candidate.start, candidate.end, words) < 1)
        over = nats - candidate.change.nats[0] - more
        if over >= 0:
            yield Hit(over, nats - more, candidate)


def _is_class(token: Token) -> bool:
    """Whether a token is none of the words that the model has, and no end of a sentence."""
    return token.text[0] == "<" and token.text != EDGE


def gain(
    read: scorer.Reading, grammar: classes.Grammar, start: int, end: int, meant: Sequence[str], least: float = -inf
) -> float:
    """What it gains, in nats, to put `meant` in place of the tokens from `start` to `end`, by words and by classes.

    -inf where it cannot be `least`.
    """
    words = scorer.words(read.model, meant)
    nats = scorer.gain(read, start, end, words, least - BY_CLASS * classes.MOST)
    return nats if nats == -inf else nats + BY_CLASS * grammar.gain(start, end, meant, read.tokens[start:end])


def _fits(read: scorer.Reading, candidate: changes.Candidate) -> bool:
    """Whether what is meant goes with the word before it and the one behind it, as far as two words can tell."""
    known, words, meant = read.model, read.words, candidate.meant
    start, end = candidate.start, candidate.end
    if not meant or read.logs[start] < UNHEARD:
        return True
    before = known.pair(words[start - 1].hash, known.word(meant[0]).hash)
    if before == -inf:
        return False
    behind = known.pair(known.word(meant[-1]).hash, words[end].hash)
    return before + behind - read.logs[start] - read.logs[end] > candidate.change.nats[0] - LOOSE


def _fitting(
    known: model.Model, weighed: changes.Changes, before: str, behind: str
) -> Iterator[tuple[changes.Change, float]]:
    """What may be put in between two words, and how likely these pairs are: what the model knows beside both."""
    first, last = _beside(known, weighed, before, True), _beside(known, weighed, behind, False)
    return ((weighed.put_in[row], nats + last[row]) for row, nats in first.items() if row in last)


@lru_cache(maxsize=4096)
def _beside(known: model.Model, weighed: changes.Changes, word: str, before: bool) -> Mapping[int, float]:
    """The rows of what may be put in behind a word, or where it does not stand `before` it, before one; the nats."""
    there = known.word(word).hash
    others = (known.word(change.meant[0]).hash for change in weighed.put_in)
    pairs = (known.pair(there, one) if before else known.pair(one, there) for one in others)
    return {row: nats for row, nats in enumerate(pairs) if nats > FITS}


def _suspects(read: scorer.Reading, first: int | None) -> Iterator[tuple[int, float, float]]:
    """The places of words that may be looked at, for what is there is unusual.

    With each the nats of the words that see it, and the nats more that a change there must gain.
    """
    for start, end in sentences(read.tokens):
        if first not in (None, start) or is_foreign(read.tokens[start:end]):
            continue
        more = BRIEF * (sum(one.word != "" for one in read.tokens[start:end]) < FEW)
        for at in range(start, end):
            if read.tokens[at].word and (nats := sum(read.logs[at : min(at + model.ORDER, end + 1)])) < SUSPECT:
                yield at, nats, more


def sentences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where each sentence begins among some tokens, and where the edge stands that ends it."""
    start = 0
    for end, token in enumerate(tokens):
        if token.text == EDGE:
            if start < end:
                yield start, end
            start = end + 1


def is_foreign(sentence: Sequence[Token]) -> bool:
    """Whether so many words of a sentence are strange to the model that it is not in its language."""
    words = [one for one in sentence if one.word]
    strange = sum(one.text == UNKNOWN for one in words)
    return strange >= 2 and strange >= FOREIGN * len(words)


def best(found: Iterable[Hit]) -> Iterator[list[Hit]]:
    """The hits of each mistake, best first: those of one place together, and none beside a better one."""
    taken: list[list[Hit]] = []
    for hit in sorted(found, key=lambda hit: (-hit.over, hit.candidate[:3])):
        start, end = hit.candidate.start, hit.candidate.end
        near = [those for those in taken if _touch(those[0].candidate, start, end)]
        if not near:
            taken.append([hit])
        elif near[0][0].candidate[:2] == (start, end):
            near[0].append(hit)
    yield from taken


def _touch(one: changes.Candidate, start: int, end: int) -> bool:
    return one.start < end + APART and start < one.end + APART
