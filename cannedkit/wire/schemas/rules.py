"""The JSON Schema of a rule file: the keys that all kinds share, and for each kind its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from cannedkit.channels.table import PARTS
from cannedkit.kinds import KINDS
from cannedkit.model.draft import LEVELS, MOODS
from cannedkit.rules import options
from cannedkit.rules.examples import CATALOGUE_KEYS, DRAFT_KEYS
from cannedkit.rules.file import KEPT, STATUSES, WHERE
from cannedkit.wire.schemas.shapes import (
    FLAG,
    NUMBER,
    TEXT,
    TEXTS,
    Names,
    Shape,
    keyed,
    listed,
    mapping,
    one_of,
    whole,
)
from cannedkit.yamlsource import schema

_SAID: Mapping[str, str] = {
    "extends": "The kind of rule, or the id of a rule whose keys this one takes over.",
    "message": "What is said of each finding; %s stands for what was found.",
    "level": "suggestion, warning, error or off.",
    "scope": "The parts of a text that it looks at.",
    "limit": "The most findings in a text.",
    "why": "One sentence that a team lead would say aloud.",
    "source": "Where the rule comes from: style guide, study, law, with its year.",
    "instead": "What to write, for people.",
    "where": "Conditions on the draft.",
    "bad": "Texts in which it must find something; [[ ]] marks what.",
    "good": "Texts that it must let pass.",
    "lemma": "Words in brackets match every form of them.",
    "keeps": "The keys whose promise it keeps.",
}

_PAIRS: Shape = {
    "type": ["object", "array"],
    "items": {"type": "object", "additionalProperties": TEXT},
    "additionalProperties": TEXT,
}

_READ: Mapping[Callable[..., Any], Shape] = {
    options.pattern: TEXT,
    options.patterns: TEXTS,
    options.pairs: _PAIRS,
    options.number: NUMBER,
    schema.text: TEXT,
    schema.texts: TEXTS,
    schema.whole: whole(),
}
"""What reads a key -> the shape that it takes. A reader that is not here knows more than a shape can say."""


def rules(names: Names) -> Shape:
    """The schema of a rule file. A rule of another rule may have the keys of any kind."""
    kinds = [
        {"if": {"properties": {"extends": {"const": kind}}, "required": ["extends"]}, "then": _of_kind(kind)}
        for kind in KINDS
    ]
    shared = keyed(options.COMMON, _SHAPES, _SAID)["properties"]
    return {"type": "object", "properties": shared, "required": ["extends"], "allOf": kinds}


def _of_kind(kind: str) -> Shape:
    """What holds besides where a rule extends a kind: it has a message, and the keys of all and of its kind alone."""
    own = options.keys(kind, import_module(KINDS[kind]).read)
    known: dict[str, Shape] = {key: {} for key in (*options.COMMON, *options.SHARED)}
    known |= {key: _READ.get(read, {}) for key, read in (own or {}).items() if key not in options.COMMON}
    if own is None or kind in options.LENIENT:
        return {"properties": known, "required": ["message"]}
    return mapping(known, ["message"])


def _where() -> Shape:
    words = {"mood": one_of(MOODS), "status": one_of(STATUSES), "part": one_of(PARTS)}
    return mapping({key: _condition(words.get(key, TEXT)) for key in WHERE})


def _condition(word: Shape) -> Shape:
    """A word, a list of them, or `{not: …}` of either."""
    if "enum" not in word:
        return {**listed(word), **mapping({"not": listed(word)}), "type": [*word["type"], "array", "object"]}
    inner = {"items": word, "if": {"type": "string"}, "then": word}
    return {**inner, **mapping({"not": inner}), "type": ["string", "array", "object"]}


def _examples() -> Shape:
    described = keyed(
        (*DRAFT_KEYS, *CATALOGUE_KEYS), {"text": TEXT, "channel": TEXT, "known": TEXTS, "locale": TEXT}, {}
    )
    return {"type": "array", "items": {**described, "type": [*TEXT["type"], "object"]}}


_SHAPES: Mapping[str, Shape] = {
    "extends": {"type": "string", "anyOf": [{"enum": list(KINDS)}, {"pattern": r".\.."}]},
    **dict.fromkeys(("message", "link", "description", "why", "source", "instead"), TEXT),
    "level": one_of(LEVELS),
    "scope": TEXTS,
    "limit": whole(),
    "where": _where(),
    **dict.fromkeys(("bad", "good"), _examples()),
    "lemma": FLAG,
    "keeps": {"type": ["string", "array"], "items": one_of(KEPT), "if": {"type": "string"}, "then": one_of(KEPT)},
}
