"""JSON Schemas of a catalogue's files, for editors: made from the keys that the loaders read by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cannedkit.model.settings import Settings
from cannedkit.wire.schemas import promised, responses, rules, settings
from cannedkit.wire.schemas.shapes import Names, Shape

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version that editors read: yaml-language-server and the YAML of JetBrains."""

SCHEMAS: Mapping[str, Callable[[Names], Shape]] = {
    "responses": responses.responses,
    "variables": responses.variables,
    "rules": rules.rules,
    "settings": settings.settings,
    "facts": promised.facts,
    "offers": promised.offers,
}
"""What a schema is for -> what makes it."""


def schema(name: str, declared: Settings | None = None) -> Shape:
    """The JSON Schema `name` of `SCHEMAS`; where settings are given, with the names that they declare."""
    names = Names()
    if declared:
        names = Names(declared.locales, tuple(declared.channels), tuple(declared.offers))
    return {"$schema": DRAFT, "title": f"cannedkit: {name}", **SCHEMAS[name](names)}
