"""Findings as reviewdog's diagnostics: columns count bytes of UTF-8, from 1, and a range ends before its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Place
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import folded, quoting

SOURCE = {"name": "cannedkit"}

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.SUGGESTION: "INFO"}


def diagnostics(report: Report) -> Iterator[dict[str, Any]]:
    """One diagnostic a finding, and one for each fault in a file. What is about no file is not among them."""
    for found in report.findings:
        yield _diagnostic(found, report)
    for failed in report.errors:
        if failed.path:
            yield _failed(failed, report)


def _diagnostic(found: FileFinding, report: Report) -> dict[str, Any]:
    finding = found.finding
    explained = report.explained.get(finding.rule)
    more = (explained.why, explained.instead) if explained else ()
    changes = (report.replacement(found, fix) for fix in finding.fixes)
    suggestions = [{"range": _range(one.place, report), "text": one.text} for one in changes if one]
    related = [{"location": _location(place, report)} for place in found.related]
    code = {"value": finding.rule, **({"url": explained.link} if explained and explained.link else {})}
    return {
        "message": "\n".join([quoting(found), *(visible(part) for part in more if part)]),
        "location": _location(found.place, report),
        "severity": _SEVERITIES[finding.level],
        "source": SOURCE,
        "code": code,
        **({"suggestions": suggestions} if suggestions else {}),
        **({"related_locations": related} if related else {}),
    }


def _failed(failed: Failure, report: Report) -> dict[str, Any]:
    place = Place(failed.path, failed.line, failed.column, failed.line, failed.column)
    return {
        "message": visible(folded(failed.reason)),
        "location": _location(place, report) if failed.line else {"path": visible(failed.path)},
        "severity": "ERROR",
        "source": SOURCE,
        "code": {"value": failed.rule or "unreadable"},
    }


def _location(place: Place, report: Report) -> dict[str, Any]:
    return {"path": visible(place.path), "range": _range(place, report)}


def _range(place: Place, report: Report) -> dict[str, Any]:
    """Both ends of a place; lines alone where the text of one of them is not to be had."""
    lines = report.lines(place.path)
    if not 0 < place.line <= place.end_line <= len(lines):
        return {"start": {"line": place.line}, "end": {"line": place.end_line}}
    return {
        "start": {"line": place.line, "column": _byte(lines[place.line - 1], place.column)},
        "end": {"line": place.end_line, "column": _byte(lines[place.end_line - 1], place.end_column)},
    }


def _byte(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "surrogatepass")) + 1
