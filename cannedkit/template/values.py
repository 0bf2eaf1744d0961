"""Values of placeholders: checked against their types, and written as text for a locale.

Where a value is a string it goes out as given, after a check against its type; int, Decimal, date and
Money are written by Babel in the customary form of the locale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from unicodedata import category
from unicodedata import name as name_of

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.template.node import Template
from cannedkit.template.types import TYPES, Money, Type, iso_date
from cannedkit.text.locales import babel_locale, for_locale
from cannedkit.text.nearest import MAX_SHOWN, meant

MAX_VALUE = 2_000
"""Code points that one value may hold where no `max_length` is declared; our own choice, a tenth of a body."""

MAX_DIGITS = 20
"""Digits before the point: a 64-bit order number passes, and Babel does not write out a million digits."""

MAX_DECIMALS = 12
"""Decimal places that a number may have, for the same reason."""

MAX_TOLD = 20
"""Names of no variable that an error tells one by one; our own choice, about a screen."""

SPILLED = frozenset({"None", "null", "undefined", "nil", "NaN", "nan"})
"""What programs print for a value that is not there. A customer called Null is let through."""

_DASHES = re.compile(r"[\s\-–—]+")
"""What Zammad writes for a value that is not there: one dash, or one for each half of a name."""

_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
"""Control characters, line separators, overrides of the writing direction, halves of a character, and signs that only
a machine reads: tags, which can hide an order to a language model, and those that no font but a private one has."""

_CODE = re.compile(r"<%|%>|\*\||\|\*|%[A-Za-z_.]{2,}%")
"""What other systems' templates are written in: ERB, Mailchimp, percent signs around a name."""

_BLANK = re.compile(r"\[[^\[\]]+\]|<[^<>/]+>|X{3,}|_{3,}")
"""A value that is as a whole what somebody was to replace: `[Name]`, `<insert>`, `XXX`."""

_LETTERS = re.compile(r"[^\W\d_]+")

_ALIKE = frozenset({"LATIN", "CYRILLIC"})
"""Alphabets whose letters look the same: a word of both is a trap or a slip of the keyboard (UTS 39, 5.1)."""

_ADDRESSES: Mapping[str, frozenset[str]] = dict.fromkeys(("url", "email", "order-id"), _ALIKE | {"GREEK"})
"""Types in which a Greek letter between Latin ones is no unit (kΩ), but another address."""

