"""How a text opens and closes: where its greeting ends and where its sign-off starts.

Both are found by how letters are built: a phrase of the language (the table beside this module), a name, and what ends
them. Where that is not sure there is none, so that who takes them out of a text takes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

Span = tuple[int, int]

MAX_ADDRESS = 6
"""Words and values between a greeting and its end (dear Mr. and Mrs. de Vries); our own choice."""

MAX_SIGNATURE = 6
"""Words in a line of a signature (the billing team of Example Shop); our own choice."""

MAX_LINES = 8
"""Lines at the end of a text in which a sign-off is looked for; our own choice: phrase, name, team, address, phone."""

_NAME = re.compile(r"(?!I\b)[^\W\d_][\w-]*(?!['’\w])")
"""A word that may be a name; whether it is written with a capital is looked at apart."""

_SPACE = re.compile(r"[ \t\u00a0]*")
_AFTER_GREETING = re.compile(r"[ \t\u00a0]*(?:[,!.:;…]+(?=\s|$)|[–—-](?=\s)|(?=[\r\n])|\Z)\s*")
_AFTER_CLOSING = re.compile(r"[ \t\u00a0]*(?:[,.!…]+(?=\s|$)|(?=[\r\n])|\Z)[ \t\u00a0]*")
_STARTS = re.compile(r"(?:\A|(?<=[.!?…])[ \t\u00a0]+|[ \t\u00a0]*[\r\n]\s*)(?=\S)")
"""Before a place where a line or a sentence starts."""

_SENTENCE_ENDS = re.compile(r"[.!?:;…。！？]\Z|[.!?…] ")
_AROUND = " \t\u00a0,-–—~*_.!"
"""What may stand around the names of a signature."""


def greeting(text: str, language: str, filled: Collection[Span] = ()) -> int:
    """Where the greeting at the start of a text ends, with the white space behind it; 0 where it has none.

    `filled` are the spans that stand for values, of which one may be the customer's name. Code points.
    """
    start = len(text) - len(text.lstrip())
    values = dict(filled)
    found = _phrases("greeting", language).match(text, start)
    if not found or (_goes_on(text, found.end()) and found.end() not in values):
        return 0
    at = _addressed(text, found.end(), language, values)
    if at == found.end() and text[at : at + 2] == ", " and at + 2 in values:
        at = values[at + 2]  # Good morning, Ana!
        if text[at : at + 1] not in (*"!.,:;", ""):
            return found.end() + 2
    ended = _AFTER_GREETING.match(text, at)
    return ended.end() if ended else 0


def sign_off(text: str, language: str, filled: Collection[Span] = (), names: Collection[Span] = ()) -> int:
    """Where the sign-off at the end of a text starts; its length where it has none.

    A phrase such as `Kind regards` with nothing but names behind it, or lines of nothing but values (`filled`) that
    start with a person's name (`names`). Code points.
    """
    end = len(text.rstrip())
    for start in _late_starts(text, end):
        if _signs(text, start, end, language, filled, names):
            return start
    return len(text)


def is_signature(line: str, language: str) -> bool:
    """Whether a line may be one of a signature: few words, most of them names, and no sentence.

    Names have a capital or a digit, or are words such as `team`; the first word is one.
    """
    bare = line.strip(" \t\u00a0,-–—~*_")
    words = bare.split()
    names = [_is_name(word, language) for word in words]
    if not words or len(words) > MAX_SIGNATURE or _SENTENCE_ENDS.search(bare):
        return False
    return names[0] and 2 * sum(names) >= len(names)


def _is_name(word: str, language: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    capital = not letters or not letters[0].islower()
    return capital or any(map(str.isdigit, word)) or bool(_phrases("address", language).fullmatch(word.strip(",.")))


def _addressed(text: str, at: int, language: str, values: Mapping[int, int]) -> int:
    """Where whoever is greeted has been named: behind values, names, and words such as `there`."""
    words = _phrases("address", language)
    for _ in range(MAX_ADDRESS):
        gap = _SPACE.match(text, at)
        start = gap.end() if gap else at
        if start in values:
            at = values[start]
            continue
        name = _NAME.match(text, start)
        found = words.match(text, start) or (name if name and name[0][0].isupper() else None)
        if not found or (_goes_on(text, found.end()) and found.end() not in values):
            return at
        at = found.end()
    return at


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on at an offset; in Thai nothing shows where one ends."""
    sign = text[at : at + 1]
    return sign.isalnum() and not "\u0e00" <= sign <= "\u0e7f"


