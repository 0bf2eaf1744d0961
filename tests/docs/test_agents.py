"""The page for agents: its loop runs with a scripted writer in place of a model, and what it prints is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.page import ROOT, blocks_of, lay_all, tried

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "agents.md").read_text()

SAID = (
    "Hi Ana, good news! We've sent €12.50 back to your card, so expect it within 3 working days. I hope that helps!!",
    "Hi Ana, good news! We've sent €12.50 back to your card, so expect it within 5 working days. Shipping costs aren't"
    " refunded, and if you don't see it by then, write to us here.",
)
"""What the writer says, whatever it is asked: a slip in a figure and two sentences left out, then it is right."""


def test_the_loop_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find, fill, rewrite, lint, compare, prove, send: the Python of the page, block by block, in one session."""
    lay_all(tmp_path, PAGE)
    monkeypatch.chdir(tmp_path)
    lines = iter(SAID)
    asked: list[str] = []

    def write(task: str) -> str:
        asked.append(task)
        return next(lines)

    code = "\n".join(blocks_of("python", PAGE))
    assert tried(code, {"write": write, "send": print}).failed == 0
    assert len(asked) == len(SAID)
    assert 'Write "5 working days" in place of "3 working days".' in asked[1]
