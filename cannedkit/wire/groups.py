"""Findings grouped by what they are about: a response, a draft, or another file of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Level
from cannedkit.model.result import FileFinding, Report


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one response or file. `name` is the id of the response, else the path of the file."""

    name: str
    findings: tuple[FileFinding, ...]

    def count(self, level: Level) -> int:
        """How many of the findings have a level."""
        return sum(one.finding.level is level for one in self.findings)

    @property
    def worst(self) -> FileFinding:
        """The first finding of the highest level."""
        return max(self.findings, key=lambda one: one.finding.level)


def grouped(report: Report) -> list[Group]:
    """The groups of a report's findings, in the order in which they first appear."""
    found: dict[str, list[FileFinding]] = {}
    for one in report.findings:
        found.setdefault(one.response or one.place.path, []).append(one)
    return [Group(name, tuple(each)) for name, each in found.items()]


def worst_first(groups: Sequence[Group]) -> list[Group]:
    """The groups with most errors first, then most warnings, then most suggestions."""
    return sorted(groups, key=lambda one: [-one.count(level) for level in reversed(Level)])
