"""Tables as systems give them: their rows, and cells that a spreadsheet would run as a formula.

Such a cell goes out with `'` before it, as OWASP advises against CSV injection, and loses it again when it comes in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cannedkit.exchange.model import CHANGED, REFUSED, File, Outcome
from cannedkit.model.errors import InputError, Problem

DELIMITERS = (",", ";", "\t", "|")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def rows(file: File) -> list[list[str]]:
    """The rows of a table, its header first, split where the header is split most. Raises csv.Error."""
    first = file.text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    return list(csv.reader(io.StringIO(file.text, newline=""), delimiter=delimiter))


def header(file: File) -> list[str]:
    """The names of the columns of a table in lower case, without white space around them; [] for what is none."""
    try:
        return [name.strip().lower() for name in next(iter(rows(file)), [])]
    except csv.Error:
        return []


def cells(file: File, outcomes: list[Outcome]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row by the names of its columns, as `header` has them, and what it is called in a report.

    A row with more cells than the header is refused. Raises InputError for what is no table.
    """
    names = header(file)
    try:
        found = rows(file)[1:]
    except csv.Error as error:
        raise InputError([Problem(file.name, 0, 0, f"is no table: {error}")]) from None
    for number, row in enumerate(found, start=2):
        name = f"{file.name} row {number}"
        if len(row) > len(names):
            outcomes.append(Outcome(name, REFUSED, "", "it has more cells than the header"))
        elif any(row):
            yield name, {**dict.fromkeys(names, ""), **dict(zip(names, map(plain, row), strict=False))}


def written(columns: Sequence[str], filled: Iterable[Mapping[str, str]]) -> str:
    """A table of those columns with a row for each mapping; cells that look like formulas are made text."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(columns)
    table.writerows([safe(row.get(column, "")) for column in columns] for row in filled)
    return stream.getvalue()


def escaped(id: str, columns: Iterable[str], row: Mapping[str, str]) -> Iterator[Outcome]:
    """What to say of the cells of a reply that look like formulas."""
    for column in columns:
        if _FORMULA.match(row.get(column, "")):
            yield Outcome(id, CHANGED, column, "has ' before it, so that no spreadsheet runs it as a formula")


def plain(cell: str) -> str:
    """What a cell says, without the `'` that kept it from being run."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
