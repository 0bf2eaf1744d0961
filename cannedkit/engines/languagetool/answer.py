"""What a LanguageTool server answers to a check, held against the form of LanguageTool's HTTP API, version 2.

An answer that departs from it is worth nothing: half of it could be taken for a text without a fault. Keys that are
not read here may be there, since each version has more of them; an `error` may not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class FormError(ValueError):
    """An answer is not in LanguageTool's form; says where it departs."""


@dataclass(frozen=True, slots=True)
class Match:
    """One match as the server gives it, in code points. `unknown`: the rule is a speller, the word in no dictionary.

    `kind` is the type of issue by W3C's ITS 2.0: misspelling, grammar, style …
    """

    start: int
    end: int
    rule: str
    category: str
    kind: str
    message: str
    fixes: tuple[str, ...]
    unknown: bool


def read(content: bytes) -> Any:
    """The JSON that an answer is. Raises ValueError: it is none, is not UTF-8, or has a key twice."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def is_incomplete(answer: Any) -> bool:
    """Whether the server says that it stopped half way. Raises FormError."""
    warnings = _optional(_mapping(answer, "the answer"), "warnings", dict, {})
    return bool(_optional(warnings, "incompleteResults", bool, False))


def matches(answer: Any, text: str, language: str) -> list[Match]:
    """The matches in the answer to a check of `text`; `language` is the code that was asked for. Raises FormError."""
    whole = _mapping(answer, "the answer")
    if "error" in whole:
        raise FormError(f"it has an error: {str(whole['error'])[:100]!r}")
    read_as = _text(_key(whole, "language", dict), "code")
    if not _is_same(read_as, language):
        raise FormError(f"it read the text as {read_as!r} and not as {language}")
    point = code_points(text)
    return [_match(_mapping(one, "a match"), point) for one in _key(whole, "matches", list)]


def codes(answer: Any) -> tuple[str, ...]:
    """The language codes in the answer that lists languages, sorted. Raises FormError."""
    if type(answer) is not list:
        raise FormError("it is no list of languages")
    return tuple(sorted({_text(_mapping(one, "a language"), key) for one in answer for key in ("code", "longCode")}))


def version(answer: Any) -> str:
    """The version in the answer that tells it. Raises FormError."""
    return _text(_key(_mapping(answer, "the answer"), "software", dict), "version")


def code_points(text: str) -> Sequence[int]:
    """For each offset in UTF-16 units, from 0 to the end of `text` included, the same place in code points.

    Both halves of a character beyond U+FFFF are at that character.
    """
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    places = [at for at, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]
    return [*places, len(text)]


def _match(match: Mapping[str, Any], point: Sequence[int]) -> Match:
    rule = _key(match, "rule", dict)
    start, length = _key(match, "offset", int), _key(match, "length", int)
    if start < 0 or length < 0 or start + length >= len(point):
        raise FormError(f"a match of {length} characters from {start} on is not in the text")
    return Match(
        point[start],
        point[start + length - 1] + 1 if length else point[start],
        _name(rule, "id"),
        _name(_key(rule, "category", dict), "id"),
        _optional(rule, "issueType", str, "uncategorized"),
        _text(match, "message"),
        tuple(_text(_mapping(one, "a replacement"), "value") for one in _key(match, "replacements", list)),
        _optional(_optional(match, "type", dict, {}), "typeName", str, "") == "UnknownWord",
    )


def _is_same(answered: str, asked: str) -> bool:
    """Whether a code is the one that was asked for, maybe with its only country: pl-PL for pl, ca-ES-valencia not."""
    return answered.lower() in {asked.lower(), *(f"{asked.lower()}-{part.lower()}" for part in answered.split("-")[1:])}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("it has a key twice")
    return found


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if type(value) is not dict:
        raise FormError(f"{what} is no object")
    return value


def _key(mapping: Mapping[str, Any], name: str, kind: type) -> Any:
    """The value of a key that must be there, of exactly this type: true is no number."""
    if name not in mapping:
        raise FormError(f"`{name}` is missing")
    value = mapping[name]
    if type(value) is not kind:
        raise FormError(f"`{name}` is {json.dumps(value)[:40]}")
    return value


def _optional(mapping: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    return _key(mapping, name, kind) if name in mapping else default


def _text(mapping: Mapping[str, Any], name: str) -> str:
    """A text that can be written out: half of a surrogate pair cannot."""
    value: str = _key(mapping, name, str)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise FormError(f"`{name}` holds half a character")
    return value


def _name(mapping: Mapping[str, Any], name: str) -> str:
    value = _text(mapping, name)
    if not value or not value.isprintable():
        raise FormError(f"`{name}` is {value[:40]!r}")
    return value
