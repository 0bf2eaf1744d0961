"""A document of HTML: what a reader sees of it is prose in blocks, and each character knows its place in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.markdown.blocks import Block, read_page
from cannedkit.model.draft import Draft
from tests import rulefiles


def _blocks(text: str) -> list[Block]:
    return list(read_page(text).blocks)


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        ("<p>One <b>two</b> three.</p>", ["One two three."]),
        ("<div>One<div>two</div>three</div>", ["One", "two", "three"]),
        ("<p>One<p>two", ["One", "two"]),
        ("<ul><li>One<li>two</ul>three", ["One", "two", "three"]),
        ("<table><tr><td>One<td>two</table>", ["One", "two"]),
        ("<h1>One</h1>two<br>three", ["One", "two three"]),
        ("Fish &amp; chips&nbsp;&#8212; &lt;now&gt;.", ["Fish & chips\xa0— <now>."]),
        ("<!doctype html><html><head><title>No</title><style>p {}</style><body>Yes", ["Yes"]),
        ("<head><meta charset=utf-8><body><p>Yes", ["Yes"]),
        ("<script>if (a < b) no()</script>Yes<noscript>no</noscript>", ["Yes"]),
        ("<p>One<span hidden> no</span> two</p>", ["One two"]),
        ('<div style="color: red; DISPLAY : none">no <b>no</b></div><p>Yes</p>', ["Yes"]),
        ('<div style="display: none-such">Yes</div>', ["Yes"]),
        ("<p hidden>no<p>Yes", ["Yes"]),
        ("<ul><li hidden>no</ul><p>Yes</p>", ["Yes"]),
        ("<!-- no --><p>Yes<!--[if mso]>no<![endif]--></p>", ["Yes"]),
        ("<![if !mso]><p>Yes</p><![endif]><p>yes</p>", ["Yes", "yes"]),
        ("<p>a < b and c</p>", ["a < b and c"]),
        ("Write to help@example.org now.", ["Write to **************** now."]),
        ("<p>Use <code>pip</code> now.</p>", ["Use *** now."]),
        ("<p>Yes</p><blockquote type=cite>no</blockquote>", ["Yes"]),
        ('<p>Yes</p><div class="x gmail_quote">no</div>', ["Yes"]),
        ("<img alt='no' src=x>", []),
        ("plain text", ["plain text"]),
    ],
)
def test_what_a_reader_sees(html: str, prose: list[str]) -> None:
    """Text of tags that are shown; scripts, styles, comments, hidden parts, earlier mail and signatures are none."""
    assert [block.text for block in _blocks(html)] == prose


def test_places_are_those_of_the_file() -> None:
    """Each word is found again where it stands in the source, entities and line ends of two characters included."""
    html = "<html>\r\n<body>\r\n  <p class='a > b'>Dear <b>Jo</b> &amp;\r\n Sam,</p>\r\n  <p>it is awful.</p>"
    first, second = _blocks(html)
    for block, word in ((first, "Jo"), (first, "Sam"), (second, "awful")):
        at = block.text.index(word)
        assert html[slice(*block.source(at, at + len(word)))] == word
    at = first.text.index("&")
    assert html[slice(*first.source(at, at + 1))] == "&amp;"


def test_rules_look_at_the_prose(tmp_path: Path) -> None:
    """A rule finds what is read across tags, at its place in the file, and nothing in addresses or attributes."""
    linter = rulefiles.linter(tmp_path, {"Awful": "extends: existence\nmessage: m\ntokens: [very awful]\n"})
    html = "<p title='very awful'>It is <b>very</b>\nawful. <a href='very awful'>See.</a></p>"
    found = linter.lint(Draft(html, format="html"))
    assert [html[one.start : one.end] for one in found] == ["very</b>\nawful"]
    assert linter.lint(Draft("<p>It is very awful.</p>", format="html"))[0].start == 9


def test_a_comment_turns_a_rule_off(tmp_path: Path) -> None:
    """A comment of ours in HTML holds for what stands behind it, as in Markdown."""
    linter = rulefiles.linter(tmp_path, {"Awful": "extends: existence\nmessage: m\ntokens: [awful]\n"})
    id = linter.checks[0].rule.id
    html = f"<p>awful</p><!-- cannedkit off {id}: quoted --><p>awful</p><!-- cannedkit on {id} --><p>awful</p>"
    draft = Draft(html, format="html", commented=True)
    assert [one.start for one in linter.lint(draft)] == [3, html.rindex("awful")]
    assert len(linter.lint(replace(draft, commented=False))) == 3


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div hidden>", "</div>", "<![if x]>", "<!--", "-->", "<a href='", "&amp", "<", ">"]
)


@given(st.lists(_TAGS | st.text(max_size=5)).map("".join))
def test_any_text_is_read(html: str) -> None:
    """Whatever is written, each block's text has places in the source, in order."""
    for block in _blocks(html):
        start, end = block.source(0, len(block.text))
        assert 0 <= start <= end <= len(html)


def test_tags_may_stand_deep() -> None:
    """Thousands of tags that are never closed are read to the end."""
    assert len(_blocks("<div>a" * 4_000)) == 4_000
