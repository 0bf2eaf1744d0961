"""The page about comparing: every command and line of Python in it is run, and prints what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import ROOT, blocks_of, commands, lay_all, printed, tried

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "comparing.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the page shows, and its draft."""
    lay_all(tmp_path, PAGE)
    [draft] = blocks_of("text", PAGE)
    (tmp_path / "draft.txt").write_text(draft)
    return tmp_path


def test_commands_of_the_page(folder: Path) -> None:
    """Each command prints the lines below it."""
    ran = 0
    for block in blocks_of("console", PAGE):
        for command, wanted in commands(block):
            assert printed(command, folder) == wanted, command
            ran += 1
    assert ran == 1


def test_python_of_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of Python gives what stands below it."""
    monkeypatch.chdir(folder)
    [code] = blocks_of("python", PAGE)
    assert tried(code).failed == 0
