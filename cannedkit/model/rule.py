"""Rules as read, checks as built, and what a kind may know while it builds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cannedkit.model.draft import Draft, Finding, Level, Turn
from cannedkit.model.errors import Problem
from cannedkit.model.settings import Channel, Fact, Offer, Settings, Vocabulary

if TYPE_CHECKING:
    from cannedkit.catalogue.reading import Reading
    from cannedkit.model.response import Response
    from cannedkit.model.result import FileFinding


@dataclass(frozen=True)
class Example:
    """A `bad` or `good` text of a rule. `spans` are the marked stretches, None where nothing was marked.

    What is not given ("", None) follows the rule's own `where`. `line` is its line in the rule file. `catalogue`: the
    text is no draft but a small catalogue, as JSON: `{"response": {…}}` or `{"responses": {…}}`, and what goes with it.
    """

    text: str
    spans: tuple[tuple[int, int], ...] | None
    channel: str = ""
    mood: str = ""
    known: tuple[str, ...] | None = None
    locale: str = ""
    line: int = 0
    history: tuple[Turn, ...] = ()
    catalogue: bool = False


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
    anywhere (None). `keeps` are the keys whose promise it keeps: a shipped rule with one of them runs whatever `packs`
    says.
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
    keeps: tuple[str, ...] = ()

    @property
    def pack(self) -> str:
        """The folder that the rule stands in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules. `language` is what its rules are for, "" for any.

    `refused` says which rules were left out, and why: the others run. `reads` is "catalogue" where none of its rules
    looks at drafts, so that who lints one leaves the pack alone. `finds` is "errors" where its rules proofread: what
    two of them propose for one word, or one and an engine, is about one fault.
    """

    name: str
    path: Path
    language: str
    rules: tuple[Rule, ...]
    description: str = ""
    refused: tuple[Problem, ...] = ()
    reads: str = ""
    finds: str = ""


Hits = Mapping[int, Sequence[tuple[int, int, int]]]
"""Alternative of a rule -> where its literals stand in a text: (start, end, which literal), sorted by start."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The regular expressions with which a check looks at a text: one for each alternative of its rule.

    Those of `around` are looked for in all of a text, and those of `there` where a match begins, to where it ends.
    """

    alternatives: Sequence[str]
    around: Sequence[str] = ()
    there: Sequence[str] = ()


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
    `unless`: rules and packs that tell the same fault; what one of them finds within a finding is not told again.
    `needs` is what a draft must have before the check can find something, `without` before it can where none of its
    literals stands there: names of `lint.needs.NEEDS`, "" for nothing that can be told. `on` are the channels and parts
    of a message on which it can find something, None for any. `also`: for each entry of `literals` other sets of texts;
    it can match only in a text that holds one of each. `patterns` gives the regular expressions with
    which it looks at a plain text, where it looks with nothing else, and at nothing of a draft but its text and locale.
    """

    rule: Rule
    run: Callable[[Draft, Hits], Iterable[Finding]]
    literals: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    by_channel: bool = False
    foreign: bool = False
    unless: tuple[str, ...] = ()
    needs: str = ""
    without: str = ""
    on: frozenset[tuple[str, str]] | None = None
    also: tuple[tuple[tuple[str, ...], ...], ...] = ()
    patterns: Callable[[], Patterns] | None = None


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """A built rule that reads one response after the other.

    `run(response, reading, settings, today)` yields findings with their places, each at the response; `reading` is the
    catalogue with its texts, read once for all rules. It holds no state and may run on any thread. `retired`: it also
    looks at responses that are retired.
    """

    rule: Rule
    run: Callable[[Response, Reading, Settings, date], Iterable[FileFinding]]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class WholeCheck:
    """A built rule that reads the whole catalogue at once: what only several responses together show.

    `run(reading, settings, today)` yields findings with their places; `related` of a finding holds the places of the
    other responses that it is about. It holds no state and may run on any thread.
    """

    rule: Rule
    run: Callable[[Reading, Settings, date], Iterable[FileFinding]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may know of the settings and packs while it builds its checks. `harper`: that engine is on.

    `pipelines` maps a language to the folder of its trained pipeline; one that no setting names and that is installed
    is used where `proofreads`: any engine is on.
    """

    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary())
    channels: Mapping[str, Channel] = field(default_factory=dict)
    harper: bool = False
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)
    proofreads: bool = True
