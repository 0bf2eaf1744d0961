"""Findings, and what stands beside them, as JSON."""

from __future__ import annotations

from typing import Any

from cannedkit.model.draft import Finding
from cannedkit.model.errors import Failure
from cannedkit.model.result import Checked, Explanation, FileFinding, Unread


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


def checked(looked: Checked) -> dict[str, Any]:
    """What was looked at: counts of what there was, and lists; `unread` always, for nothing unread is called clean."""
    counts = {name: getattr(looked, name) for name in ("drafts", "responses", "bodies", "renderings")}
    lists = {name: list(getattr(looked, name)) for name in ("locales", "channels", "passed")}
    return {
        **{name: count for name, count in counts.items() if count},
        **{name: items for name, items in lists.items() if items},
        "engines": {locale: list(names) for locale, names in looked.engines.items()},
        "unread": [unread(one) for one in looked.unread],
    }


def placed(found: FileFinding, explanation: Explanation | None) -> dict[str, Any]:
    """A finding with its place in a file, the renderings that show it, and what its rule says of itself."""
    return {
        **fields(found.finding),
        **reasons(explanation),
        "path": found.place.path,
        "line": found.place.line,
        "column": found.place.column,
        "end_line": found.place.end_line,
        "end_column": found.place.end_column,
        "text": found.text,
        "response": found.response,
        "locale": found.locale,
        "channels": list(found.channels),
        "variation": found.variation,
        "part": found.part,
        "samples": list(found.samples),
    }
