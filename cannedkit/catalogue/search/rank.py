"""The entries of an index in the order in which a question finds them, and how likely each is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cannedkit.catalogue.load import bodies
from cannedkit.catalogue.search.index import Entry, Index, meaning
from cannedkit.catalogue.search.question import Heard, vector

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

MEANING = 0.4
"""What likeness of meaning counts beside that of letters and synonyms; measured (docs/quality.md)."""

SENTENCE = 0.45
"""What likeness of sentences counts, where they are read; measured (docs/quality.md)."""

MOOD, TOPIC = 0.05, 0.1
"""What is added where a response is for the customer's mood (taken off where it is for another), and for the topic."""

SAID, NAMED = 1.0, 2.0
"""What is added where an example or the title says just what was asked, and where it is the shortcut or the id."""

CANDIDATES = 1_000
"""Entries that are looked at closely: those most like the question by letters and synonyms; our own choice."""

_START, _SLOPE, _LEAD = -1.05, 0.75, 13.3
"""How likely a match is right, by its likeness and its lead on the best other one: fitted to the examples of the
starter catalogue, each left out once, by logistic regression (docs/quality.md)."""

_UNLIKE = 0.2
"""Likeness that the best other one has at least: the nearest of many that are not meant; our own choice."""


Counts = Mapping[str, float]
"""Terms and what they weigh."""


@dataclass(frozen=True, slots=True, eq=False)
class Instead:
    """What an entry would be without one of its texts: its terms, and what its sentences mean in sum."""

    counts: Counts
    sentences: Array


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the conversation asks of a match; "" for any. `known` None: whatever may be known."""

    channel: str = ""
    known: tuple[str, ...] | None = None
    mood: str = ""
    topic: str = ""
    limit: int = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry as a question finds it: `likeness` is the sum of what is behind it, `score` how likely it is right."""

    entry: Entry
    score: float
    likeness: float
    letters: float
    meaning: float
    sentence: float
    shift: float


def rank(
    index: Index,
    heard: Heard,
    wanted: Wanted,
    instead: Mapping[int, Instead] = MappingProxyType({}),
    *,
    off: bool = False,
) -> list[Ranked]:
    """The best entries, at most `wanted.limit`; `instead` says what else some of them would be, by number.

    `off`: in place of those that may be found in this conversation, those that may not.
    """
    import numpy as np

    letters = _letters(index, heard.counts, instead)
    near = np.argpartition(-letters, CANDIDATES)[:CANDIDATES] if len(letters) > CANDIDATES else np.arange(len(letters))
    close = _meanings(index, heard.counts, near, instead)
    shifts = _shifts(index, heard, wanted, near.tolist(), instead)
    said = _sentences(index, heard.sentence, near, instead)
    total = letters[near] + MEANING * close + SENTENCE * said + shifts
    found: list[int] = []
    for at in np.lexsort((near, -total)).tolist():
        entry = index.entries[near[at]]
        if (letters[near[at]] > 0 or said[at] > 0 or shifts[at] >= SAID) and bool(why_not(entry, wanted)) is off:
            found.append(at)
        if len(found) > max(wanted.limit, 1):
            break
    best = [float(total[at]) for at in found[:2]]
    return [
        Ranked(
            index.entries[near[at]],
            _score(float(total[at]), best[1:] if place == 0 else best[:1]),
            float(total[at]),
            float(letters[near[at]]),
            float(close[at]),
            float(said[at]),
            float(shifts[at]),
        )
        for place, at in enumerate(found[: wanted.limit])
    ]


def why_not(entry: Entry, wanted: Wanted) -> str:
    """Why an entry is not found in a conversation; "" where it may be."""
    response = entry.response
    if entry.off:
        return entry.off
    if wanted.channel and wanted.channel not in response.channels:
        return f"it is not for {wanted.channel}"
    if wanted.channel and not bodies(response, entry.locale, wanted.channel):
        return f"it has no body in {entry.locale} for {wanted.channel}"
    if wanted.known is not None:
        names = {fact.partition(":")[0].strip() for fact in wanted.known}
        missing = [fact for fact in response.requires if fact not in wanted.known and fact not in names]
        return f"it needs {', '.join(missing)} to be known" if missing else ""
    return ""


def _letters(index: Index, counts: Counts, instead: Mapping[int, Instead]) -> Array:
    """How like each entry is by letters and synonyms, from 0 to 1."""
    import numpy as np

    asked = vector(index, counts)
    found = np.zeros(len(index.entries), np.float32)
    for one, weight in asked.items():
        if (column := index.columns.get(one)) is not None:
            stretch = slice(index.starts[column], index.starts[column + 1])
            found[index.rows[stretch]] += index.values[stretch] * np.float32(weight)
    for row, other in instead.items():
        says = vector(index, other.counts)
        found[row] = sum(weight * says.get(one, 0.0) for one, weight in asked.items())
    return found


def _meanings(index: Index, counts: Counts, near: Array, instead: Mapping[int, Instead]) -> Array:
    """How like some entries are in what their words mean, from -1 to 1; 0 where no table is known."""
    asked = meaning(index, counts)
    found: Array = index.meanings[near] @ asked
    for row, other in instead.items():
        found[near == row] = meaning(index, other.counts) @ asked
    return found


def _sentences(index: Index, asked: Array, near: Array, instead: Mapping[int, Instead]) -> Array:
    """How like some entries are in what their sentences mean, from -1 to 1; 0 where nobody reads them."""
    import numpy as np

    sums = index.sentences[near]
    for row, other in instead.items():
        sums[near == row] = other.sentences
    found: Array = sums @ asked / np.maximum(np.linalg.norm(sums, axis=1), 1e-6)
    return found


def _shifts(index: Index, heard: Heard, wanted: Wanted, near: Sequence[int], instead: Mapping[int, Instead]) -> Array:
    """What mood and topic, and an example that says just what was asked, add to some entries."""
    import numpy as np

    says = set(index.says.get(heard.words, ())) - instead.keys()
    named = index.names.get(heard.name)
    found = np.zeros(len(near), np.float32)
    if named is None and not (says or wanted.mood or wanted.topic):
        return found
    for at, row in enumerate(near):
        response = index.entries[row].response
        found[at] = SAID * (row in says) + NAMED * (row == named)
        if wanted.mood and response.mood:
            found[at] += MOOD if response.mood == wanted.mood else -MOOD
        if wanted.topic and f"{response.topic}/".startswith(f"{wanted.topic}/"):
            found[at] += TOPIC
    return found


def _score(likeness: float, others: Sequence[float]) -> float:
    """How likely a match is right, from 0 to 1: the share of those so like, and so far ahead, that were."""
    lead = likeness - max([_UNLIKE, *others])
    return 1 / (1 + math.exp(-(_START + _SLOPE * likeness + _LEAD * lead)))
