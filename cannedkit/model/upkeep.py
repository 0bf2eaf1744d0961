"""What whoever looks after a catalogue must know: what is due, what uses a fact, what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cannedkit.model.errors import Failure, Place


@dataclass(frozen=True, slots=True)
class Due:
    """What somebody must look at, and until when.

    `kind` is "review", "fact", "offer", "waiver" or "retired"; `name` the id of the response, or the name of the fact
    or offer. `until` is the last day on which all is well, `days` how many are left (negative: late); both are None for
    what is late on any day. `owner`, `topic` and `title` are "" where there is none; a fact or an offer has those of
    the responses that use it, where they are one. `responses` are the ids of those that use it, or that send readers to
    a retired one; `rule`, `locale` and `text` are those of a waiver.
    """

    kind: str
    name: str
    place: Place
    until: date | None = None
    days: int | None = None
    owner: str = ""
    topic: str = ""
    title: str = ""
    rule: str = ""
    locale: str = ""
    text: str = ""
    responses: tuple[str, ...] = ()

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.days is None or self.days < 0


@dataclass(frozen=True, slots=True)
class FactUse:
    """A place in a body or subject (`part`) that prints a fact, or a tag that asks for it.

    `channels` are those that send this wording, `status` and `title` those of the response. `variation` counts from 1.
    """

    fact: str
    response: str
    locale: str
    channels: tuple[str, ...]
    variation: int
    part: str
    place: Place
    status: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """How often a response was sent. `rules` are the ids of those that find something in it, None: nobody looked."""

    id: str
    count: int
    title: str = ""
    status: str = ""
    rules: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What the file of `usage` says: each response with how often it was sent, most first.

    `unknown` counts what the file names and the catalogue does not have; `errors` are lines that cannot be read, and
    checks that failed.
    """

    path: str
    sent: tuple[Sent, ...] = ()
    unknown: Mapping[str, int] = field(default_factory=dict)
    errors: tuple[Failure, ...] = ()

    @property
    def never(self) -> tuple[Sent, ...]:
        """The responses in use that nobody sent."""
        return tuple(one for one in self.sent if not one.count and not one.status)

    @property
    def flagged(self) -> tuple[Sent, ...]:
        """Those among the most sent in which something is found."""
        return tuple(one for one in self.sent if one.count and one.rules)

    @property
    def retired(self) -> tuple[Sent, ...]:
        """The retired responses that were sent all the same."""
        return tuple(one for one in self.sent if one.count and one.status == "retired")


@dataclass(frozen=True, slots=True)
class Agenda:
    """What `due` prints: what is late and what comes `within` so many days of `today`, in the order to be shown.

    `by` is "owner", "topic" or "" (not grouped); `errors` say what could not be read.
    """

    due: tuple[Due, ...]
    today: date
    within: int
    by: str = ""
    usage: Usage | None = None
    errors: tuple[Failure, ...] = ()
