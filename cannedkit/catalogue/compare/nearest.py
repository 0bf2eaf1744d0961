"""The reply that a draft most likely came from, by the letters that they share.

Texts are compared by the four letters from each place of a word on, the rarer ones weighing more (tf-idf and cosine:
Manning and others, Introduction to Information Retrieval, 2008, chapter 6): forms and slips of a word share most.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from cannedkit.catalogue.compare.terms import HOLE
from cannedkit.catalogue.reading import Text

LETTERS = 4
"""Letters that are looked at together; our own choice."""

LEAST = 0.25
"""How alike, from 0 to 1, the nearest reply must be to be taken for where a draft came from; our own choice."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Index:
    """The texts of a catalogue by their letters: each gram -> (number of a text, its weight there)."""

    texts: Sequence[Text]
    holders: Mapping[str, Sequence[tuple[int, float]]]
    rarity: Mapping[str, float]


def index(texts: Iterable[Text]) -> Index:
    """The bodies among some texts, ready to be searched."""
    own = [one for one in texts if one.part == "body"]
    counted = [_grams(one.plain.replace(HOLE, " ")) for one in own]
    often = Counter(gram for grams in counted for gram in grams)
    rarity = {gram: log((1 + len(own)) / count) for gram, count in often.items()}
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, grams in enumerate(counted):
        for gram, weight in _weighed(grams, rarity).items():
            holders[gram].append((number, weight))
    return Index(own, holders, rarity)


def nearest(index: Index, text: str, locale: str = "") -> tuple[Text, float] | None:
    """The text most like another one and how alike they are; None where none is near.

    Where a `locale` is said, a text of its language goes before any other.
    """
    scores: Counter[int] = Counter()
    for gram, weight in _weighed(_grams(text), index.rarity).items():
        for number, there in index.holders.get(gram, ()):
            scores[number] += weight * there  # type: ignore[assignment]
    language = locale.partition("-")[0]
    ranked = sorted(scores, key=lambda number: (-round(scores[number], 9), number))
    own = [number for number in ranked if index.texts[number].locale.partition("-")[0] == language] or ranked
    if not own or scores[own[0]] < LEAST:
        return None
    return index.texts[own[0]], scores[own[0]]


def _grams(text: str) -> Counter[str]:
    """The letters of each word, four by four, with a mark where it begins and ends."""
    words = (f" {word} " for word in _WORD.findall(text.lower()))
    return Counter(word[at : at + LETTERS] for word in words for at in range(max(1, len(word) - LETTERS + 1)))


def _weighed(grams: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """The weight of each gram that some text has, so that the weights of all are of length 1."""
    weights = {gram: (1 + log(count)) * rarity[gram] for gram, count in grams.items() if gram in rarity}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}
