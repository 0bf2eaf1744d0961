"""Saved replies of Help Scout, as its API gives and takes them.

`GET /v2/mailboxes/{id}/saved-replies/{id}` answers `{id, name, text, chatText}`: HTML for email, plain text for chat; a
list of replies has no more than `preview` of each (developer.helpscout.com, "Saved replies"). What both say in the same
words serves all channels; else `text` is the one for email, `chatText` that for chat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.exchange.document import Data, form, kept, listed, lists, text_of, together, told, with_ids
from cannedkit.exchange.html import words
from cannedkit.exchange.model import KEPT, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written

ABILITY = Ability(syntax="percent-tag", markup="html", channel=KEPT, missing="the fallback, else nothing: `Hi ,`")

FILE = "saved_replies.json"
_LIST = ("saved-replies", "saved_replies")
_PARTS = ("name", "text", "chatText")
EMAIL, CHAT = "email", "chat"


def is_mine(file: File) -> bool:
    """Whether it lists replies with a text or a preview for email or for chat."""
    return any(
        lists(file, _LIST, ("name", *keys))
        for keys in (("text", "chatText"), ("id", "text"), ("id", "chatText"), ("id", "preview"))
    ) and not lists(file, _LIST, ("shortcut",))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The replies of some answers; one of which there is no more than a preview is refused."""
    found = listed(files, _LIST, "name", "saved replies")
    outcomes = list(found.outcomes)
    records: list[Record] = []
    for name, one in found.items:
        texts = tuple(_texts(one))
        if not texts:
            id = text_of(one.get("id")) or name
            outcomes.append(Outcome(id, REFUSED, "", "it has a preview alone: ask the API for it by its id"))
            continue
        hollow = {key: None if key in _PARTS and value else value for key, value in one.items()}
        silent = [key for key in ("text", "chatText") if not text_of(one.get(key))]
        records.append(
            Record(
                text_of(one.get("id")),
                texts,
                title=text_of(one["name"]),
                kept={**kept(hollow, found.around, not records), "silent": silent},
                aside=told(hollow, ("id",)),
            )
        )
    return Incoming(with_ids(records), tuple(outcomes))


def _texts(one: Data) -> Iterator[Text]:
    email, chat = text_of(one.get("text")), text_of(one.get("chatText"))
    alike = bool(email) and words(email) == chat
    if email:
        yield Text(email, channel=EMAIL if chat and not alike else "", markup="html")
    if chat and not alike:
        yield Text(chat, channel=CHAT)


def write(records: Sequence[Record]) -> Written:
    """A list of replies; a new one has what `POST /v2/mailboxes/{id}/saved-replies` takes."""
    return Written({FILE: together([_filled(record) for record in records], records)})


def _filled(record: Record) -> Data:
    texts = {text.channel: text for text in record.texts}
    email, chat = texts.get(EMAIL, texts.get("")), texts.get(CHAT, texts.get(""))
    said = {"name": record.title or record.ours}
    silent = record.kept.get("silent", ()) if isinstance(record.kept, dict) else ()
    if email and ("text" not in silent or EMAIL in texts):
        said["text"] = email.text
    if chat and ("chatText" not in silent or CHAT in texts):
        said["chatText"] = words(chat.text) if chat.markup == "html" else chat.text
    return {**form(record, {}), **said}
