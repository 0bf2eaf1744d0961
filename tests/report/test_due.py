"""The formats of `due`: lines for people, JSON, a list for an issue, and a calendar by the grammar of RFC 5545."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.errors import Failure, Place
from cannedkit.model.upkeep import Agenda, Due, Sent, Usage
from cannedkit.report.due import FORMATS, write

TODAY = date(2026, 9, 1)


def _due(kind: str, name: str, days: int | None, **more: object) -> Due:
    until = None if days is None else TODAY + timedelta(days)
    due = Due(kind, name, Place("responses/a.yaml", 3, 5, 3, 9), until, days)
    return replace(due, **more)  # type: ignore[arg-type]


REVIEW = _due("review", "a/sent", -12, owner="care", topic="a", title="It is on its way")
FACT = _due("fact", "refund_days", 1, owner="money", responses=("a/1", "a/2", "a/3", "a/4"))
OFFER = _due("offer", "late", 0)
WAIVER = _due("waiver", "b/x", -1, owner="care", topic="b", rule="Chat.Length")
RETIRED = _due("retired", "a/old", None, owner="money", topic="a", responses=("a/older",))
ALL = Agenda((RETIRED, REVIEW, WAIVER, OFFER, FACT), TODAY, 30)


def test_lines_for_people() -> None:
    """Place, when, what and whose, each on one line, then how many."""
    assert write(ALL, "line") == (
        "responses/a.yaml:3:5: now: a/old is retired, and still takes the place of a/older; money\n"
        "responses/a.yaml:3:5: 12 days late (2026-08-20): review of a/sent (It is on its way); care\n"
        "responses/a.yaml:3:5: 1 day late (2026-08-31): waiver for Chat.Length in b/x ended; care\n"
        "responses/a.yaml:3:5: today: offer late ends, no reply uses it; no owner\n"
        "responses/a.yaml:3:5: in 1 day (2026-09-02): fact refund_days ends, used by a/1, a/2, a/3 and 1 more; money\n"
        "3 late, 2 to come within 30 days.\n"
    )


def test_lines_by_owner() -> None:
    """A line for each owner, sorted, those of nobody last; the days' order stays within."""
    assert write(replace(ALL, by="owner"), "line") == (
        "care: 2 late, 0 to come within 30 days\n"
        "  responses/a.yaml:3:5: 12 days late (2026-08-20): review of a/sent (It is on its way)\n"
        "  responses/a.yaml:3:5: 1 day late (2026-08-31): waiver for Chat.Length in b/x ended\n"
        "\n"
        "money: 1 late, 1 to come within 30 days\n"
        "  responses/a.yaml:3:5: now: a/old is retired, and still takes the place of a/older\n"
        "  responses/a.yaml:3:5: in 1 day (2026-09-02): fact refund_days ends, used by a/1, a/2, a/3 and 1 more\n"
        "\n"
        "no owner: 0 late, 1 to come within 30 days\n"
        "  responses/a.yaml:3:5: today: offer late ends, no reply uses it\n"
        "\n"
        "3 late, 2 to come within 30 days.\n"
    )


@pytest.mark.parametrize(("by", "order"), [("", "rswof"), ("owner", "swrfo"), ("topic", "rswof")])
def test_json_in_the_order_shown(by: str, order: str) -> None:
    """All entries in the order of the lines, with every field; null where there is nothing."""
    told = json.loads(write(replace(ALL, by=by), "json"))
    names = {"a/sent": "s", "refund_days": "f", "late": "o", "b/x": "w", "a/old": "r"}
    assert "".join(names[one["name"]] for one in told["due"]) == order
    assert (told["format"], told["today"], told["within"], told["usage"], told["errors"]) == (
        1,
        "2026-09-01",
        30,
        None,
        [],
    )
    assert told["due"][order.index("s")] == {
        "kind": "review",
        "name": "a/sent",
        "until": "2026-08-20",
        "days": -12,
        "late": True,
        "owner": "care",
        "topic": "a",
        "title": "It is on its way",
        "rule": "",
        "locale": "",
        "text": "",
        "responses": [],
        "path": "responses/a.yaml",
        "line": 3,
        "column": 5,
    }
    assert (told["due"][order.index("r")]["until"], told["due"][order.index("r")]["days"]) == (None, None)


def test_markdown_to_tick_off() -> None:
    """A box an entry, under a heading for each topic; nothing in a text is markup or calls for somebody."""
    entries = (replace(REVIEW, title="*Hi* @all <b> [x](y)"), WAIVER)
    usage = Usage("sent.csv", (Sent("a/sent", 0, "On its way"),), {"a/_gone_": 2})
    errors = (Failure("", "is broken", "a.yaml", 1, 2),)
    assert write(Agenda(entries, TODAY, 30, "topic", usage, errors), "markdown") == (
        "# Due on 2026-09-01\n"
        "\n"
        "2 late, 0 to come within 30 days.\n"
        "\n"
        "## a\n"
        "\n"
        "- [ ] **12 days late (2026-08-20)**: review of a/sent (\\*Hi\\* @&#8203;all \\<b\\> \\[x\\](y)); care "
        "(responses/a.yaml:3:5)\n"
        "\n"
        "## b\n"
        "\n"
        "- [ ] **1 day late (2026-08-31)**: waiver for Chat.Length in b/x ended; care (responses/a.yaml:3:5)\n"
        "\n"
        "## Sent\n"
        "\n"
        "- 1 of 1 replies in use were never sent.\n"
        "  - a/sent (On its way)\n"
        "- Sent, and not in the catalogue:\n"
        "  - a/\\_gone\\_, 2 times\n"
        "\n"
        "## Could not be read\n"
        "\n"
        "- a.yaml:1:2: error: is broken\n"
    )


