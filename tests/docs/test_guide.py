"""The page about what to write: from top to bottom its files are written, its commands run and its Python tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import ROOT, walked

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "guide.md").read_text()


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it, and each line of Python what stands below that."""
    monkeypatch.chdir(tmp_path)
    assert walked(PAGE, tmp_path) == (2, 4)
