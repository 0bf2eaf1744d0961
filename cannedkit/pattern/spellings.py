"""The spellings that a term of a vocabulary stands for, so that a message shows a word and not a pattern."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_SPELLINGS = 64
"""Spellings of one term; a term with more is no longer one word spelled several ways (Vale 3.22)."""

_SIGN = re.compile(r"[\\+*?()|\[\]{}^$]")


class _EndlessError(Exception):
    """The term does not stand for a few fixed texts."""


def is_literal(term: str) -> bool:
    """Whether a term is plain text."""
    return not _SIGN.search(term)


def canonical(term: str, observed: str) -> str:
    """The spelling of `term` that the observed text is, but for its case; without one, the term as it is.

    `OAuth` for `oauth`, where the term is `OAuth2?`.
    """
    plain = " ".join(observed.split())
    return next((one for one in spellings(term) if one.casefold() == plain.casefold()), term)


@lru_cache(maxsize=2_048)
def spellings(term: str) -> tuple[str, ...]:
    """Every text that a term can stand for; () where they are not a few fixed ones."""
    try:
        found, end = _choices(term, 0, nested=False)
    except (_EndlessError, IndexError):
        return ()
    return tuple(found) if end == len(term) else ()


def _choices(term: str, at: int, *, nested: bool) -> tuple[list[str], int]:
    done: list[str] = []
    current = [""]
    while at < len(term):
        if term[at] == ")":
            if not nested:
                raise _EndlessError
            return [*done, *current], at + 1
        if term[at] == "|":
            done, current, at = [*done, *current], [""], at + 1
            continue
        piece, at = _piece(term, at)
        if term[at : at + 1] == "?":
            piece, at = [*piece, ""], at + 1
        elif term[at : at + 1] in ("*", "+", "{") and at < len(term):
            raise _EndlessError
        if len(current) * len(piece) > MAX_SPELLINGS:
            raise _EndlessError
        current = [left + right for left in current for right in piece]
    if nested:
        raise _EndlessError
    return [*done, *current], at


def _piece(term: str, at: int) -> tuple[list[str], int]:
    sign = term[at]
    if sign == "(":
        inside = at + (3 if term.startswith("(?:", at) else 1)
        if inside == at + 1 and term[inside] == "?":
            raise _EndlessError
        return _choices(term, inside, nested=True)
    if sign == "\\":
        if term[at + 1].isalnum():
            raise _EndlessError
        return [term[at + 1]], at + 2
    if sign in "[]{}.*+^$":
        raise _EndlessError
    return [sign], at + 1
