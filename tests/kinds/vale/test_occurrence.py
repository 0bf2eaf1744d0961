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


EMOJI = r"'(?=[\U0001F300-\U0001FAFF]|[0-9]\uFE0F?\u20E3)\X'"


@pytest.mark.parametrize(
    ("options", "without"),
    [
        (f"token: {EMOJI}\nmax: 1", "odd characters"),
        (f"token: {EMOJI}\nmin: 1", ""),
        (f"token: {EMOJI}\nmax: 1\nignorecase: true", ""),
        ("token: '(?i)[\\U0001F300-\\U0001FAFF]'\nmax: 1", ""),
        ("token: '[0-9]'\nmax: 1", ""),
    ],
)
def test_what_counts_odd_characters_runs_where_one_stands(tmp_path: Path, options: str, without: str) -> None:
    """A text in plain letters need not be looked at for emoji; one that must hold some is, as is one without case."""
    assert rulefiles.check(tmp_path, f"{HEAD}{options}\n").without == without


def test_emoji_are_counted(tmp_path: Path) -> None:
    """What counts them finds them where they stand, whole ones, those of a digit too."""
    found = rulefiles.findings(tmp_path, f"{HEAD}token: {EMOJI}\nmax: 1\n", "Hi \U0001f600 and 1\ufe0f\u20e3.")
    assert [(one.start, one.end, one.message) for one in found] == [(3, 4, "2 found")]
