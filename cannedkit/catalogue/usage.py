"""The file of `usage`: the ids of the replies that were sent, as CSV or JSON lines -> how often each was."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from typing import Any

from cannedkit import files
from cannedkit.catalogue.load import title
from cannedkit.model.errors import Failure, Problem, unreadable
from cannedkit.model.response import Catalogue
from cannedkit.model.result import Review
from cannedkit.model.settings import Settings
from cannedkit.model.upkeep import Sent, Usage

MAX_BYTES = 50_000_000
"""Bytes that the file may hold; our own choice, about a million and a half of lines that are an id alone."""

MAX_COUNT = 1_000_000_000
"""How often one line may say that a reply was sent; our own choice, so that a number of another column is told."""

MOST = 20
"""How many of the replies that were sent most are looked at for findings; our own choice, about a screen."""

MAX_PROBLEMS = 20
"""Lines with a fault that are told one by one; our own choice, about a screen."""

SEPARATORS = (",", ";", "\t")
"""What may stand between the columns of a CSV file: spreadsheets write the one that their locale has."""

Line = tuple[str, int] | Problem
"""What a line says: a name and how often it was sent, or why it cannot be read."""


def usage(settings: Settings, catalogue: Catalogue) -> Usage | None:
    """What the file that the settings name says; None where they name none. A bad line never hides the others."""
    if settings.usage is None:
        return None
    path = str(settings.usage)
    try:
        text = files.text(settings.usage, MAX_BYTES, settings.root)
    except files.FileError as error:
        return Usage(path, errors=(Failure("", str(error), path),))
    counts, errors = _counted(_json_lines(text, path) if text.lstrip()[:1] == "{" else _table(text, path), path)
    known, unknown = _by_id(counts, catalogue)
    sent = [
        Sent(response.id, known.get(response.id, 0), title(response, settings.locale), response.status)
        for response in catalogue.responses.values()
    ]
    return Usage(path, tuple(sorted(sent, key=lambda one: -one.count)), unknown, errors)


def with_findings(found: Usage, catalogue: Catalogue, most: int, check: Callable[[Catalogue], Review]) -> Usage:
    """The usage with the rules that find something in the `most` responses in use that were sent most."""
    top = [one.id for one in found.sent if one.count and not one.status][:most]
    if not top:
        return found
    review = check(Catalogue(catalogue.root, {id: catalogue.responses[id] for id in top}))
    rules: dict[str, set[str]] = {id: set() for id in top}
    for finding in review.findings:
        rules.get(finding.response, set()).add(finding.finding.rule)
    sent = tuple(replace(one, rules=tuple(sorted(rules[one.id]))) if one.id in rules else one for one in found.sent)
    return replace(found, sent=sent, errors=(*found.errors, *review.errors))


def _counted(lines: Iterable[Line], path: str) -> tuple[dict[str, int], tuple[Failure, ...]]:
    """How often each name was sent, and the lines that cannot be read: the first of them one by one."""
    counts: dict[str, int] = {}
    errors: list[Failure] = []
    more = 0
    for line in lines:
        if not isinstance(line, Problem):
            counts[line[0]] = counts.get(line[0], 0) + line[1]
        elif len(errors) < MAX_PROBLEMS:
            errors.append(unreadable(line))
        else:
            more += 1
    if more:
        errors.append(Failure("", f"{more:,} more lines cannot be read", path))
    if not counts and not errors:
        errors.append(Failure("", "holds no id: write one a line, or take `usage` out of the settings", path, 1, 1))
    return counts, tuple(errors)


def _line(path: str, line: int, name: object, count: object = 1) -> Line:
    """What a line says that holds a name and a count."""
    number = _whole(count)
    if not isinstance(name, str) or not name.strip():
        return Problem(path, line, 1, "the line has no `id`: write that of the reply that was sent, or take it out")
    if number is None:
        message = f"`count` must be a whole number of at most {MAX_COUNT:,}, not {_shown(count)}"
        return Problem(path, line, 1, message)
    return name.strip(), number


def _by_id(counts: Mapping[str, int], catalogue: Catalogue) -> tuple[dict[str, int], dict[str, int]]:
    """The counts of responses, which may be named by their shortcuts, and those of other names, most first."""
    shortcuts = {one.shortcut.casefold(): one.id for one in catalogue.responses.values() if one.shortcut}
    found: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for name, count in counts.items():
        id = name if name in catalogue.responses else shortcuts.get(name.casefold())
        among, key = (unknown, name) if id is None else (found, id)
        among[key] = among.get(key, 0) + count
    return found, dict(sorted(unknown.items(), key=lambda one: (-one[1], one[0])))


# -- CSV ----------------------------------------------------------------------------------------


def _table(text: str, path: str) -> Iterator[Line]:
    """Rows under a line of names, of which one is `id` and one may be `count`; or one column of ids without names."""
    first = next(iter(text.splitlines()), "")
    rows = _rows(text, next((sign for sign in SEPARATORS if sign in first), ","), path)
    names: list[str] | None = None
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        if names is None:
            names = [name.strip().casefold() for name in cells]
            if len(names) > 1 and "id" not in names:
                shown = ", ".join(map(_shown, cells[:8]))
                message = f"the first line must name the columns, one of them `id`; it holds {shown}"
                yield Problem(path, line, 1, message)
                return
            if "id" in names:
                continue
            names = ["id"]
        by_name = dict(zip(names, cells, strict=False))
        yield _line(path, line, by_name.get("id"), by_name.get("count", "1"))


def _rows(text: str, separator: str, path: str) -> Iterator[tuple[int, list[str]] | Problem]:
    """The rows that hold something, each with its line; one that is no CSV is a problem, and the next one is read."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            message = f"this is no row of CSV: {error}; put quotes around a text, and double those in it"
            yield Problem(path, line, 1, message)
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row


# -- JSON lines ---------------------------------------------------------------------------------


def _json_lines(text: str, path: str) -> Iterator[Line]:
    """One object a line with `id`, and `count` where it stands for several."""
    example = 'a line must be an object such as {"id": "billing/refund-sent"}'
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found: Any = json.loads(line)
        except json.JSONDecodeError as error:
            yield Problem(path, number, error.colno, f"this is no JSON: {error.msg}; {example}")
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
            yield Problem(path, number, 1, example)
        else:
            entry = found if isinstance(found, dict) else None
            yield (
                _line(path, number, entry.get("id"), entry.get("count", 1))
                if entry
                else Problem(path, number, 1, example)
            )


def _whole(count: object) -> int | None:
    """A count as a number, None where it is none."""
    if isinstance(count, str):
        digits = count.strip()
        count = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= len(str(MAX_COUNT)) else None
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MAX_COUNT:
        return None
    return count


def _shown(value: object) -> str:
    return f"{value!r:.60}"
