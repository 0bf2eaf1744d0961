"""What the words of a sentence are and do: those that say what it is about, and those that turn, bind or promise.

Words are compared by their stems, and words that stand for one another are one; a slip of one letter is forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cannedkit.text.segment import words as spans
from cannedkit.words.inflection import verb_forms, words_of

HOLE = "\ufffc"
"""What stands for a placeholder in an approved text: Unicode's object replacement character."""

FORGIVEN = 5
"""Letters from which on a word may have a slip of one letter, or be part of another; our own choice."""

SURE = 7
"""Letters from which on a word with a slip is taken for one of those that stand for one another; our own choice."""

TYPED = 4
"""Letters from which on a word as it is typed may have a letter more, or two that changed places; our own choice."""

MOST_ALIKE = 500
"""Stems that one is held against for slips; our own choice."""

MODALS = ("hedge", "must", "can", "will")
"""How sure, bound or free something is: the lists of words for it."""

_PIECE = re.compile(r"[^\W_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)
_ENDINGS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?:ations?|ments?|ness|ables?|ibles?|ings?|ed|ers?|ions?|ly|ies|es|al|s|e|y)$"),
    "nl": re.compile(r"(?:ingen|ing|heden|heid|lijke?|tjes?|jes?|den|ten|de|te|en|et|es|e|s|t|d)$"),
}
_PREFIXES = ("un", "in", "im", "ir", "dis", "non", "non-", "on", "niet-", "mis")
_APOSTROPHES = str.maketrans({"’": "'"})


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end)`, what it is compared by, and what it does (`negator`, one of `MODALS`, "" for neither).

    `empty`: it says nothing of what a sentence is about.
    """

    start: int
    end: int
    said: str
    stem: str
    does: str = ""
    empty: bool = False


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    table = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in table if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _, words in rows}


def listed(name: str, language: str) -> frozenset[str]:
    """The words of a list in a language, as they are written; none where the table has no such list."""
    return _table().get(f"{name}.{language}", frozenset())


@lru_cache(maxsize=64)
def stems(name: str, language: str) -> frozenset[str]:
    """What the words of a list are compared by."""
    return frozenset(stem(word, language) for word in listed(name, language))


@lru_cache(maxsize=8)
def _groups(language: str) -> Mapping[str, str]:
    """A stem -> the one that stands for it and its like; of a word in several groups that of the first."""
    found: dict[str, str] = {}
    for group in sorted(listed("same", language)):
        bare = [_bare(word, language) for word in group.split("=")]
        known = next((found[one] for one in bare if one in found), bare[0])
        for one in bare:
            found.setdefault(one, known)
    return found


@lru_cache(maxsize=4096)
def stem(word: str, language: str) -> str:
    """What a word is compared by: it and all that stand for it have the same."""
    bare, groups = _bare(word, language), _groups(language)
    if bare not in groups and len(bare) >= SURE:
        return next((group for known, group in groups.items() if len(known) >= SURE and slipped(bare, known)), bare)
    return groups.get(bare, bare)


@lru_cache(maxsize=4096)
def _bare(word: str, language: str) -> str:
    """A word in lower case without its endings; an English verb as its first form."""
    plain = word.lower().translate(_APOSTROPHES).removesuffix("'s").replace("-", "")
    if language == "en" and plain in verb_forms():
        plain = verb_forms()[plain][0][0]
    if language == "nl" and plain.startswith("ge") and plain.endswith(("d", "t", "en")) and len(plain) > FORGIVEN:
        plain = plain[2:]
    ending = _ENDINGS.get(language)
    short = ending.sub("", plain) if ending else plain
    return short if len(short) > 2 else plain


def alike(one: str, other: str) -> bool:
    """Whether two stems are the same, but for a slip of one letter in a long one, or one is an end of the other."""
    if one == other:
        return True
    if min(len(one), len(other)) < FORGIVEN:
        return False
    if abs(len(one) - len(other)) > 1:
        long, short = (one, other) if len(one) > len(other) else (other, one)
        return long.startswith(short) or long.endswith(short)
    return slipped(one, other)


def slipped(one: str, other: str) -> bool:
    """Whether two words differ in one letter: another, one more, one less, or two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    first = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))
    mine, theirs = one[first:], other[first:]
    swapped = mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs or mine == theirs[1:] or mine[1:] == theirs[1:]


def mistyped(one: str, other: str) -> bool:
    """Whether two words are one, typed in a hurry: a letter more or less, or two that changed places."""
    least = min(len(one), len(other))
    if least < TYPED or not slipped(one, other):
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    return one[-1] == other[-1] or least > FORGIVEN


def found(stem: str, among: Collection[str]) -> bool:
    """Whether one of some stems is alike; of very many only the same."""
    return stem in among or (len(among) <= MOST_ALIKE and any(alike(stem, one) for one in among))


def words(text: str, start: int, end: int, language: str, skipped: Sequence[tuple[int, int]] = ()) -> tuple[Word, ...]:
    """The words of `text[start:end)` in order, without what stands in the `skipped` stretches."""
    pieces: list[tuple[int, int]] = []
    for left, right in spans(text[start:end]):
        pieces += (piece.span() for piece in _PIECE.finditer(text, start + left, start + right))
    kept = [span for span in pieces if all(span[1] <= left or right <= span[0] for left, right in skipped)]
    return tuple(_word(text, *span, language) for span in kept)


def _word(text: str, start: int, end: int, language: str) -> Word:
    said = text[start:end].lower().translate(_APOSTROPHES)
    bare = said.partition("'")[0]
    contracted = language == "en" and said.endswith("n't")
    does = "negator" if contracted or said in listed("negator", language) else ""
    if not does:
        ending = said.rpartition("'")[2] if "'" in said else said
        does = next((name for name in MODALS if {said, ending} & listed(name, language)), "")
    little = listed("empty", language)
    is_empty = bool(does) or contracted or bool({said, bare} & little) or len(bare) < 2 or bare.isdigit()
    return Word(start, end, said, stem(bare, language), does, is_empty)


def turned(stem: str, said: str, language: str) -> bool:
    """Whether a word is another one, by its stem, with `un` or the like before it: unavailable."""
    return any(
        said.startswith(prefix) and len(said) - len(prefix) > 3 and alike(_of(said, prefix, language), stem)
        for prefix in _PREFIXES
    )


@lru_cache(maxsize=1024)
def reverses(said: str, language: str) -> bool:
    """Whether a word is an English adjective with `un` or the like before it: unavailable, incomplete."""
    if language != "en" or not said.startswith(("un", "in", "im", "ir", "dis")):
        return False
    prefixes = (prefix for prefix in ("un", "in", "im", "ir", "dis") if said.startswith(prefix))
    return any(said.removeprefix(prefix) in words_of("ADJECTIVE") for prefix in prefixes)


def _of(said: str, prefix: str, language: str) -> str:
    return stem(said.removeprefix(prefix), language)
