"""Canned responses of Freshdesk, as its API gives and takes them.

`GET /api/v2/canned_response_folders/{id}/responses` answers a list of `{id, title, folder_id, content, content_html,
attachments, created_at, updated_at}`; `content` says as plain text what `content_html` says, and is made of it. A new
one has a title, `content_html` and whom it is for, 0 for everybody; the folder that the API asks for is to be given
there (developers.freshdesk.com, "Canned responses").
"""

from __future__ import annotations

from collections.abc import Sequence

from cannedkit.exchange.beside import beside, kept_beside
from cannedkit.exchange.document import Data, form, kept, listed, lists, text_of, together, told, with_ids
from cannedkit.exchange.model import Ability, Asked, File, Incoming, Record, Text, Written

ABILITY = Ability(markup="html", missing="not documented")

FILE = "canned_responses.json"
_LIST = ("canned_responses", "responses")
_PARTS = ("title", "content_html")


def is_mine(file: File) -> bool:
    """Whether it lists responses with their HTML."""
    return lists(file, _LIST, ("title", "content_html"))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The responses of some answers, in their order."""
    found = listed(files, _LIST, "content_html", "canned responses")
    records = [_record(one, found.around, not at) for at, (_, one) in enumerate(found.items)]
    return Incoming(with_ids(records), found.outcomes)


def _record(one: Data, around: object, first: bool) -> Record:
    html = text_of(one["content_html"])
    hollow = {key: None if key in _PARTS else value for key, value in one.items()}
    if "content" in one:
        hollow["content"] = kept_beside(text_of(one["content"]), html)
    return Record(
        text_of(one.get("id")),
        (Text(html, markup="html"),),
        title=text_of(one.get("title")),
        kept=kept(hollow, around, first),
        aside=told(hollow, ("id", "content")),
    )


def write(records: Sequence[Record]) -> Written:
    """A list of responses; a new one has what `POST /api/v2/canned_responses` takes, but for its folder."""
    return Written({FILE: together([_filled(record) for record in records], records)})


def _filled(record: Record) -> Data:
    html = record.texts[0].text
    item = form(record, {"title": None, "content_html": None, "visibility": 0})
    plain = {"content": beside(item["content"], html)} if "content" in item else {}
    return {**item, "title": record.title or record.ours, "content_html": html, **plain}
