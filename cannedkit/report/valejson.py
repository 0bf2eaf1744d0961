"""The format of `vale --output=JSON`: an object from file to its alerts, as Vale 3.22 prints it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cannedkit.model.result import FileFinding, Report
from cannedkit.model.rule import Rule
from cannedkit.pattern.alternation import compiled, fits
from cannedkit.text.visible import plain_json
from cannedkit.wire.summary import located, untold


@dataclass(frozen=True, slots=True)
class _Said:
    """What a rule says that stands in each of its alerts: its action, and the tokens that catch groups."""

    name: str = ""
    parameters: tuple[str, ...] = ()
    tokens: tuple[Any, ...] = ()
    description: str = ""
    link: str = ""


def write(report: Report) -> str:
    """`{path: [alert, …]}`, sorted by path; a file without findings is not there."""
    spoke = {found.finding.rule for found in report.findings}
    said = {id: _said(rule) for id, rule in report.rules.items() if id in spoke}
    alerts: dict[str, list[str]] = {}
    for found in report.findings:
        alerts.setdefault(found.place.path, []).append(_alert(found, said.get(found.finding.rule)))
    files = [f"  {_encoded(path)}: [\n{_joined(each)}\n  ]" for path, each in sorted(alerts.items())]
    return f"{{\n{_joined(files)}\n}}\n" if files else "{}\n"


def beside(report: Report) -> list[str]:
    """Whatever is no finding: Vale prints such things elsewhere."""
    return [*map(located, report.errors), *map(untold, report.checked.unread)]


def _alert(found: FileFinding, said: _Said | None) -> str:
    """One finding with Vale's keys. `Span` counts from 1 and holds its end; it stays on the first line.

    Without a rule that is known, the fixes are said to replace the match.
    """
    finding = found.finding
    said = said or _Said("replace" if finding.fixes else "", finding.fixes)
    parameters = said.parameters or (finding.fixes if said.name == "replace" else ())
    suggestions, groups = finding.fixes if said.name else (), _groups(said, found.text)
    last = max(found.place.column, found.place.column + finding.end - finding.start - 1)
    opening, to, behind, match, line, closing = _around(
        said.name, parameters, suggestions, groups, finding.rule, said.description, said.link, str(finding.level)
    )
    message = _encoded(finding.message.replace("\n", " "))
    return (
        f"    {opening}{found.place.column}{to}{last}{behind}{message}{match}{_encoded(found.text)}"
        f"{line}{found.place.line}{closing}"
    )


@lru_cache(maxsize=4_096)
def _around(
    name: str,
    parameters: tuple[str, ...],
    suggestions: tuple[str, ...],
    groups: tuple[str, ...],
    rule: str,
    description: str,
    link: str,
    level: str,
) -> Sequence[str]:
    """What stands around the columns, the message, the match and the line of alerts that differ in nothing else."""
    alert = {
        "Action": {"Name": name, "Params": list(parameters) or None},
        "Suggestions": list(suggestions),
        **({"Groups": list(groups)} if groups else {}),
        "Span": [..., ...],
        "Check": rule,
        "Description": description,
        "Link": link,
        "Message": ...,
        "Severity": level,
        "Match": ...,
        "Line": ...,
    }
    return _indented(alert, 4).split(_HOLE)


def _said(rule: Rule) -> _Said:
    does = getattr(rule.options, "action", None)
    name, parameters = (does.name, does.parameters) if does else ("", ())
    return _Said(name, parameters, _catching(rule), rule.description, rule.link)


def _catching(rule: Rule) -> tuple[Any, ...]:
    """The tokens with groups, for the kind that Vale names the groups of."""
    if rule.kind != "existence":
        return ()
    ignorecase, tokens = rule.options.found.ignorecase, (*rule.options.tokens, rule.options.raw)
    opened = (token for token in tokens if "(" in token.replace("(?:", "").replace("(?=", "").replace("(?!", ""))
    return tuple(one for token in opened if (one := compiled(f"(?:{token})", ignorecase)).groups)


def _groups(said: _Said, match: str) -> tuple[str, ...]:
    """What the groups of the token caught that made the match."""
    for token in said.tokens:
        with suppress(TimeoutError):
            if found := fits(token, match):
                return tuple(caught or "" for caught in found.groups())
    return ()


def _joined(pieces: Sequence[str]) -> str:
    return ",\n".join(pieces)


def _indented(value: Any, by: int) -> str:
    """A value as JSON on lines of their own, as `json.dumps(indent=2)` does, a hole where it is `...`."""
    if value is ...:
        return _HOLE
    if isinstance(value, dict):
        outer, inner = _line(by), _line(by + 2)
        return (
            "{" + ",".join([f'{inner}"{key}": {_indented(each, by + 2)}' for key, each in value.items()]) + outer + "}"
        )
    if isinstance(value, list) and value:
        outer, inner = _line(by), _line(by + 2)
        return "[" + ",".join([inner + _indented(each, by + 2) for each in value]) + outer + "]"
    if isinstance(value, str):
        return _encoded(value)
    return _ENCODE(value)


@lru_cache(maxsize=16)
def _line(by: int) -> str:
    """A new line, so far from its beginning."""
    return "\n" + " " * by


@lru_cache(maxsize=4_096)
def _encoded(text: str) -> str:
    """A text as Go writes it: `<`, `>` and `&` are escaped, for HTML. Most stand in many alerts."""
    return plain_json(_ENCODE(text)).translate(_FOR_HTML)


_HOLE = "\0"
"""What is written for a hole: no text holds it once it is encoded."""

_FOR_HTML = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
