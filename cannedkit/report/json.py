"""The format for programs: one JSON object, format 1."""

from __future__ import annotations

import json
from typing import Any

from cannedkit.model.result import FileFinding, Report
from cannedkit.wire.findings import fields


def write(report: Report) -> str:
    """`{"format": 1, "findings": […], "errors": […], "checked": {…}}`, sorted as the findings are."""
    document = {
        "format": 1,
        "findings": [_finding(found, report) for found in report.findings],
        "errors": [{"rule": error.rule, "reason": error.reason} for error in report.errors],
        "checked": dict(report.checked),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(found: FileFinding, report: Report) -> dict[str, Any]:
    rule = report.rules.get(found.finding.rule)
    return {
        **fields(found.finding),
        "why": rule.why if rule else "",
        "path": found.place.path,
        "line": found.place.line,
        "column": found.place.column,
        "end_line": found.place.end_line,
        "end_column": found.place.end_column,
        "response": found.response,
        "locale": found.locale,
        "channels": list(found.channels),
        "variation": found.variation,
        "part": found.part,
        "samples": list(found.samples),
    }
