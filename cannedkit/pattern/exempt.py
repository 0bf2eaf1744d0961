"""What a rule lets pass: its own exceptions and the accepted vocabulary, as Vale applies them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from cannedkit.pattern.alternation import compiled, each, search
from cannedkit.pattern.budget import VOCABULARY, counted

_SPACES = re.compile(r"[ \t]+")
_SIGN = re.compile(r"[\\+*?()|\[\]{}^$]")


Silencer = Callable[[str, int, int], bool]
"""A function (text, start, end) -> whether the match `text[start:end]` is let pass."""


def silencer(exceptions: Sequence[str], accepted: Sequence[str]) -> Silencer:
    """A function (text, start, end) -> whether an exception silences the match `text[start:end]`.

    A match is silent if it holds one of the words (exceptions with the case as written), or if it lies
    inside a phrase of several words that is excepted. Raises PatternError for an entry that does not compile.
    """
    inside, around = word_pattern(exceptions, accepted), phrase_pattern(exceptions, accepted)
    if inside is None:
        return lambda text, start, end: False

    def silent(text: str, start: int, end: int) -> bool:
        if search(inside, text[start:end].strip()):
            return True
        phrases = _spans(around, text) if around is not None else ()
        before = bisect_right(phrases, start, key=itemgetter(0))  # they do not overlap: only the last can hold it
        return before > 0 and end <= phrases[before - 1][1]

    def silent_in_time(text: str, start: int, end: int) -> bool:
        with counted(VOCABULARY):
            return silent(text, start, end)

    return silent if all(map(is_plain, accepted)) else silent_in_time


@lru_cache(maxsize=8)
def _spans(pattern: Any, text: str) -> Sequence[tuple[int, int]]:
    """Where a pattern matches: for all matches of a rule in a text the same. Raises TimeoutError."""
    return [one.span() for one in each(pattern, text)]


def word_pattern(exceptions: Sequence[str], accepted: Sequence[str]) -> Any | None:
    """The pattern of all excepted words, with the case as written; None without any. Raises PatternError."""
    source = word_source(exceptions, accepted)
    return compiled(source, False) if source else None


def word_source(exceptions: Sequence[str], accepted: Sequence[str]) -> str:
    """The excepted words as one regular expression, longest first; "" without any."""
    words = sorted({*exceptions, *accepted} - {""}, key=lambda word: (-len(word.encode()), word))
    return rf"\b(?:{'|'.join(map(_own_case, words))})\b" if words else ""


def phrase_pattern(exceptions: Sequence[str], accepted: Sequence[str]) -> Any | None:
    """The pattern of the excepted phrases of several words, whatever their case; None without any."""
    phrases = phrase_sources(exceptions, accepted)
    return compiled(rf"\b(?:{'|'.join(phrases)})\b", True) if phrases else None


def phrase_sources(exceptions: Sequence[str], accepted: Sequence[str]) -> tuple[str, ...]:
    """The excepted phrases of several words as regular expressions, one each."""
    terms = dict.fromkeys((*exceptions, *accepted))
    return tuple(term_pattern(term) for term in terms if " " in term or "\t" in term or r"\s" in term)


def term_pattern(term: str) -> str:
    """A term of a vocabulary as a pattern: full stops of plain text are meant, a space matches a line's end too."""
    if is_plain(term):
        term = term.replace(".", r"\.")
    return _SPACES.sub(r"\\s+", term)


def is_plain(term: str) -> bool:
    """Whether a term is plain text; a full stop is, as in Node.js."""
    return not _SIGN.search(term)


def _own_case(word: str) -> str:
    """A word that starts with `(?i)` as a group, so that the words behind it keep their case."""
    pattern = term_pattern(word)
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else f"(?:{pattern})"
