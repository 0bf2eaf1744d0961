"""What a set of sentences has in common, learnt from examples: a border around them in the space where sentences stand.

A sentence stands where the sentence encoder puts it (what it means), where its words stand in the encoder before they
are weighed (what they come to), and where they do as letters, one to three in a row (how it says it); all numbers are
of 8 bits. `meaning.npz` has clean sentences that every border must leave outside,
and the lines of shipped rules, so that nobody waits for them; `python -m scripts.meaning` makes it. Clean are sentences
of public conversations and documents (NOTICE names them) and of the starter catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from cannedkit.text.segment import Span, sentences
from cannedkit.words.sentences import WIDTH, Encode
from cannedkit.words.vectors import unit

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

WORDS = 10_000
"""Words of clean prose that a number of alarms is stated for."""

PLACES = 1_024
"""Numbers that the words of a sentence are counted in; two phrases that share one are told apart by the others."""

_MEANT = 2 * WIDTH
"""Numbers that the encoder gives of a sentence; those of its words stand behind them."""

_HEARD = 0.7
"""What words come to counts beside meaning (1); of the squares 0, 0.3, 0.5, 1 and 1.5 those of 0.3 and 0.5 found most
at equal alarms (docs/quality.md)."""

_SAID = 0.8
"""What words count beside meaning (1); of 0, 0.5 and 0.8 what found most at equal alarms (docs/quality.md)."""

_NEAR = 1.0
"""How fast a line counts less with the distance from it (the width of a kernel of Gauss, as a factor of the squared
distance by 2); of 0.5, 1 and 2 what found most at equal alarms (docs/quality.md)."""

_FIRM = 0.05
"""How firmly a border is held (what is added to the kernel of each row); of 0.03 to 1 what found most while it flagged
no more near misses."""

_TURNS = 8
"""How often the rows that pull are chosen anew at most; the choice settles after five to seven."""

_SERVICE = 3
"""How often a sentence of our own replies counts: it is what a linter reads, and there are fewer of them."""

_NEAREST = 600
"""Clean sentences that a border is drawn past: those most like a bad one. Far ones teach nothing; of 300, 600 and 1,500
what found most at equal alarms, and flagged fewest near misses (docs/quality.md)."""

_GOOD = -0.6
"""What is never found however few clean sentences are like it: bad lines score about 1, good ones -1; our own choice,
under what the shipped rules come to (-0.2 to 0.4)."""

_REMEMBERED = 16
"""Texts whose sentences are remembered."""

_MOST = 127
"""The largest of the numbers that a row is written in."""

_DIGEST = 8
"""Bytes that a shipped line is known by."""

_TERM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[!?€$£%]")


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean sentences: a row of numbers for each, its words, and its part of all, as often as it counts.

    `known` are the rows of lines of shipped rules, by the digests of their texts.
    """

    rows: Array
    words: Array
    shares: Array
    known: Mapping[bytes, Array]


@dataclass(frozen=True, slots=True)
class Learnt:
    """A border: sentences inside it score more than `least` by how near they are to `rows`, each by what it `pulls`.

    `found` and `flagged` say of each bad and good sentence whether it is found where it was no example itself.
    """

    rows: Array
    pulls: Array
    least: float
    found: tuple[bool, ...]
    flagged: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Borders:
    """Several borders, so that a sentence is held against each row once: `pulls` has a column for each of them."""

    rows: Array
    pulls: Array
    least: Array


# -- where sentences stand ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def clean() -> Clean:
    """The clean sentences that are shipped."""
    import numpy as np

    with np.load(Path(__file__).with_name("meaning.npz")) as kept:
        lines, words, digests = kept["lines"], kept["words"].astype(np.float32), kept["digests"].tobytes()
        rows = np.vstack([kept["rows"], lines[kept["right"]]])
        weights = np.where(np.arange(len(rows)) < kept["public"], 1, _SERVICE).astype(np.float32)
    names = (digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST))
    return Clean(rows, words, weights / weights.sum(), dict(zip(names, lines, strict=True)))


