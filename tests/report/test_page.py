"""The page for a browser: one file that fetches nothing, runs nothing and shows every text as text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings

from cannedkit.model.result import Compared, Report
from cannedkit.report import write
from tests.report.samples import AWFUL, CLEAN, HOSTILE, MISSING, ONE_OF_EACH

VOID = ("meta", "!doctype")
DRAWN = {"viewbox", "preserveaspectratio", "aria-hidden", "y", "width", "height"}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "dir", "colspan"} | DRAWN


class _Page(HTMLParser):
    """What a page is made of: tags, attributes, and the words outside of its style; its tags must close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_it_needs_nothing_else() -> None:
    """No script, link, picture or font: what is not in the file is not asked for, and its policy says so."""
    text = write(ONE_OF_EACH, "html")
    page = _Page(text)
    assert not page.tags & {"script", "a", "img", "link", "iframe", "object", "form", "base", "use", "image"}
    assert page.attributes <= ATTRIBUTES
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style


@settings(max_examples=100, deadline=None)
@given(report=HOSTILE)
def test_texts_are_texts(report: Report) -> None:
    """Whatever a text says, the page has the elements and attributes of ours alone, and all of them close."""
    known = _Page(write(replace(ONE_OF_EACH, compared=Compared(1, 2, 3)), "html"))
    page = _Page(write(report, "html"))
    assert page.tags <= known.tags
    assert page.attributes <= ATTRIBUTES


def test_what_it_says() -> None:
    """It counts, says what is new, what could not be checked and why each rule is there, and shows each finding."""
    said = _Page(write(replace(ONE_OF_EACH, compared=Compared(new=5, known=40, mended=2)), "html")).said
    for words in (
        "2 errors, 2 warnings, 1 suggestion, 1 check failed, 2 faults in files",
        "5 new, 2 mended, 40 known before and left out.",
        "b.yaml:2:1: error: a tab stands here",
        "nothing checked the style of nl: no pack reads it",
        "1 error Own.Awful The word helps nobody.",
        "É 🎉 It is awful . We recieved it, and would of said…",
        "Instead Say what is wrong. Fix not good or bad",
        "shop/late 1 warning",
        "Also b.yaml:3:1",
        "a/d.txt:2:1 · en-GB · chat, sms · variation 2 · only with the samples: fallback",
    ):
        assert words in said, said


def test_a_bar_shows_how_many() -> None:
    """Beside each rule stands a bar, of full width for the one with most findings, of its share for the others."""
    text = write(Report((AWFUL, AWFUL, AWFUL, AWFUL, MISSING)), "html")
    assert re.findall(r'<rect y="2" width="([\d.]+)"', text) == ["100.0", "25.0"]


def test_something_missing_has_its_place() -> None:
    """A finding of no text is marked between the words where it belongs."""
    assert "<mark></mark>" in write(Report((MISSING,)), "html")
    assert "Nothing found" in _Page(write(CLEAN, "html")).said


def test_a_line_is_cut_at_a_word() -> None:
    """What is left out beside a text is shown as left out, and no word is cut in two."""
    found = replace(AWFUL, around=("x" * 30 + " only some", "y" * 15 + " words and no end of them"))
    text = write(Report((found,)), "html")
    assert re.search(r">…only some<mark>awful</mark>y{15} words and no end of…<", text)
