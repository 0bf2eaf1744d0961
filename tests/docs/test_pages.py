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


def test_a_page_shows_the_first_lines_of_a_rule_by_example_and_says_how_many_more_there_are() -> None:
    """A rule that learns of hundreds of lines shows twelve of each sort; a rule with a pattern shows all of its own."""
    from cannedkit.lint.packs import examples, read_pack
    from scripts.pages import ROOT, SHOWN, rule_section

    for name, whole in (("Meaning", False), ("Care", True)):
        pack = read_pack(ROOT / "rules" / name)
        for rule in pack.rules:
            tried = examples(pack)[rule.id]
            lines = rule_section(rule, tried).split("\nFinds:\n")[1].split("\nLets pass:\n")[0].strip().split("\n")
            rest = 0 if whole else len(tried.bad) - SHOWN
            assert len(lines) == (len(tried.bad) if whole else SHOWN + 1)
            assert whole or lines[-1] == f"- and {rest} more in the rule's file"
