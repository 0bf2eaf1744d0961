"""The format of GitLab's Code Quality report, which a merge request shows: what is new in it, and what is mended."""

from __future__ import annotations

import json
from typing import Any

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report
from cannedkit.review.fingerprint import digest, fingerprints
from cannedkit.text.visible import markdown, plain_json, visible
from cannedkit.wire.summary import folded, placeless, quoting

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.SUGGESTION: "info"}


def write(report: Report) -> str:
    """A list of issues. No two have one fingerprint: GitLab keeps one of those that have."""
    known = zip(report.findings, fingerprints(report.findings), strict=True)
    issues = [_issue(found, print, report) for found, print in known]
    failures = list(dict.fromkeys(failed for failed in report.errors if failed.path))
    issues += map(_failed, failures)
    return plain_json(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def beside(report: Report) -> list[str]:
    """What stands in no file."""
    return placeless(report)


def _issue(found: FileFinding, fingerprint: str, report: Report) -> dict[str, Any]:
    finding, place = found.finding, found.place
    explained = report.explained.get(finding.rule)
    more = [part for part in (explained.why, explained.instead) if part] if explained else []
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": quoting(found),
        **({"content": {"body": "\n\n".join(map(markdown, more))}} if more else {}),
        "categories": ["Style"],
        "severity": _SEVERITIES[finding.level],
        "fingerprint": fingerprint,
        "location": {"path": visible(place.path), "lines": {"begin": place.line, "end": place.end_line}},
    }


def _failed(failed: Failure) -> dict[str, Any]:
    line = max(failed.line, 1)
    return {
        "type": "issue",
        "check_name": failed.rule or "unreadable",
        "description": visible(folded(failed.reason)),
        "categories": ["Bug Risk"],
        "severity": "critical",
        "fingerprint": digest(failed.path, failed.rule, failed.reason, str(failed.line), str(failed.column)),
        "location": {"path": visible(failed.path), "lines": {"begin": line, "end": line}},
    }
