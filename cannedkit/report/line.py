"""The format for people: place, level, message, the source line with a caret under the span, why, and what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from cannedkit.model.draft import Level
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding, Report

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.SUGGESTION: "36"}
_WIDTH = 100
"""Columns of a source line that are shown around the span."""


def write(report: Report) -> str:
    """One paragraph a finding, then the checks that failed, then a line that counts."""
    parts = ["\n".join(_paragraph(found, report)) for found in report.findings]
    parts += [_paint(f"{error.rule}: could not check: {error.reason}", "31", report) for error in report.errors]
    parts.append(_summary(report))
    return "\n\n".join(parts) + "\n"


def _paragraph(found: FileFinding, report: Report) -> Iterator[str]:
    finding = found.finding
    level = _paint(str(finding.level), _COLOURS[finding.level], report)
    yield f"{_paint(str(found.place), '1', report)}: {level}: {finding.message}  [{finding.rule}]"
    yield from _excerpt(found.place, report, _COLOURS[finding.level])
    rule = report.rules.get(finding.rule)
    why, instead = (rule.why, rule.instead) if rule else ("", "")
    if why:
        yield f"    why: {why}"
    if instead:
        yield f"    instead: {instead}"
    if finding.fixes and not any(f"{mark}{finding.fixes[0]}{mark}" in finding.message for mark in "\"'"):
        yield f"    fix: {' or '.join(_quoted(fix) for fix in finding.fixes)}"
    if found.response:
        yield f"    in: {_rendering(found)}"


def _quoted(fix: str) -> str:
    return f'"{fix}"' if fix else "take it out"


def _rendering(found: FileFinding) -> str:
    parts = [found.response, found.locale, ", ".join(found.channels)]
    if found.variation > 1:
        parts.append(f"variation {found.variation}")
    if found.part == "subject":
        parts.append("subject")
    if found.samples:
        parts.append(f"only with the samples: {', '.join(found.samples)}")
    return " · ".join(part for part in parts if part)


def _excerpt(place: Place, report: Report, colour: str) -> Iterator[str]:
    """The first line of the span, cut to the screen, and carets under what is meant."""
    lines = report.lines(place.path)
    if not 0 < place.line <= len(lines):
        return
    text = lines[place.line - 1]
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(text)
    left = max(0, start - _WIDTH // 2) if len(text) > _WIDTH else 0
    shown = text[left : left + _WIDTH]
    margin = " " * len(str(place.line))
    before = "".join("\t" if character == "\t" else " " * _columns(character) for character in text[left:start])
    carets = "^" * max(1, sum(map(_columns, text[start : min(end, left + _WIDTH)])))
    lead, tail = "…" if left else "", "…" if left + _WIDTH < len(text) else ""
    yield f"  {place.line} | {lead}{shown}{tail}"
    yield f"  {margin} | {' ' if left else ''}{before}{_paint(carets, colour, report)}"


def _columns(character: str) -> int:
    """The columns of a terminal that a character takes."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _paint(text: str, colour: str, report: Report) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if report.paint else text


def _summary(report: Report) -> str:
    counts = [(level, sum(found.finding.level == level for found in report.findings)) for level in reversed(Level)]
    named = [_counted(count, str(level)) for level, count in counts if count]
    found = ", ".join(named) if named else "nothing found"
    if report.errors:
        found += f", {_counted(len(report.errors), 'check')} failed"
    return f"{found[0].upper()}{found[1:]}. {_looked_at(report)}".rstrip()


def _looked_at(report: Report) -> str:
    """What was checked, in words."""
    checked = report.checked
    parts = [
        _counted(checked[name], name[:-1])
        for name in ("drafts", "responses", "bodies", "renderings")
        if name in checked
    ]
    parts = [
        part.replace("bodie", "body") if part.startswith("1 ") else part.replace("bodys", "bodies") for part in parts
    ]
    for name in ("locales", "channels"):
        if checked.get(name):
            parts.append(f"{name} {', '.join(checked[name])}")
    if not parts:
        return ""
    return f"Checked {', '.join(parts)} in {report.seconds:.1f} s.{_read_by(checked.get('engines', {}))}"


def _read_by(engines: Mapping[str, Sequence[str]]) -> str:
    """Which engines read which locales, where there is more to say than that one engine read them all."""
    unread = [locale for locale, names in engines.items() if not names]
    note = f" No engine checked the spelling and grammar of {', '.join(unread)}." if unread else ""
    readers = sorted({name for names in engines.values() for name in names})
    if len(readers) < 2:
        return note
    read = [f"{name} ({', '.join(locale for locale, names in engines.items() if name in names)})" for name in readers]
    return f" Spelling and grammar by {', '.join(read)}.{note}"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
