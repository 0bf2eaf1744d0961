"""The page about approval: every command in it is run, and prints what it says, but for the day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_readme import ROOT, _blocks, _run, _write

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "approval.md").read_text()
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def test_commands_of_the_page_about_approval(tmp_path: Path) -> None:
    """Each command prints the lines below it."""
    _write(tmp_path, PAGE)
    [sent] = _blocks("text", PAGE)
    (tmp_path / "sent.txt").write_text(sent)
    ran = 0
    for block in _blocks("console", PAGE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, wanted = part.partition("\n")
            assert DAY.sub("", _run(command, tmp_path)) == DAY.sub("", wanted), command
            ran += 1
    assert ran == 6


def test_what_the_page_says_of_git(tmp_path: Path) -> None:
    """The attribute that the page names is the one that is written."""
    from cannedkit.catalogue.lock import ATTRIBUTES, UNION

    assert f"`{UNION}`" in PAGE
    assert f"`{ATTRIBUTES}`" in PAGE
