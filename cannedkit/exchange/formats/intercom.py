"""Macros of Intercom, as its API gives them; it takes none.

`GET /macros` answers `{type: "list", data: [{type: "macro", id, name, body, body_text, visible_to, available_on, …}],
pages}`; in the HTML of a body an element `attribute` with a key and a default is a placeholder (Intercom-OpenAPI 2.16).
An answer of 30 macros and more may leave out their texts. Who sees a macro and where is named, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from cannedkit.exchange.document import Data, listed, lists, text_of, told, with_ids
from cannedkit.exchange.model import REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text

ABILITY = Ability(syntax="intercom", markup="html", missing="the fallback, else nothing: `Hi ,`", writes=False)

_LIST = ("data", "macros")
_ATTRIBUTE = re.compile(r"<attribute\b(?P<said>[^<>]*?)/?>(?:</attribute>)?", re.IGNORECASE)
_KEY, _DEFAULT = (re.compile(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""") for name in ("key", "default"))


def is_mine(file: File) -> bool:
    """Whether it lists macros with a body, given or left out."""
    return lists(file, _LIST, ("name", "body", "body_text"))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The macros of some answers; one whose text was left out is refused."""
    found = listed(files, _LIST, "body", "macros")
    outcomes = list(found.outcomes)
    records: list[Record] = []
    for _, one in found.items:
        html, plain = text_of(one.get("body")), text_of(one.get("body_text"))
        id = text_of(one.get("id")) or text_of(one.get("name"))
        if not (html or plain):
            outcomes.append(Outcome(id, REFUSED, "", "the list has left out its text: ask the API for it by its id"))
            continue
        text = Text(_ATTRIBUTE.sub(_hole, html), markup="html") if html else Text(plain)
        records.append(Record(id, (text,), title=text_of(one.get("name")), aside=_aside(one)))
    return Incoming(with_ids(records), tuple(outcomes))


def _hole(found: re.Match[str]) -> str:
    """An element as the placeholder that a text has for it."""
    key, default = _said(_KEY, found["said"]), _said(_DEFAULT, found["said"]).replace('"', "")
    return f'{{{{{key}|fallback:"{default}"}}}}' if default else f"{{{{{key}}}}}"


def _said(key: re.Pattern[str], attributes: str) -> str:
    found = key.search(attributes)
    return unescape(found[1] or found[2] or "") if found else ""


def _aside(one: Data) -> tuple[str, ...]:
    return told(one, ("type", "id", "name", "body", "body_text"))
