"""The format for people: place, level, message, the source line with a caret under the span, why, and what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cannedkit.model.draft import Level
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import shown, visible
from cannedkit.wire.summary import counted_by_rule, located, summary

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.SUGGESTION: "36"}
_WIDTH = 100
"""Columns of a source line that are shown around the span."""


def pieces(report: Report) -> Iterator[str]:
    """One paragraph a finding, then the checks that failed, then a line that counts."""
    if report.statistics and report.findings:
        yield "\n".join(counted_by_rule(report)) + "\n\n"
    for found in () if report.statistics else report.findings:
        yield "\n".join(paragraph(found, report)) + "\n\n"
    yield from (f"{_paint(located(failed), '31', report)}\n\n" for failed in report.errors)
    yield summary(report) + "\n"


def paragraph(found: FileFinding, report: Report) -> Iterator[str]:
    """The lines of one finding: where it is, what it says, the line itself, why, and what to write."""
    finding = found.finding
    said = visible(f"{finding.message}  [{finding.rule}]")
    level = _paint(str(finding.level), _COLOURS[finding.level], report)
    yield f"{_paint(visible(str(found.place)), '1', report)}: {level}: {said}"
    yield from _excerpt(found.place, report, _COLOURS[finding.level])
    if explained := report.explained.get(finding.rule):
        if explained.why:
            yield f"    why: {visible(explained.why)}"
        if explained.instead:
            yield f"    instead: {visible(explained.instead)}"
    if finding.fixes and not any(f"{mark}{finding.fixes[0]}{mark}" in finding.message for mark in "\"'"):
        yield f"    fix: {' or '.join(_quoted(fix) for fix in finding.fixes)}"
    if found.related:
        yield f"    also: {visible(', '.join(map(str, found.related)))}"
    if found.response:
        yield f"    in: {visible(_rendering(found))}"


def _quoted(fix: str) -> str:
    return f'"{visible(fix)}"' if fix else "take it out"


def _rendering(found: FileFinding) -> str:
    parts = [found.response, found.locale, ", ".join(found.channels)]
    if found.variation > 1:
        parts.append(f"variation {found.variation}")
    if found.part == "subject":
        parts.append("subject")
    if found.samples:
        parts.append(f"only with the samples: {', '.join(found.samples)}")
    return " · ".join(part for part in parts if part)


def _excerpt(place: Place, report: Report, colour: str) -> Iterator[str]:
    """The first line of the span, cut to the screen, and carets under what is meant."""
    lines = report.lines(place.path)
    if not 0 < place.line <= len(lines):
        return
    text = lines[place.line - 1]
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(text)
    left = max(0, start - _WIDTH // 2) if len(text) > _WIDTH else 0
    cut = shown(text[left : left + _WIDTH])
    margin = " " * len(str(place.line))
    before = "".join("\t" if piece == "\t" else " " * _columns(piece) for piece in cut[: start - left])
    carets = "^" * max(1, sum(map(_columns, cut[start - left : end - left])))
    lead, tail = "…" if left else "", "…" if left + _WIDTH < len(text) else ""
    yield f"  {place.line} | {lead}{''.join(cut)}{tail}"
    yield f"  {margin} | {' ' if left else ''}{before}{_paint(carets, colour, report)}"


def _columns(piece: str) -> int:
    """The columns of a terminal that a character takes, or what is shown in its place."""
    if len(piece) > 1:
        return len(piece)
    if unicodedata.category(piece) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(piece) in "WF" else 1


def _paint(text: str, colour: str, report: Report) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if report.paint else text
