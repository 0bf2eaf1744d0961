"""Findings as JSON."""

from __future__ import annotations

from typing import Any

from cannedkit.model.draft import Finding


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
