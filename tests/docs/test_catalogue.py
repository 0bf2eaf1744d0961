"""The page about the catalogue: its files are written, its commands run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_readme import ROOT, SECONDS, _blocks, _run, _write

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "catalogue.md").read_text()


def test_commands_of_the_page_about_the_catalogue(tmp_path: Path) -> None:
    """Each command prints the lines below it; a letter.txt says what the reply says."""
    _write(tmp_path, PAGE)
    (tmp_path / "letter.txt").write_text((tmp_path / "responses" / "legal.yaml").read_text().partition("terms: ")[2])
    ran = 0
    for block in _blocks("console", PAGE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, wanted = part.partition("\n")
            assert SECONDS.sub("", _run(command, tmp_path)) == SECONDS.sub("", wanted), command
            ran += 1
    assert ran == 2
