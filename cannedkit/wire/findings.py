"""Findings, and what stands beside them, as JSON."""

from __future__ import annotations

from typing import Any

from cannedkit.model.draft import Finding
from cannedkit.model.errors import Failure
from cannedkit.model.result import Explanation, Unread


def fields(finding: Finding) -> dict[str, Any]:
    """A finding's own fields, as `lint --jsonl` prints them."""
    return {
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "level": str(finding.level),
        "message": finding.message,
        "fixes": list(finding.fixes),
        "safe": finding.safe,
        "sources": list(finding.sources),
    }


def reasons(explanation: Explanation | None) -> dict[str, str]:
    """What a finding's rule says of itself; empty texts where nothing is known of the rule."""
    if explanation is None:
        return {"why": "", "instead": "", "rule_source": ""}
    return {"why": explanation.why, "instead": explanation.instead, "rule_source": explanation.source}


def failure(failed: Failure) -> dict[str, Any]:
    """What could not do its work; `path`, `line` and `column` where it is a file."""
    told: dict[str, Any] = {"rule": failed.rule, "reason": failed.reason}
    if failed.path:
        told |= {"path": failed.path, "line": failed.line, "column": failed.column}
    return told


def unread(left: Unread) -> dict[str, str]:
    """What nothing read."""
    return {"locale": left.locale, "what": left.what, "why": left.why}
