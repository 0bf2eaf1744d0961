"""The format SARIF 2.1.0 (OASIS, errata 01), which GitHub code scanning and many viewers read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cannedkit.model.draft import Level
from cannedkit.model.errors import VERSION, Failure, Place
from cannedkit.model.result import Explanation, FileFinding, Report
from cannedkit.review.fingerprint import fingerprints
from cannedkit.text.places import standing
from cannedkit.text.visible import plain_json, visible
from cannedkit.wire.findings import checked
from cannedkit.wire.summary import located, untold

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "note"}

_FINGERPRINT = "cannedkit/v1"
"""What our fingerprints are made of; another number once that changes. GitHub's upload adds one of its own."""

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def write(report: Report) -> str:
    """One log of one run: the rules of the findings with their help, what was found, and what could not be checked."""
    rules = sorted({found.finding.rule for found in report.findings})
    levels = {rule: max(one.finding.level for one in report.findings if one.finding.rule == rule) for rule in rules}
    index = {rule: number for number, rule in enumerate(rules)}
    known = zip(report.findings, fingerprints(report.findings), strict=True)
    driver = {
        "name": "cannedkit",
        "version": VERSION,
        "semanticVersion": VERSION,
        "rules": [_rule(rule, levels[rule], report.explained.get(rule)) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(found, print, index, report) for found, print in known],
        "properties": {"checked": checked(report.checked)},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return plain_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(id: str, level: Level, explained: Explanation | None) -> dict[str, Any]:
    pack, _, name = id.partition(".")
    why = explained.why if explained else ""
    said = (why, explained.instead, explained.source and f"Source: {explained.source}") if explained else ()
    help = [part for part in said if part] or [f"A rule of {pack}, whose message says what is wrong."]
    link = explained.link if explained and _ADDRESS.fullmatch(explained.link) else ""
    return {
        "id": id,
        "name": name or id,
        "shortDescription": _text(why or id),
        **({"fullDescription": _text(why)} if why else {}),
        "help": _text("\n\n".join(help)),
        **({"helpUri": link} if link else {}),
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {"tags": [pack]},
    }


def _text(text: str) -> dict[str, str]:
    """A plain text message: braces stand for arguments in one, and a bracket before a parenthesis for a link."""
    plain = visible(text, lines=True).replace("{", "{{").replace("}", "}}")
    return {"text": plain.replace("](", "] (")}


def _result(found: FileFinding, fingerprint: str, index: Mapping[str, int], report: Report) -> dict[str, Any]:
    finding = found.finding
    fixes = [fix for each in finding.fixes if (fix := _fix(found, each, report))]
    related = [{"id": number, **_location(place, report)} for number, place in enumerate(found.related)]
    about = {"fullyQualifiedName": found.response, "kind": "resource"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.level],
        "message": _text(finding.message),
        "locations": [{**_location(found.place, report), **({"logicalLocations": [about]} if found.response else {})}],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        **({"fixes": fixes} if fixes else {}),
        "properties": _properties(found),
    }


def _properties(found: FileFinding) -> dict[str, Any]:
    """What SARIF has no word for: the text as customers read it, and the renderings that show the finding."""
    rendering = {
        "locale": found.locale,
        "channels": list(found.channels),
        "variation": found.variation,
        "part": found.part,
        "samples": list(found.samples),
    }
    own = {"text": found.text, "sources": list(found.finding.sources), "safe": found.finding.safe}
    return {**own, **(rendering if found.response else {})}


def _location(place: Place, report: Report) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": _region(place, report)}}


def _artifact(path: str) -> dict[str, str]:
    """The address of a file: relative to where the run was, unless its path is absolute."""
    address = quote(path.encode("utf-8", "surrogateescape"))
    return {"uri": f"file://{address}" if Path(path).is_absolute() else address}


def _region(place: Place, report: Report | None = None) -> dict[str, Any]:
    snippet = standing(report.lines(place.path), place) if report else None
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        **({"snippet": {"text": snippet}} if snippet else {}),
    }


def _fix(found: FileFinding, text: str, report: Report) -> dict[str, Any] | None:
    change = report.replacement(found, text)
    if change is None:
        return None
    swap = {"deletedRegion": _region(change.place), "insertedContent": {"text": change.text}}
    return {
        "description": _text(f'Write "{text}"' if text else "Take it out"),
        "artifactChanges": [{"artifactLocation": _artifact(change.place.path), "replacements": [swap]}],
    }


def _invocation(report: Report) -> dict[str, Any]:
    """How the run went: what failed, what nothing read, and what is good to know."""
    told = [_notification("error", located(failed), failed) for failed in report.errors]
    told += [_notification("warning", untold(one)) for one in report.checked.unread]
    told += [_notification("note", note) for note in report.notes]
    return {"executionSuccessful": not report.errors, **({"toolExecutionNotifications": told} if told else {})}


def _notification(level: str, text: str, failed: Failure | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if failed and failed.path:
        place = {"artifactLocation": _artifact(failed.path)}
        if failed.line:
            place["region"] = {"startLine": failed.line, "startColumn": max(failed.column, 1)}
    return {
        "level": level,
        "message": _text(text),
        **({"locations": [{"physicalLocation": place}]} if place else {}),
        **({"associatedRule": {"id": failed.rule}} if failed and failed.rule else {}),
    }
