"""The catalogue: responses, their bodies, variables and waivers; and a reply ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cannedkit.model.errors import Located, Place, Problem


@dataclass(frozen=True, slots=True)
class Variable:
    """The declaration of a placeholder. `fallback` and `samples` are by locale, "" for any locale.

    `max_length` is in code points, None for no limit. `place` is that of its name, None for one of no file.
    """

    name: str
    type: str = "text"
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fallback: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    max_length: int | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Body:
    """One wording of a response: `channel` "" serves every channel without a body of its own.

    `variation` counts from 1. `text` and `subject` carry their places in the file; white space at their ends is
    left out. `names` are those of the placeholders in both, sorted.
    """

    locale: str
    channel: str
    variation: int
    text: Located
    subject: Located | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person allowed, with a reason and an end date (the last day it holds)."""

    rule: str
    why: str
    by: str
    until: date
    text: str = ""
    locale: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """A prewritten reply. `id` is `topic/name`. `channels` are those it serves, from the settings if not given.

    `titles` and `examples` are by locale ("" for any). `format` is that of the bodies, "text" or "markdown". `status`
    is "" (in use), "draft" or "retired". `variables` are those of the catalogue, overridden by its own. `extras` are
    its `x-…` keys, untouched. `places` are those of the values of its keys (`review_by`), and of each text of a list
    (`examples.en.1`, counted from 1).
    """

    id: str
    place: Place
    bodies: tuple[Body, ...]
    channels: tuple[str, ...]
    variables: Mapping[str, Variable]
    titles: Mapping[str, str] = field(default_factory=dict)
    shortcut: str = ""
    tags: tuple[str, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mood: str = ""
    requires: tuple[str, ...] = ()
    format: str = "text"
    offer: str = ""
    owner: str = ""
    status: str = ""
    replaced_by: str = ""
    review_by: date | None = None
    waivers: tuple[Waiver, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def topic(self) -> str:
        """The folder and file part of the id."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All responses that could be read, by id, in file order; `refused` says what is wrong with the others.

    `variables` are those that are declared for all of them, `synonyms` groups of words by locale.
    """

    root: Path
    responses: Mapping[str, Response]
    refused: tuple[Problem, ...] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A response that a question found, and in which of its locales.

    `score` is from 0 to 1: of 100 matches with a score of 0.7, about 70 were right when it was measured. `why` says
    what of the question it has, in a line for people.
    """

    response: Response
    locale: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A response rendered for sending. `digest` is the sha256 of the canonical JSON of its body.

    `values` are the texts that went out, by placeholder.
    """

    text: str
    subject: str | None
    id: str
    locale: str
    channel: str
    variation: int
    values: Mapping[str, str]
    digest: str
    approved: bool

    def __str__(self) -> str:
        return self.text


FACT = "fact"
"""The type of a fact among what is missing."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What has to be known before a reply can go out: a value, with its type and one as it may look, or a FACT."""

    name: str
    type: str
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """Several replies as one message: one greeting, one sign-off, and all that each of them says.

    `replies` are the parts as each would go out alone, `left_out` the greetings and sign-offs that stand only once.
    `subject` is the first that a part has.
    """

    text: str
    subject: str | None
    replies: tuple[Reply, ...]
    left_out: tuple[str, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether every part is approved."""
        return all(reply.approved for reply in self.replies)

    def __str__(self) -> str:
        return self.text
