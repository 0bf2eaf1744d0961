"""Markdown: what is prose, what a block is called, and where every character of it stands in the source."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cannedkit.engines import harper
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.markdown.blocks import Block, blocks, read
from cannedkit.markdown.views import views
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Settings, Vocabulary
from tests import rulefiles
from tests.conftest import Write


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Hello\n", [("heading.h1", "Hello")]),
        ("Hello\n=====\n", [("heading.h1", "Hello")]),
        ("### Two *words* ###\n", [("heading.h3", "Two words")]),
        ("One\ntwo.\n\nThree.\n", [("paragraph", "One\ntwo."), ("paragraph", "Three.")]),
        ("- one\n- two\n  - three\n", [("list", "one"), ("list", "two"), ("list", "three")]),
        ("1. one\n2. two\n", [("list", "one"), ("list", "two")]),
        ("- [ ] to do\n- [x] done\n", [("list", "to do"), ("list", "done")]),
        ("> Quoted\n> twice.\n", [("blockquote", "Quoted\ntwice.")]),
        ("| A |\n|---|\n| c |\n| d |\n", [("table.header", "A"), ("table.cell", "c"), ("table.cell", "d")]),
        ("```\nx = 1\n```\n\nText.\n", [("paragraph", "Text.")]),
        ("    x = 1\n\nText.\n", [("paragraph", "Text.")]),
        ("$$\nx = 1\n$$\n\nText.\n", [("paragraph", "Text.")]),
        ("---\ntitle: no prose\n---\n\nText.\n", [("paragraph", "Text.")]),
        ("![A *red* lamp](lamp.png)\n", [("alt", "A red lamp")]),
        ("<div class='x'>In a box</div>\n", [("paragraph", "In a box")]),
        ("<script>no.prose()</script>\n\nText.\n", [("paragraph", "Text.")]),
        ("[^1]: A note.\n", [("paragraph", "A note.")]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(text: str, found: list[tuple[str, str]]) -> None:
    """Each block has its kind, and the text that a reader sees in it."""
    assert _kinds(text) == found


@pytest.mark.parametrize("lines", ["\n", "\r\n", "\r"])
def test_the_mark_of_a_footnote_is_beside_the_words_before_it(lines: str) -> None:
    """The mark of a note at a word's end parts it from nothing, wherever a line ends and however."""
    text = lines.join(["Hi.", "", *["Twelve lines."] * 12, "", "Sent.[^1]", "", "[^1]: A note.", ""])
    found = _kinds(text)
    assert ("paragraph", "Sent.") in found
    assert ("paragraph", "A note.") in found


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Use `pip install` now.", "Use *********** now."),
        ("See <https://example.org/a>.", "See ***********************."),
        ("See https://example.org/a, or not.", "See *********************, or not."),
        ("Write to help@example.org.", "Write to ****************."),
        ("See [the page](https://example.org 'Title').", "See the page."),
        ("See [the page][1].\n\n[1]: https://example.org\n", "See the page."),
        ("Fish &amp; chips &#8212; \\*now\\*.", "Fish & chips — *now*."),
        ("So **very** _good_ and ~~bad~~.", "So very good and bad."),
        ("One<br>two <b class='x'>three</b>.", "One two three."),
        ("One  \ntwo\\\nthree.", "One two three."),
        ("It was[^1] so.\n", "It was so."),
        ("5 * 3 * 2 is _not", "5 * 3 * 2 is _not"),
        ("Before <!-- a note --> behind.", "Before behind."),
        ("Read <!-- vale off -->this not<!-- vale on --> that.", "Read * that."),
        ("Refer to [](#x) to find it.", "Refer to * to find it."),
        ("Refer to ![](x.png) to find it, ![](y.png)", "Refer to * to find it,"),
        ("![](x.png) Tap to ![](y.png)\nto go.", "Tap to *\nto go."),
        ("Go to [![](x.png)](y) to pay.", "Go to * to pay."),
        ("Tap on <img src='x.png'> on top.", "Tap on * on top."),
        ("Tap <i class='gear'></i> and **then** then.", "Tap * and then then."),
        ("Fill in <input name='x'> in time.", "Fill in * in time."),
        ("See <script>x()</script> see.", "See * see."),
        ("So it is [^1] it is. [^2]", "So it is * it is."),
        ("It is <a name='x'></a> here <!-- a note --> so.", "It is here so."),
    ],
)
def test_prose(text: str, prose: str) -> None:
    """Code and addresses are a row of `*`; marks, targets and tags are gone; entities and escapes are read."""
    assert [block.text for block in blocks(text)] == [prose]


