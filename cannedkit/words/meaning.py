"""What a set of sentences has in common, learnt from examples: a line through the space that sentences stand in.

A sentence stands where the sentence encoder puts it (what it means) and where its words do, one to three in a row
(how it says it). `meaning.npz` has clean sentences that every line must pass by, in 8 bits a number, and the lines of
shipped rules, so that nobody waits for them; `python -m scripts.meaning` makes it. Clean are sentences of public
conversations and documents (NOTICE names them) and of the starter catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from cannedkit.words.sentences import Encode
from cannedkit.words.vectors import unit

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

WORDS = 10_000
"""Words of clean prose that a number of alarms is stated for."""

PLACES = 1_024
"""Numbers that the words of a sentence are counted in; two phrases that share one are told apart by the others."""

_SAID = 0.8
"""What words count beside meaning (1); of 0, 0.5 and 0.8 what found most at equal alarms (docs/quality.md)."""

_FIRM = 1.0
"""How firmly a line is held (ridge regression); of 0.3, 1 and 3 what found most at equal alarms."""

_SERVICE = 3
"""How often a sentence of our own replies counts: it is what a linter reads, and there are fewer of them."""

_NEAREST = 600
"""Clean sentences that a line is drawn past: those most like a bad one. Far ones teach nothing; of 300, 600 and 1,500
what found most at equal alarms, and flagged fewest near misses (docs/quality.md)."""

_DIGEST = 8
"""Bytes that a shipped line is known by."""

_TERM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[!?€$£%]")


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean sentences: a row of numbers for each, its words, and its part of all, as often as it counts.

    `known` are what the encoder makes of lines of shipped rules, by the digests of their texts.
    """

    rows: Array
    words: Array
    shares: Array
    known: Mapping[bytes, Array]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What sentences like the bad ones score more than `least` by: their row times `weights`.

    `found` and `flagged` say of each bad and good sentence whether it is found where it was no example itself.
    """

    weights: Array
    least: float
    found: tuple[bool, ...]
    flagged: tuple[bool, ...]


# -- where sentences stand ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def clean() -> Clean:
    """The clean sentences that are shipped."""
    import numpy as np

    with np.load(Path(__file__).with_name("meaning.npz")) as kept:
        means, lines = (unit(kept[name].astype(np.float32)) for name in ("means", "lines"))
        says, words = unit(kept["says"].astype(np.float32)), kept["words"].astype(np.float32)
        weights, digests = np.where(kept["service"], _SERVICE, 1).astype(np.float32), kept["digests"].tobytes()
    names = (digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST))
    return Clean(_rows(means, says), words, weights / weights.sum(), dict(zip(names, lines, strict=True)))


def mark() -> str:
    """What changes when the shipped vectors do."""
    found = Path(__file__).with_name("meaning.npz").stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def digest(text: str) -> bytes:
    """What a shipped line is known by."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST]


def rows_of(texts: Sequence[str], encode: Encode) -> Array:
    """A row for each text."""
    return _rows(encode(texts), unit(said(texts)))


def rows_of_lines(texts: Sequence[str], encode: Encode) -> Array:
    """A row for each line of a rule; what the encoder makes of a shipped one is not asked again."""
    import numpy as np

    known = clean().known
    new = [text for text in dict.fromkeys(texts) if digest(text) not in known]
    found = dict(zip(new, encode(new), strict=True)) if new else {}
    means = [found[text] if text in found else known[digest(text)] for text in texts]
    return _rows(np.array(means, np.float32), unit(said(texts)))


def said(texts: Sequence[str]) -> Array:
    """How often each text has the words, and words in a row, that share a place; half of them count down."""
    import numpy as np

    counts = np.zeros((len(texts), PLACES), np.float32)
    for row, text in enumerate(texts):
        terms = ["<", *("0" if term.isdigit() else term for term in _TERM.findall(text.lower())), ">"]
        in_a_row = (terms[at : at + length] for length in (1, 2, 3) for at in range(len(terms) - length + 1))
        for phrase in map(" ".join, in_a_row):
            place = crc32(phrase.encode("utf-8", "surrogatepass"))
            counts[row, place % PLACES] += 1 if place >> 20 & 1 else -1
    return counts


def _rows(means: Array, says: Array) -> Array:
    import numpy as np

    return np.hstack([means, _SAID * says]).astype(np.float32)


# -- lines ----------------------------------------------------------------------------------------


def learn(bad: Array, good: Array, alarms: float) -> Learnt:
    """The line between bad sentences on one side, good ones and the clean ones nearest to them on the other.

    Ridge regression, in which the bad, the good and the clean weigh a third each. The line lets through so little that
    at most `alarms` clean sentences are found in `WORDS` words, each of them left out.
    """
    import numpy as np

    held = clean()
    near = np.argsort(-(held.rows @ bad.T).max(axis=1), kind="stable")[:_NEAREST]
    rows = np.vstack([bad, good, held.rows[near]])
    parts = (np.full(len(bad), 1 / len(bad)), np.full(len(good), 1 / len(good)), held.shares[near])
    weighs = np.concatenate([part / part.sum() for part in parts]) * len(rows) / len(parts)
    sides = np.where(np.arange(len(rows)) < len(bad), 1.0, -1.0)
    inverse = np.linalg.inv(rows @ rows.T + 1 + _FIRM * np.diag(1 / weighs))
    pulls = inverse @ sides
    left_out = sides - pulls / inverse.diagonal()  # what a row scores by all others: a property of least squares
    weights, middle = (rows.T @ pulls).astype(np.float32), float(pulls.sum())
    scores = held.rows @ weights + middle
    ours = len(bad) + len(good)
    scores[near] = left_out[ours:]
    least = _least(scores, held.shares, alarms * float(held.shares @ held.words) / WORDS)
    found, flagged = left_out[: len(bad)] > least, left_out[len(bad) : ours] > least
    return Learnt(weights, least - middle, tuple(map(bool, found)), tuple(map(bool, flagged)))


def _least(scores: Array, shares: Array, allowed: float) -> float:
    """What is scored by no more than a part of all sentences: halfway to the first that would be one too many."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    over = int(np.searchsorted(np.cumsum(shares[order]), allowed, side="right"))
    first = order[min(over, len(order) - 1)]
    before = order[over - 1] if 0 < over < len(order) else first
    return float(scores[first] + scores[before]) / 2
