"""Canned messages of Live Helper Chat, as its CSV export gives them and its import takes them.

The header must be `COLUMNS`, in that order, and the file UTF-8; a row whose `unique_id` is known there changes that message
(LiveHelperChat, `lhcannedmsg/import.php`, `erlhcoreclassmodelcannedmsg.php`). `languages` is JSON: a list of
`{languages, message, fallback_message}`. A placeholder is `{nick}`. Where one of a message has no value, the whole
`fallback_msg` is sent instead: it is written with each fallback in place of its placeholder, and read so where it is the
message but for its placeholders; another one is kept aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from cannedkit.exchange.document import text_of
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

ABILITY = Ability(
    syntax="whole",
    tags=KEPT,
    locale=KEPT,
    missing="the whole fallback message, else nothing at all",
    extension="csv",
)

FILE = "canned_messages.csv"
COLUMNS = tuple(
    "id title explain msg fallback_msg position delay department_id user_id auto_send attr_int_1 attr_int_2 attr_int_3 "
    "languages additional_data html_snippet unique_id created_at updated_at active_from active_to repetitiveness "
    "days_activity disabled delete_on_exp activate_responder subject tags_plain department_ids_front".split()
)
_LATER = frozenset({"activate_responder"})
"""Columns that versions before have not."""

_PARTS = ("title", "msg", "fallback_msg", "languages", "tags_plain")
_HOLE = re.compile(r"\{([A-Za-z_][\w-]*(?:\.[\w-]+)*)(?:\ue002([^{}\ue002]+))?\}")
_OURS = re.compile(r"[\w-]+(?:/[\w-]+)+")
_FALLBACK = "\ue002"
"""What stands between a name and its fallback while a text is on its way (see `placeholders.SYNTAXES`)."""


def is_mine(file: File) -> bool:
    """Whether its header is that of canned messages."""
    return {*COLUMNS} - {*header(file)} <= _LATER and bool(header(file))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The messages of some tables. Raises InputError for a table that lacks a column."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        columns = header(file)
        if missing := [name for name in COLUMNS if name not in columns and name not in _LATER]:
            message = f"is no export of canned messages: it has no column {', '.join(missing[:3])}"
            raise InputError([Problem(file.name, 1, 1, message)])
        for at, row in cells(file, outcomes):
            id = row["unique_id"] or row["id"] or row["title"] or at
            try:
                languages = json.loads(row["languages"] or "[]")
            except ValueError:
                languages = None
            if not isinstance(languages, list):
                outcomes.append(Outcome(id, REFUSED, "", "its `languages` are no list in JSON"))
                continue
            records.append(_record(id, row, languages, columns))
    return Incoming(tuple(records), tuple(outcomes))


def _record(id: str, row: dict[str, str], languages: list[Any], columns: list[str]) -> Record:
    message, fallback = row["msg"], row["fallback_msg"]
    texts = [Text(_joined(message, fallback))] if message else []
    hollow = []
    for entry in languages:
        tags = entry.get("languages") if isinstance(entry, dict) else None
        said = text_of(entry.get("message")) if isinstance(entry, dict) else ""
        if not (said and isinstance(tags, list) and tags and isinstance(tags[0], str)):
            hollow.append(entry)
            continue
        other = text_of(entry.get("fallback_message"))
        texts.append(Text(_joined(said, other), tags[0]))
        hollow.append({**entry, "message": None, "fallback_message": _beside(said, other)})
    kept = {**row, "title": None, "msg": None, "fallback_msg": _beside(message, fallback), "languages": hollow}
    tags_cell = row["tags_plain"]
    kept["tags_plain"] = None if ", ".join(_tags(tags_cell)) == tags_cell else tags_cell
    if hollow and json.dumps(languages, ensure_ascii=False, separators=(",", ":")) != row["languages"]:
        kept["written"] = row["languages"]
    silent = ("id", "unique_id", "created_at", "updated_at", *_PARTS)
    named = [name for name in columns if row.get(name) not in (None, "", "0", "[]") and name not in silent]
    named += ["fallback_msg"] if kept["fallback_msg"] else []
    return Record(
        id,
        tuple(texts),
        title=row["title"],
        tags=_tags(tags_cell),
        ours=id if _OURS.fullmatch(id) else "",
        kept={"columns": columns, "row": kept},
        aside=tuple(named),
    )


def _tags(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(",") if one.strip())


# -- the whole message that is sent where a value is missing ------------------------------------


def _joined(message: str, fallback: str) -> str:
    """A message whose placeholders have the fallbacks that stand in their places in the other one."""
    found = _fallbacks(message, fallback)
    if not found:
        return message
    return _HOLE.sub(lambda hole: f"{{{hole[1]}{_FALLBACK}{found[hole[1]]}}}" if hole[1] in found else hole[0], message)


def _fallbacks(message: str, fallback: str) -> dict[str, str]:
    """What stands in the other message in place of each placeholder, {} where it is another message."""
    if not fallback or not _HOLE.search(message):
        return {}
    form, names, done = "", [], 0
    for hole in _HOLE.finditer(message):
        form += re.escape(message[done : hole.start()])
        form += f"(?P=h{names.index(hole[1])})" if hole[1] in names else f"(?P<h{len(names)}>[^{{}}]+|{re.escape(hole[0])})"
        names += [hole[1]] if hole[1] not in names else []
        done = hole.end()
    if len(names) > MAX_HOLES:
        return {}
    found = re.fullmatch(form + re.escape(message[done:]), fallback, re.DOTALL)
    said = {name: found[f"h{number}"] for number, name in enumerate(names)} if found else {}
    made = {name: text for name, text in said.items() if text != f"{{{name}}}" and text.strip() == text}
    return made if _whole(_with(message, made)) == fallback else {}


MAX_HOLES = 8
"""Placeholders up to which a fallback message is taken apart; our own choice, so that none takes long."""


def _with(message: str, found: dict[str, str]) -> str:
    return _HOLE.sub(lambda hole: f"{{{hole[1]}{_FALLBACK}{found[hole[1]]}}}" if hole[1] in found else hole[0], message)


def _beside(message: str, fallback: str) -> str | None:
    """The other message, None where it is that with the fallbacks, or none."""
    joined = _joined(message, fallback)
    return None if fallback == _whole(joined) else fallback


def _message(text: str) -> str:
    """A text on its way as the message."""
    return _HOLE.sub(lambda hole: f"{{{hole[1]}}}", text)


def _whole(text: str) -> str:
    """A text on its way as the whole message in place of it, "" where it has no fallback."""
    filled = _HOLE.sub(lambda hole: hole[2] or hole[0], text)
    return filled if _FALLBACK in text else ""


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """One table; a new message has our id as its `unique_id`, and belongs to all departments."""
    forms = [record.kept for record in records if isinstance(record.kept, dict)]
    columns = forms[0]["columns"] if forms else list(COLUMNS)
    outcomes: list[Outcome] = []
    filled = []
    for record in records:
        filled.append(_row(record))
        outcomes += escaped(record.ours, columns, filled[-1])
        if any(_FALLBACK in text.text for text in record.texts):
            why = "its fallbacks make a message of their own, sent whole where any value is missing"
            outcomes.append(Outcome(record.ours, CHANGED, "fallback", why))
    return Written({FILE: written(columns, filled)}, tuple(outcomes))


def _row(record: Record) -> dict[str, str]:
    kept = record.kept["row"] if isinstance(record.kept, dict) else dict.fromkeys(COLUMNS[5:13], "0")
    first, *others = record.texts
    if isinstance(record.kept, dict) and kept["msg"] is None and not _has_default(record):
        first, others = Text(""), list(record.texts)
    entries = [*_languages(kept.get("languages") or [], others)]
    told = kept.get("tags_plain")
    row = {
        "title": record.title or record.ours,
        "msg": _message(first.text),
        "fallback_msg": _whole(first.text) or kept.get("fallback_msg") or "",
        "languages": json.dumps(entries, ensure_ascii=False, separators=(",", ":")) if entries else "",
        "tags_plain": told if told and _tags(told) == record.tags else ", ".join(record.tags),
        "unique_id": kept.get("unique_id") or record.ours,
    }
    was = kept.get("written")
    if was is not None and json.loads(was) == entries:
        row["languages"] = was
    return {**{name: value for name, value in kept.items() if isinstance(value, str)}, **row}
