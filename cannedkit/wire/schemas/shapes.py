"""The shapes that a JSON Schema is made of: what YAML makes of a text, a list of them, one by locale.

YAML calls `12` a number and `true` a boolean where cannedkit reads texts, so a text may be any of the three. Keywords
of JSON Schema look at values of their own type alone: one shape can be of a text, of a list and of a mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cannedkit.text.locales import parents

Shape = dict[str, Any]
"""A JSON Schema, or a part of one."""

OWN_KEYS: Shape = {"^x-": {}}
"""Keys of other systems, which are kept and not looked at."""

NAME = r"^[A-Za-z_\-\u00a1-\uffff][\w\-\u00a1-\uffff]*(\.[A-Za-z_\u00a1-\uffff][\w\-\u00a1-\uffff]*)*$"
"""A name of a reply, a variable, a fact or an offer."""

LOCALE = "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*$"
"""A BCP 47 tag, in whatever case."""

_SCALARS = ["string", "number", "boolean"]

TEXT: Shape = {"type": _SCALARS}
FILLED: Shape = {"type": _SCALARS, "pattern": r"\S"}
TEXTS: Shape = {"type": [*_SCALARS, "array"], "items": TEXT}
FLAG: Shape = {"enum": [True, False, "true", "false"]}
DAY: Shape = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
SHARE: Shape = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 1,
    "pattern": r"^(0|1|0?\.[0-9]{1,6}|1\.0{1,6})$",
}
POINTS: Shape = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 100,
    "pattern": r"^(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?)$",
}
NUMBER: Shape = {"type": ["number", "string"], "pattern": r"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$"}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a catalogue's settings declare; () for any."""

    locales: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


def whole(least: int = 0) -> Shape:
    """A whole number of at least `least`, in quotes or not."""
    return {"type": ["integer", "string"], "minimum": least, "maximum": 999_999_999, "pattern": "^-?[0-9]{1,9}$"}


def one_of(words: Iterable[str]) -> Shape:
    """One of some words; where there are none, any text."""
    known = list(words)
    return {"enum": known} if known else TEXT


def listed(item: Shape, least: int = 0) -> Shape:
    """A list of at least `least` items, or the one that stands alone."""
    alone = item if "enum" not in item else {"anyOf": [item, {"type": "array"}]}
    kinds = {"type": [*item["type"], "array"]} if "type" in item else {}
    return {**alone, **kinds, "items": item, **({"minItems": least} if least else {})}


def mapping(keys: Mapping[str, Shape], required: Iterable[str] = ()) -> Shape:
    """A mapping of these keys alone, and those of other systems."""
    needed = list(required)
    shape: Shape = {"type": "object", "properties": dict(keys), "patternProperties": OWN_KEYS}
    return {**shape, **({"required": needed} if needed else {}), "additionalProperties": False}


def keyed(
    keys: Iterable[str], shapes: Mapping[str, Shape], said: Mapping[str, str], needed: Iterable[str] = ()
) -> Shape:
    """A mapping of the loader's `keys`: each in its shape, any where it has none, and with what is said of it."""
    return mapping({key: {**shapes.get(key, {}), **_described(said.get(key, ""))} for key in keys}, needed)


def named(value: Shape, names: str = NAME) -> Shape:
    """A mapping from names to values of one shape."""
    return {"type": "object", "patternProperties": {names: value}, "additionalProperties": False}


def empty_or(shape: Shape) -> Shape:
    """A shape that may also be left empty."""
    return {**shape, "type": [*([shape["type"]] if isinstance(shape["type"], str) else shape["type"]), "null"]}


def by_locale(value: Shape, locales: Iterable[str]) -> Shape:
    """A value for every locale, or a mapping from the tags of some locales, or their parents, to it; () for any."""
    tags = dict.fromkeys(tag for locale in locales for tag in parents(locale) if tag)
    names = any_case(tags) if tags else LOCALE
    return {**value, **named(value, names), "type": [*value["type"], "object"]}


def any_case(tags: Iterable[str]) -> str:
    """A regular expression for some tags in whatever case."""
    spelt = ("".join(f"[{char.lower()}{char.upper()}]" if char.isalpha() else char for char in tag) for tag in tags)
    return f"^({'|'.join(spelt)})$"


def _described(text: str) -> Shape:
    return {"description": text} if text else {}
