"""A planted catalogue with a fault for each rule of the packs Catalogue and Leftover: the lines that are printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cannedkit.settings import shipped
from tests.conftest import Run

FOLDER = Path(__file__).parent / "golden" / "catalogue"
WANTED = (FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines()
LINE = re.compile(r"(?P<file>[\w./-]+):(?P<line>\d+):(?P<column>\d+): (?P<level>\w+): .+ \[(?P<rule>\w+\.\w+)\]")


def test_each_finding_is_told_at_its_place(run: Run) -> None:
    """File, line, column, level, message and rule are those that a person read and found right, in their order."""
    ran = run("check", "--format", "concise", "--today", "2026-06-01", cwd=FOLDER)
    *findings, end = ran.out.splitlines()
    assert findings == WANTED[:-1]
    assert end.rpartition(" in ")[0].startswith(WANTED[-1])
    assert ran.code == 1


@pytest.mark.parametrize("pack", ["Catalogue", "Leftover"])
def test_no_rule_of_the_packs_is_left_out(pack: str) -> None:
    """Each rule of the pack, also one that is off as shipped, has a line of its own."""
    told = {match["rule"] for match in map(LINE.fullmatch, WANTED) if match}
    assert {f"{pack}.{path.stem}" for path in (shipped() / "rules" / pack).glob("*.yml")} <= told


def test_a_note_to_a_colleague_is_told_of_nobody() -> None:
    """The near misses of the catalogue, which stand behind the faults, have no line."""
    text = (FOLDER / "responses" / "languages.yaml").read_text(encoding="utf-8")
    note = text[: text.index("note:")].count("\n") + 1
    told = [match for match in map(LINE.fullmatch, WANTED) if match and match["file"].endswith("languages.yaml")]
    assert told
    assert [int(match["line"]) for match in told if int(match["line"]) >= note] == []
