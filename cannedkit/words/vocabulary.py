"""What of a text the vocabulary accepts: one rule for every speller. Positions are code points.

A word covers its plural and its possessives. A phrase is accepted where it stands as a phrase, and no word of it
alone. Letters have the case that the vocabulary gives them, but that a word of small ones may begin with a capital.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from cannedkit.model.errors import EngineError
from cannedkit.pattern.alternation import Alternation, PatternError, alternation, checked, compiled, search
from cannedkit.pattern.budget import VOCABULARY, counted
from cannedkit.pattern.exempt import term_pattern
from cannedkit.pattern.hits import located
from cannedkit.pattern.spellings import spellings
from cannedkit.text.segment import Span

_ALIKE = str.maketrans({"’": "'", **dict.fromkeys("\n\t\N{NO-BREAK SPACE}", " ")})
"""Signs that are one and the same in a term and in a text."""

_LETTER = r"[\p{L}\p{M}\p{N}_]"
_WORD = f"{_LETTER}+"
_ENDINGS = "(?:'s|s'?|')?"


@dataclass(frozen=True)
class Accepted:
    """The terms of a vocabulary, ready to be looked for.

    `forms` are the texts that they stand for, plurals and possessives too, and `cased` those of single words by what
    they are without case. `begun` has for the first word of each form where it stands in it, and the form, longest
    first. `patterns` are the terms that stand for more than a few texts.
    """

    forms: frozenset[str] = frozenset()
    cased: Mapping[str, str] = field(default_factory=dict, compare=False)
    begun: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict, compare=False)
    patterns: Alternation | None = None

    def spans(self, text: str) -> tuple[Span, ...]:
        """The stretches of `text` that the vocabulary accepts, sorted, none within another.

        Raises EngineError where a term runs out of time.
        """
        if not self.forms:
            return ()
        alike = text.translate(_ALIKE)
        found: list[Span] = []
        if self.patterns:
            hits = located(self.patterns.literals, alike)
            try:
                with counted(VOCABULARY):
                    found += ((match.start, match.end) for match in self.patterns.find(alike, hits))
            except TimeoutError:
                raise EngineError("a term of the vocabulary ran out of time: write it as plain words") from None
        for word in compiled(_WORD, False).finditer(alike):
            if forms := self.begun.get(word[0]):
                found += _standing(alike, word.start(), forms)
        return _outermost(found)

    def written(self, word: str) -> str:
        """How the vocabulary writes a single word: as it is where it is accepted, else its own form of it, else ""."""
        word = word.translate(_ALIKE)
        if word in self.forms:
            return word
        return "" if word.isupper() else self.cased.get(word.casefold(), "")


def accepted(terms: Iterable[str], endings: Sequence[str] = ()) -> Accepted:
    """The terms of a vocabulary, plain texts or regular expressions, with their plurals and possessives.

    `endings` are those of plurals in other languages than English. A term that is no regular expression is a text.
    """
    known: dict[str, None] = {}
    patterns: list[str] = []
    for term in terms:
        texts = spellings(term)
        if not texts:
            texts = (term,)
            source = f"(?<!{_LETTER})(?:{term_pattern(term)}){_ENDINGS}(?!{_LETTER})"
            with suppress(PatternError):
                checked(source, False)
                patterns.append(source)
        known |= dict.fromkeys(form for text in texts for form in forms(text.translate(_ALIKE), endings))
    if not known:
        return Accepted()
    cased = {form.casefold(): form for form in reversed(known) if " " not in form}
    either = frozenset(one for form in known for one in (form, _opening(form), _title(form)))
    others = alternation(patterns, ignorecase=False, word=False) if patterns else None
    return Accepted(either, cased, _by_first_word(either), others)


def forms(term: str, endings: Sequence[str] = ()) -> tuple[str, ...]:
    """A word or phrase, its possessive, its plural, the plural's possessive."""
    plurals = [f"{term}s"]
    if re.search(r"[^aeiou]y$", term):
        plurals = [f"{term[:-1]}ies", *(plurals if term[:1].isupper() else ())]
    elif re.search(r"(?:[sxz]|[cs]h)$", term):
        plurals = [f"{term}es"]
    plurals += (term + ending for ending in endings)
    return tuple(dict.fromkeys((term, f"{term}'s", f"{term}'", *plurals, *(f"{plural}'" for plural in plurals))))


def any_form(term: str) -> str:
    """A regular expression that finds a word or phrase in each of its forms, where no letter stands beside it."""
    longest = sorted(forms(term.translate(_ALIKE)), key=len, reverse=True)
    either = "|".join(re.escape(form).replace("'", "['’]").replace(r"\ ", r"\s+") for form in longest)
    return f"(?<!{_LETTER})(?:{either})(?!{_LETTER})"


def covers(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans, sorted and none within another, holds all of `[start:end)`."""
    behind = bisect_right(spans, start, key=lambda span: span[0])
    return behind > 0 and end <= spans[behind - 1][1]


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans that lie in no other, sorted."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _by_first_word(forms: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """The forms by their first words; one without a word is nothing that a speller asks for."""
    begun: dict[str, list[tuple[int, str]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        if first := search(compiled(_WORD, False), form):
            begun.setdefault(first[0], []).append((first.start(), form))
    return begun


def _standing(text: str, at: int, forms: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """The longest of some forms that stands in a text, its first word at `at`, with no letter beside it."""
    letter = compiled(_LETTER, False)
    for before, form in forms:
        start, end = at - before, at - before + len(form)
        beside = (end, start - 1) if start else (end,)
        if start >= 0 and text.startswith(form, start) and not any(letter.match(text, one) for one in beside):
            yield start, end
            return


def _opening(form: str) -> str:
    """The form as it opens a sentence: with a capital, if its first word has none."""
    first = form.partition(" ")[0]
    return form[:1].upper() + form[1:] if first == first.lower() else form


def _title(form: str) -> str:
    """The form as it stands in a title: a capital for each word without one."""
    return " ".join(map(_opening, form.split(" ")))
