"""`python -m scripts.contextmodel --data DIR --general FILE`: the model of `engines/context`, learnt from plain text.

DIR holds the corpora, a passage a line (`chat_en.txt.gz`, `docs_en.txt.gz`). The model is one of 4-grams with modified
Kneser-Ney smoothing (Chen and Goodman, 1999), without the sequences of three and four words that stand there once.
FILE is a model of general English (`scripts.sphinx`), which is mixed into it (`scripts.contextmerge`): the corpora know
little of parcels and of loans. The same text gives the same bytes. `--without N` leaves every tenth passage out, from
the Nth, as text to measure on.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from cannedkit.engines.context import model
from cannedkit.engines.context.tokens import EDGE, tokens

SOURCES: Mapping[str, tuple[str, ...]] = {"en": ("chat_en.txt.gz", "docs_en.txt.gz")}
"""Language -> the files that its model is learnt from."""

RARE = 3
"""Times that a word must stand in the text to be one of the model."""

KEPT = (1, 1, 2, 2)
"""Times that a sequence of one, two, … words must stand in the text to be kept. It never falls with the length."""

TARGET = Path(model.__file__).parent

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Keys = np.ndarray[Any, np.dtype[np.uint64]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Order:
    """The sequences of one length: sorted keys, those of what stands before the last word and behind the first one.

    `places` say where each stands first, `counts` how often it does, `adjusted` behind how many different words.
    """

    places: Any
    keys: Keys
    before: Keys
    behind: Keys
    counts: Numbers
    adjusted: Numbers


@dataclass(frozen=True)
class Grams:
    """The sequences of one length: the hashes of their words, a row each, and the key of the row.

    `logs` say how likely the last word is behind the others, `weights` what is left for words that were not seen behind
    the sequence (nats).
    """

    words: Keys
    logs: Numbers
    weights: Numbers

    @property
    def keys(self) -> Keys:
        """The key of each sequence."""
        return keyed(self.words)


Learnt = Sequence[Grams]
"""The sequences of one word, of two, and so on."""


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--general", type=Path, help="the model of general English to mix in: see scripts.sphinx")
    parser.add_argument("--language", default="en", choices=sorted(SOURCES))
    parser.add_argument("--without", type=int, help="leave every tenth passage out, from this one")
    parser.add_argument("--to", type=Path, default=TARGET, help="the folder to write to")
    options = parser.parse_args()
    passages = list(read(options.data, options.language))
    if options.without is not None:
        passages = [one for number, one in enumerate(passages) if number % 10 != options.without]
    learnt = mixed(passages, options.general)
    (options.to / f"{options.language}.ngrams").write_bytes(written(learnt))
    print(f"{sum(len(order.logs) for order in learnt):,} sequences of {len(learnt[0].logs):,} words")


def read(data: Path, language: str) -> Iterator[str]:
    """The passages of a language."""
    for name in SOURCES[language]:
        with gzip.open(data / name, "rt", encoding="utf-8") as file:
            yield from (line.rstrip("\n") for line in file)


def mixed(passages: Sequence[str], general: Path | None) -> Learnt:
    """What the passages teach, with what is known of general English where there is a file of it."""
    from scripts import contextmerge, sphinx

    own = learn(passages)
    if general is None:
        return own
    return contextmerge.merged(own, sphinx.grams(general, contextmerge.taken(own)))


# -- learning -------------------------------------------------------------------------------------


def learn(passages: Sequence[str], kept: Sequence[int] = KEPT, rare: int = RARE) -> Learnt:
    """What the passages teach."""
    stream = np.array(list(_stream(passages, rare)), np.uint64)
    edge = np.uint64(model.hashed(EDGE))
    orders = counted(stream, edge)
    vocabulary = len(orders[0].keys)
    keys, logs, weights, sequences = [], [], [], []
    lower = np.array([], np.uint64), np.array([], np.float64)
    for number, order in enumerate(orders):
        stays = order.counts >= kept[number]
        discounted, contexts, left = _discounted(order, stays)
        below = np.full(len(order.keys), 1 / vocabulary) if not number else _at(*lower, order.behind, stays)
        shares = discounted + _at(contexts, left, order.before, np.ones(len(stays), bool)) * below
        lower = order.keys[stays], shares[stays]
        keys.append(order.keys[stays])
        logs.append(np.log(shares[stays]))
        sequences.append(stream[order.places[stays][:, None] + np.arange(number + 1)])
        if number:
            weights.append(_weights(keys[number - 1], contexts, left))
    weights.append(np.zeros(len(keys[-1])))
    return [Grams(*each) for each in zip(sequences, logs, weights, strict=True)]


def keyed(words: Keys) -> Keys:
    """The key of each row of words."""
    found: Keys = words[:, 0]
    for column in words.T[1:]:
        found = found * np.uint64(model.FACTOR) + column
    return found


def _stream(passages: Sequence[str], rare: int) -> Iterator[int]:
    """The hashes of all tokens, one edge between sentences."""
    seen = Counter(word.replace("’", "'") for passage in passages for word in WORD.findall(passage) if word.islower())
    vocabulary = {word for word, count in seen.items() if count >= rare} | {"i", "i'm", "i've", "i'll", "i'd"}
    known = vocabulary.__contains__
    hashes: dict[str, int] = {}
    last = ""
    for passage in passages:
        for token in tokens(passage, known):
            if token.text == EDGE == last:
                continue
            last = token.text
            if last not in hashes:
                hashes[last] = model.hashed(last)
            yield hashes[last]


def counted(stream: Keys, edge: np.uint64) -> list[Order]:
    """The sequences of each length; an edge stands at their ends alone."""
    spans = [stream]
    valid = [np.ones(len(stream), bool)]
    is_edge = stream == edge
    for size in range(2, model.ORDER + 1):
        count = len(stream) - size + 1
        spans.append(spans[-1][:count] * np.uint64(model.FACTOR) + stream[size - 1 :])
        inner = ~is_edge[size - 2 : size - 2 + count] if size > 2 else np.ones(count, bool)
        valid.append(valid[-1][:count] & inner)
    orders: list[Order] = []
    for size in range(model.ORDER, 0, -1):
        at = np.flatnonzero(valid[size - 1])
        keys, first, counts = np.unique(spans[size - 1][at], return_index=True, return_counts=True)
        at = at[first]
        before = spans[size - 2][at] if size > 1 else np.zeros(len(at), np.uint64)
        behind = spans[size - 2][at + 1] if size > 1 else np.zeros(len(at), np.uint64)
        adjusted = counts.astype(np.float64)
        if orders:
            longer, extensions = np.unique(orders[0].behind, return_counts=True)
            there = np.isin(keys, longer) & ~is_edge[at]
            adjusted[there] = extensions[np.searchsorted(longer, keys[there])]
        orders.insert(0, Order(at, keys, before, behind, counts.astype(np.float64), adjusted))
    return orders


def _discounted(order: Order, stays: Any) -> tuple[Numbers, Keys, Numbers]:
    """The discounted share of each sequence behind its context, the contexts, and what each has left for others."""
    contexts, which = np.unique(order.before, return_inverse=True)
    totals = np.bincount(which, order.adjusted)
    discounts = _discounts(order.adjusted)
    taken = discounts[np.minimum(order.adjusted, 3).astype(int)]
    shares = np.where(stays, (order.adjusted - taken) / totals[which], 0)
    return shares, contexts, np.clip(1 - np.bincount(which, shares), 1e-4, 1)


def _discounts(adjusted: Numbers) -> Numbers:
    """What is taken from a count of 0, 1, 2, and 3 or more (Chen and Goodman); 0.5 to 1.5 where text is too short."""
    ones, twos, threes, fours = (int((adjusted == count).sum()) for count in (1, 2, 3, 4))
    if not (ones and twos and threes and fours):
        return np.array([0, 0.5, 1.0, 1.5])
    share = ones / (ones + 2 * twos)
    found = [1 - 2 * share * twos / ones, 2 - 3 * share * threes / twos, 3 - 4 * share * fours / threes]
    return np.array([0, *np.clip(found, 0.1, [0.9, 1.9, 2.9])])


def _at(keys: Keys, values: Numbers, wanted: Keys, which: Any) -> Numbers:
    """The values of the wanted keys; 0 where they are not asked for."""
    found = np.zeros(len(wanted))
    found[which] = values[np.searchsorted(keys, wanted[which])]
    return found


def _weights(keys: Keys, contexts: Keys, left: Numbers) -> Numbers:
    """The logarithm of what each sequence leaves, as a context, for words that were not seen behind it."""
    found = np.zeros(len(keys))
    there = np.isin(keys, contexts)
    found[there] = np.log(left[np.searchsorted(contexts, keys[there])])
    return found


# -- writing --------------------------------------------------------------------------------------


def written(learnt: Learnt) -> bytes:
    """The file of a model."""
    keys, nats, left = (np.concatenate(each) for each in zip(*map(_columns, learnt), strict=True))
    logs = np.clip(np.round(-nats / model.STEP), 0, 255).astype(np.uint32)
    weights = np.clip(np.round(-left / model.WEIGHT_STEP), 0, 255).astype(np.uint32)
    segments, bits, cells = filled(keys, logs << np.uint32(8) | weights)
    body: bytes = cells.astype("<u4").tobytes()
    head = model.HEAD.pack(model.MAGIC, 1, segments, bits, len(learnt[0].logs))
    return head + sha256(body).digest()[:16] + body


def _columns(order: Grams) -> tuple[Keys, Numbers, Numbers]:
    return order.keys, order.logs, order.weights


def filled(keys: Keys, values: Any) -> tuple[int, int, Any]:
    """Segments, bits of a segment, and cells: the three of each key give its value (binary fuse filter)."""
    bits = max(3, int(np.log(len(keys)) / np.log(3.33) + 2.25))
    share = max(1.125, 0.875 + 0.25 * np.log(1e6) / np.log(len(keys)))
    segments = max(1, int(len(keys) * share / (1 << bits)) - 1)
    while True:
        at = _places(keys, segments, bits)
        if peeled := _peeled(at, segments + 2 << bits):
            break
        segments += max(1, segments // 50)
    cells = np.random.Generator(np.random.PCG64(0)).integers(0, 1 << 32, segments + 2 << bits, np.uint32)
    for which, own in reversed(peeled):
        others = cells[at[:, which]]
        cells[own] ^= others[0] ^ others[1] ^ others[2] ^ values[which]
    return segments, bits, cells


def _places(keys: Keys, segments: int, bits: int) -> Any:
    """The three cells of each key, as `Model.cell` finds them."""
    ones = np.uint64((1 << bits) - 1)
    first = (keys >> np.uint64(44)) * np.uint64(segments) >> np.uint64(20)
    return np.stack(
        [
            ((first + np.uint64(n) << np.uint64(bits)) + (keys >> np.uint64(n * bits) & ones)).astype(np.int64)
            for n in range(3)
        ]
    )


def _peeled(at: Any, size: int) -> list[tuple[Any, Any]]:
    """Rounds of keys, each the only one left in one of its cells, and these cells; [] where some are never alone."""
    count = np.bincount(at.ravel(), minlength=size)
    which = np.zeros(size, np.int64)
    numbers = np.arange(at.shape[1])
    for row in at:
        np.bitwise_xor.at(which, row, numbers)
    rounds = []
    alone = np.flatnonzero(count == 1)
    left = len(numbers)
    while len(alone):
        keys, first = np.unique(which[alone], return_index=True)
        rounds.append((keys, alone[first]))
        left -= len(keys)
        touched = at[:, keys]
        np.subtract.at(count, touched, 1)
        for row in touched:
            np.bitwise_xor.at(which, row, keys)
        touched = np.unique(touched)
        alone = touched[count[touched] == 1]
    return [] if left else rounds


if __name__ == "__main__":
    main()
