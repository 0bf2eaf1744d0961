"""Where an offset stands in a text: line and column, counted from 1, columns in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from cannedkit.model.draft import Finding
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Lines:
    """The offsets at which the lines of a text start, the first of them 0."""

    starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def lines(text: str) -> Lines:
    """Where the lines of a text start: read once, asked for each finding."""
    return Lines((0, *(end.end() for end in LINE_END.finditer(text))))


def placed(findings: Iterable[Finding], path: str, text: str) -> list[FileFinding]:
    """The findings of a text with their places in the file at `path`, in the same order."""
    index = lines(text)
    return [
        FileFinding(
            finding,
            Place(path, *index.position(finding.start), *index.position(finding.end)),
            text=text[finding.start : finding.end],
        )
        for finding in findings
    ]
