"""What a pull or merge request shows: reviewdog's diagnostics, GitLab's Code Quality, annotations, a comment."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure
from cannedkit.model.result import Compared, FileFinding, Report
from cannedkit.report import beside, write
from tests.conftest import Run, Write
from tests.report.samples import AWFUL, MISSING, ONE_OF_EACH, SPELT, STRETCH


def test_columns_of_reviewdog_are_bytes() -> None:
    """A range counts bytes of UTF-8 from 1 and ends before its end; the fixes have ranges of their own."""
    found = json.loads(write(ONE_OF_EACH, "rdjson"))["diagnostics"]
    span = {"start": {"line": 1, "column": 15}, "end": {"line": 1, "column": 20}}
    assert "É 🎉 It is awful.".encode()[14:19] == b"awful"
    assert found[0] == {
        "message": "'awful' is no help to anybody.\nThe word helps nobody.\nSay what is wrong.",
        "location": {"path": "a/d.txt", "range": span},
        "severity": "ERROR",
        "source": {"name": "cannedkit"},
        "code": {"value": "Own.Awful", "url": "https://example.org/awful"},
        "suggestions": [{"range": span, "text": "not good"}, {"range": span, "text": "bad"}],
    }
    assert found[3]["location"]["range"] == {"start": {"line": 3, "column": 4}, "end": {"line": 3, "column": 4}}
    assert found[4]["related_locations"] == [
        {"location": {"path": "b.yaml", "range": {"start": {"line": 3}, "end": {"line": 3}}}}  # its text is not here
    ]
    assert [one["location"] for one in found[5:]] == [
        {"path": "b.yaml", "range": {"start": {"line": 2}, "end": {"line": 2}}},
        {"path": "c"},
    ]


def test_lines_of_reviewdog_are_its_diagnostics() -> None:
    """Rdjsonl holds in lines what rdjson holds in one object."""
    whole = json.loads(write(ONE_OF_EACH, "rdjson"))
    lines = [json.loads(line) for line in write(ONE_OF_EACH, "rdjsonl").splitlines()]
    assert lines == whole["diagnostics"]
    assert beside(ONE_OF_EACH, "rdjson") == beside(ONE_OF_EACH, "rdjsonl") == beside(ONE_OF_EACH, "checkstyle")


def test_code_quality() -> None:
    """Each issue has what GitLab needs, and a fingerprint that no other has and that stays when lines move."""
    issues = json.loads(write(ONE_OF_EACH, "codequality"))
    assert {key: issues[1][key] for key in ("type", "check_name", "description", "severity", "location")} == {
        "type": "issue",
        "check_name": "Harper.SpellCheck",
        "description": 'Check the spelling. ("recieved")',
        "severity": "major",
        "location": {"path": "a/d.txt", "lines": {"begin": 2, "end": 2}},
    }
    assert [one["severity"] for one in issues[2:]] == ["minor", "info", "minor", "critical", "critical"]
    assert [one["location"]["lines"]["begin"] for one in issues[5:]] == [2, 1]
    moved = [replace(one, place=replace(one.place, line=99, end_line=99)) for one in ONE_OF_EACH.findings]
    again = json.loads(write(replace(ONE_OF_EACH, findings=tuple(moved)), "codequality"))
    assert [one["fingerprint"] for one in again] == [one["fingerprint"] for one in issues]
    twice = json.loads(write(replace(ONE_OF_EACH, findings=[*ONE_OF_EACH.findings] * 2), "codequality"))
    assert len({one["fingerprint"] for one in twice}) == len(twice) == 12


def _many(found: FileFinding, count: int, level: Level) -> tuple[FileFinding, ...]:
    return (replace(found, finding=replace(found.finding, level=level)),) * count


@pytest.mark.parametrize("over", [0, 1, 5])
def test_github_shows_ten_of_a_kind(over: int) -> None:
    """Faults come first, then what is worst; no kind has more than ten, and the rest is counted and in the log."""
    counts = {Level.ERROR: 9 + over, Level.WARNING: 10 + over, Level.SUGGESTION: 9 + over}
    found = [one for level, count in reversed(counts.items()) for one in _many(AWFUL, count, level)]
    report = replace(ONE_OF_EACH, findings=tuple(found), errors=(Failure("harper", "it is gone"),))
    lines = write(report, "github").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    kinds = [line[2:].partition(" ")[0] for line in commands]
    assert [kinds.count(kind) for kind in ("error", "warning", "notice")] == [10, 10, 10]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert commands[0] == "::error title=harper::it is gone"
    assert "::notice title=unread::nothing checked the style of nl: no pack reads it" in commands
    rest = [line for line in lines if not line.startswith("::")]
    assert len(rest) == (3 * over + 1 if over else 0)
    if over:
        said = f"::notice title=more::{over} more error{'s' * (over > 1)}, {over} more warning{'s' * (over > 1)}, "
        assert commands[-1].startswith(f"{said}{over + 1} more notices: GitHub shows 10 of a kind")
        assert rest[0] == "a/d.txt:1:11: error: 'awful' is no help to anybody. [Own.Awful]"


def test_a_comment() -> None:
    """It counts, says what is new and mended, and of the worst replies shows one finding with one way out."""
    clean = replace(ONE_OF_EACH, errors=(), compared=Compared(new=5, known=40, mended=2))
    assert write(clean, "markdown") == (
        "<!-- cannedkit -->\n\n### cannedkit: 2 errors, 2 warnings, 1 suggestion\n\n"
        "5 new, 2 mended, 40 known before and left out.\n\nChecked 2 drafts in 1.2 s.\n\n"
        "#### Read by nobody\n\n- nothing checked the style of nl: no pack reads it\n\n"
        "#### Worst first\n\n"
        "- **`a/d.txt`** (2 errors, 1 warning, 1 suggestion), at `a/d.txt:1`  \n"
        "  'awful' is no help to anybody. `Own.Awful`  \n"
        "  Write `not good`\n"
        "- **`shop/late`** (1 warning), at `a/d.txt:2`  \n"
        "  `We recieved`: No. `Own.Awful`  \n"
        "  Write `We got`\n"
    )


@pytest.mark.parametrize(
    ("fixes", "told"),
    [
        (("",), "Take it out"),
        ((" ",), "Write `' '`"),
        (("`a`",), "Write `` `a` ``"),
        ((), "Instead: Say what is wrong."),
    ],
)
def test_one_suggestion(fixes: tuple[str, ...], told: str) -> None:
    """The best fix, and where there is none what the rule says to do."""
    found = replace(AWFUL, finding=replace(AWFUL.finding, fixes=fixes))
    text = write(replace(ONE_OF_EACH, findings=(found,)), "markdown")
    assert text.endswith(f"  \n  {told}\n")


def test_without_a_way_out() -> None:
    """Where neither a fix nor advice is known, the message is all there is."""
    for found in (STRETCH, MISSING):
        assert write(Report((found,)), "markdown").endswith(f" `{found.finding.rule}`\n")


def test_the_summary_of_a_step(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With annotations, and nothing else, GitHub's summary of a step gets the comment, behind what stands there."""
    folder = write({"cannedkit.yaml": "packs: [Care]\nengines: {}\n", "d.txt": "Calm down."})
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run("lint", "d.txt", "--format", "json", cwd=folder)
    assert summary.read_text() == "Before.\n"
    ran = run("lint", "d.txt", "--output", "github=-", cwd=folder)
    assert summary.read_text().startswith("Before.\n<!-- cannedkit -->\n\n### cannedkit: 1 error\n")
    assert (ran.out[:18], ran.err, ran.code) == ("::error file=d.txt", "", 1)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "s.md"))
    ran = run("lint", "d.txt", "--output", "github=-", cwd=folder)
    assert "none/s.md: No such file or directory" in ran.err
    assert (ran.out[:18], ran.code) == ("::error file=d.txt", 2)


def test_levels_of_the_samples() -> None:
    """The samples have all levels, so that the tests above see each of them."""
    assert {one.finding.level for one in (AWFUL, SPELT, STRETCH, MISSING)} == set(Level)
