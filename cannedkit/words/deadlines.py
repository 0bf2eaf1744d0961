"""When a promise falls due: "within the hour", "by 3pm tomorrow", "voor het einde van de week".

The words of a language stand in the table beside this, the names of its numbers, units, months and days come from CLDR.
A time of day without a date is the next one, a day of the week the next one, a date that of its year; what is due on a
day is due at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cannedkit.pattern.alternation import OWN, compiled, every, fits, search
from cannedkit.words.calendar import UNITS, months, spelled, units, weekdays

END = time(23, 59)
"""When a day is over."""

EARLY = 8
"""The first hour that is meant as it stands on another day: "tomorrow at 3" is in the afternoon; our own choice."""

_HOUR = r"[01]?\d|2[0-3]"


@dataclass(frozen=True, slots=True)
class Table:
    """The words of a language: what -> values with their words; and patterns of a stretch, a time of day and a date."""

    words: Mapping[str, tuple[tuple[str, str], ...]]
    stretch: str
    clock: str
    day: str
    date: str
    language: str

    def value(self, what: str, written: str) -> str | None:
        """The value of some words that were found, None for what is none of these."""
        return next((value for value, one in self.words.get(what, ()) if fits(_pattern(one), written)), None)

    def named(self, what: str, text: str) -> str | None:
        """The value of the first words of the table that stand in a text, None where none do."""
        found = (value for value, one in self.words.get(what, ()) if search(_pattern(rf"\b(?:{one})\b"), text))
        return next(found, None)


def deadline(promise: str, said: datetime, language: str) -> datetime | None:
    """When what was promised at the time `said` is due; None where the promise names no time that is understood.

    In a language that the table does not have no time is understood.
    """
    table = _tables().get(language)
    if table is None:
        return None
    stretch = search(_pattern(table.stretch), promise)
    rest = promise[: stretch.start()] + promise[stretch.end() :] if stretch else promise
    day = _day(table, rest, said)
    clock = _clock(table, rest, said, day)
    if day is not None or clock is not None:
        return clock or datetime.combine(day or said, END, said.tzinfo)
    return _after(table, stretch, said) if stretch else None


def _after(table: Table, match: Any, said: datetime) -> datetime | None:
    """The end of a stretch of time that begins when it is promised."""
    count = _number(table, (match["most"] or match["count"] or "1").lower())
    unit = match["unit"].lower()
    if match["work"]:
        return _working(said, int(count))
    named = units(table.language).get(unit)
    return said + timedelta(seconds=count * (UNITS[named] if named else int(table.value("unit", unit) or 0)))


def _number(table: Table, written: str) -> float:
    """A number in figures or words."""
    known = spelled(table.language).get(written)
    return float(written) if written.isdigit() else float(table.value("count", written) or known or 1)


def _working(said: datetime, days: int) -> datetime:
    """The end of so many days on which people work."""
    due = said
    while days > 0:
        due += timedelta(days=1)
        days -= due.weekday() < 5
    return datetime.combine(due, END, said.tzinfo)


def _day(table: Table, promise: str, said: datetime) -> datetime | None:
    """The day that is named, None where none is."""
    dates = every(_pattern(table.date), promise)
    if found := next(filter(None, (_dated(table.language, one, said) for one in dates)), None):
        return found
    if (days := table.named("day", promise)) is not None:
        return said + timedelta(days=int(days))
    monday = said - timedelta(days=said.weekday() - (7 if table.named("next", promise) else 0))
    if named := every(_pattern(table.day), promise):
        number = weekdays(table.language)[named[-1]["day"].lower()]
        return monday + timedelta(days=number if monday > said else said.weekday() + (number - said.weekday()) % 7)
    if monday > said or table.named("end", promise) == "week":
        return monday + timedelta(days=6)
    if table.named("end", promise) == "month":
        return (said.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return None


def _dated(language: str, match: Any, said: datetime) -> datetime | None:
    """The date that a match names, in the year of the promise or the next; None for one that no month has."""
    name, number = (match["month"], match["first"]) if match["month"] else (match["other"], match["second"])
    try:
        found = said.replace(month=months(language)[name.lower()], day=int(number))
    except ValueError:
        return None
    if found < said - timedelta(days=180):
        return found.replace(year=found.year + 1, day=min(found.day, 28))
    return found


def _clock(table: Table, promise: str, said: datetime, day: datetime | None) -> datetime | None:
    """The last time of day that is named, on its day; on the next one that has it where no day is named."""
    found = [one for one in every(_pattern(table.clock), promise) if not one["word"] or one["sure"]]
    if not found:
        part = table.named("part", promise)
        return datetime.combine(day or said, time.fromisoformat(part), said.tzinfo) if part else None
    match = found[-1]
    if match["clock"]:
        at = time.fromisoformat(table.value("clock", match["clock"]) or "23:59")
        return _coming(datetime.combine(day or said, at, said.tzinfo), said, day)
    hour = spelled(table.language)[match["word"].lower()] if match["word"] else int(match["hour"])
    half = table.value("half", match["half"]) if match["half"] else None
    hour = hour % 24 if half is None else hour % 12 + int(half)
    shift = int(table.value("shift", match["shift"]) or 0) if match["shift"] else 0
    minutes = (hour * 60 + int(match["minute"] or 0) + shift) % 1_440
    due = datetime.combine(day or said, time(minutes // 60, minutes % 60), said.tzinfo)
    today = due.date() == said.date()
    if half is None and ((due.hour < 12 and due <= said and today) or (due.hour < EARLY and not today)):
        due += timedelta(hours=12)
    return _coming(due, said, day)


def _coming(due: datetime, said: datetime, day: datetime | None) -> datetime:
    """A time of day on the day that is named, or on the next one that has it."""
    return due if day or due > said else due + timedelta(days=1)


# -- the table ------------------------------------------------------------------------------------


def _pattern(source: str) -> Any:
    return compiled(source, True, syntax=OWN)


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Table]:
    lines = Path(__file__).with_name("deadlines.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {one: _table(one, [row[1:] for row in rows if row[0] == one]) for one in dict(row[:2] for row in rows)}


def _table(language: str, rows: Iterable[list[str]]) -> Table:
    """The words of a language, and patterns made of them and of its names."""
    words: dict[str, tuple[tuple[str, str], ...]] = {}
    for what, value, source in rows:
        words[what] = (*words.get(what, ()), (value, source))
    any_of = {what: "|".join(source for _, source in pairs) for what, pairs in words.items()}
    numbers, names, days = (_either(of(language)) for of in (spelled, months, weekdays))
    count = rf"\d{{1,3}}|{any_of['count']}|{numbers}"
    unit = f"{_either(units(language))}|{any_of['unit']}"
    stretch = (
        rf"\b(?:{any_of['within']})(?: (?:{any_of['roughly']}))*(?: (?P<count>{count}))?"
        rf"(?:[ -](?:{any_of['or']})[ -](?P<most>{count}))? (?P<work>{any_of['work']})?(?P<unit>{unit})\b"
    )
    half, shift = any_of.get("half", "(?!)"), any_of.get("shift", "(?!)")
    clock = (
        rf"\b(?:{any_of['at']})\s(?:(?:{any_of['near']}) )?(?:(?P<sure>(?P<shift>{shift}) )?"
        rf"(?:(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5]\d))?(?![\d:.]\d)|(?P<word>{numbers})\b)"
        rf"(?P<sure>\s?(?:(?P<half>{half})|(?:{any_of['hour']})))?(?!\w)"
        rf"(?!\s?(?:{any_of['never']}|{unit}|{names}|{days}|{any_of['work']}))|(?P<clock>{any_of['clock']})\b)"
    )
    day = rf"\b(?P<day>{days})(?:{any_of.get('joined', '(?!)')})?\b"
    nth = any_of["nth"]
    date = (
        rf"\b(?P<first>\d{{1,2}})(?:{nth}) (?P<month>{names})\b"
        rf"|\b(?P<other>{names}) (?P<second>\d{{1,2}})(?:{nth})\b(?![:.]\d)"
    )
    return Table(words, stretch, clock, day, date, language)


def _either(names: Iterable[str]) -> str:
    """Any of some names, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))
