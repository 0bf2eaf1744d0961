"""The page about what is printed: its command runs, its table is that of the formats, and what it says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cannedkit.report import FORMATS, beside
from tests.docs.page import ROOT, blocks_of, printed
from tests.report.samples import ONE_OF_EACH

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "output.md").read_text()


def test_the_command_writes_its_reports(tmp_path: Path) -> None:
    """It prints one report and writes the others."""
    (tmp_path / "draft.txt").write_text("Please calm down.\n")
    [command] = blocks_of("console", PAGE)
    assert printed(command.removeprefix("$ ").strip(), tmp_path).startswith("draft.txt:1:1: error: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.txt", "out.sarif", "report.html"]


def test_the_table_has_every_format() -> None:
    """Each format has its row, and the row says whether something of it goes to stderr."""
    rows = re.findall(r"^\| (`[^|]*`) \| [^|]* \|([^|]*)\|$", PAGE, re.MULTILINE)
    listed = {name: aside.strip() for names, aside in rows for name in re.findall(r"`([\w-]+)`", names)}
    assert list(listed) == list(FORMATS)
    assert {name for name, aside in listed.items() if aside} == {name for name in FORMATS if beside(ONE_OF_EACH, name)}