def test_a_long_list_is_cut_for_people() -> None:
    """Of many replies that were never sent lines show the first; JSON has them all."""
    usage = Usage("sent.csv", tuple(Sent(f"a/{number}", 0) for number in range(100)))
    lines = write(Agenda((), TODAY, 30, "", usage), "line").splitlines()
    assert lines[0] == "100 of 100 replies in use were never sent."
    assert lines[25:27] == ["  and 76 more (--format json has them all)", ""]
    assert len(json.loads(write(Agenda((), TODAY, 30, "", usage), "json"))["usage"]["never"]) == 100


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_due(format: str) -> None:
    """Each format is whole without an entry, too."""
    assert write(Agenda((), TODAY, 1), format)
    if format == "line":
        assert write(Agenda((), TODAY, 1), format) == "0 late, 0 to come within 1 day.\n"


@pytest.mark.parametrize("format", ["line", "markdown", "ics"])
def test_what_others_wrote_commands_nothing(format: str) -> None:
    """A title that holds control characters or a runner's command is shown, not obeyed."""
    told = write(Agenda((replace(REVIEW, title="\x1b[31m\n::error::x\u202e"),), TODAY, 30), format)
    assert not re.search("[\x1b\u202e]|^::", told, re.MULTILINE)


# -- the calendar -------------------------------------------------------------------------------

_NAME = r"[A-Za-z0-9-]+"
_VALUE = r"[^\x00-\x08\x0a-\x1f\x7f]*"
_LINE = re.compile(rf"{_NAME}(?:;{_NAME}=(?:[^\x00-\x1f\x7f\";:,]*|\"[^\x00-\x1f\x7f\"]*\"))*:{_VALUE}")
"""A content line (RFC 5545, section 3.1)."""

_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,Nn])*")
"""A value of type TEXT (RFC 5545, section 3.3.11)."""


def _unfolded(text: str) -> list[str]:
    """The content lines of a calendar, each held against the grammar of lines."""
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert all(_LINE.fullmatch(line) for line in lines), lines
    return lines


def _events(text: str) -> list[dict[str, str]]:
    """The events of a calendar by the names of their properties: texts as they were before they were written."""
    lines = _unfolded(text)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert lines[2].startswith("PRODID:")
    inside = lines[3:-1]
    assert inside, "a calendar holds at least one component (RFC 5545, section 3.6)"
    found: list[dict[str, str]] = []
    for line in inside if inside[0] == "BEGIN:VEVENT" else []:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif line != "END:VEVENT":
            assert name not in found[-1], "each property stands once"
            if name in ("SUMMARY", "DESCRIPTION", "CATEGORIES"):
                assert _TEXT.fullmatch(value)
                value = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "Nn" else sign[1], value)
            found[-1][name] = value
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert re.fullmatch(r"\d{8}", event["DTSTART;VALUE=DATE"])
    return found


def test_a_calendar_holds_an_event_for_each() -> None:
    """On its day; what is late stands on today, so that whoever looks at today sees it."""
    events = _events(write(ALL, "ics"))
    assert [event["DTSTART;VALUE=DATE"] for event in events] == ["20260901"] * 4 + ["20260902"]
    assert events[1] == {
        "UID": events[1]["UID"],
        "DTSTAMP": "20260901T000000Z",
        "DTSTART;VALUE=DATE": "20260901",
        "SUMMARY": "12 days late (2026-08-20): review of a/sent (It is on its way)",
        "DESCRIPTION": "care\nresponses/a.yaml:3:5",
        "CATEGORIES": "REVIEW",
        "TRANSP": "TRANSPARENT",
    }
    assert events[4]["SUMMARY"] == "fact refund_days ends, used by a/1, a/2, a/3 and 1 more"


def test_an_event_keeps_its_uid() -> None:
    """A new date moves the event that is there; two waivers of one reply are two events."""
    later = replace(REVIEW, until=date(2027, 1, 1), days=122, title="New title")
    entries = (REVIEW, later, WAIVER, replace(WAIVER, text="x"), replace(WAIVER, rule="Chat.Tone"))
    uids = [event["UID"] for event in _events(write(replace(ALL, due=entries), "ics"))]
    assert uids[0] == uids[1]
    assert len(set(uids)) == 4
    assert _events(write(replace(ALL, due=(later,)), "ics"))[0]["DTSTART;VALUE=DATE"] == "20270101"


def test_an_empty_calendar_is_one() -> None:
    """A calendar without an event is whole by the grammar."""
    assert _events(write(Agenda((), TODAY, 30), "ics")) == []


@given(st.text(max_size=200), st.text('\\;,:"\n\r\t 🎉é', max_size=200))
def test_any_text_is_written_by_the_grammar(title: str, owner: str) -> None:
    """Whatever a title holds: lines of at most 75 octets, no character cut, and the text comes back as it is shown."""
    from cannedkit.text.visible import visible

    entry = replace(REVIEW, title=title, owner=owner, days=3, until=date(2026, 9, 4))
    [event] = _events(write(Agenda((entry,), TODAY, 30), "ics"))
    wanted = f"review of a/sent ({title})" if title else "review of a/sent"
    assert event["SUMMARY"] == visible(wanted, lines=True).replace("\t", " ")
