"""Other people's text is printed so that it moves no terminal, hides nothing and commands no runner."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.visible import plain_json, shown, visible

SPECIAL = ["\x1b", "\x07", "\x85", "\x9b", "\u2028", "\u202e", "\ud800", "\r", "\n", "\t", *" #:[", "##vso[", "::"]

ANY = st.lists(st.characters() | st.sampled_from(SPECIAL), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hi there, café 🎉 👩‍👩‍👧‍👦 สวัสดี שלום\tend", "Hi there, café 🎉 👩‍👩‍👧‍👦 สวัสดี שלום\tend"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b2J", r"\x9b2J"),
        ("pay \u202eevil\u2069", r"pay \u202eevil\u2069"),
        ("half \ud800", r"half \ud800"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("one\n\n  two\r\nthree\rfour", "one two three four"),
        ("next\x85line\u2028end", r"next\x85line\u2028end"),
        ("why\n::error::x", "why ::error::x"),
        ("::error::x", r"\x3a:error::x"),
        ("\n \t::set-output name=a::b", r"\x3a:set-output name=a::b"),
        ("see ##[error]x", r"see \x23#[error]x"),
        ("#\n#[error]x", "# #[error]x"),
        ("a ##vso[task.setvariable]x", r"a \x23#vso[task.setvariable]x"),
        ("###teamcity[x", r"#\x23#teamcity[x"),
        ("a::b is C++, ## is a heading", "a::b is C++, ## is a heading"),
    ],
)
def test_what_is_printed(text: str, wanted: str) -> None:
    """Words, emoji and tabs stay; controls are shown, lines are folded, commands of runners are broken."""
    assert visible(text) == wanted


def test_lines_stay_where_they_are_meant() -> None:
    """A rendering keeps its lines, and each of them is no command."""
    assert visible("Hi\r\n::error::x\n\x1b[2J", lines=True) == "Hi\n\\x3a:error::x\n\\x1b[2J"


@given(ANY, st.booleans())
def test_nothing_gets_through(text: str, lines: bool) -> None:
    """No text starts a line, a sequence of a terminal or a command of a runner; what is printed prints as itself."""
    printed = visible(text, lines=lines)
    kept = printed.replace("\n", "") if lines else printed
    assert not [one for one in kept if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") and one != "\t"]
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
    assert "##[" not in printed
    assert "##vso[" not in printed
    assert visible(printed, lines=lines) == printed


@given(ANY.map(lambda text: text.replace("\n", " ").replace("\r", " ")))
def test_a_piece_for_each_character(line: str) -> None:
    """Each character of a line has its own piece, so that carets can stand under what is meant."""
    assert len(shown(line)) == len(line)
    assert "".join(shown(line)) == visible(line)


@given(ANY)
def test_json_says_the_same(text: str) -> None:
    """JSON holds no raw control character, and gives back the text as it was."""
    written = plain_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert not [one for one in written if unicodedata.category(one) in ("Cc", "Cs")]
    assert written.encode()
