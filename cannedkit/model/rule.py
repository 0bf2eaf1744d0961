"""Rules as read, checks as built, and what a kind may know while it builds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cannedkit.model.draft import Draft, Finding, Level, Turn
from cannedkit.model.errors import Problem
from cannedkit.model.settings import Channel, Fact, Offer, Vocabulary


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
class Examples:
    """What a rule must find, and what it must let pass. They stand apart: only trying a rule out needs them."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One key of `where`: the draft's `key` must be one of `values`, or none of them if `negated`.

    `line` is its line in the rule file.
    """

    key: str
    values: tuple[str, ...]
    negated: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Rule:
    """One rule file, read and checked as far as every kind shares it; `options` holds the kind's own keys.

    `id` is `Pack.Rule`; `kind` is what it is in the end, `extends` what its file says, which may be another rule;
    `level` None is off. `options` is what the kind made of its keys; while a file is read, a mapping from
    key to YAML node.
    `splits`: a rule of the pack is for paragraphs, and so Vale shows paragraphs to all of them. `tested`: its file
    holds tests in Vale's form. `within` says where the files must lie that the rule names: in one of some folders, or
    anywhere (None).
    """

    id: str
    kind: str
    message: str
    level: Level | None
    path: str
    options: Any
    scope: tuple[str, ...] = ("text",)
    why: str = ""
    source: str = ""
    link: str = ""
    description: str = ""
    instead: str = ""
    where: tuple[Condition, ...] = ()
    limit: int = 0
    lemma: bool = False
    splits: bool = False
    extends: str = ""
    tested: bool = False
    within: Path | tuple[Path, ...] | None = ()

    @property
    def pack(self) -> str:
        """The folder that the rule stands in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules. `language` is what its rules are for, "" for any.

    `refused` says which rules were left out, and why: the others run.
    """

    name: str
    path: Path
    language: str
    rules: tuple[Rule, ...]
    description: str = ""
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
    its time limit. `note` says what the check does without here, a library that is not installed. `by_channel`: what
    it finds may differ with the channel of a draft. `foreign`: its patterns are not ours, and their time is counted.
    """

    rule: Rule
    run: Callable[[Draft, Hits], Iterable[Finding]]
    literals: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    by_channel: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may know of the settings and packs while it builds its checks. `harper`: that engine is on.

    `pipelines` maps a language to the folder of its trained pipeline.
    """

    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary())
    channels: Mapping[str, Channel] = field(default_factory=dict)
    harper: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)
