"""Names as people type them: the known one that is nearest, dotted ones that clash, and what a locale falls back to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from babel import Locale

Value = TypeVar("Value")

MAX_LISTED = 24
"""Known names that an error message lists when none is near; our own choice, about three lines."""


def nearest(name: str, known: Collection[str]) -> str:
    """The end of a message about an unknown name: the known one that it is most like, or all if they are few."""
    if near := _closest(name, known):
        return f"; did you mean `{near}`?"
    return f"; known: {', '.join(sorted(known))}" if 0 < len(known) <= MAX_LISTED else ""


def meant(name: str, known: Collection[str]) -> str:
    """As `nearest`, for messages that list the known names themselves, or should not: "" where none is near."""
    near = _closest(name, known)
    return f"; did you mean {near}?" if near else ""


def _closest(name: str, known: Collection[str]) -> str:
    """The known name that is most like `name`, whatever the case; "" where none is. The cutoff is difflib's own."""
    from difflib import get_close_matches

    by_lower = {each.lower(): each for each in reversed(tuple(known))}  # of names that differ in case only, the first
    close = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[close[0]] if close else ""


def conflicts(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, sorted, of which the first cannot nest beside the second: `a` and `a.b`."""
    known = set(names)
    pairs = []
    for name in known:
        parts = name.split(".")
        pairs += [(head, name) for length in range(1, len(parts)) if (head := ".".join(parts[:length])) in known]
    return sorted(pairs)


def parents(locale: str) -> tuple[str, ...]:
    """The tags in which to look for what is wanted in `locale`: itself, its parents, then "" for any."""
    parts = locale.split("-") if locale else []
    return (*("-".join(parts[:length]) for length in range(len(parts), 0, -1)), "")


def for_locale(by_locale: Mapping[str, Value], locale: str) -> Value | None:
    """The entry for `locale`, for its nearest parent, or for any locale (""); None where there is none."""
    return next((by_locale[tag] for tag in parents(locale) if tag in by_locale), None)


@lru_cache(maxsize=256)
def babel_locale(locale: str) -> Locale:
    """Babel's locale for a BCP 47 tag: the tag itself, else its nearest parent that Babel knows, else English."""
    from babel import Locale, UnknownLocaleError

    for tag in parents(locale):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
