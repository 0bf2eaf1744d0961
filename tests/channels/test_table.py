"""The table of channels: complete, in units that are known, each row with its source."""

from __future__ import annotations

import re

import pytest

from cannedkit.channels import table
from cannedkit.channels.units import UNITS


@pytest.mark.parametrize("row", table.rows(), ids=lambda row: f"{row.channel}-{row.part}-{row.unit}")
def test_a_row_says_all_it_must(row: table.Row) -> None:
    """A known part, unit and kind, a limit above nought, when it was looked up, and where."""
    assert row.part in table.PARTS
    assert row.unit in UNITS
    assert row.kind in table.KINDS
    assert row.limit > 0
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row.date)
    assert row.source
    assert re.fullmatch(r"https://\S+", row.address)


def test_no_limit_stands_twice() -> None:
    """A part of a channel has one limit of a kind in each unit."""
    keys = [(row.channel, row.part, row.unit, row.kind) for row in table.rows()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("channel", "part", "kind", "wanted"),
    [
        ("x", "body", "hard", {"weighted": 280}),
        ("instagram", "body", "hard", {"bytes": 1000}),
        ("whatsapp-template", "subject", "hard", {"characters": 60}),
        ("push-ios", "body", "seen", {"graphemes": 160}),
        ("email", "body", "hard", {}),
        ("carrier-pigeon", "body", "hard", {}),
    ],
)
def test_limits(channel: str, part: str, kind: str, wanted: dict[str, int]) -> None:
    """A channel has the limits of its rows, by unit; none where it has no row."""
    assert table.limits(channel, part, kind) == wanted
