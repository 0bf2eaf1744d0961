"""The kind `occurrence`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rulefiles

HEAD = "extends: occurrence\nmessage: '%d found'\n"


@pytest.mark.parametrize(
    ("options", "text", "spans", "message"),
    [
        ("token: '!'\nmax: 1", "Hi! Done! Bye!", [(2, 3)], "3 found"),
        ("token: '!'\nmax: 1", "Hi! Done.", [], ""),
        ("token: please\nmax: 1", "unpleased please", [(2, 8)], "2 found"),
        ("token: Please\nmax: 1\nignorecase: true", "please PLEASE", [(0, 6)], "2 found"),
        ("token: thanks\nmin: 1", " Hi there.", [(1, 3)], "0 found"),
        ("token: thanks\nmin: 1", "", [(0, 0)], "0 found"),
        ("token: thanks\nmin: 2", "many thanks", [(5, 11)], "1 found"),
        ("token: thanks\nmin: 1", "many thanks", [], ""),
        ("token: a|b\nmax: 2", "abc", [], ""),
        ("token: 'x+'\nmax: 1", "x yxx", [(0, 1)], "2 found"),
        ("token: '!'\nmax: 1\nscope: sentence", "Hi! Wow!! Bye!", [(7, 8)], "2 found"),
        ("token: '!'\nmax: 1\nscope: paragraph", "a! b!\n\nc!\n\nd!!", [(1, 2), (12, 13)], "2 found"),
    ],
)
def test_what_is_found(tmp_path: Path, options: str, text: str, spans: list[tuple[int, int]], message: str) -> None:
    """A stretch with too many is told at the first of them, one with too few there too, or at its first word."""
    found = rulefiles.findings(tmp_path, f"{HEAD}{options}\n", text)
    assert [(finding.start, finding.end) for finding in found] == spans
    assert {finding.message for finding in found} <= {message}
