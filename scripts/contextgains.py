"""From which gain on a change is told: what it gains on text without errors and with one, and what that is worth.

For each change that is three curves over the gain: how often text without errors reaches it (alarms), how often text
with this error does (found), and how often the error is made (`RATES`; the rarer a word the oftener it is mistaken, so
the errors of a sort are shared out by the roots of how often their words stand there). A change is told from the lowest
gain on at which the share of errors among all that is told is at least that of `SHARES`: the loss is that an alarm
costs as much as SHARE / (1 - SHARE) found errors please. What is known of rare words is little, so each change borrows
from all of its sort (`BORROWED`). Drafts are not what the model read, so each group of changes has a least gain, too
(`LEAST`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from cannedkit.engines.context import changes, classes, model, scorer, tokens, weighing
from scripts.contextpairs import KNOWN, PUT_IN, Alone

SHARES = (0.1, 0.9)
"""Share of errors among what is told as a suggestion, and as a warning, where the corpora are right about drafts."""

RATES: Mapping[str, float] = {
    "Confusion": 1.0,
    "Typo": 0.3,
    "Homophone": 0.1,
    "Letter": 0.1,
    "Agreement": 0.9,
    "VerbForm": 0.7,
    "Preposition": 0.6,
    "Article": 2.5,
    "MissingWord": 0.5,
    "SplitWord": 0.2,
}
"""Sort -> errors in 1,000 words of support drafts; our own guess, in the proportions of the sets in docs/quality.md.

