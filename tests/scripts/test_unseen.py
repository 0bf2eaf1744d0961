"""Sets of unseen text: every row can be scored, and the locked half is never shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.model.draft import Finding, Level
from scripts import unseen
from scripts.unseen import Row, Score, alike, clean, is_locked, judged, of_kind, rows_of, shown

pytestmark = pytest.mark.checkout

NAMES = [path.stem for path in sorted(unseen.SETS.glob("*.jsonl"))]


@pytest.mark.parametrize("name", NAMES)
def test_rows(name: str) -> None:
    """Ids differ, spans lie in their texts, and each half holds at least a third of the rows."""
    halves = {half: rows_of(name, half) for half in ("open", "locked")}
    rows = [row for of in halves.values() for row in of]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        spans = (
            [(row["start"], row["end"])]
            if "start" in row
            else [(one["start"], one["end"]) for one in row.get("sins", ())]
        )
        assert all(0 <= start <= end <= len(row["text"]) for start, end in [*spans, *row.get("at", ())]), row["id"]
    assert min(map(len, halves.values())) > len(rows) / 3


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("errors")])
def test_a_fix_gives_the_corrected_text(name: str) -> None:
    """The first fix of an error, put in its place, gives `corrected`."""
    for row in [*rows_of(name, "open"), *rows_of(name, "locked")]:
        assert row["text"][: row["start"]] + row["fixes"][0] + row["text"][row["end"] :] == row["corrected"], row["id"]


def test_the_locked_half_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missed is printed of the open half alone."""
    rows = [
        {"id": f"{number}", "text": f"Row {number}.", "near": "", "sins": [{"start": 0, "end": 3, "kind": "x"}]}
        for number in range(40)
    ]
    (tmp_path / "style_en.jsonl").write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr(unseen, "SETS", tmp_path)
    lines = list(shown(Kit.load(tmp_path, with_engines=False), "x"))
    assert lines == [f"missed: [[Row]] {row['id']}." for row in rows if not is_locked(str(row["id"]))]
    assert 0 < len(lines) < 40


def test_scores() -> None:
    """A fault is found by a finding over it alone; a near miss is flagged by any."""
    finding = Finding(4, 8, "A.B", Level.WARNING, "m")
    row = {"sins": [{"start": 0, "end": 4, "kind": "a"}, {"start": 7, "end": 9, "kind": "b"}]}
    assert list(judged(row, [finding])) == [("a", Score(1, False)), ("b", Score(1, True))]
    assert list(judged({"sins": [], "near": "a"}, [finding])) == [("a", Score(quiet=1, flagged=True))]


def test_near_misses_are_told_apart_from_other_faults() -> None:
    """A near miss counts where a rule flags it that finds faults of its kind; another rule tells another fault."""
    own, other = Finding(0, 4, "A.Own", Level.WARNING, "m"), Finding(0, 4, "A.Other", Level.WARNING, "m")
    looked: list[tuple[Row, list[Finding]]] = [
        ({"sins": [{"start": 0, "end": 4, "kind": "a"}]}, [own]),
        ({"sins": [{"start": 0, "end": 4, "kind": "b"}]}, [other]),
        ({"sins": [], "near": "a"}, [own]),
        ({"sins": [], "near": "a"}, [other]),
        ({"sins": [], "near": "a"}, []),
    ]
    assert alike(looked) == 1


def test_right_texts_of_a_kind() -> None:
    """A right text counts where a rule that finds its kind flags it loudly, and not where another rule does."""
    own, other, quiet = (
        Finding(0, 3, rule, level, "m")
        for rule, level in (("A.Own", Level.WARNING), ("A.Other", Level.WARNING), ("A.Own", Level.SUGGESTION))
    )
    faults: list[tuple[Row, list[Finding]]] = [
        ({"kind": "a", "want": "find", "text": "abc", "at": []}, [own]),
        ({"kind": "b", "want": "find", "text": "abc", "at": [[0, 1]]}, [other]),
    ]
    right: Row = {"kind": "a", "want": "silent", "text": "abc", "at": []}
    assert [of_kind([*faults, (right, [one])]) for one in (own, other, quiet)] == [1, 0, 0]


def test_a_language_without_clean_text() -> None:
    """Where nobody wrote right texts no figure is given for them."""
    assert clean("th", "open", lambda row: [], "style") == "clean_th: there is no such set"
