"""When a promise falls due."""

from __future__ import annotations

from datetime import datetime

import pytest

from cannedkit.words.deadlines import deadline

MONDAY = datetime(2026, 5, 4, 10)


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ("I'll be back in 5 minutes.", "2026-05-04T10:05"),
        ("She rings within the hour.", "2026-05-04T11:00"),
        ("It takes half an hour.", "2026-05-04T10:30"),
        ("It comes in 2 to 3 days.", "2026-05-07T10:00"),
        ("It comes within three working days.", "2026-05-07T23:59"),
        ("By noon.", "2026-05-04T12:00"),
        ("I'll call before 9.", "2026-05-04T21:00"),
        ("I'll call at 3pm.", "2026-05-04T15:00"),
        ("He comes today between 1 and 4 pm.", "2026-05-04T16:00"),
        ("I'll write tonight.", "2026-05-04T23:59"),
        ("He comes tomorrow at 3.", "2026-05-05T15:00"),
        ("He comes tomorrow morning.", "2026-05-05T12:00"),
        ("On Friday.", "2026-05-08T23:59"),
        ("By the end of the week.", "2026-05-10T23:59"),
        ("By the end of the month.", "2026-05-31T23:59"),
        ("On or before 19 May.", "2026-05-19T23:59"),
        ("By May 19, at 4pm.", "2026-05-19T16:00"),
        ("By 3 January.", "2026-01-03T23:59"),
        ("By 3 August.", "2026-08-03T23:59"),
    ],
)
def test_when_it_is_due(promise: str, due: str) -> None:
    """Stretches of time, times of day, days and dates are understood, alone and together."""
    assert deadline(promise, MONDAY) == datetime.fromisoformat(due)


@pytest.mark.parametrize("promise", ["Soon.", "As soon as we can.", "It has 4 legs.", "By 31 June.", "In a sense.", ""])
def test_what_names_no_time(promise: str) -> None:
    """What is vague, or no day of any calendar, is never due."""
    assert deadline(promise, MONDAY) is None


def test_the_next_year() -> None:
    """A date that lies half a year back is meant for the next one."""
    assert deadline("By 3 January.", datetime(2026, 12, 20)) == datetime(2027, 1, 3, 23, 59)
