"""A text as it is compared: its sentences with their words and figures, without greeting and sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cannedkit.catalogue.compare.terms import HOLE, Word, listed, stems, words
from cannedkit.text.letter import greeting, sign_off
from cannedkit.text.segment import ABBREVIATIONS, sentences
from cannedkit.words.figures import Figure, figures

Span = tuple[int, int]

MOST_WORDS, MOST_FIGURES = 400, 100
"""Words and figures of a sentence that are looked at: beyond them it is none; our own choice."""

_STOP = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_A-Z])")
_FIRST = re.compile(rf"(?<=[.!?]\s){HOLE}(?!\.)")
_VALUE = re.compile(rf"{HOLE}\s+(?=[A-Z])")
_CLAUSE = re.compile(r"[,;:()–—]|\s-\s")
_CLAUSES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"[,;:()–—]|\s-\s|(?<=\s)(?:and|but|or|because|so)(?=\s)"),
    "nl": re.compile(r"[,;:()–—]|\s-\s|(?<=\s)(?:en|maar|of|want|omdat|dus)(?=\s)"),
}
"""What stands between clauses, by language; `_CLAUSE` in any other."""

_DAY = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end)` of a side; `words` and `figures` stand in it, `holes` are the types of its placeholders.

    `courtesy`: it says nothing that a customer could miss. `free`: it may be reworded or left out. `asks`: it is a
    question. `language` is the first part of its locale.
    """

    start: int
    end: int
    said: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    holes: tuple[str, ...] = ()
    courtesy: bool = False
    free: bool = False
    asks: bool = False
    language: str = ""

    @property
    def terms(self) -> tuple[Word, ...]:
        """The words that say what it is about."""
        return tuple(word for word in self.words if not word.empty)

    def clauses(self) -> Iterator[tuple[Word, ...]]:
        """Its words, clause by clause."""
        edges = [self.start + one.start() for one in _CLAUSES.get(self.language, _CLAUSE).finditer(self.said)]
        left = self.start
        for right in (*edges, self.end):
            if found := tuple(word for word in self.words if left <= word.start and word.end <= right):
                yield found
            left = right


@dataclass(frozen=True, slots=True)
class Side:
    """A draft, or an approved text with `HOLE` for each of its placeholders, whose `names` are in order.

    `gaps` are the places of free parts without a text of their own.
    """

    text: str
    locale: str
    sentences: tuple[Sentence, ...]
    names: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()

    @property
    def language(self) -> str:
        """The first part of its locale."""
        return self.locale.partition("-")[0]

    def shown(self, start: int, end: int) -> str:
        """`text[start:end)` with the names of its placeholders in braces."""
        first = self.text.count(HOLE, 0, start)
        pieces = self.text[start:end].split(HOLE)
        names = (f"{{{{ {name} }}}}" for name in self.names[first:])
        return "".join(
            piece + name for piece, name in zip(pieces, [*(next(names) for _ in pieces[1:]), ""], strict=True)
        )


@dataclass(frozen=True, slots=True)
class Holes:
    """The placeholders of an approved text, in order: their names, and the types of their values."""

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def side(
    text: str,
    locale: str,
    holes: Holes = Holes(),
    free: Sequence[Span] = (),
    gaps: Sequence[int] = (),
) -> Side:
    """A text, read for comparing; `free` are the stretches of it that may be reworded."""
    language = locale.partition("-")[0]
    values = [(at, at + 1) for at, sign in enumerate(text) if sign == HOLE]
    begin = greeting(text, language, values)
    end = max(begin, sign_off(text, language, values))
    numbers = _figures(text, locale)
    found = tuple(
        _sentence(text, span, language, numbers, holes, values, free)
        for left, right in _spans(text, locale)
        if (span := (max(left, begin), min(right, end)))[0] < span[1]
    )
    return Side(text, locale, found, holes.names, tuple(gaps))


def _spans(text: str, locale: str) -> Iterator[Span]:
    """The sentences of a text; one in small letters behind a full stop is one too, and so is a value before one."""
    short = ABBREVIATIONS.get(locale.partition("-")[0], ABBREVIATIONS["en"])
    for start, end in sentences(_FIRST.sub("X", text), locale):  # a value may begin a sentence
        value = _VALUE.match(text, start, end)
        if value:
            yield start, start + 1
        left = value.end() if value else start
        for stop in _STOP.finditer(text, start, end):
            if text[left : stop.start()].rpartition(" ")[2].rstrip(".").lower() not in short:
                yield left, stop.start()
                left = stop.end()
        yield left, end


def _sentence(
    text: str,
    span: Span,
    language: str,
    numbers: Sequence[Figure],
    holes: Holes,
    values: Sequence[Span],
    free: Sequence[Span],
) -> Sentence:
    start, end = span
    own = tuple(one for one in numbers if start <= one.start < end)[:MOST_FIGURES]
    inside = [number for number, (at, _) in enumerate(values) if start <= at < end]
    said = words(text, start, end, language, [(one.start, one.end) for one in own])[:MOST_WORDS]
    courtesies = stems("courtesy", language)
    kinds = tuple(holes.types[number] for number in inside)
    asks = text[start:end].rstrip(" \"'”’)").endswith("?") or _begins_as_question(said, language)
    polite = [word.empty or word.stem in courtesies for word in said]
    is_courtesy = not own and set(kinds) <= {"name"} and all(polite)
    if not all(polite):
        said = tuple(replace(word, empty=skipped) for word, skipped in zip(said, polite, strict=True))
        said = _asking(said, language, asks)
    is_free = any(left < end and start < right for left, right in free) and not _outside(text, span, free)
    return Sentence(start, end, text[start:end], said, own, kinds, is_courtesy, is_free, asks, language)


def _begins_as_question(said: Sequence[Word], language: str) -> bool:
    """Whether a sentence begins as a question does (`may I`, `how`), behind a word or two (`no problem`)."""
    first = [word.said for word in said[:4]]
    inverted = any(
        one in listed("inverts", language) and other in listed("addressed", language) for one, other in pairwise(first)
    )
    return inverted or bool(set(first[:2]) & listed("asks", language))


def _asking(said: tuple[Word, ...], language: str, asks: bool) -> tuple[Word, ...]:
    """The words of a sentence, in which a question's own word says what it asks for: `when` a time, `who` a name."""
    asking, much = listed("asking", language), listed("much", language)
    named = [
        word.said in asking and (asks or at == 0) and (at + 1 == len(said) or said[at + 1].said not in much)
        for at, word in enumerate(said)
    ]
    return tuple(replace(word, empty=False) if names else word for word, names in zip(said, named, strict=True))


def _outside(text: str, span: Span, free: Sequence[Span]) -> bool:
    """Whether a letter of a sentence stands outside the free parts."""
    at = [place for place in range(*span) if text[place].isalnum() or text[place] == HOLE]
    return any(all(not left <= place < right for left, right in free) for place in at)


def _figures(text: str, locale: str) -> tuple[Figure, ...]:
    """The figures of a text, and the days that move with the date (tomorrow)."""
    days = listed("day", locale.partition("-")[0])
    found = figures(text, locale)
    if not any(day in text.lower() for day in days):
        return found
    moving = (
        Figure(*one.span(), "day", one[0].lower(), words=True)
        for one in _DAY.finditer(text)
        if one[0].lower() in days and all(one.end() <= other.start or other.end <= one.start() for other in found)
    )
    return tuple(sorted((*found, *moving), key=lambda one: one.start))
