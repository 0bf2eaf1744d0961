"""The JSON Schemas of a file of responses, and of variables.yaml beside it."""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.catalogue import variables as declarations
from cannedkit.catalogue.load import KEYS, WAIVER_KEYS
from cannedkit.model.draft import MOODS
from cannedkit.template.types import TYPES
from cannedkit.wire.schemas.shapes import (
    DAY,
    FILLED,
    FLAG,
    LOCALE,
    TEXT,
    TEXTS,
    Names,
    Shape,
    any_case,
    by_locale,
    empty_or,
    keyed,
    listed,
    mapping,
    named,
    one_of,
    whole,
)

_SAID: Mapping[str, str] = {
    "title": "What it is called, or that by locale.",
    "shortcut": "What an agent types for it; no other reply may have it.",
    "tags": "Words to find it by.",
    "examples": "Messages of customers that should find it.",
    "mood": "The mood of the customer that it is for.",
    "requires": "Facts that must be known before it may be sent.",
    "channels": "The channels that it serves; absent: all of the settings.",
    "format": "text or markdown.",
    "offer": "The approved offer that it makes.",
    "owner": "Who answers for it.",
    "status": "draft or retired; absent: in use.",
    "replaced_by": "The id of the reply that took its place.",
    "review_by": "The day by which somebody reads it again.",
    "body": "Its text, a list of wordings, or a mapping by locale or by channel.",
    "waivers": "Findings that somebody allows, with a reason and an end date.",
    "variables": "Variables of this reply alone.",
}

_VARIABLE: Mapping[str, str] = {
    "type": "What it may hold.",
    "samples": "Values to try it with.",
    "fallback": "What stands there where the value is missing.",
    "optional": "It may stand only inside an `if` that asks for it.",
    "max_length": "The most characters that a value may have.",
}


def responses(names: Names) -> Shape:
    """The schema of a file of responses, which may be empty: names to bodies, or to mappings with a body."""
    shapes: dict[str, Shape] = {
        "title": by_locale(TEXT, names.locales),
        "examples": by_locale(TEXTS, names.locales),
        **dict.fromkeys(("shortcut", "owner", "replaced_by"), TEXT),
        **dict.fromkeys(("tags", "requires"), TEXTS),
        "mood": one_of(MOODS),
        "channels": listed(one_of(names.channels), 1),
        "format": one_of(("text", "markdown")),
        "offer": one_of(names.offers),
        "status": one_of(("draft", "retired")),
        "review_by": DAY,
        "body": _body(names),
        "waivers": _waivers(names),
        "variables": variables(names),
    }
    long = keyed(KEYS, shapes, _SAID, ["body"])
    return empty_or(named({**long, **_WORDING, "type": [*_WORDING["type"], "object"]}))


def variables(names: Names) -> Shape:
    """The schema of declared variables: variables.yaml, and a response's own."""
    shapes: dict[str, Shape] = {
        "type": one_of(TYPES),
        "fallback": by_locale(TEXT, names.locales),
        "samples": by_locale(TEXTS, names.locales),
        "optional": FLAG,
        "max_length": whole(1),
    }
    return empty_or(named(empty_or(keyed(declarations.KEYS, shapes, _VARIABLE))))


_WORDING = listed(FILLED, 1)
_LETTER = mapping({"subject": FILLED, "body": _WORDING}, ["body"])
_IS_LETTER = {"type": "object", "anyOf": [{"required": ["subject"]}, {"required": ["body"]}]}


def _of_wordings(keys: Shape) -> Shape:
    """A wording, a letter, or a mapping of what stands in `keys`."""
    kinds = {**_WORDING, "type": [*_WORDING["type"], "object"]}
    return {**kinds, "if": _IS_LETTER, "then": _LETTER, "else": keys}


def _body(names: Names) -> Shape:
    """The texts of a response: keys are locales or channels, and channels may stand under a locale."""
    wording = _of_wordings({"additionalProperties": False})
    if not (names.channels and names.locales):
        return _of_wordings(
            {"minProperties": 1, "additionalProperties": _of_wordings({"additionalProperties": wording})}
        )
    channels = ("any", *names.channels)
    by_channel = {"properties": dict.fromkeys(channels, wording), "minProperties": 1, "additionalProperties": False}
    by_locale = {
        "patternProperties": {any_case(names.locales): _of_wordings(by_channel)},
        "minProperties": 1,
        "additionalProperties": False,
    }
    has_channel = {"type": "object", "anyOf": [{"required": [channel]} for channel in channels]}
    return _of_wordings({"if": has_channel, "then": by_channel, "else": by_locale})


def _waivers(names: Names) -> Shape:
    locale = {**TEXT, "pattern": any_case(names.locales) if names.locales else LOCALE}
    shapes = {**dict.fromkeys(("rule", "why", "by"), FILLED), "until": DAY, "text": TEXT, "locale": locale}
    waiver = keyed(WAIVER_KEYS, shapes, {}, ("rule", "why", "by", "until"))
    return listed({**waiver, "type": ["object"]})
