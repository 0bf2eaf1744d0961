"""The pages of docs that are made from rule files and replies are what the files say now."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.checkout


def test_the_pages_are_up_to_date() -> None:
    """`python -m scripts.pages` would change nothing."""
    from scripts.pages import ROOT, pages

    stale = [name for name, text in pages().items() if not (ROOT / name).is_file() or (ROOT / name).read_text() != text]
    assert stale == []


def test_no_page_is_left_of_a_pack_that_is_gone() -> None:
    """There is a page for each pack, and no other."""
    from scripts.pages import ROOT, pages

    assert {f"docs/packs/{path.name}" for path in (ROOT / "docs" / "packs").iterdir()} == {
        name for name in pages() if name.startswith("docs/packs/")
    }
