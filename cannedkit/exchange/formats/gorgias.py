"""Macros of Gorgias, as its API gives and takes them.

`GET /api/macros` answers `{data: [{id, external_id, name, intent, language, usage, actions: [{name, type, title,
arguments}], …}], meta}`. The text is the `body_html` of the action `setResponseText`; `body_text` says the same and is
made of it (developers.gorgias.com, "Macros"). A macro has one language of two letters. An id of ours stands in
`external_id`; intents, usage and all other actions are kept aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cannedkit.exchange.beside import beside, kept_beside
from cannedkit.exchange.document import Data, form, kept, listed, lists, text_of, together, told, with_ids
from cannedkit.exchange.model import REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written

ABILITY = Ability(syntax="bare", markup="html", tells_locale=True, missing="nothing: `Hi ,`")

FILE = "macros.json"
_LIST = ("data",)
_SAYS = "setResponseText"
_OURS = re.compile(r"[\w-]+(?:/[\w-]+)+")


def is_mine(file: File) -> bool:
    """Whether it lists macros whose actions have a name and arguments."""
    if not lists(file, _LIST, ("name", "actions")):
        return False
    found = listed([file], _LIST, "actions", "macros").items
    return all(_is_action(action) for _, one in found for action in _actions(one))


def _actions(one: Data) -> list[Any]:
    actions = one.get("actions")
    return actions if isinstance(actions, list) else [actions]


def _is_action(action: Any) -> bool:
    return isinstance(action, dict) and "name" in action and isinstance(action.get("arguments"), dict)


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The macros of some answers that say something; one that only does something is refused."""
    found = listed(files, _LIST, "actions", "macros")
    outcomes = list(found.outcomes)
    records: list[Record] = []
    for name, one in found.items:
        record = _record(one, found.around, not records)
        records += [record] if record else []
        if record is None:
            id = text_of(one.get("id")) or text_of(one.get("name")) or name
            outcomes.append(Outcome(id, REFUSED, "", "it has no text, only actions"))
    return Incoming(with_ids(records), tuple(outcomes))


def _record(one: Data, around: object, first: bool) -> Record | None:
    says = next((action for action in _actions(one) if _is_action(action) and action["name"] == _SAYS), None)
    html = text_of(says["arguments"].get("body_html")) if says else ""
    plain = text_of(says["arguments"].get("body_text")) if says else ""
    if says is None or not (html or plain):
        return None
    actions = [_hollow(action, html, plain) if action is says else action for action in _actions(one)]
    external, language = text_of(one.get("external_id")), text_of(one.get("language"))
    hollow = {**one, "name": None, "actions": actions}
    text = Text(html or plain, language, markup="html" if html else "text")
    done = [action["name"] for action in actions if _is_action(action) and action["name"] != _SAYS]
    return Record(
        text_of(one.get("id")),
        (text,),
        title=text_of(one.get("name")),
        ours=external if _OURS.fullmatch(external) else "",
        kept=kept(hollow, around, first),
        aside=(*told(hollow, ("id", "language", "actions", "external_id")), *(f"action {each}" for each in done)),
    )


def _hollow(action: Data, html: str, plain: str) -> Data:
    arguments = dict(action["arguments"])
    if html:
        arguments["body_html"] = None
    if "body_text" in arguments:
        arguments["body_text"] = kept_beside(plain, html) if html else None
    return {**action, "arguments": arguments}


def write(records: Sequence[Record]) -> Written:
    """A list of macros; a new one has what `POST /api/macros` takes, and our id in `external_id`."""
    return Written({FILE: together([_filled(record) for record in records], records, "data")})


def _filled(record: Record) -> Data:
    text = record.texts[0]
    language = text.locale.partition("-")[0]
    says = {"name": _SAYS, "type": "user", "title": "Reply", "arguments": {"body_html": None, "body_text": None}}
    new = {"external_id": record.ours, "name": None, "language": language, "actions": [says]}
    item = form(record, new)
    was = text_of(item.get("language"))
    if was and was.partition("-")[0] != language:
        item["language"] = language
    actions = [_said(action, text) if _is_hole(action) else action for action in item["actions"]]
    return {**item, "name": record.title or record.ours, "actions": actions}


def _is_hole(action: Any) -> bool:
    return _is_action(action) and action["name"] == _SAYS


def _said(action: Data, text: Text) -> Data:
    arguments = dict(action["arguments"])
    if text.markup != "html":
        return {**action, "arguments": {**arguments, "body_text": text.text}}
    if "body_text" in arguments:
        arguments["body_text"] = beside(arguments["body_text"], text.text)
    return {**action, "arguments": {**arguments, "body_html": text.text}}
