"""When a promise in English falls due: "within the hour", "by 3pm tomorrow", "before the end of the week".

A time of day without a date is the next one, a day of the week the next one, a date that of its year; what is due on a
day is due at its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from cannedkit.words.calendar import UNITS, months, spelled, weekdays

_UNITS: Mapping[str, str] = {"min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour", "sec": "second"}
_CLOCK: Mapping[str, time] = {
    "noon": time(12),
    "midday": time(12),
    "lunch": time(13),
    "lunchtime": time(13),
    "midnight": time(23, 59),
    "morning": time(12),
    "afternoon": time(18),
}
"""Words for a time of day -> when it is over; our own choice for lunch."""

_END = time(23, 59)

_LONG = re.compile(
    r"\b(?:(?:with)?in|give (?:me|us)|takes?|need|another|back in|about|around|see you in|after)"
    r"(?: (?:just|about|around|at most|up to|the next|approximately))*"
    r"(?: (?P<half>half an)| (?P<count>\d{1,3}|[a-z]+))?(?:[ -](?:to|or)[ -](?P<most>\d{1,3}|[a-z]+))?"
    r" (?P<work>working |business )?(?P<unit>sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month)s?\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:by|before|at|till|until|til|around|about|and|than|,|-|–|from|to)\s(?:about |around |no later than )?"
    r"(?:(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![\d:.]\d)(?:\s?(?P<half>[ap]\.?m\b))?(?!\w)(?!\s(?:[a-z]{3,9}day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|%|min|hour|day|week|month|working|business))"
    r"|(?P<word>noon|midday|lunch(?:time)?|midnight))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?P<today>today|tonight|this (?P<part>morning|afternoon|evening)|close of business|eod"
    r"|(?:the )?end of (?:the |play |business )?(?:day|today))\b"
    r"|\b(?P<tomorrow>tomorrow(?: (?P<tpart>morning|afternoon|evening|night))?)\b"
    r"|\bend of (?:the|this) (?P<end>week|month)\b|\b(?P<this>this week|this month)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b"
    rf"|\b(?P<other>{_MONTH}) (?P<second>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)",
    re.IGNORECASE,
)


def deadline(promise: str, said: datetime) -> datetime | None:
    """When what was promised at the time `said` is due; None where the promise names no time that is understood."""
    day = _day(promise, said)
    clock = _clock(promise, said, day)
    if day is not None or clock is not None:
        return datetime.combine(day or said, _END) if clock is None else clock
    return _after(promise, said)


def _after(promise: str, said: datetime) -> datetime | None:
    """The end of a stretch of time that begins when it is promised."""
    match = _LONG.search(promise)
    if not match:
        return None
    words = {**spelled("en"), "a": 1, "an": 1, "the": 1, "few": 5, "couple": 2}
    number = (match["most"] or match["count"] or ("a" if not match["half"] else "")).lower()
    count = 0.5 if match["half"] else int(number) if number.isdigit() else words.get(number)
    if count is None:
        return None
    unit = _UNITS.get(match["unit"].lower(), match["unit"].lower())
    if match["work"]:
        return _working(said, int(count))
    return said + timedelta(seconds=count * UNITS[unit])


def _working(said: datetime, days: int) -> datetime:
    """The end of so many days on which people work."""
    due = said
    while days > 0:
        due += timedelta(days=1)
        days -= due.weekday() < 5
    return datetime.combine(due, _END)


def _day(promise: str, said: datetime) -> datetime | None:
    """The day that is named, None where none is."""
    if found := next(filter(None, (_dated(one, said) for one in _DATE.finditer(promise))), None):
        return found
    if match := _DAY.search(promise):
        if match["today"]:
            return said
        if match["tomorrow"]:
            return said + timedelta(days=1)
        if "week" in (match["end"] or match["this"]).lower():
            return said + timedelta(days=6 - said.weekday())
        return (said.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    names = weekdays("en")
    named = [names[word] for word in map(str.lower, _WORD.findall(promise)) if word in names]
    return said + timedelta(days=(named[-1] - said.weekday()) % 7) if named else None


def _dated(match: re.Match[str], said: datetime) -> datetime | None:
    """The date that a match names, in the year of the promise or the next; None where it names no month."""
    name, number = (match["month"], match["first"]) if match["month"] else (match["other"], match["second"])
    month = months("en").get(name.lower())
    try:
        found = said.replace(month=month, day=int(number)) if month else None
    except ValueError:
        return None
    if found and found < said - timedelta(days=180):
        return found.replace(year=found.year + 1, day=min(found.day, 28))
    return found


def _clock(promise: str, said: datetime, day: datetime | None) -> datetime | None:
    """The last time of day that is named, on its day; on the next one that has it where no day is named."""
    found = list(_AT.finditer(promise))
    if not found:
        part = next((one[group] for one in _DAY.finditer(promise) for group in ("part", "tpart") if one[group]), "")
        return datetime.combine(day or said, _CLOCK[part.lower()]) if part.lower() in _CLOCK else None
    match = found[-1]
    if match["word"]:
        due = datetime.combine(day or said, _CLOCK[match["word"].lower()])
        return due if day or due > said else due + timedelta(days=1)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
    due = datetime.combine(day or said, time(hour, minute))
    if hour < 12 and not match["half"] and due <= said and due.date() == said.date():
        due += timedelta(hours=12)
    if hour < 8 and not match["half"] and due.date() != said.date():
        due += timedelta(hours=12)
    return due if day or due > said else due + timedelta(days=1)
