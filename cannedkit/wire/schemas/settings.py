"""The JSON Schema of cannedkit.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.channels import table
from cannedkit.channels.declared import LIMITS, PART_LIMITS
from cannedkit.model.draft import LEVELS, MOODS, Level
from cannedkit.model.score import MARKS
from cannedkit.settings.formats import FORMATS
from cannedkit.settings.formats import KEYS as FORMAT_KEYS
from cannedkit.settings.levels import CIRCUMSTANCES, OVERRIDE_KEYS
from cannedkit.settings.reading import APPROVAL_KEYS, KEYS, SEARCH_KEYS, VOCABULARY_KEYS
from cannedkit.settings.topics import ESCALATE_KEYS, TOPIC_KEYS
from cannedkit.sources import ENGINES, SCORERS
from cannedkit.wire.schemas.shapes import (
    FILLED,
    FLAG,
    LOCALE,
    NAME,
    POINTS,
    SHARE,
    TEXT,
    TEXTS,
    Names,
    Shape,
    empty_or,
    keyed,
    listed,
    mapping,
    named,
    one_of,
    whole,
)

_SAID: Mapping[str, str] = {
    "catalogue": "The folder of replies.",
    "rules": "The folder of packs of your own.",
    "packs": "The packs whose rules look. Absent: every shipped pack of the locale's language.",
    "extends": "Installed distributions whose packs may be named, and look where `packs` is absent.",
    "locale": "The default locale, a BCP 47 tag such as en-GB.",
    "locales": "The only tags that may stand in bodies.",
    "channels": "The channels in use, each with its own limits.",
    "engines": "The outside proofreaders that look; {} for none.",
    "pipelines": "Language to an installed pipeline of spaCy.",
    "levels": "A rule, a pack or a pattern to its level.",
    "overrides": "Levels that hold in a topic, on a channel or in a file; the last that names a rule counts.",
    "topics": "The channels that may carry a topic, where it moves, and when it goes up.",
    "vocabulary": "Words that are right, and words that are not, whatever a dictionary says.",
    "facts": "The file of what is known of the company.",
    "offers": "The file of promises that were approved.",
    "approval": "Whether a body goes out unapproved.",
    "approvers": "Owner to those who may approve for it.",
    "known": "The facts that a conversation may have.",
    "usage": "The file of ids that were sent.",
    "baseline": "The file of findings that were there before.",
    "search": "What `search --evaluate` must reach, and whether meaning counts.",
    "scores": "The points out of 100 that the catalogue must have, by mark.",
    "exchange": "What other systems call our variables, by format.",
    "fail_on": "The lowest level that makes the exit code 1.",
}


_LEVELS: Shape = {"type": "object", "additionalProperties": one_of(LEVELS)}


def settings(names: Names) -> Shape:
    """The schema of cannedkit.yaml, which may be empty; the names that it declares are its own."""
    return empty_or(keyed(KEYS, _shapes(), _SAID))


def _shapes() -> dict[str, Shape]:
    locale = {**TEXT, "pattern": LOCALE}
    return {
        **dict.fromkeys(("catalogue", "rules", "facts", "offers", "usage", "baseline"), FILLED),
        **dict.fromkeys(("packs", "extends", "known"), TEXTS),
        "locale": locale,
        "locales": listed(locale),
        "channels": _channels(),
        "engines": mapping({name: _engine(source.options) for name, source in ENGINES.items()}),
        "pipelines": named(TEXT, "^[a-z]{2,3}$"),
        "levels": _LEVELS,
        "overrides": {"type": "array", "items": _override()},
        "topics": {"type": "object", "additionalProperties": _topic()},
        "vocabulary": keyed(VOCABULARY_KEYS, dict.fromkeys(VOCABULARY_KEYS, TEXTS), {}),
        "approval": {
            **keyed(APPROVAL_KEYS, dict.fromkeys(APPROVAL_KEYS, FLAG), {}),
            "type": ["string", "object"],
            "pattern": "^(optional|required)$",
        },
        "approvers": {"type": "object", "additionalProperties": listed(FILLED, 1)},
        "search": keyed(SEARCH_KEYS, {**dict.fromkeys(SEARCH_KEYS, SHARE), "semantic": FLAG}, {}),
        "scores": keyed(MARKS, dict.fromkeys(MARKS, POINTS), {}),
        "exchange": mapping({name: _format() for name in FORMATS}),
        "fail_on": one_of(map(str, Level)),
    }


def _override() -> Shape:
    shapes = {**dict.fromkeys(CIRCUMSTANCES, listed(FILLED, 1)), "levels": _LEVELS}
    needed = [{"required": [name]} for name in CIRCUMSTANCES]
    return {**keyed(OVERRIDE_KEYS, shapes, {}, ["levels"]), "anyOf": needed}


def _format() -> Shape:
    ours = {**FILLED, "pattern": NAME}
    return keyed(FORMAT_KEYS, {"variables": {"type": "object", "additionalProperties": ours}}, {})


def _topic() -> Shape:
    moods = {"anyOf": [one_of(MOODS), listed(one_of(MOODS), 1)]}
    escalate = keyed(ESCALATE_KEYS, {"mood": moods, "known": listed(FILLED, 1)}, {})
    shapes = {"channels": listed(FILLED, 1), "move_to": FILLED, "private": FLAG, "escalate": escalate}
    return keyed(TOPIC_KEYS, shapes, {})


def _engine(options: tuple[str, ...]) -> Shape:
    shapes = {
        "url": TEXT,
        "dictionaries": {"type": "object", "additionalProperties": TEXT},
        "scorer": one_of(SCORERS),
        "model": TEXT,
    }
    return empty_or(keyed(options, shapes, {}))


def _channels() -> Shape:
    limits = dict.fromkeys(LIMITS, whole(1))
    parts = dict.fromkeys(table.PARTS[1:], mapping(dict.fromkeys(PART_LIMITS, whole(1))))
    channel = empty_or(mapping({"like": one_of(table.names()), **limits, **parts}))
    return {
        "type": "object",
        "propertyNames": {"not": {"enum": ["any", "subject", "body"]}},
        "additionalProperties": channel,
    }
