"""The resources: each reply of the catalogue and each rule in force, by an address that is no path of any file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from cannedkit.catalogue.load import title
from cannedkit.catalogue.reply import written
from cannedkit.model.errors import CannedkitError, InputError
from cannedkit.text.nearest import shown
from cannedkit.text.visible import plain_json
from cannedkit.wire import replies

if TYPE_CHECKING:
    from cannedkit.kit import Kit

RESPONSES = "cannedkit://responses/"
RULES = "cannedkit://rules/"

PAGE = 200
"""Resources that a list tells at once; our own choice."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource as a list tells it."""

    uri: str
    name: str
    title: str
    description: str


def entries(kit: Kit) -> tuple[Entry, ...]:
    """All resources: the responses that can be read, in the order of their files, then the rules in force, by id."""
    return (*_responses(kit), *_rules(kit))


def _responses(kit: Kit) -> Iterator[Entry]:
    if kit.settings.path is None:
        return
    for one in kit.readable.responses.values():
        about = ", ".join(filter(None, (one.status, *one.channels)))
        yield Entry(RESPONSES + quote(one.id), one.id, title(one, kit.settings.locale), about)


def _rules(kit: Kit) -> Iterator[Entry]:
    locales = (kit.settings.locale, *kit.settings.locales)
    rules = {rule.id: rule for tag in locales for pack in kit.packs(tag) for rule in pack.rules}
    for id, rule in sorted(rules.items()):
        yield Entry(RULES + quote(id), id, "", rule.why)


def read(kit: Kit, uri: str) -> str:
    """What stands at an address, as JSON. Raises InputError for one that is nowhere, naming the nearest; ReplyError."""
    for start, tell in ((RESPONSES, _response), (RULES, _rule)):
        if uri.startswith(start):
            return plain_json(json.dumps(tell(kit, unquote(uri[len(start) :])), ensure_ascii=False, indent=2))
    raise InputError(f"there is nothing at {shown(uri)}: an address begins with {RESPONSES} or {RULES}")


def _response(kit: Kit, id: str) -> dict[str, Any]:
    response = kit.response(id)
    bodies = written(response, "", None)
    try:
        missing = kit.missing(id, locale=bodies[0].locale, channel=bodies[0].channel or None)
    except CannedkitError:
        missing = ()
    return replies.response_fields(response, bodies, missing)


def _rule(kit: Kit, id: str) -> dict[str, Any]:
    """What a rule says of itself; `level` is null where it is off."""
    found = kit.explain(id)
    return {
        "format": 1,
        "id": found.id,
        "level": None if found.level is None else str(found.level),
        "kind": found.kind,
        "pack": found.pack,
        "why": found.why,
        "instead": found.instead,
        "source": found.source,
        "message": found.message,
        "link": found.link,
        "options": dict(found.options),
    }
