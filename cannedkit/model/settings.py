"""cannedkit.yaml, facts.yaml and offers.yaml, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Place, Problem


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that are right (`accept`) and words that are not (`reject`) whatever a dictionary says."""

    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in use: the one of the table that it is `like` ("" for none), and its own limits.

    `limits` are by part of the message (body, subject …) and unit: `{"body": {"segments": 2}}`.
    """

    name: str
    like: str = ""
    limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """What rules may call it by: its name, what it is like, and the family of that, as whatsapp is."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.like, self.like.partition("-")[0]))))


@dataclass(frozen=True, slots=True)
class Override:
    """Levels that hold in some circumstances: in one of the topics, on one of the channels, in one of the paths.

    () stands for any. A topic holds for those below it. Paths are absolute, with `*` for any characters.
    """

    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    levels: Mapping[str, Level | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic, and those below it, may do: () and "" stand for nothing said.

    `channels` may carry it; `move_to` is the id of the reply that moves it to one of them. `private`: no channel that
    others read may carry it. It goes up to somebody else where the customer's mood is one of `moods`, or one of
    `facts` is known.
    """

    name: str
    channels: tuple[str, ...] = ()
    move_to: str = ""
    private: bool = False
    moods: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """cannedkit.yaml, checked. Paths are absolute; `path` is None where there is no file.

    `packs` None means every shipped pack of the locale's language, and every one of `extends`, which maps a name to the
    folder of packs of an installed distribution. `levels` maps a rule id, a pack or a pattern with `*` to a level, None
    for off; `overrides` go before it where they hold, the last first. `topics` say which channels may carry what.
    `engines` maps an engine's name to its own settings, `pipelines` a language to the folder of the trained pipeline of
    spaCy that reads it. `approval` is
    "optional" or "required",
    `four_eyes`: who wrote a text may not approve it, `approvers` maps an owner to those who may approve for it; `known`
    are the facts that a conversation may have, None for any. `usage` is the file of ids that were sent,
    `baseline` that of findings that are known (None: cannedkit.baseline, where it is there). `search` has the shares,
    from 0 to 1, that `search --evaluate` must reach, by the name of the figure; `semantic`: it reads sentences, too.
    `scores` has the points, from 0 to 100, that the catalogue must have, by the name of the mark. `exchange` maps a
    format of another system to the names of its variables, and these to ours. `refused` says what
    is wrong with keys and entries that were left out, so that the rest can be used; `untrusted` what was left out
    because no user allowed it. `places` are line and column of what is found to be wrong later: `packs.Care`,
    `levels.Care.Blame`, `overrides.Chat`.
    """

    root: Path
    path: Path | None = None
    catalogue: Path = Path("responses")
    rules: Path = Path("rules")
    packs: tuple[str, ...] | None = None
    extends: Mapping[str, Path] = field(default_factory=dict)
    locale: str = "en"
    locales: tuple[str, ...] = ("en",)
    channels: Mapping[str, Channel] = field(default_factory=lambda: {"chat": Channel("chat")})
    engines: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: {"harper": {}, "context": {}, "opentaal": {}}
    )
    engines_named: bool = False
    pipelines: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Level | None] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    topics: tuple[Topic, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    approval: str = "optional"
    four_eyes: bool = False
    approvers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: tuple[str, ...] | None = None
    usage: Path | None = None
    baseline: Path | None = None
    search: Mapping[str, float] = field(default_factory=dict)
    semantic: bool = False
    scores: Mapping[str, float] = field(default_factory=dict)
    exchange: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fail_on: Level = Level.ERROR
    refused: tuple[Problem, ...] = ()
    untrusted: tuple[Failure, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A dotted name and its value by locale ("" for any locale): what `{{ facts.name }}` prints.

    `place` is that of its name in facts.yaml.
    """

    name: str
    values: Mapping[str, str]
    owner: str = ""
    until: date | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """A promise that was approved: `max` is an amount as written, "" for none; open until `until`.

    `place` is that of its name in offers.yaml.
    """

    name: str
    kind: str
    max: str = ""
    condition: str = ""
    until: date | None = None
    place: Place | None = field(default=None, compare=False)
