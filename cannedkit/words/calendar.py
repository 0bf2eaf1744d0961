"""What a language calls numbers, stretches of time, months and days of the week: the names that CLDR has for them.

ICU spells numbers and units, Babel has months and weekdays; so no list of ours has to know a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cannedkit.text.locales import babel_locale

UNITS: Mapping[str, int] = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_592_000,
    "year": 31_536_000,
}
"""Units of time in seconds; a month has 30 days and a year 365, as people count in "30 days" and "a year"."""

MOST_SPELLED = 100
"""Numbers that texts write as words: beyond it they write digits."""

_PLURALS = (1, 2, 3, 5, 11, 100)
"""Numbers that between them ask for every plural form of CLDR's languages."""

_INVISIBLE = str.maketrans("", "", "\u00ad\u200b")


@lru_cache(maxsize=32)
def units(language: str) -> Mapping[str, str]:
    """The words for units of time in a language, in lower case -> the unit's name in `UNITS`."""
    from icu4py.messageformat import MessageFormat

    found: dict[str, str] = {}
    for unit in UNITS:
        form = MessageFormat(f"{{n, number, ::unit/{unit} unit-width-full-name}}", language)
        for count in _PLURALS:
            word = "".join(sign for sign in form.format({"n": count}) if not sign.isdigit()).strip()
            if word and not any(sign.isspace() for sign in word):
                found.setdefault(word.lower(), unit)
    return found


@lru_cache(maxsize=32)
def spelled(language: str) -> Mapping[str, int]:
    """The words for whole numbers up to `MOST_SPELLED`, in lower case; of a number of several words, none."""
    from icu4py.messageformat import MessageFormat

    form = MessageFormat("{n, spellout}", language)
    words = {form.format({"n": count}).translate(_INVISIBLE): count for count in range(MOST_SPELLED + 1)}
    return {word: count for word, count in words.items() if " " not in word}


@lru_cache(maxsize=32)
def months(language: str) -> Mapping[str, int]:
    """The names of months, whole and short, in lower case and without a full stop -> 1 to 12."""
    return _names(babel_locale(language).months, 0)


@lru_cache(maxsize=32)
def weekdays(language: str) -> Mapping[str, int]:
    """The names of the days of the week, whole, in lower case -> 0 for Monday to 6."""
    return _names({form: {"wide": widths["wide"]} for form, widths in babel_locale(language).days.items()}, 0)


@lru_cache(maxsize=32)
def day_first(locale: str) -> bool:
    """Whether a date in figures starts with the day: 4/5 is in May, and not in April."""
    pattern = str(babel_locale(locale).date_formats["short"].pattern)
    return pattern.find("d") < pattern.find("M")


def _names(forms: Mapping[str, Mapping[str, Mapping[int, str]]], shift: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for widths in forms.values():
        for width, names in widths.items():
            for number, name in names.items() if width != "narrow" else ():
                found.setdefault(name.lower().rstrip("."), number + shift)
    return found
