"""Values of placeholders: their types, built-in samples, checks, and how they are written for a locale.

Where a value is a string it goes out as given, after a check against its type; int, Decimal, date and
Money are written by Babel in the customary form of the locale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from unicodedata import category

from cannedkit.model import ReplyError, Variable

if TYPE_CHECKING:
    from babel import Locale

    from cannedkit.template import Template

MAX_VALUE = 2_000
"""Code points that one value may hold where no `max_length` is declared; our own choice, a tenth of a body."""

MAX_NUMBER = Decimal(10) ** 20
"""Numbers must be smaller: a 64-bit order number passes, and Babel does not write out a million digits."""

MAX_DECIMALS = 12
"""Decimal places that a number may have, for the same reason."""

SPILLED = frozenset({"None", "null", "undefined", "nil", "NaN", "nan"})
"""What programs print for a value that is not there. A customer called Null is let through."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufffe\uffff]")
"""Control characters, line separators, overrides of the writing direction, and halves of a character."""

_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""Unicode categories of spaces, and of marks that show nothing on their own."""

_LOOKUP = TypeVar("_LOOKUP")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency. `currency` is an ISO 4217 code, such as EUR."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Type:
    """What a variable may hold.

    `pattern` must match the whole of a value that is given as a string; `form` says that in words;
    `classes` are the Python types, besides str, that may be given. `samples` are by locale, "" for any.
    """

    form: str
    pattern: re.Pattern[str]
    samples: Mapping[str, tuple[str, ...]]
    classes: tuple[type, ...] = ()


TYPES: Mapping[str, Type] = {
    "text": Type(
        "any text",
        re.compile(r".+", re.DOTALL),
        {
            "": ("Delta 300", "Echo", "Omega 12", "Universal Adapter Kit", "Xylo X1", "Alpine Weekender 40 Litre"),
            "en": ("Delta travel mug", "apple slicer", "lamp", "umbrella", "hour glass", "Alpine weekend backpack"),
            "nl": ("Delta reismok", "appelboor", "lamp", "paraplu", "Alpine weekendrugzak"),
            "de": ("Delta Reisebecher", "Apfelteiler", "Lampe", "Alpine Wochenendrucksack"),
            "fr": ("gobelet Delta", "éplucheur", "lampe", "sac de randonnée Alpine"),
            "es": ("taza Delta", "exprimidor", "lámpara", "mochila de montaña Alpine"),
            "th": ("แก้วน้ำเดินทาง", "โคมไฟ", "ร่ม", "กระเป๋าเป้สำหรับเดินป่า"),
            "te": ("డెల్టా కప్పు", "దీపం", "గొడుగు", "వారాంతపు ప్రయాణ సంచి"),
        },
        (int, Decimal, date, Money),
    ),
    "name": Type(
        "a name, with a letter in it",
        re.compile(r".*[^\W\d_].*"),
        {
            "": ("Sam", "Jo", "Ana", "Maximiliana"),
            "en": ("Sam", "Jo", "Anna", "Olivia", "Christopher"),
            "nl": ("Sanne", "Bo", "Anouk", "Jan-Willem", "Annemarijke"),
            "de": ("Lukas", "Jo", "Anna", "Jürgen", "Maximiliane"),
            "fr": ("Camille", "Léo", "Élise", "Hugo", "Marie-Françoise"),
            "es": ("Lucía", "Leo", "Ana", "Íñigo", "María Fernanda"),
            "th": ("สมชาย", "อร", "ณัฐ", "กมลวรรณ"),
            "te": ("రవి", "అనిత", "ఉమ", "వెంకటేశ్వరరావు"),
        },
    ),
    "money": Type(
        "an amount, with a number in it",
        re.compile(r"\D*\d.*"),
        {
            "": ("EUR 25.00", "EUR 8.00", "EUR 1,249.00"),
            "en": ("$25.00", "$8.00", "$11.50", "$1.00", "$1,249.00"),
            "en-GB": ("£25.00", "£8.00", "£11.50", "£1.00", "£1,249.00"),
            "en-AU": ("$25.00", "$8.00", "$11.50", "$1.00", "$1,249.00"),
            "en-IE": ("€25.00", "€8.00", "€11.50", "€1.00", "€1,249.00"),
            "en-IN": ("₹25.00", "₹8.00", "₹11.50", "₹1.00", "₹1,249.00"),
            "nl": ("€ 25,00", "€ 8,00", "€ 1,00", "€ 1.249,00"),
            "de": ("25,00 €", "8,00 €", "1,00 €", "1.249,00 €"),
            "fr": ("25,00 €", "8,00 €", "1,00 €", "1 249,00 €"),
            "es": ("25,00 €", "8,00 €", "1,00 €", "1.249,00 €"),
            "th": ("฿25.00", "฿8.00", "฿1.00", "฿1,249.00"),
            "te": ("₹25.00", "₹8.00", "₹1.00", "₹1,249.00"),
        },
        (Money,),
    ),
    "number": Type(
        "a number in digits",
        re.compile(r"[-+−]?\d(?:[\d.,'’ \u00a0\u202f]*\d)? ?%?"),
        {
            "": ("3", "1", "8", "11", "250"),
            "en": ("3", "1", "8", "11", "1,250"),
            "nl": ("3", "1", "8", "11", "1.250"),
            "de": ("3", "1", "8", "11", "1.250"),
            "fr": ("3", "1", "8", "11", "1 250"),
            "es": ("3", "1", "8", "11", "1.250"),
            "th": ("3", "1", "8", "11", "1,250"),
            "te": ("3", "1", "8", "11", "1,250"),
        },
        (int, Decimal),
    ),
    "date": Type(
        "a date, with a digit in it",
        re.compile(r"\D*\d.*"),
        {
            "": ("2026-03-03", "2026-05-01", "2026-11-11"),
            "en": ("March 3, 2026", "May 1, 2026", "September 30, 2026"),
            "en-GB": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-AU": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-IE": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "en-IN": ("3 March 2026", "1 May 2026", "30 September 2026"),
            "nl": ("3 maart 2026", "1 mei 2026", "30 september 2026"),
            "de": ("3. März 2026", "1. Mai 2026", "30. September 2026"),
            "fr": ("3 mars 2026", "1 mai 2026", "30 septembre 2026"),
            "es": ("3 de marzo de 2026", "1 de mayo de 2026", "30 de septiembre de 2026"),
            "th": ("3 มีนาคม ค.ศ. 2026", "1 พฤษภาคม ค.ศ. 2026", "30 กันยายน ค.ศ. 2026"),
            "te": ("3 మార్చి, 2026", "1 మే, 2026", "30 సెప్టెంబర్, 2026"),
        },
        (date,),
    ),
    "url": Type(
        "a web address such as https://example.org/help",
        re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?"),
        # example.org is reserved for examples by RFC 2606.
        {"": ("https://example.org/help", "https://example.org", "https://example.org/orders/10482/returns?lang=en")},
    ),
    "email": Type(
        "an e-mail address such as jo@example.org",
        re.compile(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+"),
        {"": ("sam@example.org", "jo@example.org", "anna.van.der.berg@mail.example.org")},
    ),
    "phone": Type(
        "a phone number: digits, spaces and +()-./ only",
        re.compile(r"\+?(?=(?:\D*\d){3})[\d() ./\u00a0-]+(?: ?(?:x|ext\.?) ?\d+)?"),
        # Numbers that no one has: NANP 555-0100 to 0199, Ofcom's for drama, the Bundesnetzagentur's and
        # Arcep's for films. Nothing is set aside in the Netherlands: 020-555 01 00 follows the American custom.
        {
            "": ("+1 202 555 0143", "555-0143", "+1 (202) 555-0199"),
            "en-GB": ("020 7946 0958", "07700 900123", "+44 7700 900123"),
            "nl": ("020-555 01 00", "+31 20 555 01 00"),
            "de": ("030 23125 123", "+49 30 23125 123"),
            "fr": ("01 99 00 12 34", "+33 1 99 00 12 34"),
        },
    ),
    "order-id": Type(
        "an order number without spaces",
        re.compile(r"(?=.*[^\W_])[\w#./-]+"),
        {"": ("10482", "A-7", "8841", "ORD-2026-0010482")},
        (int,),
    ),
}
"""The type in a declaration -> what it means."""

ISO_DATES = ("2026-03-03", "2026-05-01", "2026-09-30")
"""Samples of a date that the body itself formats with the `date` filter."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: `; did you mean X?`, or "" where nothing is near."""
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def parents(locale: str) -> tuple[str, ...]:
    """The tags in which to look for what is wanted in `locale`: itself, its parents, then "" for any."""
    parts = locale.split("-") if locale else []
    return (*("-".join(parts[:length]) for length in range(len(parts), 0, -1)), "")


