"""Findings printed: one module a format, `write(report) -> str`; and the dict that lists them.

A format of which a large catalogue can be printed bit by bit has `pieces(report) -> Iterator[str]` in place of `write`.
A format that has no place for some of what a report holds says the rest in `beside(report)`, lines for stderr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from cannedkit.model.result import Report

FORMATS: Mapping[str, str] = {
    "line": "cannedkit.report.line",
    "concise": "cannedkit.report.concise",
    "json": "cannedkit.report.json",
    "github": "cannedkit.report.github",
    "sarif": "cannedkit.report.sarif",
    "junit": "cannedkit.report.junit",
    "rdjson": "cannedkit.report.rdjson",
    "rdjsonl": "cannedkit.report.rdjsonl",
    "codequality": "cannedkit.report.codequality",
    "checkstyle": "cannedkit.report.checkstyle",
    "markdown": "cannedkit.report.markdown",
    "html": "cannedkit.report.html",
    "vale-json": "cannedkit.report.valejson",
}
"""The name of a format -> the module that writes it."""

PIECE = 100_000
"""Characters that are printed at once; our own choice."""


def write(report: Report, format: str) -> str:
    """The report in one of `FORMATS`, ending in a line break unless it is empty."""
    return "".join(pieces(report, format))


def pieces(report: Report, format: str) -> Iterator[str]:
    """What `write` gives, in pieces of some PIECE characters where the format can."""
    module = import_module(FORMATS[format])
    if not hasattr(module, "pieces"):
        yield module.write(report)
        return
    held: list[str] = []
    size = 0
    for piece in module.pieces(report):
        held.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def beside(report: Report, format: str) -> list[str]:
    """What a format has no place for: a line for stderr on each check that failed, or each thing that nothing read."""
    lines: Iterable[str] = getattr(import_module(FORMATS[format]), "beside", lambda report: ())(report)
    return list(lines)
