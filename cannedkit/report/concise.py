"""The format with one line a finding: place, level, message, rule."""

from __future__ import annotations

from cannedkit.model.result import Report
from cannedkit.wire.summary import counted_by_rule, folded, line, located, summary


def write(report: Report) -> str:
    """One line a finding, one for each check that failed or file that could not be read, and a line that counts."""
    shown = counted_by_rule(report) if report.statistics else [line(found) for found in report.findings]
    lines = [*shown, *(folded(located(failed)) for failed in report.errors), summary(report)]
    return "\n".join(lines) + "\n"
