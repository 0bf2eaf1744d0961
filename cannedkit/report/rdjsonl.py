"""The format of reviewdog in lines (`-f=rdjsonl`): a diagnostic a line, the findings, then the faults in files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cannedkit.model.result import Report
from cannedkit.text.visible import plain_json
from cannedkit.wire.diagnostics import diagnostics
from cannedkit.wire.summary import placeless


def pieces(report: Report) -> Iterator[str]:
    """One JSON object a line; nothing where there is nothing to say."""
    return (f"{plain_json(json.dumps(one, ensure_ascii=False))}\n" for one in diagnostics(report))


def beside(report: Report) -> list[str]:
    """What stands in no file."""
    return placeless(report)