def for_locale(by_locale: Mapping[str, _LOOKUP], locale: str) -> _LOOKUP | None:
    """The entry for `locale`, for its nearest parent, or for any locale (""); None where there is none."""
    return next((by_locale[tag] for tag in parents(locale) if tag in by_locale), None)


def samples(type: str, locale: str) -> tuple[str, ...]:
    """The built-in samples of a type for a locale, the typical one first, at least two.

    They start with vowels and with consonants, are short and long, and hold one and many. All addresses
    and numbers are ones reserved for examples. Raises KeyError for a type that is not in `TYPES`.
    """
    found = for_locale(TYPES[type].samples, locale)
    assert found is not None  # every type has samples for any locale  # noqa: S101
    return found


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


# -- one value ----------------------------------------------------------------------------------


def _refuse(variable: Variable, reason: str) -> ReplyError:
    return ReplyError(f"{variable.name}: {reason}")


def check_text(value: str, variable: Variable) -> str:
    """`value`, if it may stand in a text for a customer. Raises ReplyError that names the variable.

    Refused: blank, control characters, braces (the rest of a template), what programs print for
    nothing (`None`, `null`), and more than `max_length` code points.
    """
    limit = MAX_VALUE if variable.max_length is None else variable.max_length
    if all(category(character) in _INVISIBLE for character in value):
        raise _refuse(variable, "the value is blank; give a text, or leave it out where the variable may be missing")
    if len(value) > limit:
        raise _refuse(variable, f"the value is {len(value)} characters long; at most {limit} are allowed")
    if "{" in value or "}" in value:
        raise _refuse(variable, f"{_shown(value)} holds a brace, as if a template had not been filled")
    if value.strip() in SPILLED:
        raise _refuse(variable, f"{_shown(value)} is what a program prints for a missing value; leave it out instead")
    if found := _UNPRINTABLE.search(value.replace("\n", " ") if variable.type == "text" else value):
        raise _refuse(variable, f"the value holds the control character U+{ord(found.group()):04X}")
    return value


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:39] + "…")


