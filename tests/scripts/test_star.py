"""The script that measures search by what agents typed counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.words import sentences
from scripts.rows import read_rows
from scripts.star import index, kept_back, main, place, table

pytestmark = pytest.mark.checkout

TEMPLATES = [
    {"key": "ride/ask_day", "task": "ride", "label": "ask_day", "text": "On which day?"},
    {"key": "bank/ask_pin", "task": "bank", "label": "ask_pin", "text": "What is your pin?"},
]
TASKS = {(one["label"], one["text"]): {one["task"]} for one in TEMPLATES}


def test_a_draft_is_counted_among_its_tasks_and_among_all() -> None:
    """What is found of another task takes a place among all, and none among those of the chat's tasks."""
    draft = {"tasks": ["ride"], "draft": "what is your pin today", "label": "ask_day"}
    rows = list(table(index(TEMPLATES), TASKS, [{"id": f"d{number}", **draft} for number in range(40)]))
    assert rows[-2:] == ["| all | its tasks | 40 | 1.000 | 1.000 |", "| all | all templates | 40 | 0.000 | 1.000 |"]


def test_halves_are_told_by_the_id_alone() -> None:
    """About one id of two is kept back, always the same ones."""
    assert 450 < sum(kept_back(f"star-{number}") for number in range(1000)) < 550


def test_places_count_from_one() -> None:
    """The place of a label counts from 1; 0 is not found."""
    assert [place(["a", "b"], label) for label in "abc"] == [1, 2, 0]


@pytest.mark.data
@pytest.mark.parametrize(("semantic", "least"), [(False, (0.54, 0.67, 0.425, 0.56)), (True, (0.56, 0.685, 0.44, 0.58))])
def test_star(
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    semantic: bool,
    least: tuple[float, ...],
) -> None:
    """Of all drafts, so many find what was sent first and among three, within their tasks and over all."""
    if semantic and not sentences.encoder():
        pytest.skip("the extra `semantic` is not installed")
    assert len(list(read_rows(data / "star_retrieval.jsonl"))) == 508
    monkeypatch.setattr("sys.argv", ["star", "--data", str(data), *(["--semantic"] if semantic else [])])
    main()
    tasks, whole = (line.split("|")[4:6] for line in capsys.readouterr().out.splitlines()[-2:])
    assert all(float(share) >= wanted for share, wanted in zip([*tasks, *whole], least, strict=True))
