"""What words mean, as numbers: a small table that was made from the vocabulary of a sentence model.

`vectors.en.npz` has, for the words and word pieces of all-MiniLM-L6-v2 (Reimers and others, Apache-2.0) and for words
of our own, what that model makes of each alone, along its 64 principal axes and in 8 bits; `python -m scripts.vectors`
makes it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Table:
    """A row of numbers, of length 1, for each word and for each piece that goes on a word (`##ing`)."""

    rows: Mapping[str, int]
    vectors: Array


@lru_cache(maxsize=2)
def table(language: str) -> Table | None:
    """The table of a language; None where there is none."""
    path = Path(__file__).with_name(f"vectors.{language}.npz")
    if not os.path.isfile(path):
        return None
    import numpy as np

    with np.load(path) as kept:
        pieces, numbers = kept["pieces"].tobytes().decode().split("\n"), kept["vectors"].astype(np.float32)
    return Table(
        {piece: row for row, piece in enumerate(pieces)}, numbers / np.linalg.norm(numbers, axis=1, keepdims=True)
    )


def vectors(known: Table, words: Iterable[str]) -> Array:
    """A row for each word (of `terms`): that of the table, or the mean of its pieces; of length 1, or 0 for none."""
    import numpy as np

    rows = [[known.rows[piece] for piece in pieces(word, known.rows)] for word in words]
    counts = np.array([*map(len, rows)], np.int64)
    found = np.zeros((len(rows), known.vectors.shape[1]), np.float32)
    if some := list(chain.from_iterable(rows)):
        there = np.flatnonzero(counts)
        starts = np.cumsum(counts[there]) - counts[there]
        found[there] = np.add.reduceat(known.vectors[some], starts)
    return unit(found)


def unit(rows: np.ndarray[Any, Any]) -> Array:
    """The rows at length 1; those of length 0 stay."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def pieces(word: str, known: Collection[str]) -> list[str]:
    """The longest known pieces that a word is put together of, from its start (WordPiece); [] where one is missing."""
    found: list[str] = []
    if word in known or " " in word:
        return [word] if word in known else []
    at = 0
    while at < len(word):
        mark = "##" if at else ""
        end = next((end for end in range(len(word), at, -1) if mark + word[at:end] in known), 0)
        if not end:
            return []
        found.append(mark + word[at:end])
        at = end
    return found
