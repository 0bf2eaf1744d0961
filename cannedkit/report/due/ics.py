"""The format for a calendar (RFC 5545): an event of one day for each entry; what is late stands on today.

Imported again it moves the events that are there: each keeps its UID as long as it is about the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from cannedkit.model.errors import VERSION
from cannedkit.model.upkeep import Agenda, Due
from cannedkit.text.visible import visible
from cannedkit.wire.upkeep import groups, what, when, whose

MAX_OCTETS = 75
"""Octets of a line, its break left out (RFC 5545, section 3.1)."""

_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""What stands in a calendar without an event: it must hold something (RFC 5545, section 3.6)."""


def write(agenda: Agenda) -> str:
    """One VCALENDAR with an all-day VEVENT for each entry."""
    entries = [entry for entries in groups(agenda).values() for entry in entries]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//cannedkit//cannedkit {VERSION}//EN",
        *(line for entry in entries for line in _event(entry, agenda.today)),
        *(() if entries else _NOTHING),
        "END:VCALENDAR",
    )
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(entry: Due, today: date) -> Iterator[str]:
    day = today if entry.until is None else max(entry.until, today)
    about = ":".join(("cannedkit", entry.kind, entry.name, entry.rule, entry.locale, entry.text))
    said = f"{when(entry)}: {what(entry)}" if entry.late else what(entry)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, about)}"
    yield f"DTSTAMP:{_written(today)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_written(day)}"
    yield f"SUMMARY:{_text(said)}"
    yield f"DESCRIPTION:{_text(whose(entry) + chr(10) + str(entry.place))}"
    yield f"CATEGORIES:{entry.kind.upper()}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _written(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A text as a value (RFC 5545, section 3.3.11)."""
    shown = visible(text, lines=True).replace("\t", " ")
    for sign in ("\\", ";", ","):
        shown = shown.replace(sign, f"\\{sign}")
    return shown.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The lines that a long line is written as: each but the first starts with a space, none cuts a character."""
    room, piece = MAX_OCTETS, ""
    for sign in line:
        if len((piece + sign).encode()) > room:
            yield piece
            room, piece = MAX_OCTETS, " "
        piece += sign
    yield piece
