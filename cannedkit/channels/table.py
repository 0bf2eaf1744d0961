"""The limits of channels, from the table beside this module, which names the source of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PARTS = ("body", "subject", "preheader", "footer", "button")
"""The parts of a message that a limit may be for."""

KINDS = ("hard", "seen")
"""`hard`: what is longer is refused, cut or dropped. `seen`: what is longer is cut on the screen until it is opened."""


@dataclass(frozen=True, slots=True)
class Row:
    """One limit: so many of a unit (see `units.UNITS`) for one part of a message on one channel.

    `date` is the year and month in which the source was looked up; `differs` says what other sources say.
    """

    channel: str
    part: str
    unit: str
    limit: int
    kind: str
    date: str
    source: str
    address: str
    differs: str = ""


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the table."""
    lines = Path(__file__).with_name("table.tsv").read_text("utf-8").splitlines()
    return tuple(_row(*line.split("\t")) for line in lines if line and not line.startswith("#"))


def _row(channel: str, part: str, unit: str, limit: str, *rest: str) -> Row:
    return Row(channel, part, unit, int(limit), *rest)


def names() -> tuple[str, ...]:
    """The channels of the table."""
    return tuple(dict.fromkeys(row.channel for row in rows()))


def limits(channel: str, part: str, kind: str) -> Mapping[str, int]:
    """Unit -> the limit of one kind for a part of a message; none for a channel that is not in the table."""
    return {row.unit: row.limit for row in rows() if (row.channel, row.part, row.kind) == (channel, part, kind)}
