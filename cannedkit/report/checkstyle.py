"""The format of Checkstyle's XML, which most tools that gather the findings of others can read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cannedkit.model.draft import Level
from cannedkit.model.errors import VERSION
from cannedkit.model.result import Report
from cannedkit.text.visible import visible
from cannedkit.wire.summary import folded, placeless, quoting

_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "info"}


def write(report: Report) -> str:
    """A `file` for each path, sorted, with its findings, and with what could not be read of it."""
    errors: dict[str, list[Element]] = {}
    for found in report.findings:
        finding, place = found.finding, found.place
        each = {"severity": _SEVERITIES[finding.level], "message": quoting(found), "source": visible(finding.rule)}
        errors.setdefault(place.path, []).append(_error(place.line, place.column, each))
    for failed in report.errors:
        if failed.path:
            said = {"severity": "error", "message": visible(folded(failed.reason))}
            each = {**said, "source": visible(failed.rule or "unreadable")}
            errors.setdefault(failed.path, []).append(_error(failed.line, failed.column, each))
    root = Element("checkstyle", {"version": f"cannedkit {VERSION}"})
    for path, elements in sorted(errors.items()):
        SubElement(root, "file", {"name": visible(path)}).extend(elements)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def beside(report: Report) -> list[str]:
    """What stands in no file."""
    return placeless(report)


def _error(line: int, column: int, said: dict[str, str]) -> Element:
    place = {name: str(value) for name, value in (("line", line), ("column", column)) if value}
    return Element("error", {**place, **said})
