"""The script that runs the cases of trials says right of what is right, and wrong of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Finding, Level
from scripts.rows import read_rows

pytestmark = pytest.mark.checkout

TEXT = "I've send it to day."


def _said(start: int, end: int, *fixes: str, level: Level = Level.ERROR) -> Finding:
    return Finding(start, end, "Test.Rule", level, "m", fixes)


@pytest.mark.parametrize(
    ("want", "findings", "right"),
    [
        ("find", [_said(5, 9), _said(13, 19, level=Level.SUGGESTION)], True),
        ("find", [_said(5, 9)], False),
        ("silent", [_said(0, 4), _said(5, 9, level=Level.SUGGESTION)], True),
        ("silent", [_said(7, 14)], False),
        ("once", [_said(5, 9), _said(10, 19)], True),
        ("once", [_said(5, 9), _said(0, 9), _said(13, 19)], False),
        ("fix", [_said(5, 9, "sent", "sending")], True),
        ("fix", [_said(5, 9, "sending", "sent")], False),
        ("fix", [_said(5, 9)], False),
    ],
)
def test_what_a_case_wants(want: str, findings: list[Finding], right: bool) -> None:
    """A case looks at the places that it marks, and at nothing else."""
    from scripts.faults import is_right

    case = {"want": want, "text": TEXT, "at": [[5, 9], [13, 19]], "result": "I've sent it to day."}
    assert is_right(case, findings) is right


def test_a_case_without_places_is_about_the_whole_text() -> None:
    """Where nothing is marked any warning is one too many, and a gap touches what is beside it."""
    from scripts.faults import is_over, is_right

    assert not is_right({"want": "silent", "text": TEXT}, [_said(0, 4, level=Level.WARNING)])
    assert is_right({"want": "silent", "text": TEXT}, [])
    assert (is_over(_said(5, 5), 5, 9), is_over(_said(0, 5), 5, 9)) == (True, False)


def test_the_table_counts_by_kind_and_want() -> None:
    """Each kind and what it wants is a row, and the last one is the sum."""
    from scripts.faults import table

    cases = [({"kind": "b", "want": "find"}, True), ({"kind": "b", "want": "find"}, False)]
    shown = table([*cases, ({"kind": "a", "want": "silent"}, True)]).splitlines()
    assert shown[2:] == ["| a | silent | 1 | 1 |", "| b | find | 1 | 2 |", "| all | | 2 | 3 |"]


@pytest.mark.data
def test_left_over_placeholders(data: Path, tmp_path: Path) -> None:
    """Every left-over placeholder is found, and every near miss passes."""
    from scripts.faults import FAULTS, found, is_right

    kit = Kit.load(tmp_path)
    kinds = ("left-over placeholder", "markup and characters")
    cases = [case for case in read_rows(data / FAULTS) if case["kind"] in kinds]
    assert cases
    assert [case["id"] for case in cases if not is_right(case, found(kit, case))] == []
