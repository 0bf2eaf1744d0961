"""The format with one line a finding: place, level, message, rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cannedkit.model.result import Report
from cannedkit.wire.summary import counted_by_rule, folded, line, located, summary


def pieces(report: Report) -> Iterator[str]:
    """One line a finding, one for each check that failed or file that could not be read, and a line that counts."""
    shown = counted_by_rule(report) if report.statistics else map(line, report.findings)
    lines = chain(shown, (folded(located(failed)) for failed in report.errors), [summary(report)])
    return (f"{one}\n" for one in lines)
