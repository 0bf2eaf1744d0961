"""Findings counted by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cannedkit.model.draft import Level
from cannedkit.model.result import Report


@dataclass(frozen=True, slots=True)
class Row:
    """How often a rule found something at a level."""

    rule: str
    level: Level
    count: int


def rows(report: Report) -> list[Row]:
    """One row for each rule and level of a report's findings, most findings first."""
    counted = Counter((found.finding.rule, found.finding.level) for found in report.findings)
    made = [Row(rule, level, count) for (rule, level), count in counted.items()]
    return sorted(made, key=lambda row: (-row.count, -row.level, row.rule))
