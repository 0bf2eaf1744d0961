"""The kind `occurrence`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: occurrence\nmessage: '%s of %s'\n"


@pytest.mark.parametrize(
    ("options", "text", "spans", "message"),
    [
        ("token: '!'\nmax: 1", "Hi! Done! Bye!", [(2, 3)], "3 of 1"),
        ("token: '!'\nmax: 1", "Hi! Done.", [], ""),
        ("token: please\nmax: 1", "unpleased please", [(2, 8)], "2 of 1"),
        ("token: Please\nmax: 1\nignorecase: true", "please PLEASE", [(0, 6)], "2 of 1"),
        ("token: thanks\nmin: 1", " Hi there.", [(1, 3)], "0 of 1"),
        ("token: thanks\nmin: 1", "", [(0, 0)], "0 of 1"),
        ("token: thanks\nmin: 2", "many thanks", [(5, 11)], "1 of 2"),
        ("token: thanks\nmin: 1", "many thanks", [], ""),
        ("token: a|b\nmax: 2", "abc", [], ""),
        ("token: 'x*'\nmax: 1", "x yx", [(0, 1)], "2 of 1"),
        ("token: '!'\nmax: 1\nscope: sentence", "Hi! Wow!! Bye!", [(7, 8)], "2 of 1"),
        ("token: '!'\nmax: 1\nscope: paragraph", "a! b!\n\nc!\n\nd!!", [(1, 2), (12, 13)], "2 of 1"),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, spans: list[tuple[int, int]], message: str) -> None:
    """A stretch with too many is told at the first of them, one with too few there too, or at its first word."""
    found = rulefiles.findings(tmp_path, f"{HEAD}{options}\n", text)
    assert [(finding.start, finding.end) for finding in found] == spans
    assert {finding.message for finding in found} <= {message}
