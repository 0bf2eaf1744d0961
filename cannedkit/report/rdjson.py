"""The format of reviewdog (`-f=rdjson`), which comments on a request at the lines that it changes."""

from __future__ import annotations

import json

from cannedkit.model.result import Report
from cannedkit.text.visible import plain_json
from cannedkit.wire.diagnostics import SOURCE, diagnostics
from cannedkit.wire.summary import placeless


def write(report: Report) -> str:
    """`{"source": …, "diagnostics": […]}`: the findings, then the faults in files."""
    document = {"source": SOURCE, "diagnostics": list(diagnostics(report))}
    return plain_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def beside(report: Report) -> list[str]:
    """What stands in no file."""
    return placeless(report)
