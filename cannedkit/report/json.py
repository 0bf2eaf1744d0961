"""The format for programs: one JSON object, format 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from cannedkit.model.result import Report
from cannedkit.text.visible import plain_json
from cannedkit.wire.findings import checked, failure, placed
from cannedkit.wire.statistics import rows


def pieces(report: Report) -> Iterator[str]:
    """`{"format": 1, "findings": […], "errors": […], "checked": {…}, "notes": […]}`, sorted as the findings are.

    Where a baseline leaves findings out, also `"compared": {"new": …, "known": …, "mended": …}`.
    """
    document = {
        "format": 1,
        "findings": [],
        "errors": [failure(failed) for failed in report.errors],
        "checked": checked(report.checked),
        "notes": list(report.notes),
    }
    if report.compared:
        document["compared"] = asdict(report.compared)
    if report.statistics:
        document["statistics"] = [
            {"rule": one.rule, "level": str(one.level), "count": one.count} for one in rows(report)
        ]
    before, none, after = _told(document).partition("[]")  # the first list is that of the findings
    shown = () if report.statistics else report.findings
    yield before + ("[" if shown else none)
    for number, found in enumerate(shown):
        told = _told(placed(found, report.explained.get(found.finding.rule)))
        yield f"{',' if number else ''}\n{told}".replace("\n", "\n    ")
    yield ("\n  ]" if shown else "") + after + "\n"


def _told(document: object) -> str:
    return plain_json(json.dumps(document, ensure_ascii=False, indent=2))