_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""Unicode categories of spaces, and of marks that show nothing on their own."""


# -- one value ----------------------------------------------------------------------------------


def _refuse(variable: Variable, reason: str) -> ReplyError:
    return ReplyError(f"{variable.name}: {reason}")


def check_text(value: str, variable: Variable) -> str:
    """`value`, if it may stand in a text for a customer. Raises ReplyError that names the variable.

    Refused: blank, control characters, braces, `[[…]]` and other code of templates, what was to be replaced (`[Name]`),
    a word of two alphabets that look alike, what programs print for nothing (`None`, `null`, `-`), and more than
    `max_length` code points.
    """
    limit = MAX_VALUE if variable.max_length is None else variable.max_length
    if all(category(character) in _INVISIBLE for character in value):
        raise _refuse(variable, "the value is blank; give a text, or leave it out where the variable may be missing")
    if len(value) > limit:
        raise _refuse(variable, f"the value is {len(value)} characters long; at most {limit} are allowed")
    if "{" in value or "}" in value:
        raise _refuse(variable, f"{_shown(value)} holds a brace, as if a template had not been filled")
    if "[[" in value and "]]" in value:
        raise _refuse(variable, f"{_shown(value)} holds [[ and ]], as if a template had not been filled")
    if found := _CODE.search(value):
        raise _refuse(variable, f"{_shown(value)} holds {found[0]}, as if a template had not been filled")
    if _BLANK.fullmatch(value.strip()):
        raise _refuse(variable, f"{_shown(value)} is what somebody was to replace; give the value itself")
    if word := _mixed(value, _ADDRESSES.get(variable.type, _ALIKE)):
        raise _refuse(variable, f"{_shown(word)} mixes alphabets whose letters look alike; type it anew in one of them")
    if value.strip() in SPILLED or _DASHES.fullmatch(value):
        raise _refuse(variable, f"{_shown(value)} is what a program prints for a missing value; leave it out instead")
    if found := _UNPRINTABLE.search(value.replace("\n", " ") if variable.type == "text" else value):
        raise _refuse(variable, f"the value holds the control character U+{ord(found.group()):04X}")
    return value


def _mixed(value: str, alphabets: frozenset[str]) -> str:
    """The first word with letters of more than one of some alphabets, "" for none."""
    if value.isascii():
        return ""
    words = (found[0] for found in _LETTERS.finditer(value))
    return next(
        (word for word in words if len(alphabets & {name_of(one, "").partition(" ")[0] for one in word}) > 1), ""
    )


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")


def _type(variable: Variable) -> Type:
    try:
        return TYPES[variable.type]
    except KeyError:
        hint = meant(variable.type, TYPES)
        raise _refuse(variable, f"unknown type {variable.type!r}; types are {', '.join(TYPES)}{hint}") from None


def format_value(value: object, variable: Variable, locale: str) -> str:
    """The text that goes out for `value` in `locale`.

    A string goes out as given; int and Decimal get the locale's separators (an order-id does not), a
    date its long form (the order of an all-digit date is read differently by different people), Money its
    currency's sign. The no-break spaces that Babel writes become plain ones: U+00A0 is not in the SMS alphabet,
    and one of it more than halves what fits in a message.

    Raises ReplyError, which names the variable, where the value has the wrong type, does not look like
    its type, or fails `check_text`.
    """
    kind = _type(variable)
    if isinstance(value, str):
        check_text(value, variable)
        if not kind.pattern.fullmatch(value.strip()):
            raise _refuse(variable, f"{_shown(value)} is not {kind.form} (type {variable.type})")
        return value
    if isinstance(value, bool) or not isinstance(value, kind.classes):
        allowed = ", ".join(["str", *(each.__name__ for each in kind.classes)])
        raise _refuse(variable, f"a {type(value).__name__} cannot be a {variable.type}; give one of: {allowed}")
    write = next(write for cls, write in _WRITERS.items() if isinstance(value, cls))
    written = write(value, variable, locale)
    return check_text(written.replace("\u00a0", " ").replace("\u202f", " "), variable)


def _bounded(number: Decimal, variable: Variable) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise _refuse(variable, f"{number} is not a number")
    if number.adjusted() >= MAX_DIGITS or exponent < -MAX_DECIMALS:
        raise _refuse(variable, f"{number:.6E} has too many digits for a reply")
    return number


def _write_number(value: int | Decimal, variable: Variable, locale: str) -> str:
    from babel.numbers import format_decimal

    number = _bounded(Decimal(value), variable)
    if variable.type == "order-id":
        return str(number)
    return format_decimal(number, locale=babel_locale(locale), decimal_quantization=False)


def _write_money(value: Money, variable: Variable, locale: str) -> str:
    from babel.numbers import format_currency, get_currency_precision, is_currency

    if not isinstance(value.currency, str):
        raise _refuse(variable, f"the currency is a {type(value.currency).__name__}; give a code such as EUR")
    if not is_currency(value.currency):
        raise _refuse(variable, f"{_shown(value.currency)} is not a currency; give an ISO 4217 code such as EUR")
    if isinstance(value.amount, bool) or not isinstance(value.amount, (int, Decimal)):
        raise _refuse(variable, f"the amount is a {type(value.amount).__name__}; give a Decimal")
    amount = _bounded(Decimal(value.amount), variable)
    decimals = get_currency_precision(value.currency)
    if round(amount, decimals) != amount:
        raise _refuse(variable, f"{amount} {value.currency} has more than {decimals} decimals; round it yourself")
    return format_currency(amount, value.currency, locale=babel_locale(locale))


def _write_date(value: date, variable: Variable, locale: str) -> str:
    from babel.dates import format_date

    return format_date(value, "long", locale=babel_locale(locale))


_WRITERS: Mapping[type, Callable[..., str]] = {
    Money: _write_money,
    date: _write_date,
    int: _write_number,
    Decimal: _write_number,
}


# -- all values of a reply ----------------------------------------------------------------------


def resolve(
    template: Template,
    variables: Mapping[str, Variable],
    given: Mapping[str, object],
    locale: str,
    facts: Mapping[str, str],
) -> dict[str, str]:
    """The texts to fill into `template` for sending, by dotted name; a name that is missing by right is not there.

    `facts` are by name without `facts.`. A missing value, or None, is filled by the `default` in the body, else
    by the declared fallback (of the locale, its parents, then any), else it must be optional. A date for a
    placeholder with the `date` filter comes out as YYYY-MM-DD, for the filter to write. Names that are declared
    but not used are ignored.

    Raises ReplyError that names every missing, unknown and unfit value.
    """
    unknown = [name for name in given if name not in variables]
    problems = [_unknown(name, variables) for name in unknown[:MAX_TOLD]]
    if more := len(unknown) - len(problems):
        problems.append(f"and {more:,} more names of no variable")
    values: dict[str, str] = {}
    for name in template.names:
        try:
            text = _resolve_one(name, template, variables, given, locale, facts)
        except ReplyError as error:
            problems.append(str(error))
        else:
            if text is not None:
                values[name] = text
    if problems:
        raise ReplyError("; ".join(problems))
    return values


def unfilled(template: Template, variables: Mapping[str, Variable], locale: str) -> list[str]:
    """The names that a value must be given for: neither optional nor with a fallback, in the body or declared.

    Facts are none of them. In the order of the template's names.
    """
    asked = (variables[name] for name in template.names if name in variables and name not in template.defaulted)
    return [one.name for one in asked if not one.optional and for_locale(one.fallback, locale) is None]


def _unknown(name: str, variables: Mapping[str, Variable]) -> str:
    name = name if len(name) <= MAX_SHOWN else f"{name[: MAX_SHOWN - 1]}…"
    if name.startswith("facts."):
        return f"{name}: facts are not given with a reply, they are read from facts.yaml"
    return f"{name}: no such variable{meant(name, variables)}"


def _resolve_one(
    name: str,
    template: Template,
    variables: Mapping[str, Variable],
    given: Mapping[str, object],
    locale: str,
    facts: Mapping[str, str],
) -> str | None:
    if name.startswith("facts."):
        fact = name.removeprefix("facts.")
        if fact not in facts:
            raise ReplyError(f"{name}: no such fact{meant(fact, facts)}")
        return facts[fact]
    if name not in variables:
        raise ReplyError(f"{name}: the body uses it but it is not declared{meant(name, variables)}")
    variable = variables[name]
    value = given.get(name)
    if value is not None:
        return _iso(value, variable) if name in template.dated else format_value(value, variable, locale)
    if name in template.defaulted:
        return None
    fallback = for_locale(variable.fallback, locale)
    if fallback is not None:
        return check_text(fallback, variable)
    if variable.optional:
        return None
    raise ReplyError(f"{name}: the value is missing; give one, or declare a fallback for {locale}")


def _iso(value: object, variable: Variable) -> str:
    if isinstance(value, date):
        return f"{value.isoformat():.10}"  # without the time of day
    if isinstance(value, str) and iso_date(value):
        return value
    shown = _shown(value) if isinstance(value, str) else f"a {type(value).__name__}"
    raise _refuse(variable, f"the body formats this date itself: give a date or YYYY-MM-DD, not {shown}")
