"""The format with one line a finding: place, level, message, rule."""

from __future__ import annotations

from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import counted_by_rule, located, summary


def write(report: Report) -> str:
    """One line a finding, one for each check that failed or file that could not be read, and a line that counts."""
    shown = counted_by_rule(report) if report.statistics else [_line(found) for found in report.findings]
    lines = [*shown, *map(_failed, report.errors), summary(report)]
    return "\n".join(lines) + "\n"


def _line(found: FileFinding) -> str:
    finding = found.finding
    return visible(f"{found.place}: {finding.level}: {_folded(finding.message)} [{finding.rule}]")


def _failed(failed: Failure) -> str:
    return _folded(located(failed))


def _folded(text: str) -> str:
    return " ".join(text.split())
