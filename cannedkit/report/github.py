"""The format for GitHub Actions: one workflow command a finding, which GitHub shows at its line in the pull request."""

from __future__ import annotations

from cannedkit.model.draft import Level
from cannedkit.model.result import FileFinding, Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice"}


def write(report: Report) -> str:
    """One line a finding and one for each check that failed; nothing where all is well."""
    lines = [_command(found, report) for found in report.findings]
    lines += [f"::error title={_property(error.rule)}::{_data(error.reason)}" for error in report.errors]
    return "".join(f"{line}\n" for line in lines)


def _command(found: FileFinding, report: Report) -> str:
    finding, place = found.finding, found.place
    properties = {"file": place.path, "line": place.line, "endLine": place.end_line, "title": finding.rule}
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    rule = report.rules.get(finding.rule)
    why, instead = (rule.why, rule.instead) if rule else ("", "")
    message = "\n".join(part for part in (finding.message, why, instead) if part)
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.level]} {shown}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
