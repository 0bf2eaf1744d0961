"""The page about scores: from top to bottom its files are written, its commands run and its Python tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cannedkit.model.score import DIMENSIONS
from cannedkit.review.score import CAP, COST, WEIGHTS, dimension
from cannedkit.settings import shipped
from tests.docs.page import ROOT, walked

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "scores.md").read_text()


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it, and each line of Python what stands below that."""
    monkeypatch.chdir(tmp_path)
    assert walked(PAGE, tmp_path) == (8, 4)


def test_the_page_has_the_figures() -> None:
    """The points, parts and the cap that the page names are those that count."""
    assert list(map(int, re.findall(r"(\d+) % \w", PAGE))) == [WEIGHTS[name] for name in WEIGHTS]
    assert f"safety has at most {CAP} points" in PAGE
    takes = re.search(r"takes (\d+) of its body if it is an\s+error, (\d+) if a warning, (\d+) if a suggestion", PAGE)
    assert takes
    assert [int(points) for points in takes.groups()] == list(COST.values())


def test_the_page_has_every_pack() -> None:
    """Each shipped pack stands once in the table, in the row of its dimension."""
    rows = dict(re.findall(rf"^\| ({'|'.join(DIMENSIONS)}) \| (.*) \|$", PAGE, flags=re.MULTILINE))
    for path in (shipped() / "rules").iterdir():
        if path.is_dir():
            assert [name for name, text in rows.items() if path.name in re.findall(r"\w+", text)] == [
                dimension(path.name)
            ]
