"""A model of a language: how likely each word is behind the three before it, learnt from text and kept in one file.

`en.ngrams` holds the logarithms of a 4-gram model with modified Kneser-Ney smoothing (Chen and Goodman, 1999), made by
`python -m scripts.contextmodel`. It keeps no words: each sequence is a hash of 64 bits, and what is known of it is the
exclusive or of three cells of 32 bits that the hash names (a binary fuse filter: Graf and Lemire, 2022). Sixteen of
these bits are 0 for a sequence that is in the model; of sequences that are not, one of 65,536 looks as if it were. So
the file is read where it lies, nothing is unpacked, and a look-up takes less than a microsecond.
"""

from __future__ import annotations

import mmap
import os
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from math import inf
from pathlib import Path
from typing import NamedTuple

ORDER = 4
"""Words of the longest sequence."""

STEP = 1 / 16
"""Nats of a step of a kept logarithm: 255 of them reach to 16 nats, one of nine million."""

WEIGHT_STEP = 1 / 32
"""Nats of a step of a kept weight of a context: 255 of them reach to 8 nats."""

NOTHING = 0xFFFF
"""The greatest cell that says something of a sequence."""

FACTOR = 0x9E3779B97F4A7C15
"""What a hash is multiplied with before the next word is added: odd, from the golden ratio."""

MASK = (1 << 64) - 1
"""The bits of a hash."""

HEAD = struct.Struct("<8sIIII")
"""Magic, version, segments, cells of a segment as a power of two, words in the vocabulary."""

MAGIC = b"cannedng"

DIGEST = 16
"""Bytes behind the head that tell one model from another: the start of the SHA-256 of the cells."""

MAX_WORDS = 50_000
"""Words whose hashes are remembered; our own choice: 10 MB."""


class Word(NamedTuple):
    """The hash of a word, and the cell of the word alone."""

    hash: int
    cell: int


State = tuple[tuple[int, int], ...]
"""The last three, two and one words where the model has them as a sequence: the key of each and its weight in steps."""


@dataclass(frozen=True, eq=False)
class Model:
    """A file of cells, mapped into memory. Safe to share between threads: it only remembers the hashes of words."""

    cells: memoryview
    segments: int
    bits: int
    digest: str
    _words: dict[str, Word] = field(default_factory=dict, repr=False, compare=False)

    def cell(self, key: int) -> int:
        """What is kept of a sequence: its logarithm in the upper byte, its weight in the lower; or over NOTHING."""
        cells, bits = self.cells, self.bits
        ones = (1 << bits) - 1
        at = (key >> 44) * self.segments >> 20 << bits
        middle = at + ones + 1
        return (
            cells[at + (key & ones)]
            ^ cells[middle + (key >> bits & ones)]
            ^ cells[middle + ones + 1 + (key >> bits + bits & ones)]
        )

    def word(self, text: str) -> Word:
        """A word with its hash, and what is kept of it alone."""
        known = self._words.get(text)
        if known is None:
            key = hashed(text)
            known = Word(key, self.cell(key))
            if len(self._words) < MAX_WORDS:
                self._words[text] = known
        return known

    def knows(self, text: str) -> bool:
        """Whether the model has a word."""
        return self.word(text).cell <= NOTHING

    def alone(self, text: str) -> float:
        """How likely a word is by itself (nats); -inf where the model does not know it. It is not remembered."""
        cell = self.cell(hashed(text))
        return -(cell >> 8) * STEP if cell <= NOTHING else -inf

    def pair(self, first: int, second: int) -> float:
        """How likely a word, by its hash, is behind another (nats); -inf where the model does not know the two."""
        return _pair(self, first, second)

    def step(self, state: State, word: Word) -> tuple[float, State]:
        """How likely `word`, which the model knows, is behind `state` (nats, at most 0), and the state behind it."""
        hash, own = word
        cells, bits, segments = self.cells, self.bits, self.segments
        size = 1 << bits
        ones = size - 1
        log, weight = own >> 8, 0
        behind: list[tuple[int, int]] = []
        for key, left in state:
            key = (key * FACTOR + hash) & MASK
            at = (key >> 44) * segments >> 20 << bits
            cell = (
                cells[at + (key & ones)]
                ^ cells[at + size + (key >> bits & ones)]
                ^ cells[at + size + size + (key >> bits + bits & ones)]
            )
            if cell > NOTHING:
                weight += left
                continue
            if not behind:
                log = cell >> 8
            behind.append((key, cell & 255))
        behind.append((hash, own & 255))
        return -log * STEP - weight * WEIGHT_STEP, tuple(behind[1 - ORDER :])


@lru_cache(maxsize=1 << 15)
def _pair(known: Model, first: int, second: int) -> float:
    cell = known.cell((first * FACTOR + second) & MASK)
    return -(cell >> 8) * STEP if cell <= NOTHING else -inf


def hashed(word: str) -> int:
    """64 bits of a word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4)
def shipped(language: str) -> Model | None:
    """The model of a language; None where there is none. Raises ValueError where the file is damaged."""
    path = Path(__file__).with_name(f"{language}.ngrams")
    if not os.path.isfile(path):
        return None
    with Path(__file__).with_name(f"{language}.ngrams").open("rb") as file:
        return read(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def read(data: memoryview) -> Model:
    """The model in the bytes of a file. Raises ValueError where they are none."""
    start = HEAD.size + DIGEST
    if len(data) < start:
        raise ValueError("not a model of a language")
    magic, version, segments, bits, _ = HEAD.unpack_from(data)
    if magic != MAGIC or version != 1 or len(data) - start != (segments + 2 << bits) * 4:
        raise ValueError("not a model of a language")
    return Model(data[start:].cast("I"), segments, bits, data[HEAD.size : start].hex())
