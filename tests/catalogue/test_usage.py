"""The file of `usage`: what was sent how often, in CSV or JSON lines; a bad line is told and hides no other."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Kit, Usage
from cannedkit.catalogue import usage as reading
from tests.conftest import Run, Write

RESPONSES = """\
sent: {title: On its way, shortcut: Go, body: "It is on its way, Jo."}
late: {body: This is awful.}
new: {status: draft, body: Soon.}
old: {status: retired, body: Gone.}
"""
RULE = {"rules/Own/Awful.yml": "extends: existence\nmessage: no\ntokens: [awful]\n"}
FILES = {"cannedkit.yaml": "packs: [Own]\nengines: {}\nusage: sent.csv\n", "responses/a.yaml": RESPONSES, **RULE}


def _usage(write: Write, text: str) -> Usage:
    found = Kit.load(write({**FILES, "sent.csv": text})).usage()
    assert found
    return found


def _counts(found: Usage) -> dict[str, int]:
    return {one.id: one.count for one in found.sent if one.count}


def _errors(found: Usage) -> list[str]:
    return [f"{one.line}:{one.column}: {one.reason}" for one in found.errors]


@pytest.mark.parametrize(
    "text",
    [
        "id\na/sent\na/late\na/sent\n",
        "a/sent\na/late\na/sent",
        "a/sent\r\n\r\n a/late \r\na/sent\r\n",
        "\ufeffid,agent\na/sent,jo\na/late,al\na/sent,jo\n",
        "agent;ID;count\njo;a/sent;2\nal;a/late;1\n",
        "id\tcount\na/sent\t2\na/late\t\n".replace("\t\n", "\t1\n"),
        'id,text\na/sent,"two\nlines, one ""row"""\na/late,x\na/sent,y\n',
        "id\nGO\na/late\ngo\n",
        '{"id": "a/sent"}\n{"id": "a/late", "at": "2026-09-01T10:00:00Z"}\n\n{"id": "a/sent"}\n',
        '\n{"id": "a/sent", "count": 2}\r\n{"id": "a/late", "count": 1}',
        "id,count\na/sent,2\na/late,1\na/new,0\n",
    ],
)
def test_ids_are_counted(write: Write, text: str) -> None:
    """A column of ids, a table with a column `id`, or JSON lines; `count` where a line stands for several."""
    found = _usage(write, text)
    assert _counts(found) == {"a/sent": 2, "a/late": 1}
    assert (found.unknown, found.errors) == ({}, ())
    assert [one.id for one in found.sent] == ["a/sent", "a/late", "a/new", "a/old"]


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (
            "id,count\na/late,1\na/sent,two\na/late,1\n",
            ["3:1: `count` must be a whole number of at most 1,000,000,000, not 'two'"],
        ),
        ("id,count\na/late,2\na/sent,-1\n", ["3:1: `count` must be a whole number of at most 1,000,000,000, not '-1'"]),
        ("agent,id\njo,a/late\njo\nal,\njo,a/late", ["3:1: the line has no `id`", "4:1: the line has no `id`"]),
        ('id,x\na/late,"a" b\na/late,c\na/late,d\n', ["2:1: this is no row of CSV: ',' expected after '\"'"]),
        ('id,x\na/late,b\na/late,c\na/late,"d\n', ["4:1: this is no row of CSV: unexpected end of data"]),
        ('{"id": "a/late", "count": 2}\n{"id": }\n', ["2:8: this is no JSON: Expecting value"]),
        ('{"id": "a/late", "count": 2}\n["a/sent"]\n', ['2:1: a line must be an object such as {"id"']),
        ('{"id": 7}\n{"id": "a/late", "count": 2}\n', ["1:1: the line has no `id`"]),
        ('{"id": "a/late", "count": 2}\n{"id": "a/sent", "count": true}\n', ["2:1: `count` must be a whole number"]),
        ('{"id": "a/late", "count": 2}\n{"id": "a/sent", "count": ' + "9" * 5000 + "}\n", ["2:1: a line must be"]),
        ('{"id": "a/late", "count": 2}\n{"id": ' + "[" * 100_000 + "\n", ["2:1: a line must be"]),
    ],
)
def test_a_bad_line_is_told_with_its_place(write: Write, text: str, errors: list[str]) -> None:
    """Line and column, what is wrong and how to mend it; the lines around it are counted."""
    found = _usage(write, text)
    assert _counts(found) == {"a/late": 2}
    for told, wanted in zip(_errors(found), errors, strict=True):
        assert told.startswith(wanted)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "macro,agent\na/sent,jo\n",
            "1:1: the first line must name the columns, one of them `id`; it holds 'macro', 'agent'",
        ),
        ("", "1:1: holds no id: write one a line, or take `usage` out of the settings"),
        ("id\n", "1:1: holds no id: write one a line, or take `usage` out of the settings"),
    ],
)
def test_a_file_that_says_nothing(write: Write, text: str, error: str) -> None:
    """A table without a column of ids, or without a line, is told: not every reply was never sent."""
    assert _errors(_usage(write, text)) == [error]


