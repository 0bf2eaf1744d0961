"""A question as a search reads it: its words, what mistyped ones may be, and the groups of synonyms that it names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from cannedkit.catalogue.search.index import RARITY, Index, features, group_term, pairs, rarity, weight
from cannedkit.text.terms import terms
from cannedkit.words.misspelling import one_edit_apart
from cannedkit.words.synonyms import fit, spans

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_TYPED = 4
"""Letters of a word that is looked for with a slip of the keyboard, too; our own choice: shorter ones are near many."""

_MARKS = "/:;#!"
"""Signs that people type before a shortcut, as in helpdesks."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How a question was read. `name` is the id or shortcut that it may be, in small letters.

    `meant` has the words of the index that a mistyped one may be. `groups` are (first word, behind the last one, group
    of synonyms); `counts` what all of it weighs. `sentence` is what it means as a sentence, of no length where nobody
    reads sentences.
    """

    name: str
    words: tuple[str, ...]
    meant: Mapping[str, tuple[str, ...]]
    groups: tuple[tuple[int, int, int], ...]
    counts: Mapping[str, float]
    sentence: Array


def hear(index: Index, question: str) -> Heard:
    """A question as the index reads it."""
    words = tuple(terms(question))
    meant = {word: found for word in dict.fromkeys(words) if (found := _meant(index, word))}
    fits = [fit(index.synonyms, word) for word in words]
    alone = ((at, at + 1, group) for at, one in enumerate(fits) for group in one.groups)
    phrases = tuple(spans(index.synonyms, fits))
    typed = [meant[word][0] if word in meant else word for word in words]
    terms_named = Counter((*words, *pairs(typed), *(group_term(group) for _, _, group in phrases)))
    counts = {term: float(count) for term, count in terms_named.items()}
    groups = tuple(dict.fromkeys((*alone, *phrases)))
    for word in _same(index, {group for _, _, group in groups if group < index.synonyms.own}):
        counts[word] = counts.get(word, 0.0) + 1.0
    for word, others in meant.items():
        for other in others:
            counts[other] = counts.get(other, 0.0) + counts[word] / len(others)
    return Heard(
        question.strip().lstrip(_MARKS).casefold(), words, meant, groups, counts, _sentence(index, question, words)
    )


def _sentence(index: Index, question: str, words: Sequence[str]) -> Array:
    import numpy as np

    if index.encode is None or not words or not len(index.sentences):
        return np.zeros(index.sentences.shape[1], np.float32)
    found: Array = index.encode([question])[0]
    return found


def _same(index: Index, groups: Collection[int]) -> set[str]:
    """The words of the index that some groups of the catalogue's own say, as if they had been asked, too."""
    texts = (one.text for one in index.synonyms.phrases if one.group in groups) if groups else ()
    return {word for text in texts for word in terms(text) if word in index.terms}


def _meant(index: Index, word: str) -> tuple[str, ...]:
    """The words of the index that a word which is none of them may be, one slip of the keyboard away."""
    if len(word) < _TYPED or word in index.terms:
        return ()
    near = (other for length in (-1, 0, 1) for other in index.alike.get((word[0], len(word) + length), ()))
    return tuple(other for other in near if one_edit_apart(word, other))


def vector(index: Index, counts: Mapping[str, float]) -> dict[str, float]:
    """What some terms weigh by feature, at length 1 in all; a feature that no entry has weighs as the rarest does."""
    found: dict[str, float] = {}
    look = partial(fit, index.synonyms)
    for term, count in counts.items():
        for one in features(term, look):
            found[one] = found.get(one, 0.0) + count
    unknown = float(rarity(0, len(index.entries))) ** RARITY
    for one, count in found.items():
        column = index.columns.get(one)
        idf = unknown * weight(one) if column is None else float(index.idf[column])
        found[one] = (1 + math.log(count) if count > 1 else count) * idf
    length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {one: weight / length for one, weight in found.items()}
