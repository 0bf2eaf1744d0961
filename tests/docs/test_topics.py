"""The page about topics: its files are written, its commands run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import ROOT, SECONDS, blocks_of, commands, lay_all, printed

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "topics.md").read_text()


def test_commands_of_the_page_about_topics(tmp_path: Path) -> None:
    """Each command prints the lines below it; seen.txt says what the reply says."""
    lay_all(tmp_path, PAGE)
    (tmp_path / "seen.txt").write_text("We've seen the payment that you mean.")
    ran = 0
    for block in blocks_of("console", PAGE):
        for command, wanted in commands(block):
            assert SECONDS.sub("", printed(command, tmp_path)) == SECONDS.sub("", wanted), command
            ran += 1
    assert ran == 2
