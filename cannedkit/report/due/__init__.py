"""What is due, printed: one module a format, `write(agenda) -> str`; and the dict that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from cannedkit.model.upkeep import Agenda

FORMATS: Mapping[str, str] = {
    "line": "cannedkit.report.due.line",
    "json": "cannedkit.report.due.json",
    "markdown": "cannedkit.report.due.markdown",
    "ics": "cannedkit.report.due.ics",
}
"""The name of a format -> the module that writes it."""

UNTOLD = ("ics",)
"""The formats with no place for what could not be read, nor for what was sent."""


def write(agenda: Agenda, format: str) -> str:
    """The agenda in one of `FORMATS`, ending in a line break."""
    text: str = import_module(FORMATS[format]).write(agenda)
    return text
