"""The model of general English that PocketSphinx ships, as sequences of words that a model of ours can be mixed with.

`pip download --no-deps pocketsphinx==5.0.4` fetches the wheel; the file is `pocketsphinx/model/en-us/en-us.lm.bin` in
it (Carnegie Mellon University, BSD licence: NOTICE): 72,547 words, two million pairs, 1.7 million threes. It is a trie:
each word has the words that stand before it, each pair those that stand before the pair, a layer of entries packed in
bits for each length (sphinxbase, `lm_trie.c`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cannedkit.engines.context import model
from cannedkit.engines.context.tokens import EDGE
from scripts.contextmodel import Grams

MAGIC = b"Trie Language Model"

BASE = log(1.0001)
"""Nats of a step of its logarithms."""

BINS = 1 << 16
"""Values that a logarithm of more than one word may have."""

ENTRY = np.dtype([("log", "<f4"), ("weight", "<f4"), ("next", "<u4")])
"""A word: its logarithm, its weight as a context, and where the words before it begin."""

SEEN_AS = {"<s>": EDGE, "</s>": "."}
"""What the ends of a sentence are in a model of ours."""


class Layer(NamedTuple):
    """The sequences of one length: numbers of their words, the first one first, with logarithms and weights (nats)."""

    words: Any
    logs: Any
    weights: Any


def grams(path: Path, known: Callable[[str], bool]) -> list[Grams]:
    """The sequences whose words are all `known`, by length; the end of a sentence is its stop."""
    words, layers = read(path.read_bytes())
    seen = [SEEN_AS.get(word, word) for word in words]
    taken = np.array([word in SEEN_AS or known(word) for word in words])
    hashes = np.array([model.hashed(word) for word in seen], np.uint64)
    found = []
    for layer in layers:
        whole = taken[layer.words].all(1)
        found.append(Grams(hashes[layer.words[whole]], layer.logs[whole], np.minimum(layer.weights[whole], 0)))
    return found


def read(data: bytes) -> tuple[list[str], list[Layer]]:
    """The words of a file, and the sequences of each length. Raises ValueError where it is no such model."""
    if not data.startswith(MAGIC) or data[len(MAGIC)] != 3:
        raise ValueError("not a trie of three words")
    at = len(MAGIC) + 1
    counts = [int(count) for count in np.frombuffer(data, "<u4", 3, at)]
    tables = np.frombuffer(data, "<f4", 3 * BINS, at + 16).reshape(3, BINS) * BASE
    at += 16 + tables.size * 4
    single = np.frombuffer(data, ENTRY, counts[0] + 1, at)
    at += single.nbytes
    raw = np.frombuffer(data, np.uint8)
    word = counts[0].bit_length()
    first, weights, logs, onward = _fields(raw, at, counts[1], (word, 16, 16, counts[2].bit_length()))
    at += _size(counts[1], word + 32 + counts[2].bit_length())
    earliest, thirds = _fields(raw, at, counts[2], (word, 16))
    at += _size(counts[2], word + 16)
    (length,) = np.frombuffer(data, "<u4", 1, at)
    words = data[at + 4 : at + 4 + int(length)].decode().split("\0")[: counts[0]]
    last = _parents(single["next"][:-1], counts[1])
    pair = _parents(np.maximum.accumulate(onward), counts[2])
    one = np.arange(counts[0])[:, None]
    two = np.stack([first, last], 1)
    return words, [
        Layer(one, single["log"][:-1] * BASE, single["weight"][:-1] * BASE),
        Layer(two, tables[0][logs], tables[1][weights]),
        Layer(np.column_stack([earliest, two[pair]]), tables[2][thirds], np.zeros(counts[2])),
    ]


def _fields(raw: Any, at: int, count: int, widths: Sequence[int]) -> list[Any]:
    """The fields of entries that are packed in bits from the byte `at` on: the lowest bits of each are its first."""
    found = []
    offsets = np.arange(count, dtype=np.int64) * sum(widths)
    for width in widths:
        value = np.zeros(count, np.uint64)
        for byte in range(8):
            value |= raw[at + (offsets >> 3) + byte].astype(np.uint64) << np.uint64(8 * byte)
        shifted = value >> (offsets & 7).astype(np.uint64)
        found.append((shifted & np.uint64((1 << width) - 1)).astype(np.int64))
        offsets += width
    return found


def _size(count: int, width: int) -> int:
    """The bytes of a layer."""
    return ((1 + count) * width + 7) // 8 + 8


def _parents(begins: Any, count: int) -> Any:
    """Which entry of a layer each of the next one belongs to."""
    return np.clip(np.searchsorted(begins, np.arange(count), side="right") - 1, 0, len(begins) - 1)
