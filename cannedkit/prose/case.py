"""Title case, sentence case and the like, as Vale 3.22 converts them (github.com/jdkato/prose, MIT, Joseph Kato)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cannedkit.pattern.alternation import compiled, every, search, substituted
from cannedkit.prose.titles import tokens_are_nouns

SMALL = frozenset("a an and as at but by en for if in nor of on or per the to vs vs. via v v.".split())
"""Words that title case leaves in lower case (Associated Press, as Vale has it)."""

PREPOSITIONS = frozenset(
    "with from into during including until against among throughout despite towards upon concerning about over through "
    "before between after since without under within along following across beyond around down near above".split()
)
"""Words that the Chicago style leaves in lower case too."""

_WORD = r"[\p{N}\p{L}*]+[^\s]*"
_PIECE = r"[\p{N}\p{L}]+[^\s\-/]*"
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})

Indicator = Callable[[str, int], bool]


def by_default(word: str, index: int) -> bool:
    """Whether the word behind `word` starts anew: behind a colon, or behind the number of a list."""
    return word.endswith(":") or (index == 0 and re.search(r"[0-9]+\.", word) is not None)


@dataclass(frozen=True, slots=True)
class Converter:
    """What a conversion leaves alone: a vocabulary, a prefix; `starts` says behind which words it begins anew."""

    vocabulary: tuple[str, ...] = ()
    prefix: str = ""
    starts: Indicator = by_default

    def sentence(self, text: str) -> str:
        """The words of a text in sentence case, one space between them; signs between words are lost, as in Vale."""
        prefix, text = self._split(text)
        own = rf"\b(?:{'|'.join(self.vocabulary)})\b|" if self.vocabulary else ""
        words = [match[0] for match in every(compiled(own + _WORD, True, False), text)]
        made = []
        for index, word in enumerate(words):
            if entry := self._known(word):
                made.append(entry)
            elif index == 0 or self.starts(words[index - 1], index - 1):
                made.append(word[:1].title() + word[1:].lower())
            else:
                made.append(word.lower())
        return prefix + " ".join(made)

    def title(self, text: str, *, chicago: bool = False) -> str:
        """The text in title case."""
        prefix, text = self._split(text)
        plain = text.translate(_PLAIN).encode()
        nouns = _Nouns(text)
        state = _Reading(plain)

        def convert(match: Any) -> str:
            word: str = match[0]
            state.step(word)
            if entry := self._known(word):
                return entry
            if _is_small(word.lower(), nouns, state, chicago) and state.stands_free():
                return word.lower()
            return word[:1].title() + word[1:]

        return prefix + substituted(compiled(_PIECE, False, False), convert, text)

    def _split(self, text: str) -> tuple[str, str]:
        found = search(compiled(self.prefix, False, False), text) if self.prefix else None
        prefix: str = found[0] if found else ""
        return prefix, text.removeprefix(prefix)

    def _known(self, word: str) -> str:
        for entry in self.vocabulary:
            if entry.casefold() == word.casefold():
                return entry
            if search(compiled(entry, False, False), word):
                return word
        return ""


class _Reading:
    """How far a title was read: Vale finds each word again in the text with plain signs, counted in bytes."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self.index = -1
        self.at = self.end = 0

    def step(self, word: str) -> None:
        self.index += 1
        self.at = self.plain.find(word.encode(), self.end if self.end <= len(self.plain) else len(self.plain))
        self.at = self.at if self.at >= 0 else self.end - 1
        self.end = self.at + len(word)

    @property
    def bounds(self) -> bool:
        """Whether the word is the first or the last."""
        return self.at == 0 or self.end == len(self.plain)

    def stands_free(self) -> bool:
        """Whether small letters are right here: behind a space, hyphen or slash, and not in a compound."""
        left, further, right = self._sign(self.at - 1), self._sign(self.at - 2), self._sign(self.end)
        return left in (" ", "-", "/") and further not in (":", "-") and (right != "-" or left == "-")

    def _sign(self, at: int) -> str:
        return chr(self.plain[at]) if 0 <= at < len(self.plain) else ""


class _Nouns:
    """Which words of a title are nouns, worked out when it is first asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: Sequence[bool] | None = None

    def __call__(self, index: int) -> bool | None:
        if self.found is None:
            self.found = tokens_are_nouns(self.text)
        return self.found[index] if index < len(self.found) else None


def _is_small(word: str, nouns: _Nouns, state: _Reading, chicago: bool) -> bool:
    if chicago:
        return not state.bounds and (word in SMALL or word in PREPOSITIONS)
    if word == "to" and (noun := nouns(state.index + 1)) is not None:
        return noun
    return not state.bounds and word in SMALL


@lru_cache(maxsize=1)
def _plain_converter() -> Converter:
    return Converter()


def title_case(text: str) -> str:
    """The text in title case (Associated Press)."""
    return _plain_converter().title(text)


def sentence_case(text: str) -> str:
    """The text in sentence case."""
    return _plain_converter().sentence(text)


def simple(text: str) -> str:
    """The text as words in lower case."""
    return cased(text, " ")


def cased(text: str, separator: str) -> str:
    """The words of a text or an identifier in lower case, with `separator` between them."""
    out: list[str] = []
    before = " "
    for index, character in enumerate(text):
        part = character.isalpha() or character.isnumeric()
        if (index > 1 and before.islower() and character.isupper()) or not part:
            out.append(" ")
        if part or character == " ":
            out.append(character.lower())
        before = character
    return re.sub(" +", separator, "".join(out).strip())


def recased(replacement: str, observed: str) -> str:
    """The replacement in the case of the text that it replaces, word by word (`matchcase`); mixed case stays.

    Words that both share at the ends are aligned; what is between them takes the case of what it replaces.
    """
    right, gaps = _apart(replacement)
    left, _ = _apart(observed)
    if not right or not left:
        how = _case_of(observed)
        return _apply(how, replacement)
    head = _shared(right, left)
    tail = _shared(right[head:][::-1], left[head:][::-1])
    middle = left[head : len(left) - tail]
    how = _case_of(" ".join(middle))
    if not middle and (tail or head):
        how = _case_of(left[len(left) - tail] if tail else left[head - 1])
    each = how == "title" and len(middle) > 1 and all(_case_of(word) == "title" for word in middle)
    made = []
    for index, word in enumerate(right):
        if index < head:
            own = _case_of(left[index])
        elif index >= len(right) - tail:
            own = _case_of(left[len(left) - (len(right) - index)])
        else:
            own = "lower" if how == "title" and not each and index > head else how
        made.append(gaps[index] + _apply(own, word))
    return "".join(made) + gaps[len(right)]


_APART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _apart(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, and what stands before, between and behind them."""
    words = list(_APART.finditer(text))
    ends = [0, *(word.end() for word in words)]
    starts = [*(word.start() for word in words), len(text)]
    return [word[0] for word in words], [text[left:right] for left, right in zip(ends, starts, strict=True)]


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words both start with."""
    count = 0
    while count < min(len(left), len(right)) and left[count].casefold() == right[count].casefold():
        count += 1
    return count


def _case_of(text: str) -> str:
    letters = [one for one in text if one.isalpha()]
    upper = sum(map(str.isupper, letters))
    lower = sum(map(str.islower, letters))
    if not letters:
        return ""
    if not upper:
        return "lower"
    if not lower:
        return "title" if len(letters) == 1 else "upper"
    return "title" if upper == 1 and letters[0].isupper() else ""


def _apply(how: str, word: str) -> str:
    if how == "title":
        return word[:1].upper() + word[1:].lower()
    return word.lower() if how == "lower" else word.upper() if how == "upper" else word