def _late_starts(text: str, end: int) -> Iterator[int]:
    """Where the last lines, and the sentences in them, start; the first of them first."""
    lines = [line.start() for line in re.finditer(r"^[^\S\r\n]*\S", text[:end], re.MULTILINE)]
    first = lines[-MAX_LINES] if len(lines) > MAX_LINES else 0
    return (found.end() for found in _STARTS.finditer(text, 0, end) if found.end() >= first)


def _signs(text: str, start: int, end: int, language: str, filled: Collection[Span], names: Collection[Span]) -> bool:
    """Whether all from `start` on is a sign-off."""
    phrases = ((_phrases(name, language).match(text, start), name == "named") for name in ("closing", "named"))
    return any(
        found and _closes(text, found.end(), end, language, filled, named=named) for found, named in phrases
    ) or _signed_by_values(text, start, end, filled, names)


def _closes(text: str, at: int, end: int, language: str, filled: Collection[Span], *, named: bool) -> bool:
    """Whether behind a phrase nothing stands but names: on its line behind a comma, or on lines of their own.

    `named`: there must be some.
    """
    behind = _AFTER_CLOSING.match(text, at)
    first, *others = _lines(text, behind.end() if behind else at, end)
    lines = [line for line in others if text[slice(*line)].strip()]
    rest = text[slice(*first)].strip()
    if rest and not _is_filled(text, first, filled):
        listed = behind and behind[0].strip() == ","
        if not listed or not all(_is_name(word, language) for word in rest.split()) or not is_signature(rest, language):
            return False
    if rest and not behind and named:
        return False  # Thanks Ana: more likely the customer
    signed = all(_is_filled(text, line, filled) or is_signature(text[slice(*line)], language) for line in lines)
    return signed and bool(rest or lines or not named)


def _signed_by_values(text: str, start: int, end: int, filled: Collection[Span], names: Collection[Span]) -> bool:
    """Whether nothing but values stands from `start` on, and a person's name in the first line."""
    lines = [line for line in _lines(text, start, end) if text[slice(*line)].strip()]
    named = any(lines[0][0] <= left < lines[0][1] for left, _ in names) if lines else False
    return named and all(_is_filled(text, line, filled) for line in lines)


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines of `text[start:end]`; at least one, which may be empty."""
    breaks = [found.span() for found in re.finditer(r"\r\n|\r|\n", text[start:end])]
    starts = [start, *(start + right for _, right in breaks)]
    ends = [*(start + left for left, _ in breaks), end]
    return list(zip(starts, ends, strict=True))


def _is_filled(text: str, line: Span, filled: Collection[Span]) -> bool:
    """Whether a line has values in it, and nothing else but signs around them."""
    start, end = line
    inside = [(left, right) for left, right in filled if start <= left and right <= end]
    rest, at = "", start
    for left, right in inside:
        rest += text[at:left]
        at = right
    rest += text[at:end]
    return bool(inside) and not rest.strip(_AROUND)


@lru_cache(maxsize=64)
def _phrases(name: str, language: str) -> re.Pattern[str]:
    """A pattern for the phrases of a list in a language, the longest first; for none where the table has none."""
    phrases = sorted(_table().get(f"{name}.{language}", ()), key=len, reverse=True)
    written = ("".join(_word(sign) for sign in phrase) for phrase in phrases)
    return re.compile("|".join(written) or r"(?!)", re.IGNORECASE)


def _word(sign: str) -> str:
    return {"*": r"[^\W\d_]+", " ": r"[ \u00a0]", "'": "['’]"}.get(sign) or re.escape(sign)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    table = Path(__file__).with_name("letter.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in table if line and not line.startswith("#"))
    return {name: tuple(phrase.strip() for phrase in phrases.split("|")) for name, _, phrases in rows}
