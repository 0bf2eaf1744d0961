"""Message templates of Front, as its API gives and takes them.

`GET /message_templates` answers `{_pagination, _links, _results: [{id, name, subject, body, attachments,
is_available_for_all_inboxes, inbox_ids, _links}]}`; the body is HTML (frontapp/front-api-specs, core API). There is
neither a shortcut nor a tag; folders are known by their links alone, which are kept aside.
"""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.exchange.document import Data, form, kept, listed, lists, text_of, together, told, with_ids
from cannedkit.exchange.model import KEPT, Ability, Asked, File, Incoming, Record, Text, Written

ABILITY = Ability(syntax="bare", markup="html", subject=KEPT, missing="not documented")

FILE = "message_templates.json"
_LIST = ("_results",)
_PARTS = ("name", "subject", "body")


def is_mine(file: File) -> bool:
    """Whether it lists templates: each with a subject, a body and the inboxes that have it, or a link of its own."""
    return lists(file, _LIST, ("id", "name", "body")) and (
        lists(file, _LIST, ("is_available_for_all_inboxes",)) or lists(file, _LIST, ("_links",))
    )


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The templates of some answers, in their order."""
    found = listed(files, _LIST, "body", "message templates")
    records = [_record(one, found.around, not at) for at, (_, one) in enumerate(found.items)]
    return Incoming(with_ids(records), found.outcomes)


def _record(one: Data, around: object, first: bool) -> Record:
    hollow = {key: None if key in _PARTS and value else value for key, value in one.items()}
    subject = text_of(one.get("subject")) or None
    return Record(
        text_of(one.get("id")),
        (Text(text_of(one["body"]), subject=subject, markup="html"),),
        title=text_of(one.get("name")),
        kept=kept(hollow, around, first),
        aside=told(hollow, ("id", "_links")),
    )


def write(records: Sequence[Record]) -> Written:
    """A list of templates; a new one has what `POST /message_templates` takes."""
    return Written({FILE: together([_filled(record) for record in records], records, "_results")})


def _filled(record: Record) -> Data:
    text = record.texts[0]
    filled = {"name": record.title or record.ours, "subject": text.subject, "body": text.text}
    item = form(record, {"name": None, "subject": None, "body": None})
    return {**item, **{key: value for key, value in filled.items() if value is not None}}
