"""Findings, and what stands beside them, as JSON: the answer to a draft, for every program that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import CannedkitError, Failure, Place
from cannedkit.model.result import Checked, Explanation, FileFinding, Unread
from cannedkit.wire.drafts import Request

if TYPE_CHECKING:
    from cannedkit.kit import Kit


def answer(kit: Kit, asked: Request, *, explain: bool = False) -> tuple[dict[str, Any], Level | None]:
    """The answer to a draft, and the highest level found (None for nothing).

    It holds `findings` and, where there are any: `errors` of checks that failed, `unread` for what nothing read,
    `notes` on what was not taken as it stands, `locale` where the draft had none and its words say that it is not in
    that of the settings. `explain` adds to each finding what its rule says of itself. Raises DraftError, RuleError,
    EngineError.
    """
    draft = kit.draft(**asked.arguments)
    findings, failures = kit.linter(draft.locale).results(draft)
    told = {
        "locale": draft.locale if "locale" not in asked.arguments and draft.locale != kit.settings.locale else "",
        "errors": [failure(failed) for failed in failures],
        "unread": [unread(left) for left in kit.unread(draft.locale)],
        "notes": list(asked.notes),
    }
    shown = [
        {**fields(finding), **(reasons(_explanation(kit, finding.rule)) if explain else {})} for finding in findings
    ]
    highest = max((finding.level for finding in findings), default=None)
    return {"findings": shown, **{key: each for key, each in told.items() if each}}, highest


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


def reasons(explained: Explanation | None) -> dict[str, str]:
    """What a finding's rule says of itself; empty texts where nothing is known of the rule."""
    if explained is None:
        return {"why": "", "instead": "", "rule_source": ""}
    return {"why": explained.why, "instead": explained.instead, "rule_source": explained.source}


def _explanation(kit: Kit, rule: str) -> Explanation | None:
    try:
        found = kit.explain(rule)
    except CannedkitError:
        return None
    return found if found.kind != "engine" else None


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


def place(where: Place) -> dict[str, Any]:
    """A stretch of a file."""
    return {key: getattr(where, key) for key in ("path", "line", "column", "end_line", "end_column")}


def placed(found: FileFinding, explanation: Explanation | None) -> dict[str, Any]:
    """A finding with its place in a file, the renderings that show it, and what its rule says of itself."""
    return {
        **fields(found.finding),
        **reasons(explanation),
        **place(found.place),
        "text": found.text,
        "response": found.response,
        "locale": found.locale,
        "channels": list(found.channels),
        "variation": found.variation,
        "part": found.part,
        "samples": list(found.samples),
        **({"related": [place(one) for one in found.related]} if found.related else {}),
    }
