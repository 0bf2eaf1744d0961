"""Canned responses of Rocket.Chat, as its API gives and takes them.

`GET /api/v1/canned-responses` answers `{cannedResponses: [{_id, shortcut, text, scope, tags, departmentId, …}], count,
offset, total, success}`; the text is Markdown (developer.rocket.chat, "Canned responses"). There is no title; an id of
ours, `billing/refund`, is the shortcut of a reply that has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cannedkit.exchange.document import Data, form, kept, listed, lists, text_of, together, told, with_ids
from cannedkit.exchange.model import KEPT, LOST, Ability, Asked, File, Incoming, Record, Text, Written

ABILITY = Ability(syntax="bare", markup="markdown", title=LOST, shortcut=KEPT, tags=KEPT, missing="not documented")

FILE = "canned_responses.json"
_LIST = ("cannedResponses",)
_PARTS = ("shortcut", "text", "tags")
_OURS = re.compile(r"[\w-]+(?:/[\w-]+)+")


def is_mine(file: File) -> bool:
    """Whether it lists responses with a shortcut and a scope."""
    return lists(file, _LIST, ("shortcut", "text", "scope"))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The responses of some answers, in their order."""
    found = listed(files, _LIST, "text", "canned responses")
    records = [_record(one, found.around, not at) for at, (_, one) in enumerate(found.items)]
    return Incoming(with_ids(records), found.outcomes)


def _record(one: Data, around: object, first: bool) -> Record:
    shortcut = text_of(one.get("shortcut"))
    ours = shortcut if _OURS.fullmatch(shortcut) else ""
    tags = one.get("tags")
    hollow = {key: None if key in _PARTS else value for key, value in one.items()}
    hollow |= {"tags": []} if isinstance(tags, list) else {}
    return Record(
        text_of(one.get("_id")),
        (Text(text_of(one["text"]), markup="markdown"),),
        shortcut="" if ours else shortcut,
        tags=tuple(text_of(tag) for tag in tags) if isinstance(tags, list) else (),
        ours=ours,
        kept=kept(hollow, around, first),
        aside=told(hollow, ("_id",)),
    )


def write(records: Sequence[Record]) -> Written:
    """A list of responses; a new one has what `POST /api/v1/canned-responses` takes, for everybody."""
    return Written({FILE: together([_filled(record) for record in records], records, "cannedResponses")})


def _filled(record: Record) -> Data:
    item = form(record, {"shortcut": None, "text": None, "scope": "global", "tags": []})
    filled: Data = {"shortcut": record.shortcut or record.ours, "text": record.texts[0].text}
    if record.tags or item.get("tags") == []:
        filled["tags"] = list(record.tags)
    return {**item, **filled}
