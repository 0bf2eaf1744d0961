"""How well the part of speech of a word goes with the words around it: a hidden Markov model of classes of words.

What the model of words has rarely met it cannot judge: behind "won't" it knows no "brake" and no "break". Of classes it
knows that a modal stands before the base of a verb. A class is a tag of Penn's; an article, a preposition, a pronoun
or a form of "be" is a class of its own. `en.classes.gz` holds which classes a word has, and how much oftener each class
stands behind another than it does anywhere; `python -m scripts.contextclasses` learnt it from text that spaCy tagged.
How frequent the word itself is does not count: that is for the model of words.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from math import exp, log
from pathlib import Path

from cannedkit.engines.context.model import MAX_WORDS
from cannedkit.engines.context.tokens import EDGE, Token

STEP = 1 / 16
"""Nats of a step of a kept logarithm."""

MIDDLE = 128
"""The step at which a class is as frequent behind another as anywhere."""

ENDING = 3
"""Letters at the end of a word that tell its classes where it is not in the table."""

MOST = 8.0
"""Nats beyond which classes tell no more: our own choice."""

Shares = Mapping[int, float]
"""Class -> how likely it is."""


@dataclass(frozen=True, eq=False)
class Classes:
    """The table of a language: for each class how much oftener the others follow it than elsewhere; classes of words.

    `words` has "-" and letters for the endings of words that it lacks. Safe to share between threads.
    """

    lifts: Sequence[Sequence[float]]
    words: Mapping[str, str]
    digest: str = ""
    _known: dict[str, Shares] = field(default_factory=dict, repr=False, compare=False)

    def of(self, token: Token) -> Shares:
        """The classes of a token and how likely each is."""
        return self.of_word(token.word if token.text[0] == "<" and token.word else token.text)

    def of_word(self, word: str) -> Shares:
        """The classes of a word: its own, else those of words with its ending; {} where nothing is known of them."""
        known = self._known.get(word)
        if known is None:
            endings = (f"-{word[at:]}" for at in range(max(0, len(word) - ENDING), len(word) + 1))
            row = next((self.words[one] for one in (word, *endings) if one in self.words), "")
            pairs = (cell.split(":") for cell in row.split())
            known = {int(name): int(share) / 100 for name, share in pairs}
            if len(self._known) < MAX_WORDS:
                self._known[word] = known
        return known

    def behind(self, before: Shares, word: Shares) -> Shares:
        """The classes of a word, each with how well it goes with those before it."""
        lifts = self.lifts
        return {
            one: share * sum(weight * lifts[other][one] for other, weight in before.items())
            for one, share in word.items()
        }

    def before(self, word: Shares, behind: Shares) -> Shares:
        """The classes of a word, each with how well it goes with those behind it."""
        return {
            one: share * sum(weight * self.lifts[one][other] for other, weight in behind.items())
            for one, share in word.items()
        }


ANY = Classes([[1.0]], {"-": "0:100"})
"""The table of a language that has none: every word goes with every other."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """A text as the classes see it: for each token what they say of the words up to it, and of those behind it."""

    classes: Classes
    until: Sequence[Shares]
    onward: Sequence[Shares]

    def gain(self, start: int, end: int, meant: Sequence[str], written: Iterable[Token]) -> float:
        """How much better, in nats, the classes of `meant` go with the words around the tokens `start` to `end`."""
        new = self._fit(start, end, map(self.classes.of_word, meant))
        old = self._fit(start, end, map(self.classes.of, written))
        return max(-MOST, min(MOST, log(new) - log(old)))

    def _fit(self, start: int, end: int, words: Iterable[Shares]) -> float:
        """How well words go in the place of some tokens."""
        shares = self.until[start - 1]
        for word in words:
            shares = self.classes.behind(shares, word)
        return sum(self.classes.behind(shares, self.onward[end]).values()) or exp(-MOST)


def read(classes: Classes, tokens: Sequence[Token]) -> Grammar:
    """What the classes say of a text."""
    words = [classes.of(token) for token in tokens]
    until: list[Shares] = []
    onward: list[Shares] = []
    before: Shares = words[0]
    for token, word in zip(tokens, words, strict=True):
        before = word if token.text == EDGE else _whole(classes.behind(before, word), word)
        until.append(before)
    later: Shares = words[-1]
    for token, word in zip(reversed(tokens), reversed(words), strict=True):
        later = word if token.text == EDGE else _whole(classes.before(word, later), word)
        onward.append(later)
    return Grammar(classes, until, onward[::-1])


def _whole(shares: Shares, otherwise: Shares) -> Shares:
    """Shares that add up to 1."""
    total = sum(shares.values())
    return {one: share / total for one, share in shares.items()} if total > 0 else otherwise


@lru_cache(maxsize=4)
def shipped(language: str) -> Classes:
    """The table of a language that has a model."""
    return parsed(Path(__file__).with_name(f"{language}.classes.gz").read_bytes())


def parsed(data: bytes) -> Classes:
    """The table in the bytes of a file: a row of steps for each class, an empty line, a row for each word."""
    rows, _, words = gzip.decompress(data).decode().partition("\n\n")
    steps = [exp((step - MIDDLE) * STEP) for step in range(256)]
    lifts = [[steps[step] for step in bytes.fromhex(row.split("\t")[1])] for row in rows.splitlines()]
    listed = dict(line.split("\t", 1) for line in words.splitlines())
    return Classes(lifts, listed, sha256(data).hexdigest()[:32])
