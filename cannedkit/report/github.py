"""The format for GitHub Actions: one workflow command a finding, which GitHub shows at its line in the pull request."""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import untold

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice"}


def write(report: Report) -> str:
    """One line a finding, one for each check that failed or file that could not be read, one for what nothing read."""
    lines = [_command(found, report) for found in report.findings]
    lines += [_failed(failed) for failed in report.errors]
    lines += [f"::notice title=unread::{_data(untold(one))}" for one in report.checked.unread]
    return "".join(f"{line}\n" for line in lines)


def _failed(failed: Failure) -> str:
    place = {"file": failed.path, "line": failed.line, "col": failed.column} if failed.path else {}
    properties = {**{name: value for name, value in place.items() if value}, "title": failed.rule or "unreadable"}
    return f"::error {_listed(properties)}::{_data(failed.reason)}"


def _listed(properties: Mapping[str, object]) -> str:
    return ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())


def _command(found: FileFinding, report: Report) -> str:
    finding, place = found.finding, found.place
    properties = {"file": place.path, "line": place.line, "endLine": place.end_line, "title": finding.rule}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    explained = report.explained.get(finding.rule)
    why, instead = (explained.why, explained.instead) if explained else ("", "")
    message = "\n".join(part for part in (finding.message, why, instead) if part)
    return f"::{_COMMANDS[finding.level]} {_listed(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text, lines=True).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
