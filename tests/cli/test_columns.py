"""A finding stands at the same line and column in every format, whatever was typed before it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Run

Where = tuple[int, int, int]
"""Line, first column and last column, all counted from 1, columns in code points."""


def _line(out: str) -> Where:
    found = re.search(r"^draft\.\w+:(\d+):(\d+): (?:.*\n){2}    \|[ \t]+(\^+)$", out, re.MULTILINE)
    assert found
    return int(found[1]), int(found[2]), int(found[2]) + len(found[3]) - 1


def _json(out: str) -> Where:
    (found,) = json.loads(out)["findings"]
    return found["line"], found["column"], found["end_column"] - 1


def _github(out: str) -> Where:
    found = re.search(r"line=(\d+),.*?,col=(\d+),endColumn=(\d+)", out)
    assert found
    return int(found[1]), int(found[2]), int(found[3]) - 1


def _vale_json(out: str) -> Where:
    (alerts,) = json.loads(out).values()
    return alerts[0]["Line"], *alerts[0]["Span"]


FORMATS: Mapping[str, Callable[[str], Where]] = {
    "line": _line,
    "json": _json,
    "github": _github,
    "vale-json": _vale_json,
}
"""Format -> how to read the place from what it prints."""

BEFORE = {
    "plain": "We said ",
    "emoji": "🎉 👩‍👩‍👧‍👦 🇳🇱 ",
    "tab": "\tWe\tsaid ",
    "combining": "cafe\u0301 nai\u0308ve ",
    "thai": "สวัสดีค่ะ ที่นี่ ",
    "right to left": "שלום مرحبا ",
    "zero width": "a\u200bb\u200dc\ufeff ",
    "wide": "こんにちは 世界 ",
    "lower case of other length": "İstanbul ẞ ",
}
"""What stands on the line before the finding."""

ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one rule."""
    (tmp_path / "rules" / "Own").mkdir(parents=True)
    (tmp_path / "rules" / "Own" / "Awful.yml").write_text("extends: existence\nmessage: m\ntokens: [awful]\n")
    (tmp_path / "cannedkit.yaml").write_text("packs: [Own]\nengines: {}\n")
    return tmp_path


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_right_columns_in_every_format(run: Run, folder: Path, format: str, before: str, end: str, name: str) -> None:
    """Emoji, tabs, line ends, Thai and combining characters before a word leave its line and columns right."""
    lines = [f"First 🎉 line{ENDS[end] * 2}", f"{BEFORE[before]}awful{ENDS[end]}"]
    (folder / name).write_bytes("".join(lines).encode())
    ran = run("lint", name, "--format", format, cwd=folder)
    column = len(BEFORE[before]) + 1
    if name == "draft.md" and before == "tab":
        assert not re.search("awful", ran.out)  # a tab opens a block of code in Markdown
        return
    assert FORMATS[format](ran.out) == (3, column, column + 4)
