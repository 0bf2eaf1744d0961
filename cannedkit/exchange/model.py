"""What comes in and goes out: files, records with their texts, what a format can say, and what became of each reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT, CHANGED, LOST = "kept", "changed", "left out"
"""What becomes of a part of a reply in a format: it comes back equal, in another form, or not at all; always named."""

ASIDE = "kept aside"
"""What a format says that has no place in a reply: kept under `x-<system>` and written back."""

REFUSED, CONFLICT = "refused", "conflict"
"""A reply that was not taken over or not written; one that was changed on both sides since it was last imported."""

FATES = (KEPT, CHANGED, ASIDE, LOST, REFUSED, CONFLICT)


@dataclass(frozen=True, slots=True)
class File:
    """A file of another system: its name as somebody typed it, never used as a path, its text, and its encoding."""

    name: str
    text: str
    encoding: str = "UTF-8"


@dataclass(frozen=True, slots=True)
class Ability:
    """What a format can say; the tests prove it, and docs/exchange.md prints it.

    `syntax` is a row of `placeholders.SYNTAXES`. `markup` is that of its texts: "text", "markdown", "html", or "both"
    where each record says which. `missing` is what a customer reads there where a value is missing. `needed` is what
    a reply must have to be written: "shortcut" or "title". `extension` is that of its files. `tells_locale`: a reply
    has one text there, and says in which locale.
    """

    syntax: str = "liquid"
    markup: str = "text"
    title: str = KEPT
    shortcut: str = LOST
    tags: str = LOST
    subject: str = LOST
    locale: str = LOST
    channel: str = LOST
    variation: str = LOST
    attachment: str = LOST
    missing: str = ""
    extension: str = "json"
    writes: bool = True
    tells_locale: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One wording. `locale` "" is the default one, `channel` "" serves all; `variation` counts from 1.

    `markup` is "text", "markdown" or "html", as its system has it.
    """

    text: str
    locale: str = ""
    channel: str = ""
    variation: int = 1
    subject: str | None = None
    markup: str = "text"

    @property
    def key(self) -> tuple[str, str, int]:
        """Which wording of its reply it is."""
        return self.locale, self.channel, self.variation


@dataclass(frozen=True, slots=True)
class Record:
    """A reply as a system has it, or one of ours on its way there.

    `id` is the system's own, "" for one that has none yet; `folder` the names of the folders that it lies in; `ours`
    the id here, where the file says it. `kept` is all else that the system says of it, with None where a part stands
    that is taken over: plain data, as JSON has it; `aside` names what of it people should know of.
    """

    id: str
    texts: tuple[Text, ...]
    title: str = ""
    shortcut: str = ""
    tags: tuple[str, ...] = ()
    folder: tuple[str, ...] = ()
    ours: str = ""
    kept: Any = None
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """What became of a reply, or of the `part` of it that is named. `fate` is one of `FATES`."""

    id: str
    fate: str
    part: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a format read of its files: records in file order, and what it had to refuse or say."""

    records: tuple[Record, ...]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a format wrote: texts by file name, the only one or each in the folder that was typed, and what to say.

    `order` are the places, from 0, of the records as the files have them; () where that is as they were given.
    """

    files: Mapping[str, str]
    outcomes: tuple[Outcome, ...] = ()
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the locale and channel of what says none, and columns by part (`--map`)."""

    locale: str = ""
    channel: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
