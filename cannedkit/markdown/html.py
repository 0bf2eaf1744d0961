"""HTML -> a flat stream of tags and texts, each text with the place of every character in the source.

A part of a Markdown document, or a document of its own: of that, what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from cannedkit.markdown.source import Event, Pieces, Source, plain
from cannedkit.model.errors import DraftError


def page_events(text: str) -> Iterator[Event]:
    """The tags and texts of an HTML document that a reader sees, in order. Places are code points of `text`.

    Raises DraftError where it cannot be read to its end.
    """
    source = Source(text)
    reader = _Page(source.readable, ((0, 0),), source)
    try:
        reader.feed(source.readable)
        reader.close()
    except AssertionError:  # the standard library's answer to a declaration that it does not know
        line, _ = reader.getpos()
        raise DraftError(f"is not read: what stands on line {line} is no HTML; mend it") from None
    yield from reader.events


def html_events(content: str, pieces: Pieces, source: Source) -> Iterator[Event]:
    """The tags and texts of some HTML in a Markdown document, up to what cannot be read; `pieces` are its places."""
    reader = _Html(content, pieces, source)
    try:
        reader.feed(content)
        reader.close()
    except AssertionError:  # the standard library's answer to a declaration that it does not know
        pass
    yield from reader.events


class _Html(HTMLParser):
    """The tags, texts and comments of some HTML."""

    def __init__(self, content: str, pieces: Pieces, source: Source) -> None:
        super().__init__(convert_charrefs=False)
        self.events: list[Event] = []
        self._content, self._pieces, self._source = content, pieces, source
        self._starts = [0, *(found.end() for found in re.finditer("\n", content))]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag("void" if tag in VOID else "open", tag, attrs)
        if tag == "img":
            self.events.append(Event("close", "img"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag("void", tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._tag("close", tag, ())

    def _tag(self, kind: str, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        at = self._at()
        end = self._content.find(">", at) + 1 if kind == "close" else at + len(self.get_starttag_text() or "")
        place = self._source.whole(self._pieces, at, max(end, at + 1), 1)
        self.events.append(Event(kind, tag, "", place, attributes={key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        at = self._at()
        self.events.append(Event("text", text=data, stretches=self._source.stretches(self._pieces, at, at + len(data))))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        from html import unescape

        at = self._at()
        written = written if self._content.startswith(written, at) else written[:-1]
        text = unescape(written)
        stretches = self._source.whole(self._pieces, at, at + len(written), len(text))
        self.events.append(Event("text", text=text, stretches=stretches))

    def handle_comment(self, data: str) -> None:
        at = self._at()
        stretch = self._source.whole(self._pieces, at, at + 4, 4)[0]
        self.events.append(Event("comment", text=data.strip(), start=stretch.start, end=stretch.end))


class _Page(_Html):
    """The tags, texts and comments of a document of HTML that is a file of its own: those that a reader sees."""

    def __init__(self, content: str, pieces: Pieces, source: Source) -> None:
        super().__init__(content, pieces, source)
        self._open: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._leave(0)
        elif tag in ENDED and self._open[-1:] == [tag]:
            self._leave(len(self._open) - 1)
        if tag not in VOID:
            self._open.append(tag)
            if not self._hidden and _is_hidden(tag, attrs):
                self._hidden = len(self._open)
        if not self._hidden:
            super().handle_starttag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a slash ends no tag of HTML

    def handle_endtag(self, tag: str) -> None:
        if not self._hidden:
            super().handle_endtag(tag)
        if tag in self._open:
            self._leave(len(self._open) - 1 - self._open[::-1].index(tag))

    def _leave(self, depth: int) -> None:
        """Leaves all tags but the outermost `depth`."""
        del self._open[depth:]
        if depth < self._hidden:
            self._hidden = 0

    def handle_data(self, data: str) -> None:
        start = self._at()
        at = 0
        for found in () if self._hidden else (*_BLANKS.finditer(data), None):
            end = found.start() if found else len(data)
            self.events += plain(data[at:end], self._pieces, start + at, self._source)
            if found:
                blank = self._source.whole(self._pieces, start + end, start + found.end(), 1)
                self.events.append(Event("text", text=" ", stretches=blank))
                at = found.end()

    def _entity(self, written: str) -> None:
        if not self._hidden:
            super()._entity(written)

    def parse_marked_section(self, i: int, report: bool | int = True) -> int:
        return self.parse_bogus_comment(i, bool(report))  # the HTML standard, 13.2.5.42: it ends at the next `>`


def _is_hidden(tag: str, attributes: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a reader sees nothing of a tag, or sees earlier mail or a signature in it."""
    said = {key: value or "" for key, value in attributes}
    return (
        tag in HIDDEN
        or "hidden" in said
        or said.get("type") == "cite"
        or not QUOTES.isdisjoint(said.get("class", "").split())
        or bool(_NOT_SHOWN.search(said.get("style", "")))
    )


_BLANKS = re.compile(r"[ \t\n\f]{2,}|[\t\n\f]")
"""White space that is read as one blank (CSS Text 3, 4.1.1)."""

_NOT_SHOWN = re.compile(r"(?:^|[;\s])display\s*:\s*none(?![-\w])", re.IGNORECASE)

HIDDEN = frozenset("head iframe noscript object script style svg template title".split())
"""Tags of a document whose text is not part of what is read in it."""

ENDED = frozenset("dd dt li option p td th tr".split())
"""Tags that another of their name ends (HTML standard, 13.1.2.4)."""

QUOTES = frozenset("gmail_attr gmail_quote gmail_signature moz-cite-prefix moz-signature yahoo_quoted".split())
"""Classes by which mail programs mark earlier mail and signatures: as their messages show, November 2026."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Tags of HTML that hold nothing (HTML standard, 13.1.2)."""
