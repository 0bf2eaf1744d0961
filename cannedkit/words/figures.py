"""Figures of a text, in any language: how long, how much, when, where to; each with a value that can be compared.

"Within two weeks" and "binnen 14 dagen" are the same duration, "8pm" and "20.00 uur" the same time, "May 4" and "4
mei" the same day. What CLDR knows of a language decides (`words.calendar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cannedkit.text.amounts import amounts
from cannedkit.text.locales import canonical
from cannedkit.words.calendar import UNITS, day_first, months, spelled, units, weekdays

KINDS = ("duration", "money", "percent", "date", "weekday", "time", "link", "email", "phone", "number")
"""What a figure may be."""

MOST_DIGITS = 12
"""Digits of a number beyond which it counts nothing: it is an account, a card, a code."""

Span = tuple[int, int]

_REST = r"[^\s<>\"“”«»\ufffc]"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.){_REST}+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}/{_REST}+",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}'’*_"
_TIME = re.compile(
    r"(?<![\w.,:])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.h])(?P<minute>[0-5]\d))?"
    r"(?:[ \u00a0\u202f]?(?P<half>[ap]\.m\.|[ap]m\b)|[ \u00a0\u202f]?(?P<word>uur|uhr|h)\b)?(?![\w:]|[.,]\d)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:[-–—]|(?:to|until|till|and|tot|en|bis|und|à|a|et|y|hasta)\b)\s*", re.IGNORECASE)
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-])")
_PHONE = re.compile(r"(?<![\w.,])\+?(?:\(\d{1,5}\)|\d)(?:[ \u00a0./()-]{0,2}\d){6,14}(?![\w-])")
_NUMBER = re.compile(
    r"(?<![\w.,:/])(?<!\w-)(?<!\w–)\d+(?:[.,'’ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?(?![\w/]|[.,:]\d)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT = re.compile(
    r"(?:\s*(?:[-–]|(?:to|or|tot|of|bis|oder|à|ou|a|o)\b)\s*(?P<most>\d{1,4}))?[ \u00a0\u202f-]?"
    r"(?:(?P<between>[^\W\d_]+)[ \u00a0])?(?P<unit>[^\W\d_][^\s\d.,;:!?()]*)"
)
_LANGUAGE = re.compile(
    r"(?:^|(?<=[/?&=]))(?:(?:lang|locale|hl|lc)=)?[a-z]{2}(?:[-_][a-z]{2})?(?=[/&]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """`text[start:end)`, in code points. `value` is the same for what means the same; `unit` is a currency, or of time.

    Durations are in seconds, times in minutes since midnight, days as (month, day). `amount` is the number that stands
    there, None for what is no number; `words`: it is written in letters.
    """

    start: int
    end: int
    kind: str
    value: object
    unit: str = ""
    amount: Decimal | None = None
    words: bool = False


@lru_cache(maxsize=256)
def figures(text: str, locale: str) -> tuple[Figure, ...]:
    """The figures of a text, in order; none overlaps another."""
    found: list[Figure] = []
    for reader in (_addresses, *(_IN_DIGITS if any(map(str.isdigit, text)) else ()), _in_words):
        for one in reader(text, locale):
            if all(one.end <= other.start or other.end <= one.start for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures of different texts may mean the same: their values agree, or the numbers that stand there.

    A time of twelve hours may be either half of the day, and a link to the same company's host another language's page.
    """
    both_durations = one.kind == other.kind == "duration"
    if one.amount is not None and one.amount == other.amount and not both_durations:
        return True
    if one.kind != other.kind:
        return False
    if one.kind == "time":
        return int(str(one.value)) % 720 == int(str(other.value)) % 720
    return one.value == other.value or (one.kind == "link" and _house(str(one.value)) == _house(str(other.value)))


def _house(link: str) -> str:
    """The name that the hosts of one company share: example of www.example.org, shop.example.nl and example.co.uk."""
    labels = link.partition("/")[0].partition(":")[0].split(".")
    return max(labels[:-1] or labels, key=len)


# -- addresses ----------------------------------------------------------------------------------


def _addresses(text: str, locale: str) -> Iterator[Figure]:
    if "/" not in text and "@" not in text and "www." not in text.lower():
        return
    for match in _ADDRESS.finditer(text):
        said = match[0].rstrip(_TAIL)
        is_link = "@" not in said.partition("/")[0]
        value = bare_link(said) if is_link else said.lower()
        yield Figure(match.start(), match.start() + len(said), "link" if is_link else "email", value)


def bare_link(link: str) -> str:
    """A link without what differs between languages: scheme, `www.`, a locale in its path or query, the last slash."""
    host, slash, path = link.partition("://")[2 if "://" in link else 0].partition("/")
    kept = _LANGUAGE.sub(lambda part: "" if canonical(part[0].rpartition("=")[2].replace("_", "-")) else part[0], path)
    rest = re.sub(r"/{2,}", "/", f"/{kept}").rstrip("/?&") if slash else ""
    return host.lower().removeprefix("www.") + rest


# -- digits -------------------------------------------------------------------------------------


def _money(text: str, locale: str) -> Iterator[Figure]:
    for one in amounts(text):
        kind = "percent" if one.currency == "%" else "money"
        yield Figure(one.start, one.end, kind, one.value.normalize(), one.currency, one.value)


