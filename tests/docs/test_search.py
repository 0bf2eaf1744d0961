"""The page about search: from top to bottom its files are written, its commands run and its Python tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import BLOCK, ROOT, commands, lay, printed, tried

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "search.md").read_text()


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it, and each line of Python what stands below that."""
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, text in BLOCK.findall(PAGE):
        if language == "yaml":
            lay(tmp_path, text)
        elif language == "jsonl":
            (tmp_path / "asked.jsonl").write_text(text)
        elif language == "console":
            for command, wanted in commands(text):
                assert printed(command, tmp_path) == wanted, command
                ran += 1
        else:
            result = tried(text)
            assert (result.attempted, result.failed) == (5, 0)
    assert ran == 7
