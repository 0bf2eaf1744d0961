"""The words of a sentence with their classes: those of the language's tables, and those that the writing shows.

| class | words |
|---|---|
| `name` | a capital within the sentence, capitals alone, letters with digits or signs |
| `number` | figures |
| `mark` | a sign; of them `stop` ends a sentence, `asks` is a question mark, `pause` a comma, colon or dash |
| `edge` | the start and the end of the sentence |
| `unknown` | a word that no table has |
| `joins` | with the word behind it, it is one word of the table |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.pattern.classes import Line, line
from cannedkit.text import segment
from cannedkit.words.forms import Forms, forms

SHOWN = frozenset({"mark", "stop", "asks", "pause", "edge", "name", "number", "unknown", "joins"})
"""Classes that the writing shows."""


def classes(language: str) -> frozenset[str]:
    """The names of all classes of a language that has tables."""
    return SHOWN | forms(language).names


SIGNS: Mapping[str, tuple[str, ...]] = {
    "?": ("stop", "asks"),
    **dict.fromkeys(".!", ("stop",)),
    **dict.fromkeys(",;:–-", ("pause",)),
}
"""A mark -> the classes that it has besides."""

STRANGE = frozenset({"name", "number", "mark"})
"""Classes of what is in no language."""

POLITE = frozenset("u uw uzelf".split())
"""Words that may have a capital anywhere."""

_WORD = re.compile(r"[^\W_]+(?:['’.,:/@&_-]+[^\W_]+)*['’]?(?=s?\b|\W|$)|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: where it stands, how it is read, and whether it is the first of its sentence."""

    start: int
    end: int
    plain: str
    opens: bool


FOREIGN, FEW = 0.4, 3
"""Share of a sentence's words that no table has, and how many of them, from which on it is in another language."""


@lru_cache(maxsize=64)
def classed(text: str, locale: str) -> tuple[tuple[Sequence[Word], Line], ...]:
    """The sentences of a text in a language that has tables: their words, and the line that patterns read."""
    known = forms(locale.partition("-")[0].lower())
    found = (_sentence(known, text, start, end) for start, end in segment.sentences(text, locale))
    return tuple(one for one in found if one is not None)


def _sentence(known: Forms, text: str, start: int, end: int) -> tuple[Sequence[Word], Line] | None:
    """The words of a sentence and its line; None for a sentence in another language."""
    words = list(_words(text, start, end))
    classes = [_classes(known, text, word) for word in words]
    strange = sum(
        not known.has(word.plain) for word, names in zip(words, classes, strict=True) if not STRANGE & {*names}
    )
    if strange >= FEW and strange > FOREIGN * sum(word.plain[0].isalpha() for word in words):
        return None
    for at in range(len(words) - 1):
        if known.joined(words[at].plain, words[at + 1].plain):
            classes[at] = (*classes[at], "joins")
    return words, line(zip((word.plain for word in words), classes, strict=True))


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    opens = True
    for match in _WORD.finditer(text, start, end):
        plain = match[0].lower().replace("’", "'")
        yield Word(match.start(), match.end(), plain, opens)
        opens = opens and not match[0][0].isalnum()


def _classes(known: Forms, text: str, word: Word) -> tuple[str, ...]:
    """The classes of a word, sorted."""
    written = text[word.start : word.end]
    if not written[0].isalnum():
        return ("mark", *SIGNS.get(written, ()))
    if written[0].isdigit():
        return ("name",) if any(map(str.isalpha, written)) else ("number",)
    capital = written[0].isupper() and not word.opens and word.plain not in POLITE
    in_capitals = len(written) > 1 and written.isupper()
    if capital or in_capitals or any(sign.isdigit() or sign in "@/_.:" for sign in written):
        return ("name",)
    return _known(known.language, word.plain) or (("name",) if written[0].isupper() else ("unknown",))


@lru_cache(maxsize=20_000)
def _known(language: str, word: str) -> tuple[str, ...]:
    """The classes of a word by the tables, sorted."""
    return tuple(sorted(forms(language).of(word)))
