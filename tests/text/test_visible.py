"""Other people's text is printed so that it moves no terminal, hides nothing and commands no runner."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.visible import html, markdown, markdown_code, plain_json, shown, visible

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


NASTY = st.lists(
    st.characters()
    | st.sampled_from([*SPECIAL, *"`*_[]()<>|~$&\\!@.", "www.", "https://x.y", "@jo", "#12", "<b>", "- "]),
    max_size=40,
).map("".join)


def _shown(markup: str) -> tuple[str, list[str]]:
    """The words that a reader of some Markdown sees, and the names of whatever is not plain text."""
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- x {markup} x")
    inline = [child for token in rendered for child in token.children or ()]
    others = [one for one in inline if one.type not in ("text", "text_special", "html_inline", "code_inline")]
    others += [one for one in inline if one.type == "html_inline" and one.content != "<!-- -->"]
    words = "".join(one.content for one in inline if one.type != "html_inline")
    return words, [one.type for one in others] + [one.type for one in rendered if one.type.startswith("heading")]


@given(NASTY)
def test_markdown_shows_the_text(text: str) -> None:
    """As prose and as code a reader sees the words alone: no markup, and nothing that notifies or links."""
    plain = visible(text)
    words, others = _shown(markdown(text))
    assert (" ".join(words.split()), others) == (" ".join(f"x {plain} x".split()), [])
    assert not re.search(r"[@#!]\w|://|www\.", markdown(text))
    words, others = _shown(markdown_code(text))
    assert (" ".join(words.split()), others) == (" ".join(f"x {plain} x".split()), [])


@given(NASTY)
def test_html_shows_the_text(text: str) -> None:
    """In HTML and XML a text opens no element, leaves no attribute and has no character that XML forbids."""
    from xml.etree.ElementTree import fromstring

    printed = html(text)
    root = fromstring(f'<a b="{printed}">{printed}</a>')  # noqa: S314 - our own text
    assert (len(root), root.text or "", list(root.attrib)) == (0, visible(text), ["b"])
    assert fromstring(f"<a>{printed}</a>".encode()).text == root.text  # noqa: S314


@given(NASTY)
def test_json_says_the_same(text: str) -> None:
    """JSON in which nothing is hidden and no runner finds a command gives the text back."""
    printed = plain_json(json.dumps({"##[a]": text}, ensure_ascii=False))
    assert json.loads(printed.encode()) == {"##[a]": text}
    assert not [one for one in printed if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
    assert not re.search(r"##[A-Za-z]*\[", printed)
    assert "\u202e" not in printed
