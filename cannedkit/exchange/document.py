"""JSON of other systems: read with a place for what is wrong, and written as they write it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cannedkit.exchange.model import REFUSED, File, Outcome, Record
from cannedkit.model.errors import EXHAUSTED, InputError, Problem, exhausted

INDENT = 2
"""Spaces by which our JSON is indented; as most systems show theirs."""


def parsed(file: File) -> Any:
    """What a file of JSON holds. Raises InputError with the place of its fault."""
    try:
        return json.loads(file.text)
    except json.JSONDecodeError as error:
        raise InputError([Problem(file.name, error.lineno, error.colno, f"is no JSON: {error.msg}")]) from None
    except EXHAUSTED as error:
        raise InputError([Problem(file.name, 0, 0, exhausted(error))]) from None


def maybe(file: File) -> Any:
    """The same, None for a file that is no JSON."""
    try:
        return parsed(file) if file.text.lstrip()[:1] in ("[", "{") else None
    except InputError:
        return None


def printed(data: Any) -> str:
    """Data as JSON, a key a line, its letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=INDENT) + "\n"


def items(data: Any, key: str) -> list[Any]:
    """The items of a list, of the list under `key`, of an answer of one item, or of the item alone; [] for none."""
    if isinstance(data, dict) and isinstance(data.get(key), list):
        return list(data[key])
    if isinstance(data, dict) and isinstance(data.get(key.removesuffix("s")), dict):
        return [data[key.removesuffix("s")]]
    return list(data) if isinstance(data, list) else []


def text_of(data: Any) -> str:
    """A text or a number as text, "" for anything else."""
    return str(data) if isinstance(data, str | int) and not isinstance(data, bool) else ""


Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """The items that files list, each with its name in a report.

    `around` is the key of the list and the mapping that it stands in, without it; None for a list alone.
    """

    items: tuple[tuple[str, Data], ...]
    around: list[Any] | None
    outcomes: tuple[Outcome, ...]


def lists(file: File, keys: Sequence[str], needed: Iterable[str]) -> bool:
    """Whether a file lists items, alone or under one of `keys`, that all have the keys `needed`."""
    data = maybe(file)
    key = _key(data, keys)
    found = data if isinstance(data, list) else data[key] if key else [data]
    return bool(found) and all(isinstance(one, dict) and set(needed) <= one.keys() for one in found)


def listed(files: Sequence[File], keys: Sequence[str], body: str, what: str) -> Listed:
    """The items of some files that have the key `body`; the others are refused.

    Raises InputError for a file that holds no list of `what`.
    """
    found: list[tuple[str, Data]] = []
    around: list[Any] | None = None
    outcomes: list[Outcome] = []
    for number, file in enumerate(files):
        data = parsed(file)
        key = _key(data, keys)
        if key and not number:
            around = [key, {name: None if name == key else value for name, value in data.items()}]
        inner = data[key] if key else [data] if isinstance(data, dict) and body in data else data
        if not isinstance(inner, list):
            raise InputError([Problem(file.name, 0, 0, f"holds no list of {what}: give what the API answers")])
        for at, one in enumerate(inner, start=1):
            name = f"{file.name} {at}"
            if isinstance(one, dict) and body in one:
                found.append((name, one))
            else:
                outcomes.append(Outcome(name, REFUSED, "", f"it has no `{body}`"))
    return Listed(tuple(found), around, tuple(outcomes))


def kept(item: Data, around: object, first: bool) -> Data:
    """What is kept of an item, its parts hollow: with the first of a list, what stands around it."""
    return {"item": item, "in": around} if first and around else {"item": item}


def told(item: Data, but: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of what an item says besides its parts."""
    return tuple(key for key, value in item.items() if value not in (None, "", [], {}) and key not in but)


def form(record: Record, new: Data) -> Data:
    """The item that the parts of a record are filled into: what was kept of it, else a new one."""
    item = record.kept.get("item") if isinstance(record.kept, dict) else None
    return dict(item) if isinstance(item, dict) else new


def together(made: Sequence[Data], records: Sequence[Record], key: str = "") -> str:
    """The file of some items: in what stood around them, else in a new mapping with `key`, else as a list alone."""
    held = [record.kept["in"] for record in records if isinstance(record.kept, dict) and "in" in record.kept]
    known = any(isinstance(record.kept, dict) for record in records)
    hole, around = held[0] if held else ("" if known else key, {})
    return printed({**around, hole: list(made)} if hole else list(made))


def with_ids(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records in which those without an id have that of ours, their title or shortcut, numbered where it repeats."""
    counts: Counter[str] = Counter()
    made = []
    for record in records:
        id = record.id or record.ours or record.title or record.shortcut
        if not record.id:
            counts[id] += 1
            id = f"{id} {counts[id]}" if counts[id] > 1 else id
        made.append(replace(record, id=id))
    return tuple(made)


def _key(data: Any, keys: Sequence[str]) -> str:
    """The key of a mapping whose list holds the items, "" for none."""
    if not isinstance(data, dict):
        return ""
    return next((key for key in keys if isinstance(data.get(key), list)), "")
