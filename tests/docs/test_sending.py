"""The page about sending a reply: its files are written, its commands run, its Python tried."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.page import BLOCK, ROOT, blocks_of, commands, lay_all, printed, tried

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "sending.md").read_text()


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it, and each line of Python what stands below that."""
    lay_all(tmp_path, PAGE)
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, text in BLOCK.findall(PAGE):
        if language == "console":
            for command, wanted in commands(text):
                assert printed(command, tmp_path) == wanted, command
                ran += 1
    assert ran == 5
    assert tried("\n".join(blocks_of("python", PAGE))).failed == 0


def test_a_shell_is_told_how_to_complete() -> None:
    """The line for bash is one that bash reads, and names the function that it then calls."""
    (line,) = blocks_of("bash", PAGE)
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", f"{line}\ncomplete -p cannedkit"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": paths},
    )
    assert "_cannedkit_completion" in ran.stdout
