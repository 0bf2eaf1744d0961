"""Text modules of Zammad, as its CSV import takes them and its example shows them.

The columns are `id,name,keywords,content,note,active,groups`, of which any may be missing but the name and the content;
a column that Zammad does not know is an error there, and so is an id that it does not have. Cells lose white space
around them, and one with `~~~` is a list (zammad/zammad, `can_csv_import.rb`, `text_module.rb`). Content without an
element of HTML is made HTML when it is saved, so that HTML is what goes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannedkit.exchange.document import with_ids
from cannedkit.exchange.model import (
    CHANGED,
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
from cannedkit.exchange.table import cells, escaped, header, written
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(syntax="hash", markup="html", tags=KEPT, missing="a hyphen: `Hi -,`", extension="csv")

FILE = "text_modules.csv"
COLUMNS = ("id", "name", "keywords", "content", "note", "active", "groups")
_KNOWN = frozenset((*COLUMNS, "foreign_id", "user"))
_LIST = "~~~"
"""What stands between the items of a cell that is a list."""

_ELEMENT = re.compile(
    r"</?(?:a|b|blockquote|br|code|del|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody"
    r"|td|th|thead|tr|u|ul)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
"""An element of HTML as its editor writes them; `<DATE>` in a plain text is none."""

_CALL = re.compile(r"#\{\s*\w+\([^{}]*\}")


def is_mine(file: File) -> bool:
    """Whether its columns are those of text modules, and no other."""
    found = header(file)
    return {"name", "content"} <= {*found} <= _KNOWN and len(found) > 2


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The text modules of some tables. Raises InputError for a table without names and contents."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        names = header(file)
        if not {"name", "content"} <= {*names}:
            raise InputError([Problem(file.name, 1, 1, f"has no columns name and content, but {', '.join(names)}")])
        for at, row in cells(file, outcomes):
            id = row.get("id", "").strip() or row.get("name", "").strip() or at
            if _LIST in row.get("content", "") or _LIST in row.get("name", ""):
                outcomes.append(Outcome(id, REFUSED, "", f"Zammad takes a cell with {_LIST} for a list"))
                continue
            outcomes += [
                Outcome(id, CHANGED, "body", f"{found[0]} is text here: it means something in triggers alone")
                for found in _CALL.finditer(row.get("content", ""))
            ]
            records.append(_record(row, names))
    return Incoming(with_ids(records), tuple(outcomes))


def _record(row: dict[str, str], names: list[str]) -> Record:
    content, keywords = row.get("content", ""), row.get("keywords", "")
    tags = _tags(keywords)
    groups = [one.strip() for one in row.get("groups", "").split(_LIST) if one.strip()]
    kept = {**row, "name": None, "content": None}
    if "keywords" in row:
        kept["keywords"] = None if _keywords(tags) == keywords else keywords
    return Record(
        row.get("id", "").strip(),
        (Text(content, markup="html" if _ELEMENT.search(content) else "text"),),
        title=row.get("name", ""),
        tags=tags,
        folder=tuple(groups) if len(groups) == 1 else (),
        kept={"columns": names, "row": kept},
        aside=tuple(key for key in names if row.get(key) and key not in ("id", "name", "content", "keywords")),
    )


def _tags(keywords: str) -> tuple[str, ...]:
    """The keywords in a cell: between commas, where there are any, else between spaces."""
    found = keywords.split(",") if "," in keywords else keywords.split()
    return tuple(one.strip() for one in found if one.strip())


def _keywords(tags: Sequence[str]) -> str:
    if len(tags) == 1 and " " in tags[0]:
        return f"{tags[0]},"
    return ", ".join(tags)


def write(records: Sequence[Record]) -> Written:
    """One table; a new text module has no id, is active, and belongs to no group alone."""
    forms = [record.kept for record in records if isinstance(record.kept, dict)]
    columns = list(dict.fromkeys(column for form in forms for column in form["columns"])) or list(COLUMNS)
    outcomes: list[Outcome] = []
    filled = []
    for record in records:
        filled.append(_row(record))
        outcomes += escaped(record.ours, columns, filled[-1])
    return Written({FILE: written(columns, filled)}, tuple(outcomes))


def _row(record: Record) -> dict[str, str]:
    kept = record.kept["row"] if isinstance(record.kept, dict) else {"active": "true"}
    text = record.texts[0]
    keywords = kept.get("keywords")
    row = {
        "name": (record.title or record.ours).replace(_LIST, "~~"),
        "keywords": keywords if keywords and _tags(keywords) == record.tags else _keywords(record.tags),
        "content": text.text.replace(_LIST, "~~&#126;") if text.markup == "html" else text.text,
    }
    return {**kept, **row}
