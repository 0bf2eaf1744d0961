"""Canned responses of Chatwoot, as its API gives and takes them.

`GET /api/v1/accounts/{id}/canned_responses` answers a list of `{id, account_id, short_code, content, created_at,
updated_at}` (swagger of chatwoot/chatwoot, and `canned_response.rb`). There is no title, tag, folder or locale: an id
of ours, `billing/refund`, stands in `short_code` where a reply has no shortcut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cannedkit.exchange.document import items, maybe, parsed, printed, text_of
from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(syntax="liquid", markup="markdown", title=LOST, shortcut=KEPT, missing="nothing: `Hi ,`")

FILE = "canned_responses.json"


def is_mine(file: File) -> bool:
    """Whether it is a list of replies with a `short_code`."""
    found = items(maybe(file), "canned_responses")
    return bool(found) and all(isinstance(one, dict) and {"short_code", "content"} <= one.keys() for one in found)


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The replies of a list, of `{"canned_responses": […]}`, or of several such files."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file in files:
        data = parsed(file)
        found = items(data, "canned_responses") or items(data, "payload")
        if not found and data not in ([], {"canned_responses": []}):
            raise InputError([Problem(file.name, 0, 0, "holds no list of canned responses: give what the API answers")])
        for number, one in enumerate(found, start=1):
            if not isinstance(one, dict) or not isinstance(one.get("content"), str):
                outcomes.append(Outcome(f"{file.name} {number}", REFUSED, "", "it has no `content`"))
                continue
            records.append(_record(one))
    return Incoming(tuple(records), tuple(outcomes))


def _record(one: dict[str, Any]) -> Record:
    code = text_of(one.get("short_code"))
    folder, _, name = code.rpartition("/")
    kept = {key: None if key in ("short_code", "content") else value for key, value in one.items()}
    return Record(
        text_of(one.get("id")) or code,
        (Text(one["content"], markup="markdown"),),
        shortcut="" if folder and name else code,
        folder=tuple(folder.split("/")) if folder and name else (),
        ours=code if folder and name else "",
        kept=kept,
        aside=tuple(key for key, value in kept.items() if value is not None and key != "id"),
    )


def write(records: Sequence[Record]) -> Written:
    """A list of replies; a new one has the two keys that the API needs."""
    return Written({FILE: printed([_filled(record) for record in records])})


def _filled(record: Record) -> dict[str, Any]:
    kept = record.kept if isinstance(record.kept, dict) else {"short_code": None, "content": None}
    filled = {"short_code": record.shortcut or record.ours, "content": record.texts[0].text}
    return {**kept, **filled}
