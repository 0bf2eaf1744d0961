"""How alike texts are, by their words; and which of many texts are nearly the same, without comparing each with each.

Candidates come from a prefix filter (Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, WWW 2007; Xiao
and others, PPJoin, WWW 2008): two sets that are alike share one of their few rarest members, so that only texts which
share one of those are compared. It is exact, and takes about linear time where texts are not mostly alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from math import ceil

_WORD = re.compile(r"\ufffc+|\w+(?:['’]\w+)*")

Words = tuple[str, ...]


def words_of(plain: str) -> Words:
    """The words of a text, in lower case; what stands for a placeholder is one."""
    return tuple("\ufffc" if word[0] == "\ufffc" else word.replace("’", "'") for word in _WORD.findall(plain.lower()))


def likeness(one: Words, other: Words) -> float:
    """How alike two texts are, from 0 to 1: twice the words that stand in both in the same order, over all words."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio()


def pairs(texts: Sequence[Words], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts, by their numbers, that are at least so much alike: (earlier, later, likeness).

    Of texts that are the same word for word each is paired with the first alone.
    """
    first: dict[Words, int] = {}
    for number, text in enumerate(texts):
        if (same := first.setdefault(text, number)) != number:
            yield same, number, 1.0
    yield from _near([(number, text) for text, number in first.items()], least)


def _near(texts: Sequence[tuple[int, Words]], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of different texts: candidates by the pairs of neighbouring words that they share, then their likeness."""
    grams = [frozenset(pairwise(("", *text, ""))) for _, text in texts]
    often = Counter(gram for each in grams for gram in each)
    overlap = _overlap(least)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    order = sorted(range(len(texts)), key=lambda at: len(grams[at]))
    for at in order:
        own = grams[at]
        rarest = sorted(own, key=lambda gram: (often[gram], gram))[: len(own) - ceil(overlap * len(own)) + 1]
        met = {other for gram in rarest for other in holders[gram] if len(grams[other]) >= overlap * len(own)}
        for other in sorted(met):
            shared = len(own & grams[other])
            if shared >= overlap * (len(own) + len(grams[other]) - shared):
                (left, one), (right, two) = sorted((texts[at], texts[other]))
                if (found := likeness(one, two)) >= least:
                    yield left, right, found
        for gram in rarest:
            holders[gram].append(at)


def _overlap(least: float) -> float:
    """The share of neighbouring pairs (Jaccard's index) below which texts are not compared.

    A word that differs takes two pairs with it; so of n words with a share d different at least (1 - 2d) / (1 + 2d) of
    all pairs are shared.
    """
    different = 2 * (1 - least)
    return max((1 - different) / (1 + different), 0.2)
