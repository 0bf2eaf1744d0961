"""The page about comparing: every command and line of Python in it is run, and prints what it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.docs.test_readme import ROOT, _blocks, _run, _write

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "comparing.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the page shows, and its draft."""
    _write(tmp_path, PAGE)
    [draft] = _blocks("text", PAGE)
    (tmp_path / "draft.txt").write_text(draft)
    return tmp_path


def test_commands_of_the_page(folder: Path) -> None:
    """Each command prints the lines below it."""
    ran = 0
    for block in _blocks("console", PAGE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, wanted = part.partition("\n")
            assert _run(command, folder) == wanted, command
            ran += 1
    assert ran == 1


def test_python_of_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of Python gives what stands below it."""
    monkeypatch.chdir(folder)
    [code] = _blocks("python", PAGE)
    test = doctest.DocTestParser().get_doctest(code, {}, "comparing.md", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0
