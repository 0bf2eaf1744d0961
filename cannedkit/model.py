"""Every data type that passes between two rooms, and the errors. Standard library only.

The errors::

    CannedkitError
    ├── InputError          a file or value the user gave is wrong; carries every Problem found
    │   ├── SettingsError   cannedkit.yaml, facts.yaml, offers.yaml
    │   ├── RuleError       a rule file
    │   ├── CatalogueError  a response file
    │   └── DraftError      a draft that cannot be linted (too long, not text)
    ├── ReplyError          a reply cannot be rendered for sending
    ├── OffError            rules that cannot run here, though nothing is wrong with them
    ├── EngineError         an outside proofreader is missing or failed
    └── CheckFailed         some checks failed; carries the findings of the others
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol

VERSION = "0.1.0"
"""The version of cannedkit, the same as in pyproject.toml (a test compares them)."""

MAX_DRAFT = 100_000
"""Code points that a draft may hold (design, section 8)."""

MAX_FIXES = 5
"""Fixes that a finding carries at most; our own choice."""

MOODS: Mapping[str, str] = {
    "neutral": "neutral",
    "upset": "upset",
    "angry": "upset",
    "worried": "upset",
    "grieving": "upset",
    "pleased": "pleased",
    "happy": "pleased",
}
"""Accepted word for a customer's mood -> the mood that rules see."""


class Level(IntEnum):
    """How much a finding matters. Ordered, so `max()` and `>=` work."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


LEVELS: Mapping[str, Level | None] = {
    "suggestion": Level.SUGGESTION,
    "warning": Level.WARNING,
    "error": Level.ERROR,
    "off": None,
}
"""The word in a file -> the level; `off` is None."""


# -- places -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a file. Lines and columns count from 1; columns in code points; half open."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Located(Protocol):
    """A text that knows where each of its characters stands in a file."""

    @property
    def value(self) -> str:
        """The decoded text."""

    def place(self, start: int, end: int) -> Place:
        """Where the characters `[start:end)` of `value` stand in the file."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file: where, what, and how to mend it."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}" if self.line else f"{self.path}: {self.message}"


# -- errors -------------------------------------------------------------------------------------


class CannedkitError(Exception):
    """The root of every error that cannedkit raises on purpose."""


class InputError(CannedkitError):
    """What the user gave is wrong. `problems` holds every fault found, in file order."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(sorted(problems))
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))


class SettingsError(InputError):
    """cannedkit.yaml, facts.yaml or offers.yaml is wrong, or names something that is not to be had."""


class RuleError(InputError):
    """A rule file is wrong."""


class OffError(CannedkitError):
    """Rules that cannot run here, though nothing is wrong with them: each problem says why.

    `checks` are those of the rules that were built in the same call and can run.
    """

    def __init__(self, problems: Iterable[Problem], checks: Iterable[Check] = ()) -> None:
        self.problems = tuple(problems)
        self.checks = tuple(checks)
        super().__init__("\n".join(map(str, self.problems)))


class CatalogueError(InputError):
    """A response file is wrong."""


class DraftError(InputError):
    """A draft cannot be linted: too long, not text, an unknown locale or channel."""


class ReplyError(CannedkitError):
    """A reply cannot be rendered for sending; the message names the response, the value and what is wrong."""


class EngineError(CannedkitError):
    """An outside proofreader is missing, does not start or failed; the message says how to mend it."""


class CheckFailed(CannedkitError):
    """Some checks failed. `findings` are those of the others; `errors` say which failed and why."""

    def __init__(self, findings: Sequence[Finding], errors: Sequence[Failure]) -> None:
        self.findings = tuple(findings)
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{error.rule}: {error.reason}" for error in errors))


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A check that could not do its work: never the same as finding nothing."""

    rule: str
    reason: str


