"""Values in a Markdown body: what a reader sees is what was given."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cannedkit.template.render import parse, render


def seen(markdown: str) -> str:
    """The text that a reader of some Markdown sees, with the tags that stand in it as `⟨tag⟩`; HTML is let through."""
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return html.unescape(re.sub(r"<(/?[a-z]+\d?)[^<>]*>", r"⟨\1⟩", shown)).strip()


HOSTILE = [
    "**x**",
    "__x__",
    "_x_",
    "~~x~~",
    "`x`",
    "<script>alert(1)</script>",
    "<b>Jo</b>",
    "<!-- Jo -->",
    "[a](b)",
    "![a](https://example.org/b.png)",
    "[a]: https://example.org",
    "<https://example.org>",
    "&lt;b&gt; &copy; &#42;",
    "a\\",
    "\\*a\\*",
    "a|b",
    "# Jo",
    "> Jo",
    "- Jo",
    "+ Jo",
    "1. Jo",
    "2) Jo",
    "===",
    "---",
    "***",
    "~~~",
    "```",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("body", ["{{ a }}", "Hi {{ a }}, thanks.", "- {{ a }}\n- b", "**Hi {{ a }}!**", "# {{ a }}"])
def test_a_value_is_read_as_it_was_given(value: str, body: str) -> None:
    """Markdown and HTML in a value come out as that text, and make no element of their own, wherever it stands."""
    assert seen(render(parse(body), {"a": value}, format="markdown").text) == seen(
        body.replace("{{ a }}", "Jo")
    ).replace("Jo", value)


@given(st.text(alphabet="ab _*`<>[]()!&;#\\|~-+=.1\"'é", min_size=1, max_size=12).map(str.strip).filter(bool))
@example("\\")
@example("*a*")
def test_any_value_is_read_as_it_was_given(value: str) -> None:
    """Whatever a value holds, the reader sees it and nothing else changes."""
    text = render(parse("x\n\n{{ a }}\n\nHi {{ a }}!\n"), {"a": value}, format="markdown").text
    assert seen(text) == f"⟨p⟩x⟨/p⟩\n⟨p⟩{value}⟨/p⟩\n⟨p⟩Hi {value}!⟨/p⟩"


@pytest.mark.parametrize(
    "value",
    [
        "Jan-Willem",
        "O'Brien",
        "J. R. Smith (home)",
        "ORD_2026_001",
        "Tom & Anna",
        "€1,249.00",
        "+1 (202) 555-0199",
        "jo@example.org",
        "https://example.org/a_b?c=d&e=f",
        "10.5 %",
        "C:\\temp",
    ],
)
def test_an_ordinary_value_stays_as_it_is(value: str) -> None:
    """What has no meaning in Markdown is not escaped: it may be read where Markdown is not rendered."""
    assert render(parse("It is {{ a }}."), {"a": value}, format="markdown").text == f"It is {value}."


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_places_lead_back_to_the_body(format: str) -> None:
    """An escaped value is one filled stretch, as long as what is written; the text around it keeps its places."""
    body = "Hi {{ a }}, bye {{ b }}."
    rendered = render(parse(body), {"a": "**x**", "b": "<i>"}, format=format)
    shown = [rendered.text[start:end] for start, end in rendered.filled]
    assert shown == (["**x**", "<i>"] if format == "text" else ["\\*\\*x\\*\\*", "&lt;i>"])
    for word in ("Hi ", ", bye ", "."):
        at = rendered.text.index(word)
        assert rendered.to_body(at, at + len(word)) == (body.index(word), body.index(word) + len(word))
    assert rendered.to_body(*rendered.filled[1]) == (body.index("{{ b"), len(body) - 1)


@pytest.mark.parametrize(
    ("body", "value", "written"),
    [
        ("`{{ a }}`", "**x**", "`**x**`"),
        ("``a {{ a }}``", "<b>", "``a <b>``"),
        ("```\n{{ a }}\n```\n", "[a](b)", "```\n[a](b)\n```\n"),
        ("~~~\n{{ a }}", "a*b", "~~~\na*b"),
        ("`{{ a }}`", "x`<b>", "`x\\`&lt;b>`"),
        ("A ` and {{ a }}", "*x*", "A ` and \\*x\\*"),
        ("A \\`{{ a }}`", "*x*", "A \\`\\*x\\*`"),
        ("A `b\n\n{{ a }}`", "*x*", "A `b\n\n\\*x\\*`"),
        ("```\n~~~\n```\n{{ a }}", "*x*", "```\n~~~\n```\n\\*x\\*"),
        ("[it]({{ a }})", "https://e.org/a_b(c) *d", "[it](https://e.org/a_b%28c%29%20%2Ad)"),
        ("[it](https://e.org/{{ a }})", "x) [y](z", "[it](https://e.org/x%29%20%5By%5D%28z)"),
        ("<{{ a }}>", "https://e.org/><b>", "<https://e.org/%3E%3Cb%3E>"),
        ('<a href="{{ a }}">it</a>', 'x" onclick="y', '<a href="x&quot; onclick=&quot;y">it</a>'),
        ("<a href='{{ a }}'>it</a>", "x' y='<b>", "<a href='x&#x27; y=&#x27;&lt;b&gt;'>it</a>"),
        ("Note:\n{{ a }}", "- x\n\n# y\n1. z", "Note:\n\\- x\n\n\\# y\n1\\. z"),
        ("Note: {{ a }}", "- x\n- y", "Note: - x\n\\- y"),
        ("{{ facts.a }}", "**x**", "**x**"),
        ('{{ b | default: "**x**" }}', "", "**x**"),
        ("{{ a | upcase }}", "<b>*x*", "&lt;B>\\*X\\*"),
    ],
)
def test_what_is_written_depends_on_the_place(body: str, value: str, written: str) -> None:
    """Code knows no escapes, an address has its own, and so has a tag; facts and defaults are the writer's words."""
    values = {"facts.a" if "facts.a" in body else "a": value}
    assert render(parse(body), values, format="markdown").text == written


@pytest.mark.parametrize("body", ["`" * 9_000 + "{{ a }}", "`a ``b ``` c\n" * 1_500, "<a " * 6_000, "](" * 9_000])
def test_a_body_of_marks_takes_no_time(body: str) -> None:
    """The places of 500 values are found in a body of marks alone within a second."""
    import time

    full = body[:16_000] + "{{ a }}" * 500
    began = time.process_time()
    render(parse(full), {"a": "*x*"}, format="markdown")
    assert time.process_time() - began < 1
