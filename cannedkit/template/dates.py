"""A written date back to the day: what the `date` filter of a body may have been given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

from cannedkit.template.expression import DATE_DIRECTIVES, DIRECTIVE
from cannedkit.text.locales import babel_locale

YEARS = range(2000, 2028)
"""Years that are tried where a text names none: 28 in a row have every weekday on every day, 29 February too."""

_DIGITS = {"%d": r"\d\d", "%-d": r"\d\d?", "%m": r"\d\d", "%-m": r"\d\d?", "%y": r"\d\d", "%Y": r"\d{4}"}
_MONTHS, _WEEKDAYS = ("%b", "%B"), ("%a", "%A")


def readings(text: str, form: str, locale: str) -> tuple[list[str], bool]:
    """The days, as YYYY-MM-DD, that the `date` filter writes as `text`, and whether these are all.

    Where a form leaves the day open, because it names no year, there is one of many.
    """
    pattern, directives = _pattern(form, locale)
    match = pattern.fullmatch(text)
    if not match:
        return [], True
    years: Collection[int] = YEARS
    months, days, weekdays = set(range(1, 13)), set(range(1, 32)), set(range(7))
    for directive, said in zip(directives, match.groups(), strict=True):
        if directive in ("%d", "%-d"):
            days &= {int(said)}
        elif directive in ("%m", "%-m"):
            months &= {int(said)}
        elif directive in _MONTHS:
            months &= {month for month, name in enumerate(_names(directive, locale), 1) if _equal(name, said)}
        elif directive in _WEEKDAYS:
            weekdays &= {weekday for weekday, name in enumerate(_names(directive, locale)) if _equal(name, said)}
        else:
            years = [int(said)] if directive == "%Y" else [2000 + int(said), 1900 + int(said)]
    found = (day for day in _valid(years, months, days) if day.weekday() in weekdays)
    is_certain = years is not YEARS and {"%d", "%-d"} & {*directives} and {"%m", "%-m", *_MONTHS} & {*directives}
    if is_certain:
        return [day.isoformat() for day in found], True
    first = next(found, None)
    return [first.isoformat()] if first else [], False


def _equal(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _valid(years: Collection[int], months: Collection[int], days: Collection[int]) -> Iterator[date]:
    for year in years:
        for month in sorted(months):
            for day in sorted(days):
                try:
                    yield date(year, month, day)
                except ValueError:  # 30 February, the year 0
                    continue


@lru_cache(maxsize=256)
def _pattern(form: str, locale: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What a form of the `date` filter writes, one group for each of the directives in it."""
    parts: list[str] = []
    directives: list[str] = []
    at = 0
    for found in DIRECTIVE.finditer(form):
        parts.append(re.escape(form[at : found.start()]))
        at = found.end()
        if (directive := found[0]) == "%%":
            parts.append("%")
            continue
        directives.append(directive)
        if directive in _DIGITS:
            parts.append(f"({_DIGITS[directive]})")
        else:
            parts.append(f"({'|'.join(sorted(map(re.escape, _names(directive, locale)), key=len, reverse=True))})")
    parts.append(re.escape(form[at:]))
    return re.compile("".join(parts), re.IGNORECASE | re.ASCII), tuple(directives)


@lru_cache(maxsize=256)
def _names(directive: str, locale: str) -> Sequence[str]:
    """The names of the months, or of the weekdays from Monday, as a directive writes them in a locale."""
    from babel.dates import format_date

    months = [date(2001, month, 1) for month in range(1, 13)]
    weekdays = [date(2001, 1, day) for day in range(1, 8)]  # 1 January 2001 was a Monday
    dates = months if directive in _MONTHS else weekdays
    return [format_date(one, DATE_DIRECTIVES[directive], locale=babel_locale(locale)) for one in dates]