def _dates(text: str, locale: str) -> Iterator[Figure]:
    for match in _ISO.finditer(text):
        yield from _date(match.span(), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        yield from _date(match.span(), *((second, first) if day_first(locale) else (first, second)))
    names = months(locale)
    for match in _month_pattern(locale).finditer(text):
        month = names[(match["month"] or match["after"]).lower()]
        yield from _date(match.span(), month, int(match["day"] or match["before"]))


def _date(span: Span, month: int, day: int) -> Iterator[Figure]:
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield Figure(*span, "date", (month, day))


@lru_cache(maxsize=32)
def _month_pattern(locale: str) -> re.Pattern[str]:
    """A day beside the name of a month, with or without the year."""
    names = "|".join(sorted(map(re.escape, months(locale)), key=len, reverse=True))
    year = r"(?:(?:\.|,| de| del)? (?:19|20)\d\d(?!\d))?"
    return re.compile(
        rf"(?<![\w.,])(?P<before>\d{{1,2}})(?:st|nd|rd|th|\.|er|º|e)?[ \u00a0](?:de |of )?(?P<after>{names})\b{year}"
        rf"|\b(?P<month>{names})\.?[ \u00a0](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|[.,]\d){year}",
        re.IGNORECASE,
    )


def _times(text: str, locale: str) -> Iterator[Figure]:
    """Times of day; in a range such as "8 to 11am" the first is one because the second is."""
    matches = list(_TIME.finditer(text))
    sure = {match.start() for match in matches if _is_time(match)}
    halves = {match.start(): match["half"] for match in matches}
    for match, after in zip(reversed(matches), [None, *reversed(matches)], strict=False):
        if after is not None and after.start() in sure and _UNTIL.fullmatch(text, match.end(), after.start()):
            sure.add(match.start())
            halves[match.start()] = match["half"] or halves[after.start()]
    for match in matches:
        if match.start() in sure:
            half = (halves[match.start()] or "").lower()[:1]
            hour = int(match["hour"]) % 12 + (12 if half == "p" else 0) if half else int(match["hour"])
            yield Figure(*match.span(), "time", hour * 60 + int(match["minute"] or 0))


def _is_time(match: re.Match[str]) -> bool:
    """Whether something beside the digits says that they are a time: a colon, am, "uur"."""
    return bool(match["half"] or match["word"] or (match["mark"] or "").lower() in (":", "h"))


def _phones(text: str, locale: str) -> Iterator[Figure]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        separated = match[0].startswith("+") or re.search(r"\d[ \u00a0.)/-]+\(?\d", match[0])
        if separated and not re.fullmatch(r"\d{1,3}(?:[., \u00a0]\d{3})+", match[0]):
            yield Figure(*match.span(), "phone", digits)


def _counts(text: str, locale: str) -> Iterator[Figure]:
    """Durations and other numbers in digits."""
    for match in _NUMBER.finditer(text):
        amount = _value(match[0])
        if sum(map(str.isdigit, match[0])) > MOST_DIGITS or _is_item(text, *match.span()):
            continue
        yield from _counted(text, locale, match.span(), amount, words=False)


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether a number stands before an item of a list: at the start of a line, with a mark behind it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return before.strip(" \t(*-•") == "" and text[end : end + 1] in (".", ")") and not text[end + 1 : end + 2].strip()


_IN_DIGITS = (_money, _dates, _times, _phones, _counts)


# -- words --------------------------------------------------------------------------------------


def _in_words(text: str, locale: str) -> Iterator[Figure]:
    """Numbers in letters, and weekdays. "One" is an article in many languages, and counts before a unit alone."""
    numbers, days = spelled(_language(locale)), weekdays(_language(locale))
    words = _WORD.findall(text.lower())
    if numbers.keys().isdisjoint(words) and days.keys().isdisjoint(words):
        return
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word in days:
            yield Figure(*match.span(), "weekday", days[word], words=True)
        elif word in numbers:
            for found in _counted(text, locale, match.span(), Decimal(numbers[word]), words=True):
                if found.kind == "duration" or numbers[word] > 1:
                    yield found


def _counted(text: str, locale: str, span: Span, amount: Decimal, *, words: bool) -> Iterator[Figure]:
    """A duration where a unit of time follows the number, at once or behind one word ("5 working days"), else a number.

    Of a range such as "3 to 5 days" both ends are durations.
    """
    after = _NEXT.match(text, span[1])
    unit, end = _unit_behind(after, locale) if after else ("", span[1])
    if after is None or not unit:
        yield Figure(*span, "number", amount.normalize(), "", amount, words)
    elif after["most"]:
        yield _duration((span[0], span[1]), amount, unit, words)
        yield _duration((after.start("most"), end), Decimal(after["most"]), unit, words=False)
    else:
        yield _duration((span[0], end), amount, unit, words)


def _unit_behind(after: re.Match[str], locale: str) -> tuple[str, int]:
    """The unit that a number is followed by, and where its word ends; "" where there is none."""
    known = units(_language(locale))
    for group in ("between", "unit"):
        if after[group] and (unit := _unit(after[group], known)):
            return unit, after.end(group)
        if after[group] and after[group].lower() in spelled(_language(locale)):
            break
    return "", 0


def _duration(span: Span, amount: Decimal, unit: str, words: bool) -> Figure:
    return Figure(*span, "duration", (amount * UNITS[unit]).normalize(), unit, amount, words)


def _unit(word: str, known: Mapping[str, str]) -> str:
    """The unit that a word names: itself, with an ending of its case, or as the end of a compound ("werkdagen")."""
    word = word.lower()
    for form in (word, word[:-1]):
        if form in known:
            return known[form]
    return next((known[name] for name in known if len(name) > 3 and len(word) > len(name) and word.endswith(name)), "")


def _value(digits: str) -> Decimal:
    """A number as it is written in any language: a mark before three digits groups, one before one or two does not."""
    bare = re.sub(r"[^\d.,]", "", digits)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0 or len(bare) - last > 3:
        return Decimal(re.sub(r"[.,]", "", bare))
    return Decimal(re.sub(r"[.,]", "", bare[:last]) + "." + bare[last + 1 :])


def _language(locale: str) -> str:
    return locale.partition("-")[0]
