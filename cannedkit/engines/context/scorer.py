"""How much likelier a text gets by a change: the gain in log-likelihood of the words whose sequences hold the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from cannedkit.engines.context.model import ORDER, Model, State, Word
from cannedkit.engines.context.tokens import EDGE, UNKNOWN, Token

STRANGE = 9.0
"""Nats that one rare word is less likely than a rare word at all: there are some eight thousand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a model reads it: its tokens, and for each its word, its logarithm (nats) and the state before it."""

    model: Model
    tokens: Sequence[Token]
    words: Sequence[Word]
    logs: Sequence[float]
    before: Sequence[State]


def read(model: Model, tokens: Sequence[Token]) -> Reading:
    """The reading of a text."""
    edge = model.word(EDGE)
    start: State = ((edge.hash, edge.cell & 255),)
    words, logs, before, state = [], [], [], start
    for token in tokens:
        word = model.word(token.text)
        before.append(state)
        log, state = model.step(state, word)
        if token.text == EDGE:
            state = start
        words.append(word)
        logs.append(log - STRANGE * (token.text == UNKNOWN))
    return Reading(model, tokens, words, logs, before)


def seen_until(reading: Reading, end: int) -> int:
    """Where the words end that see what stands before the token `end`: at most three on, and with the sentence."""
    last = min(end + ORDER - 1, len(reading.tokens))
    while end < last:
        end += 1
        if reading.tokens[end - 1].text == EDGE:
            break
    return end


def gain(reading: Reading, start: int, end: int, meant: Sequence[Word], least: float = -inf) -> float:
    """What it gains, in nats, to put `meant` in place of the tokens from `start` to `end`.

    -inf where it cannot be `least`: no word is likelier than certain, so what the first words lose is lost.
    """
    step, state, until = reading.model.step, reading.before[start], seen_until(reading, end)
    rare = reading.model.word(UNKNOWN)
    made = -sum(reading.logs[start:until])
    for word in (*meant, *reading.words[end:until]):
        if made < least:
            return -inf
        log, state = step(state, word)
        made += log - STRANGE * (word is rare)
    return made


def words(model: Model, meant: Sequence[str]) -> list[Word]:
    """The words as a model has them: one that it lacks is a rare word."""
    return [model.word(word if model.knows(word) else UNKNOWN) for word in meant]


def backing(reading: Reading, start: int, end: int, meant: Sequence[Word]) -> int:
    """How many more of the sequences of three words that hold the place the model knows with `meant` in it.

    Where the words beside a place are strange to the model it knows no sequence, and gains by rarer words alone.
    """
    until = seen_until(reading, end)
    changed, state = 0, reading.before[start]
    for at, word in enumerate((*meant, *reading.words[end:until])):
        _, state = reading.model.step(state, word)
        changed += len(state) == ORDER - 1 and at < len(meant) + 2
    return changed - known_threes(reading, start, end)


def known_threes(reading: Reading, start: int, end: int) -> int:
    """How many of the sequences of three words that hold the tokens from `start` to `end` the model knows."""
    before = reading.before
    return sum(len(before[at + 1]) == ORDER - 1 for at in range(start, min(seen_until(reading, end) - 1, end + 2)))
