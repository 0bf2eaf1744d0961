"""The command `due`: what it prints, how far it looks, and what its exit code means."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_hostile import _is_harmless
from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "packs: []\nengines: {}\n",
    "responses/a.yaml": "sent:\n  title: On its way\n  owner: care\n  review_by: 2026-09-10\n  body: Hi.\n",
}


@pytest.mark.parametrize(
    ("today", "within", "code", "last"),
    [
        ("2026-09-01", "30d", 0, "0 late, 1 to come within 30 days."),
        ("2026-09-01", "1w", 0, "0 late, 0 to come within 7 days."),
        ("2026-09-01", "9", 0, "0 late, 1 to come within 9 days."),
        ("2026-09-10", "0d", 0, "0 late, 1 to come within 0 days."),
        ("2026-09-11", "0d", 1, "1 late, 0 to come within 0 days."),
    ],
)
def test_exit_codes(run: Run, write: Write, today: str, within: str, code: int, last: str) -> None:
    """0 where nothing is late, 1 where something is; the day named is the last good one."""
    ran = run("due", "--today", today, "--within", within, cwd=write(FILES))
    assert (ran.out.splitlines()[-1], ran.err, ran.code) == (last, "", code)


@pytest.mark.parametrize("within", ["30m", "-1d", "d", "1e3", "36526d", "99999w", ""])
def test_a_span_that_is_none(run: Run, write: Write, within: str) -> None:
    """What is no number of days is a mistake that shows how to write one."""
    ran = run("due", "--within", within, cwd=write(FILES))
    assert "write it as 30d or 4w" in ran.err
    assert (ran.out, ran.code) == ("", 2)


@pytest.mark.parametrize("format", ["line", "json", "markdown", "ics"])
def test_what_cannot_be_read_is_said(run: Run, write: Write, format: str) -> None:
    """A broken reply and a bad line of `usage` leave the rest, are told in every format, and make the code 2."""
    settings = "packs: []\nengines: {}\nusage: sent.csv\nlevel: x\n"
    broken = {"cannedkit.yaml": settings, "responses/b.yaml": "x: {bdy: y}\n", "sent.csv": "id,count\na/sent,x\n"}
    ran = run("due", "--today", "2026-09-01", "--format", format, cwd=write({**FILES, **broken}))
    assert "On its way" in ran.out
    told = ran.err if format == "ics" else ran.out
    assert "bdy" in told
    assert "unknown key" in told
    assert ("whole number" in told) == (format != "ics")
    assert ran.code == 2


def test_grouped(run: Run, write: Write) -> None:
    """Under the topic's name, with what it holds; paths as seen from here."""
    ran = run("due", "--today", "2026-09-12", "--by", "topic", cwd=write(FILES))
    assert ran.out == (
        "a: 1 late, 0 to come within 30 days\n"
        "  responses/a.yaml:4:14: 2 days late (2026-09-10): review of a/sent (On its way); care\n"
        "\n"
        "1 late, 0 to come within 30 days.\n"
    )


def test_usage_beside_it(run: Run, write: Write) -> None:
    """Where the settings name a file of what was sent, it is counted below."""
    settings = "packs: []\nengines: {}\nusage: sent.csv\n"
    root = write({**FILES, "cannedkit.yaml": settings, "sent.csv": "a/gone\n"})
    ran = run("due", "--today", "2026-09-01", cwd=root)
    assert ran.out == (
        "responses/a.yaml:4:14: in 9 days (2026-09-10): review of a/sent (On its way); care\n"
        "1 of 1 replies in use were never sent.\n"
        "  a/sent (On its way)\n"
        "Sent, and not in the catalogue:\n"
        "  a/gone, once\n"
        "\n"
        "0 late, 1 to come within 30 days.\n"
    )
    told = json.loads(run("due", "--today", "2026-09-01", "--format", "json", cwd=root).out)
    assert told["usage"]["never"] == ["a/sent"]


def test_without_a_catalogue(run: Run, write: Write) -> None:
    """Where there is no cannedkit.yaml the command says how to write one, exit 2."""
    ran = run("due", cwd=write({"x/y": ""}))
    assert "`cannedkit init` writes one" in ran.err
    assert (ran.out, ran.code) == ("", 2)


HOSTILE = "x \\e]0;t\\a ##[error]\\n::error::y \\u202e"
FOLDER = {
    "cannedkit.yaml": "packs: []\nengines: {}\nfacts: facts.yaml\nusage: sent.csv\n",
    "facts.yaml": f'days: {{value: "{HOSTILE}", owner: "{HOSTILE}", until: 2026-01-01}}\n',
    "responses/a.yaml": (
        f'old:\n  title: "{HOSTILE}"\n  owner: "{HOSTILE}"\n  review_by: 2026-01-01\n  body: "{{{{ facts.days }}}}"\n'
        "new: Hi.\nolder: {status: retired, replaced_by: a/gone, body: Hi.}\ngone: {status: retired, body: Hi.}\n"
    ),
    "sent.csv": "id,count\n\x1b[2J::error::z,2\n::error::w,x\n",
}


@pytest.mark.parametrize(
    "command",
    [
        ("due",),
        ("due", "--by", "owner"),
        ("due", "--format", "markdown"),
        ("due", "--within", "\n::error::x\x1b[2J"),
        ("facts",),
        ("facts", "days"),
        ("facts", "\n::error::x\x1b[2J"),
        ("coverage",),
        ("retire", "a/old", "--replaced-by", "a/new"),
        ("retire", "a/old", "--replaced-by", "\n::error::x\x1b[2J"),
    ],
)
def test_what_a_stranger_wrote_is_text(run: Run, write: Write, command: tuple[str, ...]) -> None:
    """A title, an owner, a fact, a line of `usage` and an argument command no terminal and no runner."""
    ran = run(*command, cwd=write(FOLDER))
    _is_harmless(ran, "line")
    assert ran.out + ran.err
