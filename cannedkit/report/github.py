"""The format for GitHub Actions: a workflow command a finding, which GitHub shows at its line in the pull request.

GitHub shows 10 annotations of each kind for a step: the worst are told so, the rest are counted in one of them and
stand below as plain lines of the log. What the step shows besides is the Markdown of `markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import line, located, untold

MOST = 10
"""Annotations of a kind that GitHub shows for a step (its documentation of check runs: 10 errors, 10 warnings)."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    """What is told of one thing: as a command of a kind, or as a line of the log."""

    kind: str
    command: str
    line: str


def write(report: Report) -> str:
    """Checks that failed and files that could not be read, then findings by level, then what nothing read.

    At most 10 of each kind are commands; the others are counted in the last notice and follow as plain lines.
    """
    told = [_failed(failed) for failed in report.errors]
    told += [_Annotation("notice", f"::notice title=unread::{_data(one)}", one) for one in _unread(report)]
    told += [_found(each, report) for each in sorted(report.findings, key=lambda one: -one.finding.level)]
    shown, rest = _divided(told, MOST)
    if rest:
        shown, rest = _divided(told, MOST, notices=MOST - 1)
    shown.sort(key=lambda one: list(_COMMANDS.values()).index(one.kind))
    lines = [one.command for one in shown]
    if rest:
        lines += [f"::notice title=more::{_data(_counted(rest))}", *(one.line for one in rest)]
    return "".join(f"{each}\n" for each in lines)


def _divided(
    told: Iterable[_Annotation], most: int, notices: int | None = None
) -> tuple[list[_Annotation], list[_Annotation]]:
    """The first of each kind up to what is shown, and the rest."""
    left = dict.fromkeys(_COMMANDS.values(), most) | ({"notice": notices} if notices is not None else {})
    shown: list[_Annotation] = []
    rest: list[_Annotation] = []
    for one in told:
        left[one.kind] -= 1
        (shown if left[one.kind] >= 0 else rest).append(one)
    return shown, rest


def _counted(rest: Iterable[_Annotation]) -> str:
    kinds = [one.kind for one in rest]
    counts = ((kind, kinds.count(kind)) for kind in _COMMANDS.values())
    said = ", ".join(f"{count} more {kind}{'s' * (count > 1)}" for kind, count in counts if count)
    return f"{said}: GitHub shows {MOST} of a kind, the log of this step has all"


def _unread(report: Report) -> list[str]:
    return [untold(one) for one in report.checked.unread]


def _failed(failed: Failure) -> _Annotation:
    place = {"file": failed.path, "line": failed.line, "col": failed.column} if failed.path else {}
    properties = {**{name: value for name, value in place.items() if value}, "title": failed.rule or "unreadable"}
    return _Annotation("error", f"::error {_listed(properties)}::{_data(failed.reason)}", located(failed))


def _listed(properties: Mapping[str, object]) -> str:
    return ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())


def _found(found: FileFinding, report: Report) -> _Annotation:
    finding, place = found.finding, found.place
    properties = {"file": place.path, "line": place.line, "endLine": place.end_line, "title": finding.rule}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    explained = report.explained.get(finding.rule)
    why, instead = (explained.why, explained.instead) if explained else ("", "")
    message = "\n".join(part for part in (finding.message, why, instead) if part)
    kind = _COMMANDS[finding.level]
    return _Annotation(kind, f"::{kind} {_listed(properties)}::{_data(message)}", line(found))


def _data(text: str) -> str:
    return visible(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
