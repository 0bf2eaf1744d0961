"""The page about approval: every command in it is run, and prints what it says, but for the day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.page import ROOT, blocks_of, commands, lay_all, printed

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "approval.md").read_text()
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def test_commands_of_the_page_about_approval(tmp_path: Path) -> None:
    """Each command prints the lines below it."""
    lay_all(tmp_path, PAGE)
    [sent] = blocks_of("text", PAGE)
    (tmp_path / "sent.txt").write_text(sent)
    ran = 0
    for block in blocks_of("console", PAGE):
        for command, wanted in commands(block):
            assert DAY.sub("", printed(command, tmp_path)) == DAY.sub("", wanted), command
            ran += 1
    assert ran == 6


def test_what_the_page_says_of_git(tmp_path: Path) -> None:
    """The attribute that the page names is the one that is written."""
    from cannedkit.catalogue.lock import ATTRIBUTES, UNION

    assert f"`{UNION}`" in PAGE
    assert f"`{ATTRIBUTES}`" in PAGE
