"""Texts with the line ends of Windows."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.draft import Draft
from cannedkit.text.lines import plain
from tests import rulefiles


@given(st.text(alphabet="ab\r\n🎉", max_size=30))
def test_every_character_is_found_again(text: str) -> None:
    """An offset in the plain text leads back to the same character, or to the start of its line end."""
    made, back = plain(text)
    assert "\r" not in made
    for at, character in enumerate(made):
        assert text[back(at)] == character or (character == "\n" and text[back(at)] == "\r")
    assert back(len(made)) == len(text)


def test_findings_stand_where_they_are(tmp_path: Path) -> None:
    """A rule for line ends finds the same in a text from Windows, at its place there."""
    linter = rulefiles.linter(tmp_path, {"Rule": "extends: existence\nmessage: m\nraw: ['(?m)[!.]$\\n?']\n"})
    text = "Hi 🎉!\r\nYour lamp.\r\n"
    assert [text[one.start : one.end] for one in linter.lint(Draft(text))] == ["!\r\n", ".\r\n"]
    assert [(one.start, one.end) for one in linter.lint(Draft(text.replace("\r", "")))] == [(4, 6), (15, 17)]
