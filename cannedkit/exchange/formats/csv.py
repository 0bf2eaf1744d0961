"""Tables as spreadsheets save them: a row for each text, under any header.

Columns are known by their names, or named by `--map PART=COLUMN`; those that are no part of a reply are kept aside and
written back. A cell that a spreadsheet would run as a formula goes out as text (see `exchange.table`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from cannedkit.exchange.model import (
    KEPT,
    REFUSED,
    Ability,
    Asked,
    File,
    Incoming,
    Outcome,
    Record,
    Text,
    Written,
)
from cannedkit.exchange.table import escaped, plain, rows, written
from cannedkit.model.errors import InputError, Problem
from cannedkit.text.nearest import nearest

ABILITY = Ability(
    markup="declared",
    shortcut=KEPT,
    tags=KEPT,
    subject=KEPT,
    locale=KEPT,
    channel=KEPT,
    variation=KEPT,
    missing="whatever reads the table decides",
    extension="csv",
)

FILE = "responses.csv"

PARTS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "key", "external_id", "unique_id"),
    "folder": ("folder", "category", "topic", "group"),
    "title": ("title", "name"),
    "shortcut": ("shortcut", "short_code", "trigger", "abbreviation", "shortcode"),
    "tags": ("tags", "keywords", "labels"),
    "locale": ("locale", "language", "lang"),
    "channel": ("channel",),
    "variation": ("variation",),
    "format": ("format",),
    "subject": ("subject",),
    "body": ("body", "content", "text", "message", "response", "reply", "answer", "msg"),
}
"""A part of a reply -> names of columns that hold it, in lower case; those that exports of helpdesks have."""

_COLUMNS = ("id", "title", "shortcut", "tags", "locale", "channel", "variation", "format", "subject", "body")
_BETWEEN = re.compile('[,;|"\n]')
_OURS = re.compile(r"[\w-]+(?:/[\w-]+)+")
_MARKUPS = ("text", "markdown", "html")


def is_mine(file: File) -> bool:
    """Whether its first line is a header with a column of texts."""
    header = next(iter(rows(file)), [])
    return len(header) > 1 and "body" in _named(header)


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The replies of some tables. Raises InputError for a table without a column of texts."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        try:
            header, *found = rows(file) or [[]]
        except csv.Error as error:
            raise InputError([Problem(file.name, 0, 0, f"is no table: {error}")]) from None
        columns = _columns(file, header, asked.columns)
        groups: dict[str, list[dict[str, str]]] = {}
        for number, row in enumerate(found, start=2):
            cells = dict(zip(header, (plain(cell) for cell in row), strict=False))
            if not any(row):
                continue
            if len(row) > len(header):
                outcomes.append(Outcome(f"{file.name} row {number}", REFUSED, "", "it has more cells than the header"))
                continue
            groups.setdefault(_key(cells, columns, groups), []).append(cells)
        records += [_record(id, cells, header, columns) for id, cells in groups.items()]
    return Incoming(tuple(records), tuple(outcomes))


def _named(header: Iterable[str]) -> dict[str, str]:
    """Part -> the column that holds it, by the names of the columns."""
    lower = {column.strip().lower(): column for column in reversed(list(header))}
    found = {part: [lower[name] for name in names if name in lower] for part, names in PARTS.items()}
    return {part: columns[0] for part, columns in found.items() if columns}


def _columns(file: File, header: list[str], told: Mapping[str, str]) -> dict[str, str]:
    for part, column in told.items():
        if part not in PARTS:
            raise InputError(f"--map {part}={column}: there is no part `{part}` of a reply{nearest(part, PARTS)}")
        if column not in header:
            raise InputError(f"--map {part}={column}: {file.name} has no such column{nearest(column, header)}")
    taken = set(told.values())
    columns = {part: column for part, column in _named(header).items() if column not in taken} | dict(told)
    if "body" not in columns:
        listed = ", ".join(header)
        message = f"no column is known to hold the texts: name it, `--map body=COLUMN`; columns are {listed}"
        raise InputError([Problem(file.name, 1, 1, message)])
    return columns


def _key(cells: Mapping[str, str], columns: Mapping[str, str], seen: Iterable[str]) -> str:
    """What rows of one reply share: its id, else its title where a column tells its rows apart."""
    if told := _cell(cells, columns, "id"):
        return told
    name = _cell(cells, columns, "title") or _cell(cells, columns, "shortcut")
    name = name or sha256(_cell(cells, columns, "body").encode("utf-8", "surrogatepass")).hexdigest()[:12]
    if {"locale", "channel", "variation"} & columns.keys():
        return name
    known, number, made = set(seen), 1, name
    while made in known:
        number += 1
        made = f"{name} {number}"
    return made


def _cell(cells: Mapping[str, str], columns: Mapping[str, str], part: str) -> str:
    return cells.get(columns[part], "") if part in columns else ""


def _record(id: str, rows: list[dict[str, str]], header: list[str], columns: Mapping[str, str]) -> Record:
    counts: dict[tuple[str, str], int] = {}
    texts = []
    for cells in rows:
        locale, channel = _cell(cells, columns, "locale"), _cell(cells, columns, "channel")
        counts[locale, channel] = counts.get((locale, channel), 0) + 1
        said = _cell(cells, columns, "variation")
        markup = _cell(cells, columns, "format")
        texts.append(
            Text(
                _cell(cells, columns, "body"),
                locale,
                channel,
                int(said) if said.isdecimal() and len(said) < 6 else counts[locale, channel],
                _cell(cells, columns, "subject") or None,
                markup if markup in _MARKUPS else "text",
            )
        )
    tags = _cell(rows[0], columns, "tags")
    by = "," if '"' in tags else next((sign for sign in (";", "|") if sign in tags), ",")
    return Record(
        id,
        tuple(texts),
        title=_cell(rows[0], columns, "title"),
        shortcut=_cell(rows[0], columns, "shortcut"),
        tags=_tags(tags, by),
        folder=tuple(filter(None, re.split(r"::|/|>", _cell(rows[0], columns, "folder")))),
        ours=id if _OURS.fullmatch(id) else "",
        kept=_kept(rows, header, columns, tags, by),
        aside=tuple(
            column for column in header if column not in columns.values() and any(row.get(column) for row in rows)
        ),
    )


def _tags(cell: str, by: str) -> tuple[str, ...]:
    """The tags in a cell; one in quotes may hold what stands between them."""
    found = next(csv.reader([cell], skipinitialspace=True), []) if '"' in cell else cell.split(by)
    return tuple(tag.strip() for tag in found if tag.strip())


def _joined(tags: Iterable[str], by: str) -> str:
    return by.join('"' + tag.replace('"', '""') + '"' if _BETWEEN.search(tag) else tag for tag in tags)


def _kept(rows: list[dict[str, str]], header: list[str], columns: Mapping[str, str], tags: str, by: str) -> Any:
    """What a table of ours would not say by itself: None for one of ours."""
    if tuple(header) == _COLUMNS:
        return None
    rest = [column for column in header if column not in columns.values() or column == columns.get("folder")]
    cells = [{column: row.get(column, "") for column in rest} for row in rows]
    kept = {"header": header, "columns": dict(columns), "cells": cells if rest else []}
    return {**kept, "tags by": by} if by in tags and ", " not in tags else kept


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """One table: the columns of the tables that the replies came from, or those of ours; a row for each text."""
    forms = [record.kept for record in records if isinstance(record.kept, dict)]
    new = any(not isinstance(record.kept, dict) for record in records)
    header = list(dict.fromkeys(column for form in forms for column in form.get("header", ())))
    names = dict(forms[0].get("columns", {})) if forms else {}
    header += [part for part in _COLUMNS if new and part not in names and part not in header]
    names = {**{part: part for part in _COLUMNS if part in header}, **names}
    outcomes: list[Outcome] = []
    filled: list[dict[str, str]] = []
    for record in records:
        for number, text in enumerate(record.texts):
            filled.append(_cells(record, text, number, names))
            outcomes += escaped(record.ours, header, filled[-1])
    return Written({FILE: written(header, filled)}, tuple(outcomes))


def _cells(record: Record, text: Text, number: int, names: Mapping[str, str]) -> dict[str, str]:
    form = record.kept if isinstance(record.kept, dict) else {}
    rest = form.get("cells") or [{}]
    by = form.get("tags by") or ", "
    parts = {
        "id": record.id or record.ours,
        "title": record.title,
        "shortcut": record.shortcut,
        "tags": _joined(record.tags, by),
        "locale": text.locale,
        "channel": text.channel,
        "variation": str(text.variation),
        "format": text.markup,
        "subject": text.subject or "",
        "body": text.text,
    }
    told = {names[part]: value for part, value in parts.items() if part in names}
    return {**told, **(rest[number] if number < len(rest) else rest[0])}