def _type(variable: Variable) -> Type:
    try:
        return TYPES[variable.type]
    except KeyError:
        hint = nearest(variable.type, TYPES)
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
    if abs(number) >= MAX_NUMBER or exponent < -MAX_DECIMALS:
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

    if not isinstance(value.currency, str) or not is_currency(value.currency):
        raise _refuse(variable, f"{value.currency!r} is not a currency; give an ISO 4217 code such as EUR")
    if isinstance(value.amount, bool) or not isinstance(value.amount, (int, Decimal)):
        raise _refuse(variable, f"the amount is a {type(value.amount).__name__}; give a Decimal")
    amount = _bounded(Decimal(value.amount), variable)
    decimals = get_currency_precision(value.currency)
    if round(amount, decimals) != amount:
        raise _refuse(variable, f"{amount} {value.currency} has more than {decimals} decimals; round it yourself")
    return format_currency(amount, value.currency, locale=babel_locale(locale))


def _write_date(value: date, variable: Variable, locale: str) -> str:
    from babel.dates import format_date

    return format_date(value.date() if isinstance(value, datetime) else value, "long", locale=babel_locale(locale))


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
    problems = [_unknown(name, variables) for name in given if name not in variables]
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


def _unknown(name: str, variables: Mapping[str, Variable]) -> str:
    if name.startswith("facts."):
        return f"{name}: facts are not given with a reply, they are read from facts.yaml"
    return f"{name}: no such variable{nearest(name, variables)}"


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
            raise ReplyError(f"{name}: no such fact{nearest(fact, facts)}")
        return facts[fact]
    if name not in variables:
        raise ReplyError(f"{name}: the body uses it but it is not declared{nearest(name, variables)}")
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
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    shown = _shown(value) if isinstance(value, str) else f"a {type(value).__name__}"
    raise _refuse(variable, f"the body formats this date itself: give a date or YYYY-MM-DD, not {shown}")