@pytest.mark.parametrize("left_out", ["[](#x)", "![](x.png)", "![an icon](x.png)", "`x`", "<img src=x>", "[^1]"])
def test_words_beside_what_is_left_out_are_no_neighbours(left_out: str, tmp_path: Path) -> None:
    """A word on each side of something that is no prose is no repetition, for rules and engines; its place is known."""
    twice = "extends: repetition\nmessage: m\nalpha: true\ntokens: ['[^\\s.!?]+']\n"
    built = rulefiles.linter(tmp_path, {"Twice": twice})
    text = f"Refer to {left_out} to find it, then then."
    assert [text[one.start : one.end] for one in built.lint(Draft(text, format="markdown"))] == ["then then"]
    rules = replace(built, engines=(harper.open({}, Vocabulary()),))
    assert {text[one.start : one.end] for one in rules.lint(Draft(text, format="markdown"))} == {"then then"}
    (block,) = (one for one in blocks(text) if one.kind == "paragraph")
    assert text[slice(*block.source(block.text.index("*"), block.text.index("*") + 1))] in (left_out, "x")


def test_kinds_of_inline_text() -> None:
    """Links, bold and italic text are known by place, for rules that ask for them."""
    (block,) = blocks("See [the page](x), **now** or *then*.")
    assert [(kind, block.text[start:end]) for kind, start, end in block.inline] == [
        ("link", "the page"),
        ("strong", "now"),
        ("emphasis", "then"),
    ]


def test_code_is_kept_apart() -> None:
    """What stands as code in a line is no prose, and is there for rules that ask for code."""
    found = read("Use ``a `b` c`` or ` d `.")
    assert [(one.text, one.source(0, len(one.text))) for one in found.codes] == [("a `b` c", (6, 13)), ("d", (21, 22))]


def test_comments_are_found_in_order() -> None:
    """Comments in a line and between blocks are there with the place of their start."""
    text = "<!-- one -->\n\nA <!-- two --> b.\n"
    assert [(one.text, text[one.start :][:4]) for one in read(text).comments] == [("one", "<!--"), ("two", "<!--")]


WORDS = (
    "a word|A. B|é|🎉|ก้|**|*|_|~~|`|``|[|](x)|](<y z> 'title')|![|<b>|</b>|<br/>|<!-- c -->|<http://a.b>|"
    "https://a.example/b?c=d|&amp;|&#65;|&x|\\*|\\|# |## |- |1. |> |  |    |\t|\n|\n\n|\r\n|\r|```|---|===|"
    "$$|[^1]|[^1]: |[1]: /u|<div>|</div>|<p class='a'>|- [ ] |\x00|\x0b|\u2028"
)
TABLES = ("| a | b |\n|---|---|\n| c \\| d | e |", "\n| ", " |", "|", "x\\|y")
PIECES = st.lists(st.sampled_from([*WORDS.split("|"), *TABLES]), max_size=25).map("".join)


def _places(block: Block) -> list[tuple[int, int]]:
    return [block.source(at, at + 1) for at in range(len(block.text))]