"Homophone" and "Letter" are the changes that a script made, and slips of words that our texts seldom have, of the sorts
Confusion and Typo.
"""

BORROWED = 300
"""Places of its whole sort that are added to those of a change."""

COMMON = -10.0
"""Nats of a word alone from which on enough is known of where it stands. For each nat that one that is no mere slip is
rarer a change of it must gain `RARER` more: in other text it may stand more often."""

RARER = 0.5
"""Nats for a nat; our own choice."""

LEAST: Mapping[str, float] = {
    "Confusion": 4,
    "Homophone": 5.5,
    "Typo": 6.5,
    "Letter": 10,
    "Agreement": 7,
    "VerbForm": 3,
    "SplitWord": 2.5,
    "Preposition": 6,
    "Preposition taken out": 11,
    "Agreement of verbs": 9,
    "Agreement of nouns": 11,
    "VerbForm behind": 3,
}
"""Group of changes -> nats below which none of it is told: the corpora are no drafts, so these are set by edited prose
of others, by marked errors and by the open halves of tests/unseen (docs/quality.md). What is put in has its own
(`contextpairs.PUT_IN`)."""

UNSURE = frozenset({"Article", "MissingWord", "Preposition", "Typo"})
"""Sorts that are never a warning: on drafts by others fewer than nine of ten were right."""

SURER = (0, 4.0)
"""Nats over these that a suggestion and a warning need."""

FOUND = 0.05
"""Share of errors that a change must find to be worth its row."""

LISTED = {"Confusion": 8.0, "Typo": 10.0}
"""Sort -> nats from which on a pair of a list is a suggestion though the corpora do not bear it out: what is written is
too rare in them, or too frequent for what others of its sort do; our own choice."""

GRID = np.arange(2, 16.01, 0.25)
"""The gains in nats that are tried."""

Counts = np.ndarray[Any, np.dtype[np.float64]]


class Seen(NamedTuple):
    """Gains of a change on text without errors, and on text with this error."""

    alarms: list[float]
    found: list[float]


@dataclass
class Pass:
    """What was read: words, words where all that may be missing was tried, and the gains of each change."""

    words: int = 0
    tried: int = 0
    seen: dict[changes.Pair, Seen] = field(default_factory=lambda: defaultdict(lambda: Seen([], [])))


# -- what text says of them -----------------------------------------------------------------------


def tried(job: tuple[bytes, classes.Classes, Sequence[str], Mapping[changes.Pair, str]]) -> Pass:
    """The gains of all changes, both ways, on the passages."""
    data, kinds, passages, pairs = job
    known = model.read(memoryview(data))
    both = {**{(f"-{sort}", meant, written): "" for sort, written, meant in pairs}, **pairs}
    weighed = changes.table(changes.Change(*pair, (0.0, 0.0)) for pair in both)
    seen = Pass()
    for number, passage in enumerate(passages):
        reading = scorer.read(known, tokens.tokens(passage, known.knows))
        grammar = classes.read(kinds, reading.tokens)
        _tried(reading, grammar, weighed, seen, everywhere=number % 8 == 0)
    seen.seen = dict(seen.seen)
    return seen


def _tried(
    reading: scorer.Reading, grammar: classes.Grammar, weighed: changes.Changes, seen: Pass, *, everywhere: bool
) -> None:
    known = reading.model
    for at in range(1, len(reading.tokens) - 1):
        seen.words += bool(reading.tokens[at].word)
        seen.tried += everywhere and bool(reading.tokens[at].word)
        there = reading.tokens[at].open and reading.tokens[at - 1].open
        put_in = changes.missing(weighed.put_in, reading.tokens, at) if everywhere and there else ()
        for start, end, meant, change in (*changes.candidates(weighed, reading.tokens, at), *put_in):
            nats = weighing.gain(reading, grammar, start, end, meant)
            if change.sort.startswith("-"):
                seen.seen[change.sort[1:], change.meant, change.written].found.append(-nats)
            elif all(map(known.knows, meant)):
                seen.seen[change[:3]].alarms.append(nats)


# -- from which gain on ---------------------------------------------------------------------------


def table(
    passes: Sequence[Pass], pairs: Mapping[changes.Pair, str], alone: Alone = lambda word: COMMON
) -> list[changes.Change]:
    """The rows of the changes that are worth telling; `alone` says how frequent a word is."""
    words, tried_words = sum(one.words for one in passes), sum(one.tried for one in passes)
    seen = {pair: Seen([], []) for pair in pairs}
    for one in passes:
        for pair, (alarms, found) in one.seen.items():
            seen[pair].alarms.extend(alarms)
            seen[pair].found.extend(found)
    groups = defaultdict(list)
    for pair, group in pairs.items():
        groups[group].append(pair)
    totals = dict.fromkeys(RATES, 0.0)
    for pair, group in pairs.items():
        totals[group if group in RATES else pair[0]] += sqrt(len(seen[pair].found))
    rows: list[changes.Change] = []
    for members in groups.values():
        over = np.array([_over(seen[pair].alarms) for pair in members]).sum(0)
        places = sum(len(seen[pair].alarms) for pair in members)
        for pair in members:
            sort = pairs[pair] if pairs[pair] in RATES else pair[0]
            alarms, found = seen[pair]
            share = len(alarms) / (len(alarms) + BORROWED) if alarms else 0
            expected = share * _over(alarms) + (1 - share) * len(alarms) * over / max(places, 1)
            read = words if pair[1] else tried_words
            made = RATES[sort] * sqrt(len(found)) / max(totals[sort], 1) if pair[2] else RATES[sort] / 20
            may_be_meant = bool(pair[1]) and pair[1][0].islower() and (pair[0], pair[2], pair[1]) in pairs
            rare = max(0.0, COMMON - max(alone(pair[1][0]), KNOWN)) if may_be_meant else 0.0
            least = _least(pair, pairs[pair]) + RARER * rare
            row = _row(pair, expected * 1000 / read, made * _over(found) / max(len(found), 1), least)
            if not row and pairs[pair] in LISTED and not any(nats >= LISTED[pair[0]] for nats in alarms):
                row = [changes.Change(*pair, (LISTED[pair[0]], changes.NEVER))]
            rows += row
    return sorted(rows)


def _least(pair: changes.Pair, group: str) -> float:
    """The nats below which a change is not told, whatever the text says of it."""
    sort, written, meant = pair
    return LEAST[group] if written else PUT_IN[sort][meant[0]]


def _over(gains: Sequence[float]) -> Counts:
    """How many gains are at least each of the grid."""
    return len(gains) - np.searchsorted(np.sort(gains), GRID).astype(float)


def _row(pair: changes.Pair, alarms: Counts, found: Counts, least: float) -> list[changes.Change]:
    """The row of a change; [] where it is not worth one. `alarms` and `found` are counts in 1,000 words.

    What the text says nothing of is told from `least` on, and is never a warning; what is put in is, too, where enough
    of it is found there: headings and lists of manuals leave little words out, and would count as alarms.
    """
    if not pair[1]:
        enough = found[np.searchsorted(GRID, least)] >= FOUND * found[0]
        return [changes.Change(*pair, (least, changes.NEVER))] if enough else []
    if not found[0] and not alarms[0] and pair[1] and pair[2]:
        return [changes.Change(*pair, (least, changes.NEVER))]
    shares = found / (found + alarms + 1e-9)
    nats = []
    for share, surer in zip(SHARES, SURER, strict=True):
        good = (shares >= share) & (found >= FOUND * found[0]) & (least + surer <= GRID) & (found > 0)
        nats.append(float(GRID[np.argmax(good)]) if good.any() else changes.NEVER)
    if pair[0] in UNSURE:
        nats[1] = changes.NEVER
    return [changes.Change(*pair, (nats[0], nats[1]))] if nats[0] < changes.NEVER else []
