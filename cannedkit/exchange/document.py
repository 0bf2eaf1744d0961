"""JSON of other systems: read with a place for what is wrong, and written as they write it."""

from __future__ import annotations

import json
from typing import Any

from cannedkit.exchange.model import File
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
