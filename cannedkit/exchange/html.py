"""HTML as editors of helpdesks write it -> Markdown, and Markdown -> HTML.

Paragraphs, line breaks, lists, links, images, emphasis, code, quotations and headings are taken over; of all other
elements the text alone. What cannot be written back as it was is kept beside the text (see `taking`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any

_AROUND: Mapping[str, str] = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "code": "`"}
_BLOCKS = frozenset("p div ul ol li blockquote pre table tr section article header footer h1 h2 h3 h4 h5 h6".split())
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_HEADING = re.compile("h[1-6]")

_MARKS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~~")
_OPENING = re.compile(r"^(\s*)(?:(#{1,6}(?=\s)|[-+>](?=\s)|={3,}|-{3,})|(\d{1,9})(?=[.)]\s))", re.MULTILINE)
_HOLE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|#\{[^}]*\}|%\{[^}]*\}|\$\{[^}]*\}", re.DOTALL)

_MEANING = re.compile(
    r"\*\*?\S|(?<![^\W_])_\S|`|\[[^\]]*\]\(|~~|&#?\w+;|\\[!-/:-@\[-`{-~]|^\s{0,3}(?:#{1,6}\s|[-+*>]\s|\d{1,9}[.)]\s|={3,}|-{3,}|\|)"
    r"|^(?: {4}|\t)|<[A-Za-z/!]| {2,}\n|\\\n",
    re.MULTILINE,
)
"""What a reader of Markdown may take for more than text."""


def has_marks(text: str) -> bool:
    """Whether a text may mean something else as Markdown than as plain text, but for its line breaks."""
    return bool(_MEANING.search(_HOLE.sub("x", text)))


def to_markdown(html: str) -> str:
    """The Markdown of a piece of HTML; placeholders stay as they are."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.done()


def to_html(markdown: str) -> str:
    """The HTML of a Markdown text, without a line break behind it; placeholders stay as they are."""
    return _around_holes(markdown, lambda text: _renderer().render(text).rstrip("\n"))


def text_to_html(text: str) -> str:
    """The HTML of a plain text, in which no sign means anything; placeholders stay as they are."""
    return _around_holes(text, _paragraphs)


def words(html: str) -> str:
    """What a piece of HTML says as plain text; lists and links look as in Markdown."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", to_markdown(html))


def _paragraphs(text: str) -> str:
    blocks = (escape(block, quote=False).replace("\n", "<br />\n") for block in re.split(r"\n{2,}", text))
    return "\n".join(f"<p>{block}</p>" for block in blocks)


def _around_holes(text: str, convert: Callable[[str], str]) -> str:
    holes: list[str] = []

    def hidden(found: re.Match[str]) -> str:
        holes.append(found[0])
        return f"\ue000{len(holes) - 1}\ue001"

    made = convert(_HOLE.sub(hidden, text))
    return re.sub("(?:\ue000|%EE%80%80)([0-9]+)(?:\ue001|%EE%80%81)", lambda found: holes[int(found[1])], made)


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")


@dataclass(slots=True)
class _List:
    """A list that is open: its next number, 0 for one of bullets."""

    number: int


class _Reader(HTMLParser):
    """The state of reading one piece of HTML. `margins` are what stands before each further line of a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.lists: list[_List] = []
        self.margins: list[str] = []
        self.links: list[str] = []
        self.silent = 0
        self.pre = 0
        self.fresh = False  # nothing stands yet behind the mark of a list or a quotation
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What an element writes before its content."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self._line()
        elif tag == "img":
            self._write(f"![{given.get('alt', '')}]({given.get('src', '')})")
        elif tag == "hr":
            self._block()
            self._write("---")
            self._block()
        elif tag == "a":
            self.links.append(given.get("href", ""))
            self._write("[" if self.links[-1] else "")
        elif tag in _AROUND:
            self.open.append(tag)
            self._write("" if self.pre else _AROUND[tag])
        elif tag in _BLOCKS:
            self._open_block(tag, given)

    def _open_block(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "li":
            self._line(once=True)
            here = self.lists[-1] if self.lists else _List(0)
            mark = f"{here.number}. " if here.number else "- "
            here.number += bool(here.number)
            self._mark(mark, " " * len(mark))
            return
        if tag in ("ul", "ol"):
            if not self.lists:
                self._block()
            first = given.get("start", "1")
            self.lists.append(_List(0 if tag == "ul" else int(first) if first.isdecimal() else 1))
            return
        self._line(once=True) if tag in ("div", "tr") else self._block()
        if tag == "blockquote":
            self._mark("> ", "> ")
        elif tag == "pre":
            self.pre += 1
            self._write("```")
            self._line()
        elif _HEADING.fullmatch(tag):
            self._write("#" * int(tag[1]) + " ")

    def _mark(self, mark: str, margin: str) -> None:
        self._write(mark)
        self.margins.append(margin)
        self.fresh = True

    def handle_endtag(self, tag: str) -> None:
        """What an element writes behind its content."""
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "a" and self.links:
            href = self.links.pop()
            self._write(f"]({href})" if href else "")
        elif tag in _AROUND and tag in self.open:
            self.open.remove(tag)
            self._write("" if self.pre else _AROUND[tag])
        elif tag in _BLOCKS:
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            if not self.lists:
                self._block()
        elif tag == "pre" and self.pre:
            self.pre -= 1
            self._line(once=True)
            self._write("```")
            self._block()
        elif tag in ("li", "blockquote") and self.margins:
            self.margins.pop()
            if tag == "blockquote":
                self._block()
        elif tag in ("div", "tr"):
            self._line(once=True)
        elif tag != "li":
            self._block()

    def handle_data(self, data: str) -> None:
        """Text, in which nothing is markup."""
        if self.silent:
            return
        if self.pre or "code" in self.open:
            self._write(data.replace("\n", f"\n{''.join(self.margins)}"))
            return
        done = 0
        for hole in _HOLE.finditer(data):
            self._text(data[done : hole.start()])
            self._write(hole[0])
            done = hole.end()
        self._text(data[done:])

    def _text(self, data: str) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._at_start():
            text = text.lstrip(" ")
        marked = _MARKS.sub(r"\\\g<0>", text)
        self._write(_OPENING.sub(_inert, marked) if self._at_start() else marked)

    def _at_start(self) -> bool:
        written = "".join(self.pieces[-2:])
        return self.fresh or not written.strip() or written.endswith("\n")

    def _write(self, text: str) -> None:
        if not text:
            return
        if self.margins and "".join(self.pieces[-1:]).endswith("\n"):
            self.pieces.append("".join(self.margins))
        self.pieces.append(text)
        self.fresh = False

    def _line(self, *, once: bool = False) -> None:
        """A line break; `once`: only where the line has something."""
        if once and (self.fresh or self._at_start()):
            return
        self.pieces.append("\n")

    def _block(self) -> None:
        """A blank line, where something stands before."""
        if self.pieces and not self.fresh and not "".join(self.pieces[-3:]).endswith("\n\n"):
            self._line(once=True)
            self.pieces.append("\n")

    def done(self) -> str:
        """What was read, as Markdown."""
        text = "".join(self.pieces)
        text = re.sub(r"[ \t\xa0]+(?=\n)", "", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip()


def _inert(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\"
