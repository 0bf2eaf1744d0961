"""When a promise falls due."""

from __future__ import annotations

from datetime import UTC, datetime

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
        ("In a few days.", "2026-05-09T10:00"),
        ("On Friday morning.", "2026-05-08T12:00"),
        ("The day after tomorrow.", "2026-05-06T23:59"),
        ("On Tuesday next week.", "2026-05-12T23:59"),
        ("By three o'clock.", "2026-05-04T15:00"),
    ],
)
def test_when_it_is_due(promise: str, due: str) -> None:
    """Stretches of time, times of day, days and dates are understood, alone and together."""
    assert deadline(promise, MONDAY, "en") == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ("Ik ben over vijf minuten terug.", "2026-05-04T10:05"),
        ("Binnen het uur.", "2026-05-04T11:00"),
        ("Binnen 24 uur.", "2026-05-05T10:00"),
        ("Het duurt een half uur.", "2026-05-04T10:30"),
        ("Over anderhalf uur.", "2026-05-04T11:30"),
        ("Over een kwartier.", "2026-05-04T10:15"),
        ("Binnen 2 tot 4 uur.", "2026-05-04T14:00"),
        ("Binnen drie werkdagen.", "2026-05-07T23:59"),
        ("Over een paar dagen.", "2026-05-09T10:00"),
        ("Om 15.00 uur.", "2026-05-04T15:00"),
        ("Voor twaalf uur.", "2026-05-04T12:00"),
        ("Tegen half vier.", "2026-05-04T15:30"),
        ("Rond kwart over twee.", "2026-05-04T14:15"),
        ("Morgen tussen 9 en 11 uur.", "2026-05-05T11:00"),
        ("Vanmiddag.", "2026-05-04T18:00"),
        ("Morgenochtend.", "2026-05-05T12:00"),
        ("Ik schrijf vanavond.", "2026-05-04T23:59"),
        ("Overmorgen.", "2026-05-06T23:59"),
        ("Uiterlijk vrijdag.", "2026-05-08T23:59"),
        ("Woensdagmiddag.", "2026-05-06T18:00"),
        ("Volgende week dinsdag.", "2026-05-12T23:59"),
        ("Volgende week.", "2026-05-17T23:59"),
        ("Eind van de week.", "2026-05-10T23:59"),
        ("Voor het einde van de maand.", "2026-05-31T23:59"),
        ("Uiterlijk 3 december.", "2026-12-03T23:59"),
        ("De 19e mei om 16 uur.", "2026-05-19T16:00"),
    ],
)
def test_when_it_is_due_in_dutch(promise: str, due: str) -> None:
    """What English is understood to promise, Dutch is."""
    assert deadline(promise, MONDAY, "nl") == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    "promise",
    ["Binnenkort.", "Zo snel mogelijk.", "Voor 4 personen.", "Voor 10 euro.", "Met drie mensen.", "Op 31 juni."],
)
def test_what_names_no_time_in_dutch(promise: str) -> None:
    """A number alone is no time of day."""
    assert deadline(promise, MONDAY, "nl") is None


def test_a_language_without_a_table() -> None:
    """Of a language that the table does not have nothing is known."""
    assert deadline("Am Freitag um 12 Uhr.", MONDAY, "de") is None


@pytest.mark.parametrize("promise", ["By noon.", "By 3pm.", "Tomorrow.", "In an hour.", "Within two working days."])
def test_a_time_with_a_zone(promise: str) -> None:
    """What is due has the zone of the time at which it was promised, so that the two can be compared."""
    said = MONDAY.replace(tzinfo=UTC)
    due = deadline(promise, said, "en")
    assert due is not None
    assert due > said


@pytest.mark.parametrize("promise", ["Soon.", "As soon as we can.", "It has 4 legs.", "By 31 June.", "In a sense.", ""])
def test_what_names_no_time(promise: str) -> None:
    """What is vague, or no day of any calendar, is never due."""
    assert deadline(promise, MONDAY, "en") is None


def test_the_next_year() -> None:
    """A date that lies half a year back is meant for the next one."""
    assert deadline("By 3 January.", datetime(2026, 12, 20), "en") == datetime(2027, 1, 3, 23, 59)
