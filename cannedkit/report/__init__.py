"""Findings printed: one module a format, `write(report) -> str`; and the dict that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from cannedkit.model.result import Report

FORMATS: Mapping[str, str] = {
    "line": "cannedkit.report.line",
    "concise": "cannedkit.report.concise",
    "json": "cannedkit.report.json",
    "github": "cannedkit.report.github",
    "vale-json": "cannedkit.report.valejson",
}
"""The name of a format -> the module that writes it."""


def write(report: Report, format: str) -> str:
    """The report in one of `FORMATS`, ending in a line break unless it is empty."""
    text: str = import_module(FORMATS[format]).write(report)
    return text
