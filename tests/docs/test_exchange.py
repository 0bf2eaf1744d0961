"""The page about other systems: from top to bottom its files are written and its commands run; its tables are made."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from scripts.exchange import PAGE, page
from scripts.standin import TOKEN, standing
from tests.docs.page import walked

pytestmark = pytest.mark.checkout

TEXT = PAGE.read_text()
_KEPT = re.compile(r"((?:digest|kept): ).*")


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it; a stand-in answers for the helpdesk."""
    monkeypatch.setenv("CHATWOOT_TOKEN", TOKEN)
    with standing() as here:
        text = TEXT.replace("https://chat.example.org/app/accounts/1", here.chatwoot)
        assert walked(text, tmp_path, ("yaml", "csv", "json"), partial(_KEPT.sub, r"\g<1>…")) == (11, 0)


def test_the_tables_are_what_the_formats_declare() -> None:
    """`python -m scripts.exchange` would change nothing."""
    assert page(TEXT) == TEXT
