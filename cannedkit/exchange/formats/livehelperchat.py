"""Canned messages of Live Helper Chat, as its CSV export gives them and its import takes them.

The header must be `COLUMNS`, in that order, and the file UTF-8; a row whose `unique_id` is known there changes that
message (LiveHelperChat, `lhcannedmsg/import.php`, `erlhcoreclassmodelcannedmsg.php`). `languages` is JSON: a list of
`{languages, message, fallback_message}`. A placeholder is `{nick}`. Where one of a message has no value, the whole
`fallback_msg` is sent instead: it is written with each fallback in place of its placeholder, and read so where it is
the message but for its placeholders; another one is kept aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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
_SILENT = ("id", "unique_id", "created_at", "updated_at", *_PARTS)
_ZERO = (*COLUMNS[5:13], "created_at", "updated_at", "active_from", "active_to", "repetitiveness", "disabled")
_HOLE = re.compile(r"\{([A-Za-z_][\w-]*(?:\.[\w-]+)*)(?:\ue002([^{}\ue002]+))?\}")
_UNSAID = re.compile("[{}\ue002]|^\\s|\\s$")
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
            except (ValueError, RecursionError):
                languages = None
            if not isinstance(languages, list):
                outcomes.append(Outcome(id, REFUSED, "", "its `languages` are no list in JSON"))
                continue
            records.append(_record(id, row, languages, columns))
    return Incoming(tuple(records), tuple(outcomes))


def _record(id: str, row: dict[str, str], languages: list[Any], columns: list[str]) -> Record:
    message, fallback = row["msg"], row["fallback_msg"]
    texts: list[Text] = []
    hollow: list[Any] = []
    for entry in languages:
        tag, said = _tag(entry), text_of(entry.get("message")) if isinstance(entry, dict) else ""
        if not (tag and said):
            hollow.append(entry)
            continue
        other = text_of(entry.get("fallback_message"))
        texts.append(Text(_joined(said, other), tag))
        hollow.append({**entry, "message": None, "fallback_message": _beside(said, other)})
    joined = _joined(message, fallback)
    same = next((at for at, text in enumerate(texts) if text.text == joined), -1) if message else -1
    texts[:0] = [Text(joined)] if message and same < 0 else []
    told = {name: value for name, value in row.items() if name not in _PARTS}
    told |= {} if ", ".join(_tags(row["tags_plain"])) == row["tags_plain"] else {"tags_plain": row["tags_plain"]}
    own = _beside(message, fallback)
    kept = {"columns": columns, "row": told, "languages": hollow, "same": same if message else None, "fallback": own}
    kept |= {} if _printed(languages) == row["languages"] else {"written": row["languages"]}
    named = [name for name in columns if row.get(name) not in (None, "", "0", "[]") and name not in _SILENT]
    return Record(
        id,
        tuple(texts),
        title=row["title"],
        tags=_tags(row["tags_plain"]),
        ours=id if _OURS.fullmatch(id) else "",
        kept=kept,
        aside=(*named, "fallback_msg") if own else tuple(named),
    )


def _tag(entry: Any) -> str:
    """The first of the languages of an entry, "" for none."""
    tags = entry.get("languages") if isinstance(entry, dict) else None
    return text_of(tags[0]) if isinstance(tags, list) and tags else ""


def _tags(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(",") if one.strip())


def _printed(entries: list[Any]) -> str:
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")) if entries else ""


# -- the whole message that is sent where a value is missing ------------------------------------


def _joined(message: str, fallback: str) -> str:
    """A message whose placeholders have the fallbacks that stand in their places in the other one."""
    found = _fallbacks(message, fallback)
    return _HOLE.sub(lambda hole: f"{{{hole[1]}{_FALLBACK}{found[hole[1]]}}}" if hole[1] in found else hole[0], message)


def _fallbacks(message: str, fallback: str) -> dict[str, str]:
    """What stands in the other message in place of each placeholder, {} where it is another message."""
    between = _HOLE.split(message)[::3]
    names = [hole[1] for hole in _HOLE.finditer(message)]
    if not names or not all(between[1:-1]) or not fallback.startswith(between[0]):
        return {}
    found: dict[str, str] = {}
    done = len(between[0])
    for name, literal in zip(names, between[1:], strict=True):
        last = name is names[-1] and literal is between[-1]
        end = len(fallback) - len(literal) if last and fallback.endswith(literal) else fallback.find(literal, done)
        said = fallback[done:end] if end >= done else ""
        if not said or found.setdefault(name, said) != said or (said != f"{{{name}}}" and _UNSAID.search(said)):
            return {}
        done = end + len(literal)
    return {name: said for name, said in found.items() if said != f"{{{name}}}"} if done == len(fallback) else {}


def _beside(message: str, fallback: str) -> str | None:
    """The other message, None where it is the message with its fallbacks, or none."""
    return None if fallback == _whole(_joined(message, fallback)) else fallback


def _message(text: str) -> str:
    """A text on its way as the message."""
    return _HOLE.sub(lambda hole: f"{{{hole[1]}}}", text)


def _whole(text: str) -> str:
    """A text on its way as the whole message in place of it, "" where it has no fallback."""
    return _HOLE.sub(lambda hole: hole[2] or hole[0], text) if _FALLBACK in text else ""


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
    new: dict[str, Any] = {"row": dict.fromkeys(_ZERO, "0"), "languages": [], "same": 0, "fallback": None}
    kept = record.kept if isinstance(record.kept, dict) else new
    same, texts = kept["same"], list(record.texts)
    default = Text("") if same is None else texts.pop(0) if same < 0 else texts[min(same, len(texts) - 1)]
    entries = list(_entries(kept["languages"], texts))
    told = kept["row"].get("tags_plain", "")
    row = {
        "title": record.title or record.ours.rpartition("/")[2],
        "msg": _message(default.text),
        "fallback_msg": _whole(default.text) or kept["fallback"] or "",
        "languages": _printed(entries),
        "tags_plain": told if told and _tags(told) == record.tags else ", ".join(record.tags),
        "unique_id": kept["row"].get("unique_id", record.ours),
    }
    if "written" in kept and json.loads(kept["written"] or "[]") == entries:
        row["languages"] = kept["written"]
    return {**kept["row"], **row}


def _entries(hollow: list[Any], texts: list[Text]) -> Iterator[Any]:
    """The entries of `languages` with their texts, without those that have none here; behind them new ones."""
    left = list(texts)
    for entry in hollow:
        if not isinstance(entry, dict) or entry.get("message") is not None or not _tag(entry):
            yield entry
        elif text := next((one for one in left if _is(one.locale, _tag(entry))), None):
            left.remove(text)
            yield _said(entry, text)
    yield from (_said({"languages": [text.locale], "message": None, "fallback_message": None}, text) for text in left)


def _is(locale: str, tag: str) -> bool:
    """Whether a locale of ours is what they call by a tag: the same, or its language alone."""
    there = tag.replace("_", "-").lower()
    return there in (locale.lower(), locale.partition("-")[0].lower())


def _said(entry: dict[str, Any], text: Text) -> dict[str, Any]:
    return {
        **entry,
        "message": _message(text.text),
        "fallback_message": _whole(text.text) or entry.get("fallback_message") or "",
    }
