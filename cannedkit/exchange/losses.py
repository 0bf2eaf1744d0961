"""What became of each reply, as a table for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cannedkit.exchange.model import ASIDE, CONFLICT, FATES, KEPT, REFUSED, Outcome

TITLES: Mapping[str, str] = {
    KEPT: "Taken over",
    "changed": "Changed in meaning",
    ASIDE: "Kept aside",
    "left out": "Left out",
    REFUSED: "Refused",
    CONFLICT: "In conflict",
}
"""A fate -> the heading above its rows."""

MAX_ROWS = 20
"""Rows that the table shows of what was taken over or kept aside; of the rest all. JSON has them all."""


def lines(outcomes: Iterable[Outcome], titles: Mapping[str, str] = TITLES) -> Iterator[str]:
    """The table: a heading for each fate that something had, below it what had it, equal rows as one."""
    by_fate: dict[str, list[Outcome]] = {fate: [] for fate in titles}
    for one in outcomes:
        by_fate[one.fate].append(one)
    for fate, found in by_fate.items():
        if not found:
            continue
        ids = len({one.id for one in found})
        yield f"{titles[fate]}: {ids} {noun(ids)}"
        together: dict[tuple[str, str], list[str]] = {}
        for one in found:
            together.setdefault((one.part, one.reason), []).append(one.id)
        rows = [_row(part, reason, each) for (part, reason), each in together.items()]
        most = MAX_ROWS if fate in (KEPT, ASIDE) else len(rows)
        yield from rows[:most]
        if len(rows) > most:
            yield f"  … and {len(rows) - most:,} rows more: --report json has all"


def noun(count: int) -> str:
    """`reply` for one, else `replies`."""
    return "reply" if count == 1 else "replies"


def _row(part: str, reason: str, ids: list[str]) -> str:
    named = ", ".join(ids[:3]) + (f" and {len(ids) - 3:,} more" if len(ids) > 3 else "")
    return f"  {named}: " + ": ".join(filter(None, (part, reason))) if part or reason else f"  {named}"


def fields(outcomes: Iterable[Outcome], fates: Iterable[str] = FATES) -> dict[str, Any]:
    """The same as JSON: how many replies had each fate, and a row for each outcome."""
    found = list(outcomes)
    counts = Counter(fate for fate, _ in {(one.fate, one.id) for one in found})
    rows = [{"id": one.id, "fate": one.fate, "part": one.part, "reason": one.reason} for one in found]
    return {"counts": {fate: counts[fate] for fate in fates}, "outcomes": rows}


def is_whole(outcomes: Iterable[Outcome]) -> bool:
    """Whether nothing was refused or is in conflict."""
    return not any(one.fate in (REFUSED, CONFLICT) for one in outcomes)
