"""Words that mean the same: groups of words and phrases, those of `synonyms.tsv` and those that a catalogue adds.

An entry is a word or a phrase. A word of four letters and more stands for its inflected forms too: any word that starts
with it, its last e or y apart, and has at most three letters behind (cancel: canceled, cancelling). With `*` at its end
it stands for all that starts with it (bezorg*: bezorgdienst).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from cannedkit.text.terms import terms

INFLECTED = 4
"""Letters of a word that is looked for in its inflected forms, too; our own choice: shorter ones start too many."""

ENDING = 3
"""Letters that an ending may have, those of -ing and -est; our own choice."""

_ANY = 1_000
"""More letters than a word has."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of a group as it is written, and each of its words as (how it starts, how many letters may follow)."""

    text: str
    group: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """What a word may be: one of `groups` by itself, or (number of a phrase, place in it) with others.

    `opens` are the phrases that it may be the first word of.
    """

    groups: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    within: frozenset[tuple[int, int]] = frozenset()


_NOTHING = Fit()


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words made ready to be looked up; `starts` maps the start of a word to (phrase, place in it).

    The first `own` groups are those of the catalogue.
    """

    phrases: tuple[Phrase, ...] = ()
    starts: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    own: int = 0


def made(groups: Iterable[Sequence[str]], own: int = 0) -> Synonyms:
    """The groups, numbered in their order from 0, ready to be looked up; the first `own` are the catalogue's."""
    entries = ((entry, group) for group, each in enumerate(groups) for entry in each)
    phrases = [Phrase(entry, group, parts) for entry, group in entries if (parts := tuple(_parts(entry)))]
    starts: dict[str, list[tuple[int, int]]] = {}
    for number, phrase in enumerate(phrases):
        for place, (start, _) in enumerate(phrase.parts):
            starts.setdefault(start, []).append((number, place))
    return Synonyms(tuple(phrases), {start: tuple(found) for start, found in starts.items()}, own)


def fit(synonyms: Synonyms, word: str) -> Fit:
    """What a word (of `terms`) may be in the groups."""
    found = [
        (number, place)
        for length in range(1, len(word) + 1)
        for number, place in synonyms.starts.get(word[:length], ())
        if _behind(word, length) <= synonyms.phrases[number].parts[place][1]
    ]
    if not found:
        return _NOTHING
    alone = [number for number, _ in found if len(synonyms.phrases[number].parts) == 1]
    groups = dict.fromkeys(synonyms.phrases[number].group for number in alone)
    within = [one for one in found if one[0] not in alone]
    return Fit(tuple(groups), tuple(number for number, place in within if place == 0), frozenset(within))


def _behind(word: str, length: int) -> int:
    """The letters behind the start of a word; one that is its last doubled, as in cancelling, is none."""
    doubled = length < len(word) and word[length] == word[length - 1]
    return len(word) - length - doubled


def spans(synonyms: Synonyms, fits: Sequence[Fit]) -> Iterator[tuple[int, int, int]]:
    """Where phrases of several words stand in a text, as (first word, behind the last one, group).

    `fits` are those of its words in their order.
    """
    openers = [at for at, (one, behind) in enumerate(pairwise(fits)) if one.opens and behind.within]
    for at in openers:
        for number in fits[at].opens:
            end = at + len(synonyms.phrases[number].parts)
            if end <= len(fits) and all((number, place - at) in fits[place].within for place in range(at + 1, end)):
                yield at, end, synonyms.phrases[number].group


@lru_cache(maxsize=16)
def shipped(language: str) -> tuple[tuple[str, ...], ...]:
    """The groups of `synonyms.tsv` for a language; () where it has none."""
    lines = Path(__file__).with_name("synonyms.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return tuple(tuple(entry.strip() for entry in words.split(",")) for tag, _, words in rows if tag == language)


def _parts(entry: str) -> Iterator[tuple[str, int]]:
    for piece in entry.split():
        words = terms(piece)
        for number, word in enumerate(words, start=1):
            if piece.endswith("*") and number == len(words):
                yield word, _ANY
            elif len(word) < INFLECTED:
                yield word, 0
            else:
                stem = word.rstrip("ey")
                yield stem if len(stem) >= INFLECTED else word, ENDING
