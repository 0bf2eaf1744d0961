"""The page about the catalogue: its files are written, its commands run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import ROOT, SECONDS, blocks_of, commands, lay_all, printed

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "catalogue.md").read_text()


def test_commands_of_the_page_about_the_catalogue(tmp_path: Path) -> None:
    """Each command prints the lines below it; a letter.txt says what the reply says."""
    lay_all(tmp_path, PAGE)
    (tmp_path / "letter.txt").write_text((tmp_path / "responses" / "legal.yaml").read_text().partition("terms: ")[2])
    ran = 0
    for block in blocks_of("console", PAGE):
        for command, wanted in commands(block):
            assert SECONDS.sub("", printed(command, tmp_path)) == SECONDS.sub("", wanted), command
            ran += 1
    assert ran == 3
