"""Where an offset stands in a text: line and column, counted from 1, columns in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Finding
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding, Replacement

LINE_END = re.compile(r"\r\n|\n|\r")

AROUND = 40
"""Code points on each side of a span by which its place is recognised; our own choice, about half a line."""


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
            around=around(text, finding.start, finding.end),
        )
        for finding in findings
    ]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind `text[start:end]`, at most `AROUND` code points each."""
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def standing(lines: Sequence[str], place: Place) -> str | None:
    r"""What stands at a place in a file of these lines, line ends as `\n`; None where the file has no such place."""
    if not (0 < place.line <= place.end_line <= len(lines)):
        return None
    each = list(lines[place.line - 1 : place.end_line])
    each[-1] = each[-1][: place.end_column - 1]
    each[0] = each[0][place.column - 1 :]
    return "\n".join(each)


def as_written(lines: Callable[[str], Sequence[str]]) -> Callable[[FileFinding, str], Replacement | None]:
    """How fixes are made in files that are themselves the texts that were read, such as drafts: word for word.

    `lines` maps a path to the lines of that file. None for a finding whose place holds another text than it is about.
    """

    def replacement(found: FileFinding, fix: str) -> Replacement | None:
        same = standing(lines(found.place.path), found.place) == LINE_END.sub("\n", found.text)
        return Replacement(found.place, fix) if same else None

    return replacement
