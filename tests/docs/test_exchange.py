"""The page about other systems: from top to bottom its files are written and its commands run; its tables are made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.exchange import PAGE, page
from tests.docs.page import BLOCK, commands, lay, printed

pytestmark = pytest.mark.checkout

TEXT = PAGE.read_text()


def test_the_page_is_true(tmp_path: Path) -> None:
    """Each command prints the lines below it."""
    ran = 0
    for language, text in BLOCK.findall(TEXT):
        if language in ("yaml", "csv", "json"):
            lay(tmp_path, text)
        else:
            for command, wanted in commands(text):
                assert re.sub(r"((?:digest|kept): ).*", r"\g<1>…", printed(command, tmp_path)) == wanted, command
                ran += 1
    assert ran == 7


def test_the_tables_are_what_the_formats_declare() -> None:
    """`python -m scripts.exchange` would change nothing."""
    assert page(TEXT) == TEXT
