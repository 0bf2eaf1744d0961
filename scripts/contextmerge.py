"""Two models of a language as one: what our texts teach, and what is known of the language in general.

How likely a word is behind others is the mean of what the two say (`OWN`), of each sequence that one of them has. Of
these the ones that tell most are kept: those that are frequent, and that shorter ones do not foretell (after Stolcke,
1998). What a sequence leaves for words that were not seen behind it makes the whole add up to one again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from cannedkit.engines.context import model
from cannedkit.words import dictionary
from scripts.contextmodel import Grams, Keys, Learnt, Numbers, keyed

OWN = 0.5
"""What our texts count: of 0.3, 0.5 and 0.7 the one under which the open half of tests/unseen/clean_en is likeliest."""

MOST = 3_250_000
"""Sequences that are kept: a file of just under 15 MB."""

FORETOLD = 0.3
"""Nats that are added to what a sequence tells beyond shorter ones: that it stands there at all is evidence, too."""

NEVER = -60.0
"""Nats of a word that a model has not."""

DICTIONARY = "en_US"
"""What must have a word in small letters for it to be taken from the general model; British ones are seen as these."""


def taken(own: Learnt) -> Callable[[str], bool]:
    """Whether a word of the general model is one that ours has, or a dictionary knows: names are in neither."""
    ours = set(own[0].words[:, 0].tolist())
    book = dictionary.find(DICTIONARY, [dictionary.SHIPPED])

    def known(word: str) -> bool:
        common = book is not None and len(word) > 1 and word.isalpha() and word.islower()
        return model.hashed(word) in ours or bool(common and book and book.knows(word))

    return known


def merged(own: Learnt, general: Learnt, most: int = MOST) -> list[Grams]:
    """The two as one, with at most so many sequences."""
    words = _closed([_joined(*each) for each in zip(own, _padded(general, len(own)), strict=True)])
    ours, others = _by_key(own), _by_key(general)
    logs = [_mixed(_logs(ours, rows), _logs(others, rows)) for rows in words]
    lower = [logs[0], *(_of(words[at], logs[at], rows[:, 1:]) for at, rows in enumerate(words[1:]))]
    kept = _telling(words, logs, lower, most)
    return [_grams(words, logs, lower, kept, at) for at in range(len(words))]


# -- how likely a sequence is ---------------------------------------------------------------------


class _Order(NamedTuple):
    """The sequences of a length, by their keys."""

    keys: Keys
    logs: Numbers
    weights: Numbers


def _by_key(learnt: Learnt) -> list[_Order]:
    found = []
    for order in learnt:
        keys = order.keys
        by_key = np.argsort(keys)
        found.append(_Order(keys[by_key], order.logs[by_key], order.weights[by_key]))
    return found


def _logs(known: Sequence[_Order], words: Keys) -> Numbers:
    """How likely a model thinks the last word of each row behind the others (nats)."""
    size = words.shape[1]
    if size > len(known):
        return _logs(known, words[:, 1:])
    there, found, _ = _at(known, words)
    if size == 1:
        return np.where(there, found, NEVER)
    (lost,) = np.nonzero(~there)
    if len(lost):
        is_context, _, weights = _at(known, words[lost, :-1])
        found[lost] = np.where(is_context, weights, 0) + _logs(known, words[lost, 1:])
    return found


def _at(known: Sequence[_Order], words: Keys) -> tuple[Any, Numbers, Numbers]:
    """Whether a model has the sequences, and their logarithms and weights where it does."""
    keys, logs, weights = known[words.shape[1] - 1]
    wanted = keyed(words)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[at] == wanted, logs[at], weights[at]


def _padded(learnt: Learnt, size: int) -> list[Grams]:
    """The orders of a model, with empty ones for what is longer than it reads."""
    none = np.zeros(0)
    longer = range(len(learnt) + 1, size + 1)
    return [*learnt, *(Grams(np.zeros((0, words), np.uint64), none, none) for words in longer)]


def _joined(one: Grams, other: Grams) -> Keys:
    """The sequences of both, each once, in the order of their keys."""
    words = np.concatenate([one.words, other.words])
    _, first = np.unique(keyed(words), return_index=True)
    found: Keys = words[first]
    return found


def _closed(words: Sequence[Keys]) -> list[Keys]:
    """Those whose shorter sequences, without the last word and without the first one, are there, too."""
    found = [words[0]]
    for rows in words[1:]:
        there = keyed(found[-1])
        found.append(rows[np.isin(keyed(rows[:, :-1]), there) & np.isin(keyed(rows[:, 1:]), there)])
    return found


def _mixed(own: Numbers, general: Numbers) -> Numbers:
    found: Numbers = np.log(OWN * np.exp(own) + (1 - OWN) * np.exp(general) + 1e-30)
    return found


def _of(words: Keys, values: Numbers, wanted: Keys) -> Numbers:
    """The values of the wanted sequences, all of which are there; the words are in the order of their keys."""
    found: Numbers = values[np.searchsorted(keyed(words), keyed(wanted))]
    return found


# -- what is kept ---------------------------------------------------------------------------------


def _telling(words: Sequence[Keys], logs: Sequence[Numbers], lower: Sequence[Numbers], most: int) -> list[Any]:
    """Which sequences of each length are kept: all words, and of the others those that tell most, with all in them."""
    whole = [logs[0]]
    for at in range(1, len(words)):
        whole.append(_of(words[at - 1], whole[-1], words[at][:, :-1]) + logs[at])
    scores = [whole[at] + np.log(np.abs(logs[at] - lower[at]) + FORETOLD) for at in range(1, len(words))]
    every = np.sort(np.concatenate(scores))[::-1]
    least = every[min(max(most - len(words[0]), 0), len(every) - 1)]
    kept = [np.ones(len(words[0]), bool), *(score >= least for score in scores)]
    for at in range(len(words) - 1, 1, -1):
        longer = words[at][kept[at]]
        kept[at - 1] |= np.isin(keyed(words[at - 1]), np.concatenate([keyed(longer[:, :-1]), keyed(longer[:, 1:])]))
    return kept


def _grams(
    words: Sequence[Keys], logs: Sequence[Numbers], lower: Sequence[Numbers], kept: Sequence[Any], at: int
) -> Grams:
    """The sequences of a length that are kept, each with what it leaves for words that were not seen behind it."""
    rows, left = words[at][kept[at]], np.zeros(int(kept[at].sum()))
    if at + 1 < len(words):
        longer = kept[at + 1]
        behind = np.searchsorted(keyed(rows), keyed(words[at + 1][longer][:, :-1]))
        seen, foretold = (np.bincount(behind, np.exp(values[at + 1][longer]), len(rows)) for values in (logs, lower))
        left = np.minimum(np.log(np.clip(1 - seen, 1e-4, 1) / np.clip(1 - foretold, 1e-4, 1)), 0)
    return Grams(rows, logs[at][kept[at]], left)
