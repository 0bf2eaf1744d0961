"""A document, read: the texts in it that are linted, and the source in which their findings are told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cannedkit.model.draft import Finding

if TYPE_CHECKING:
    from cannedkit.markdown.source import Stretch


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a document that is linted by itself, and the way back to the document's source.

    `format` is that of a Draft; `part` says what of a message it is, "" where that is for whoever lints it to say.
    `stretches` cover the text; None where it is the source itself.
    """

    text: str
    format: str = "text"
    part: str = ""
    stretches: tuple[Stretch, ...] | None = None

    @property
    def words(self) -> str:
        """The text as it is read, by which its language is told. Raises DraftError."""
        if self.format != "html":
            return self.text
        from cannedkit.markdown.views import READ  # a text needs nothing that reads HTML

        return "\n\n".join(block.text for block in READ["html"](self.text).blocks)

    def back(self, finding: Finding) -> Finding:
        """A finding of the text, at its place in the source."""
        if self.stretches is None:
            return finding
        from cannedkit.markdown.blocks import placed

        start, end = placed(self.stretches, finding.start, finding.end)
        return replace(finding, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read. `source` is the text whose lines and columns are told.

    `written`: the source is what the file holds, so that a fix of it can be written back. `note` says what lines and
    columns are where they are not those of the file.
    """

    source: str
    parts: tuple[Part, ...]
    written: bool = True
    note: str = ""
