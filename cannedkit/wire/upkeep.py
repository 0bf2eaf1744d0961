"""What is due, used and sent, in words and as JSON: what the formats and commands share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cannedkit.model.errors import Place
from cannedkit.model.upkeep import Agenda, Due, FactUse, Sent, Usage

MAX_LISTED = 24
"""Replies that a list for people holds; our own choice, a screen. JSON has them all."""


def groups(agenda: Agenda) -> Mapping[str, Sequence[Due]]:
    """The entries by owner or topic, those of nobody last; all under one name where they are not grouped."""
    if not agenda.by:
        return {"": agenda.due} if agenda.due else {}
    found: dict[str, list[Due]] = {}
    for entry in sorted(agenda.due, key=lambda one: (not _group(one, agenda.by), _group(one, agenda.by))):
        found.setdefault(_group(entry, agenda.by) or f"no {agenda.by}", []).append(entry)
    return found


def _group(entry: Due, by: str) -> str:
    return entry.owner if by == "owner" else entry.topic


def counted(entries: Sequence[Due], within: int) -> str:
    """How many are late, and how many come."""
    late = sum(entry.late for entry in entries)
    return f"{late:,} late, {len(entries) - late:,} to come within {_days(within)}"


def when(entry: Due) -> str:
    """How late, or how soon: `12 days late`, `today`, `in 8 days (2026-09-09)`."""
    if entry.days is None:
        return "now"
    if entry.days < 0:
        return f"{_days(-entry.days)} late ({entry.until})"
    return f"in {_days(entry.days)} ({entry.until})" if entry.days else "today"


def what(entry: Due) -> str:
    """What is to be looked at, with the title of the response."""
    named = f"{entry.name} ({entry.title})" if entry.title else entry.name
    ends = "ended" if entry.late else "ends"
    if entry.kind == "review":
        return f"review of {named}"
    if entry.kind == "waiver":
        return f"waiver for {entry.rule} in {named} {ends}"
    if entry.kind == "retired":
        return f"{named} is retired, and still takes the place of {_listed(entry.responses)}"
    used = f"used by {_listed(entry.responses)}" if entry.responses else "no reply uses it"
    return f"{entry.kind} {entry.name} {ends}, {used}"


def whose(entry: Due) -> str:
    """Who answers for it."""
    return entry.owner or "no owner"


def _listed(ids: Sequence[str]) -> str:
    """The first three ids, and how many more there are."""
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return f"{', '.join(ids[:3])}{more}"


def _days(count: int) -> str:
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def usage_lines(usage: Usage) -> Iterator[str]:
    """What was never sent, what was sent most and has findings, what is retired and sent, and what nothing has."""
    in_use = sum(not one.status for one in usage.sent)
    yield f"{len(usage.never):,} of {in_use:,} replies in use were never sent."
    yield from _few([f"  {_named(one)}" for one in usage.never])
    if usage.flagged:
        yield "Sent most, with findings:"
        yield from _few(
            [f"  {_named(one)}, {_times(one.count)}: {', '.join(one.rules or ())}" for one in usage.flagged]
        )
    if usage.retired:
        yield "Retired, and sent all the same:"
        yield from _few([f"  {_named(one)}, {_times(one.count)}" for one in usage.retired])
    if usage.unknown:
        yield "Sent, and not in the catalogue:"
        yield from _few([f"  {name}, {_times(count)}" for name, count in usage.unknown.items()])


def _few(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MAX_LISTED]
    if len(lines) > MAX_LISTED:
        yield f"  and {len(lines) - MAX_LISTED:,} more (--format json has them all)"


def _named(one: Sent) -> str:
    return f"{one.id} ({one.title})" if one.title else one.id


# -- JSON ---------------------------------------------------------------------------------------


def due_fields(entry: Due) -> dict[str, Any]:
    """An entry; `until` and `days` are null for what is late on any day."""
    return {
        "kind": entry.kind,
        "name": entry.name,
        "until": f"{entry.until}" if entry.until else None,
        "days": entry.days,
        "late": entry.late,
        "owner": entry.owner,
        "topic": entry.topic,
        "title": entry.title,
        "rule": entry.rule,
        "locale": entry.locale,
        "text": entry.text,
        "responses": list(entry.responses),
        **_placed(entry.place),
    }


def usage_fields(usage: Usage) -> dict[str, Any]:
    """Each response with how often it was sent, most first; `rules` is null where nobody looked."""
    return {
        "sent": [
            {
                "id": one.id,
                "count": one.count,
                "title": one.title,
                "status": one.status,
                "rules": None if one.rules is None else list(one.rules),
            }
            for one in usage.sent
        ],
        "never": [one.id for one in usage.never],
        "unknown": dict(usage.unknown),
    }


def use_fields(use: FactUse) -> dict[str, Any]:
    """A place that uses a fact."""
    return {
        "response": use.response,
        "title": use.title,
        "status": use.status,
        "locale": use.locale,
        "channels": list(use.channels),
        "variation": use.variation,
        "part": use.part,
        **_placed(use.place),
    }


def _placed(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