@example("- \x0b\na word")
@example("# [^1]: \x0ba word")
@example("<!-- c -->[^1]: ")
@given(PIECES)
def test_every_character_knows_its_place(text: str) -> None:
    """A character of the prose stands at its place in the source, or for an entity, an escape, a break, code there."""
    for block in blocks(text):
        masked = {at for start, end in block.masked for at in range(start, end)}
        exact = {at for one in block.stretches if one.verbatim for at in range(one.at, one.at + one.length)}
        for at, (start, end) in enumerate(_places(block)):
            assert 0 <= start <= end <= len(text)
            if at in exact and at not in masked:
                written = text[start:end].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
                assert written == block.text[at]
        assert sum(one.length for one in block.stretches) == len(block.text)


@given(PIECES)
def test_places_go_forward(text: str) -> None:
    """Within a block the characters stand in the source in the order of the prose."""
    for block in blocks(text):
        assert all(one[0] <= two[0] for one, two in pairwise(_places(block)))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, it is read, and its prose lies inside it."""
    for block in blocks(text):
        assert 0 <= block.source(0, len(block.text))[0] <= len(text)


@given(st.text(alphabet="abc déf🎉.", min_size=1, max_size=40))
def test_plain_words_are_their_own_prose(text: str) -> None:
    """A text without marks is one paragraph, each character at its own place."""
    (block,) = blocks(f"x{text}x")
    assert block.text == f"x{text}x"
    assert block.source(0, len(block.text)) == (0, len(block.text))


def test_prose_is_one_text_with_units() -> None:
    """Rules read the prose as one text, and each block of it as a unit with the names of its scopes."""
    prose, *_ = views(Draft("# Hello\n\nSome *text*.\n", format="markdown"))
    assert prose.draft.text == "Hello\n\nSome text."
    assert [(prose.draft.text[unit.start : unit.end], sorted(unit.names)) for unit in prose.draft.units] == [
        ("Hello", ["h1", "heading", "md", "text"]),
        ("Some text.", ["md", "text"]),
        ("text", ["emphasis", "md"]),
    ]


RULE = "extends: existence\nmessage: '%s'\nnonword: true\ntokens: [ZQX]\nscope: {scope}\n"


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("text", "1 3 5 7 9"),
        ("heading", "1"),
        ("heading.h1", "1"),
        ("heading.h2", ""),
        ("list", "5"),
        ("blockquote", "7"),
        ("paragraph", "3 9"),
        ("link", "9"),
        ("code", "9"),
        ("raw", "1 3 5 7 9 9"),
        ("text & ~heading", "3 5 7 9"),
        ("text & ~link", "1 3 5 7"),
    ],
)
def test_scopes_of_markdown(write: Write, scope: str, found: str) -> None:
    """A rule looks at what its scope names: headings, lists, links, code, the file as it is."""
    root = write({"rules/T/Z.yml": RULE.replace("{scope}", scope)})
    pack = read_pack(root / "rules" / "T")
    linter = lint.build(Settings(root, engines={}), [pack])
    text = "# A ZQX\n\nA ZQX.\n\n- a ZQX\n\n> a ZQX\n\nA [ZQX](u) and `ZQX`.\n"
    lines = [text.count("\n", 0, one.start) + 1 for one in linter.lint(Draft(text, format="markdown"))]
    assert " ".join(map(str, lines)) == found


def test_a_fix_across_marks_is_not_safe(write: Write) -> None:
    """A fix whose span holds marks would take them away, so it is not applied unasked."""
    root = write(
        {"rules/T/S.yml": "extends: substitution\nmessage: '%s'\naction: {name: replace}\nswap: {in order to: to}\n"}
    )
    linter = lint.build(Settings(root, engines={}), [read_pack(root / "rules" / "T")])
    plain, marked = (linter.lint(Draft(text, format="markdown"))[0] for text in ("in order to", "in *order* to"))
    assert (plain.start, plain.end, plain.safe) == (0, 11, True)
    assert (marked.start, marked.end, marked.safe) == (0, 13, False)
