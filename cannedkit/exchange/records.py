"""Replies of ours as records: what of them is compared with what another system says, and its digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from cannedkit.catalogue.load import title
from cannedkit.exchange.html import has_marks
from cannedkit.exchange.model import Record, Text
from cannedkit.model.response import Response
from cannedkit.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands under `x-<system>`: the system's id, the digest of what was last imported, and what was kept.

    `kept` is the form that parts of the reply are filled into; `exact` are parts as the system wrote them, where our
    own writing of them would differ. They hold for as long as the reply is what was imported. `at` is its place, from
    1, among the replies that it first came with, 0 where their ids are numbers that say as much. `pushed` is the digest
    of what was last sent from here, "" for nothing: a system may keep a text otherwise than it got it.
    """

    id: str
    digest: str = ""
    folder: tuple[str, ...] = ()
    kept: Any = None
    exact: Mapping[str, Any] | None = None
    at: int = 0
    pushed: str = ""


def record_of(response: Response, settings: Settings) -> Record:
    """A reply of ours as a record, its texts as they stand in its file."""
    texts = tuple(
        Text(body.text.value, body.locale, body.channel, body.variation, body.subject.value if body.subject else None)
        for body in response.bodies
    )
    marked = response.format == "markdown"
    return Record(
        "",
        tuple(replace(text, markup="markdown" if marked and has_marks(text.text) else "text") for text in texts),
        title=title(response, settings.locale),
        shortcut=response.shortcut,
        tags=response.tags,
        folder=tuple(response.topic.split("/")),
        ours=response.id,
    )


def laid_over(whole: Record, part: Record, there: Record) -> Record | None:
    """A reply of ours with what changed in a system that shows a `part` of it, and now says what is `there`.

    None where a text that changed there is not shown there as it is here.
    """
    texts = {text.key: text for text in whole.texts}
    before, now = ({text.key: text for text in one.texts} for one in (part, there))
    for key in before.keys() | now.keys():
        if before.get(key) == now.get(key):
            continue
        if texts.get(key) != before.get(key):
            return None
        texts = {**texts, key: now[key]} if key in now else {one: text for one, text in texts.items() if one != key}
    if not texts:
        return None
    return replace(
        whole,
        texts=tuple(texts.values()),
        title=whole.title if part.title == there.title else there.title,
        shortcut=whole.shortcut if part.shortcut == there.shortcut else there.shortcut,
        tags=whole.tags if part.tags == there.tags else there.tags,
    )


def digest(record: Record) -> str:
    """The first 16 hexadecimal digits of the sha256 of all that is taken over of a record of ours."""
    texts = sorted((*text.key, text.subject or "", text.text, text.markup) for text in record.texts)
    said = json.dumps([record.title, record.shortcut, record.tags, texts], ensure_ascii=False)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def aside_of(response: Response, system: str) -> Aside | None:
    """What a reply keeps of a system; None where it does not come from there, or its entry was taken apart by hand."""
    told = response.extras.get(f"x-{system}")
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        return None
    folder = told.get("folder")
    return Aside(
        told["id"],
        str(told.get("digest", "")),
        tuple(one for one in folder if isinstance(one, str)) if isinstance(folder, list) else (),
        _data(told.get("kept")),
        _data(told.get("exact")),
        int(at) if isinstance(at := told.get("at"), str) and at.isdecimal() and len(at) < 9 else 0,
        str(told.get("pushed", "")),
    )


def aside_fields(aside: Aside) -> dict[str, str | tuple[str, ...]]:
    """The same as keys and texts, or lists of texts, of YAML."""
    found: dict[str, str | tuple[str, ...]] = {"id": aside.id, "digest": aside.digest}
    if aside.folder:
        found["folder"] = aside.folder
    found |= {"at": str(aside.at)} if aside.at else {}
    found |= {"pushed": aside.pushed} if aside.pushed else {}
    found |= {} if aside.kept is None else {"kept": _json(aside.kept)}
    return found | ({"exact": _json(aside.exact)} if aside.exact else {})


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _data(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