def test_a_file_of_bad_lines_is_told_in_short(write: Write) -> None:
    """The first lines one by one, then how many more there are."""
    found = _usage(write, "id,count\n" + "a/sent,x\n" * 1_000 + "a/sent,3\n")
    assert len(found.errors) == reading.MAX_PROBLEMS + 1
    assert found.errors[-1].reason == f"{1_000 - reading.MAX_PROBLEMS} more lines cannot be read"
    assert _counts(found) == {"a/sent": 3}


def test_what_the_file_may_be(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A regular file within its size, of UTF-8, that lies beside the settings; else it is told, and nothing counted."""
    root = write({**FILES, "sent.csv": "id\na/sent\n"})
    monkeypatch.setattr(reading, "MAX_BYTES", 4)
    found = Kit.load(root).usage()
    assert found
    assert (found.sent, found.errors[0].reason) == (
        (),
        "the file has 10 bytes, more than the 4 that can be read: split it",
    )
    monkeypatch.undo()
    (root / "sent.csv").write_bytes(b"id\na/\xff\n")
    again = Kit.load(root).usage()
    assert again
    assert again.errors[0].reason == "is not UTF-8: byte 6 is wrong; save it as UTF-8"


def test_the_file_must_be_there(run: Run, write: Write) -> None:
    """A name of nothing is a fault of the settings, with its place; one that leads out of the folder, too."""
    for name, wanted in (("sent.txt", "`usage`: there is no 'sent.txt'"), ("../x", "`usage` must stay inside")):
        root = write({**FILES, "cannedkit.yaml": f"packs: []\nengines: {{}}\nusage: {name}\n"})
        ran = run("coverage", cwd=root)
        assert f"cannedkit.yaml:3:8: {wanted}" in ran.err
        assert ran.code == 2


def test_without_a_file_there_is_no_usage(write: Write) -> None:
    """None, and no count of zero, where the settings name no file."""
    assert Kit.load(write({**FILES, "cannedkit.yaml": "packs: []\nengines: {}\n"})).usage() is None


def test_never_sent_and_sent_with_findings(write: Write) -> None:
    """What is in use and never sent, the most sent with the rules that find something, what is retired and sent."""
    found = _usage(write, "id,count\na/late,5\na/old,2\na/gone,3\na/lat,9\n")
    assert [one.id for one in found.never] == ["a/sent"]
    assert [(one.id, one.count, one.rules) for one in found.flagged] == [("a/late", 5, ("Own.Awful",))]
    assert [(one.id, one.rules) for one in found.retired] == [("a/old", None)]
    assert found.unknown == {"a/lat": 9, "a/gone": 3}
    assert {one.id: one.title for one in found.sent}["a/sent"] == "On its way"


def test_only_the_most_sent_are_looked_at(write: Write) -> None:
    """`most` says how many; of the others nobody knows."""
    write({**FILES, "sent.csv": "id,count\na/sent,5\na/late,2\n"})
    kit = Kit.load(write({}))
    looked = {
        most: [one.id for one in found.sent if one.rules is not None]
        for most in (0, 1, 2)
        if (found := kit.usage(most=most))
    }
    assert looked == {0: [], 1: ["a/sent"], 2: ["a/sent", "a/late"]}


def test_coverage_shows_it(run: Run, write: Write) -> None:
    """Below the situations, with titles; JSON has all of it."""
    root = write({**FILES, "sent.csv": "a/late\na/gone\n", "list.yaml": "late: {any: [late]}\n"})
    ran = run("coverage", "--situations", "list.yaml", cwd=root)
    assert ran.out.endswith(
        "1 of 2 replies in use were never sent.\n  a/sent (On its way)\n"
        "Sent most, with findings:\n  a/late, once: Own.Awful\n"
        "Sent, and not in the catalogue:\n  a/gone, once\n"
    )
    assert ran.code == 0
    told = json.loads(run("coverage", "--situations", "list.yaml", "--format", "json", cwd=root).out)
    assert told["usage"]["never"] == ["a/sent"]
    assert told["usage"]["unknown"] == {"a/gone": 1}
    assert told["usage"]["sent"][0] == {"id": "a/late", "count": 1, "title": "", "status": "", "rules": ["Own.Awful"]}


def test_coverage_tells_a_bad_line(run: Run, write: Write) -> None:
    """On stderr with its place; the table is there, and the code is 2."""
    root = write({**FILES, "sent.csv": "id,count\na/late,x\na/sent,1\n", "list.yaml": "late: {any: [late]}\n"})
    ran = run("coverage", "--situations", "list.yaml", cwd=root)
    assert "sent.csv:2:1: `count` must be a whole number" in ran.err
    assert "topic" in ran.out
    assert ran.code == 2


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60) | st.text('id,"\n;\t{}:a/0', max_size=60).map(str.encode))
def test_any_bytes_in(write: Write, data: bytes) -> None:
    """No file makes it fail: it is counted or told."""
    root = write({**FILES, "sent.csv": "x"})
    (root / "sent.csv").write_bytes(data)
    found = Kit.load(root).usage(most=0)
    assert found
    assert found.errors or _counts(found) or found.unknown or "0" in data.decode()