def mark() -> str:
    """What changes when the shipped vectors do."""
    found = Path(__file__).with_name("meaning.npz").stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def digest(text: str) -> bytes:
    """What a shipped line is known by."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST]


def rows_of(texts: Sequence[str], encode: Encode) -> Array:
    """A row of numbers of 8 bits for each text: what it means, what its words come to, and what it says.

    `encode` gives both of the first (`sentences.layers`).
    """
    import numpy as np

    means = encode(texts).reshape(len(texts), 2, WIDTH)
    rounded = np.round(means / np.abs(means).max(axis=2, keepdims=True) * _MOST)
    return np.hstack([rounded.reshape(len(texts), _MEANT), said(texts).clip(-_MOST, _MOST)]).astype(np.int8)


def rows_of_lines(texts: Sequence[str], encode: Encode) -> Array:
    """A row for each line of a rule; what the encoder makes of a shipped one is not asked again."""
    import numpy as np

    known = clean().known
    new = [text for text in dict.fromkeys(texts) if digest(text) not in known]
    found = dict(zip(new, rows_of(new, encode), strict=True)) if new else {}
    return np.array([found[text] if text in found else known[digest(text)] for text in texts], np.int8)


@lru_cache(maxsize=_REMEMBERED)
def sentences_of(text: str, locale: str, encode: Encode) -> tuple[Sequence[Span], Array]:
    """The sentences of a text, and a row for each: all rules look at one text before the next."""
    spans = sentences(text, locale)
    return spans, rows_of([text[start:end] for start, end in spans], encode)


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


def stand(rows: Array) -> Array:
    """Where rows stand: what they mean at length 1, what their words come to and what they say at their own."""
    import numpy as np

    means, words, says = np.split(rows.astype(np.float32), [WIDTH, _MEANT], axis=1)
    return np.hstack([unit(means), _HEARD * unit(words), _SAID * unit(says)])


# -- borders --------------------------------------------------------------------------------------


def learn(bad: Array, good: Array, alarms: float) -> Learnt:
    """The border around bad sentences, with good ones and the clean ones nearest to them outside.

    A support vector machine of squared losses with a kernel of Gauss, in which the bad, the good and the clean weigh a
    third each. The border lets in so little that at most `alarms` clean sentences are found in `WORDS` words, each of
    them left out; what a row scores without itself holds as far as the same rows pull then.
    """
    import numpy as np

    held = clean()
    stood, bad_stood = _stood(), stand(bad)
    near = np.argsort(-(stood @ bad_stood.T).max(axis=1), kind="stable")[:_NEAREST]
    rows, ours = np.vstack([bad, good, held.rows[near]]), len(bad) + len(good)
    parts = (np.full(len(bad), 1 / len(bad)), np.full(len(good), 1 / len(good)), held.shares[near])
    weighs = np.concatenate([part / part.sum() for part in parts]) * len(rows) / len(parts)
    sides = np.where(np.arange(len(rows)) < len(bad), 1.0, -1.0)
    points = stand(rows)
    pulling, pulls, left_out = _balanced(_nearness(points @ points.T).astype(np.float64) + 1, sides, _FIRM / weighs)
    scores = _nearness(stood @ points[pulling].T) @ pulls + pulls.sum()
    scores[near] = left_out[ours:]
    least = max(_least(scores, held.shares, alarms * float(held.shares @ held.words) / WORDS), _GOOD)
    found, flagged = left_out[: len(bad)] > least, left_out[len(bad) : ours] > least
    return Learnt(
        rows[pulling],
        pulls.astype(np.float32),
        float(least - pulls.sum()),
        tuple(map(bool, found)),
        tuple(map(bool, flagged)),
    )


def together(learnt: Sequence[Learnt]) -> Borders:
    """Some borders, each row of theirs once."""
    import numpy as np

    rows, place = np.unique(np.vstack([one.rows for one in learnt]), axis=0, return_inverse=True)
    pulls, ends = np.zeros((len(rows), len(learnt)), np.float32), np.cumsum([len(one.rows) for one in learnt])
    for column, (one, end) in enumerate(zip(learnt, ends, strict=True)):
        np.add.at(pulls[:, column], place[end - len(one.rows) : end], one.pulls)
    return Borders(rows, pulls, np.array([one.least for one in learnt], np.float32))


def within(borders: Borders) -> Callable[[Array], Array]:
    """What says of rows which of some borders each is in: a row for each, a column for each border."""
    import numpy as np

    columns = np.ascontiguousarray(stand(borders.rows).T)

    def look(rows: Array) -> Array:
        points = stand(rows)
        spoken = _MEANT + np.flatnonzero(rows[:, _MEANT:].any(axis=0))  # a sentence has few of all words
        close = points[:, :_MEANT] @ columns[:_MEANT] + points[:, spoken] @ columns[spoken]
        found: Array = _nearness(close) @ borders.pulls > borders.least
        return found

    return look


@lru_cache(maxsize=1)
def _stood() -> Array:
    """Where the clean sentences stand."""
    return stand(clean().rows)


def _nearness(close: Array) -> Array:
    """How near two rows are, from 0 to 1, by the product of where they stand: all are at one distance from 0."""
    import numpy as np

    found: Array = np.exp(_NEAR * (close - (1 + _HEARD**2 + _SAID**2)))
    return found


def _balanced(near: Array, sides: Array, slack: Array) -> tuple[Array, Array, Array]:
    """Which rows pull at a border, what each pulls, and what every row scores where it has no pull itself.

    Rows that are on their side by more than 1 do not pull: without them the border is the same.
    """
    import numpy as np

    pulling = np.arange(len(sides))
    for _ in range(_TURNS):
        inverse = np.linalg.inv(near[np.ix_(pulling, pulling)] + np.diag(slack[pulling]))
        pulls = inverse @ sides[pulling]
        scores = near[:, pulling] @ pulls
        short = np.flatnonzero(sides * scores < 1)
        if np.array_equal(short, pulling):
            break
        last, pulling = pulling, short
    else:
        pulling = last
    scores[pulling] = sides[pulling] - pulls / inverse.diagonal()  # a property of least squares
    return pulling, pulls, scores


def _least(scores: Array, shares: Array, allowed: float) -> float:
    """What is scored by no more than a part of all sentences: halfway to the first that would be one too many."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    over = int(np.searchsorted(np.cumsum(shares[order]), allowed, side="right"))
    first = order[min(over, len(order) - 1)]
    before = order[over - 1] if 0 < over < len(order) else first
    return float(scores[first] + scores[before]) / 2