# -- drafts and findings ------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation. `by` is "agent" or "customer"."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a draft that rules look at by itself: `text[start:end]`, and the scopes that it belongs to.

    `paragraph`: it is one, and no heading, list item or the like. `prose`: it has sentences.
    """

    start: int
    end: int
    names: frozenset[str]
    paragraph: bool = False
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to lint and what is known about it.

    `locale` is BCP 47. `filled` holds the spans (code points, half open, sorted) that stand where a
    placeholder stood: findings inside one are dropped, and no fix that touches one is safe.
    `topic` and `status` are those of the response that the draft was rendered from, else "".
    `format` is "text" or "markdown". What was read from Markdown has `units`, and `counts` of its elements by name.
    `placeholders` names what stood at each span of `filled`, where that is known. `today` is the day for which
    the draft is judged, None where no rule about dates should look.
    """

    text: str
    locale: str = "en"
    channel: str = "chat"
    mood: str = "neutral"
    known: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    filled: tuple[tuple[int, int], ...] = ()
    topic: str = ""
    status: str = ""
    format: str = "text"
    units: tuple[Unit, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    placeholders: tuple[str, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result: `text[start:end]`, in code points, half open; ordered by (start, end, rule).

    `fixes` are the texts that may replace the span, best first; `""` deletes. `safe`: the first may be
    applied unasked. `sources`: the rules or engines that agree. Something missing is an empty span
    where it belongs.
    """

    start: int
    end: int
    rule: str
    level: Level = field(compare=True)
    message: str = ""
    fixes: tuple[str, ...] = ()
    safe: bool = False
    sources: tuple[str, ...] = ()


# -- rules and checks ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """A `bad` or `good` text of a rule. `spans` are the marked stretches, None where nothing was marked.

    What is not given ("", None) follows the rule's own `where`. `line` is its line in the rule file.
    """

    text: str
    spans: tuple[tuple[int, int], ...] | None
    channel: str = ""
    mood: str = ""
    known: tuple[str, ...] | None = None
    locale: str = ""
    line: int = 0
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One key of `where`: the draft's `key` must be one of `values`, or none of them if `negated`."""

    key: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule file, read and checked as far as every kind shares it; `options` holds the kind's own keys.

    `id` is `Pack.Rule`; `kind` is what it is in the end, `extends` what its file says, which may be another rule;
    `level` None is off. `options` maps each key to its YAML node, so that the kind can name the place of a fault.
    `splits`: a rule of the pack is for paragraphs, and so Vale shows paragraphs to all of them. `tested`: its file
    holds tests in Vale's form.
    """

    id: str
    kind: str
    message: str
    level: Level | None
    path: str
    options: Mapping[str, Any]
    scope: tuple[str, ...] = ("text",)
    why: str = ""
    source: str = ""
    link: str = ""
    description: str = ""
    instead: str = ""
    where: tuple[Condition, ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    limit: int = 0
    lemma: bool = False
    splits: bool = False
    extends: str = ""
    tested: bool = False

    @property
    def pack(self) -> str:
        """The folder that the rule stands in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules. `language` is what its rules are for, "" for any.

    `literals` holds what is known of the patterns in it, by pattern, so that it is not worked out again.
    `refused` says which rules were left out, and why: the others run.
    """

    name: str
    path: Path
    language: str
    rules: tuple[Rule, ...]
    description: str = ""
    literals: Mapping[str, Any] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()


Hits = Mapping[int, Sequence[tuple[int, int, int]]]
"""Alternative of a rule -> where its literals stand in a text: (start, end, which literal), sorted by start."""


@dataclass(frozen=True, slots=True)
class Check:
    """A built rule.

    `run(draft, hits)` yields findings; it holds no state and may run on any thread. `literals` has one
    entry for each alternative of the rule: texts of which one must occur (compared without case) before
    that alternative can match, or `()` where there is none. `hits` maps an alternative to the places where
    its literals stand: (start, end, which of them), sorted by start. A check without entries always runs,
    as does one with an alternative that has no literals. Raises TimeoutError where a pattern runs out of
    its time limit. `note` says what the check does without here, a library that is not installed.
    """

    rule: Rule
    run: Callable[[Draft, Hits], Iterable[Finding]]
    literals: tuple[tuple[str, ...], ...] = ()
    note: str = ""


# -- engines ------------------------------------------------------------------------------------


class Engine(Protocol):
    """An outside proofreader, open and ready. Safe to call from any thread."""

    @property
    def name(self) -> str:
        """Its name in the settings, in lower case."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can check (first part of a BCP 47 tag)."""

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted, rules named `Engine.RuleName`. Raises EngineError."""


# -- settings -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that are right (`accept`) and words that are not (`reject`) whatever a dictionary says."""

    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in use and its own limits, None where the rules' limits hold.

    `max_segments` counts SMS segments, the others what they say.
    """

    name: str
    max_words: int | None = None
    max_sentences: int | None = None
    max_characters: int | None = None
    max_segments: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """cannedkit.yaml, checked. Paths are absolute; `path` is None where there is no file.

    `packs` None means every shipped pack of the locale's language. `levels` maps a rule id, a pack or a
    pattern with `*` to a level, None for off. `engines` maps an engine's name to its own settings, `pipelines` a
    language to the folder of the trained pipeline of spaCy that reads it.
    """

    root: Path
    path: Path | None = None
    catalogue: Path = Path("responses")
    rules: Path = Path("rules")
    packs: tuple[str, ...] | None = None
    locale: str = "en"
    locales: tuple[str, ...] = ("en",)
    channels: Mapping[str, Channel] = field(default_factory=lambda: {"chat": Channel("chat")})
    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {"harper": {}})
    engines_named: bool = False
    pipelines: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Level | None] = field(default_factory=dict)
    vocabulary: Vocabulary = Vocabulary()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    approval: str = "optional"
    fail_on: Level = Level.ERROR


@dataclass(frozen=True, slots=True)
class Fact:
    """A dotted name and its value by locale ("" for any locale): what `{{ facts.name }}` prints."""

    name: str
    values: Mapping[str, str]
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A promise that was approved: `max` is an amount as written, "" for none; open until `until`."""

    name: str
    kind: str
    max: str = ""
    condition: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may know of the settings and packs while it builds its checks. `harper`: that engine is on.

    `pipelines` maps a language to the folder of its trained pipeline.
    """

    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary())
    channels: Mapping[str, Channel] = field(default_factory=dict)
    literals: Mapping[str, Any] = field(default_factory=dict)
    harper: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)


# -- the catalogue ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Variable:
    """The declaration of a placeholder. `fallback` and `samples` are by locale, "" for any locale.

    `max_length` is in code points, None for no limit.
    """

    name: str
    type: str = "text"
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fallback: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One wording of a response: `channel` "" serves every channel without a body of its own.

    `variation` counts from 1. `text` and `subject` carry their places in the file; white space at their ends is
    left out.
    """

    locale: str
    channel: str
    variation: int
    text: Located
    subject: Located | None = None


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
    its `x-…` keys, untouched.
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

    @property
    def topic(self) -> str:
        """The folder and file part of the id."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All responses, by id, in file order."""

    root: Path
    responses: Mapping[str, Response]


# -- what comes out -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A finding of the catalogue, with its place in a file and the renderings it appears in.

    `part` is "body" or "subject" ("response" for a finding about the record itself). `samples` names the
    sample sets that show it, empty where all do. `text` is what the span holds in the body.
    """

    finding: Finding
    place: Place
    response: str = ""
    locale: str = ""
    channel: str = ""
    variation: int = 0
    part: str = "body"
    samples: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What `check` found: findings in file order, the checks that failed, and what was looked at.

    `checked` counts responses, bodies, renderings (texts linted), and lists locales, channels, engines.
    """

    findings: tuple[FileFinding, ...]
    errors: tuple[Failure, ...]
    checked: Mapping[str, Any]
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a format prints: findings with their places, checks that failed, and what was looked at.

    `rules` holds the rules in force by id, `lines` maps a path to the lines of that file (without their ends). `paint`
    is true on a terminal that wants colour.
    """

    findings: tuple[FileFinding, ...]
    errors: tuple[Failure, ...] = ()
    checked: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    rules: Mapping[str, Rule] = field(default_factory=dict)
    lines: Callable[[str], Sequence[str]] = lambda path: ()
    paint: bool = False


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
