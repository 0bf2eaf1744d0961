"""What comes out: findings with their places, what was looked at, and what a format prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cannedkit.model.byvalue import pickled_by_value
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Failure, Place
from cannedkit.model.rule import Rule


@pickled_by_value
@dataclass(frozen=True, slots=True)
class FileFinding:
    """A finding of the catalogue, with its place in a file and the renderings it appears in.

    `part` is "body" or "subject" ("response" for a finding about the record itself). `samples` names the
    sample sets that show it, empty where all do. `text` is what the span holds in the body, `around` what stands before
    and behind it there, at most 40 code points each. `related` are the other places that the finding is about: the
    reply that this one contradicts, the body that has what this one lacks.
    """

    finding: Finding
    place: Place
    response: str = ""
    locale: str = ""
    channels: tuple[str, ...] = ()
    variation: int = 0
    part: str = "body"
    samples: tuple[str, ...] = ()
    text: str = ""
    related: tuple[Place, ...] = ()
    around: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What makes a fix in a file: `text`, as the file holds it, in place of the stretch at `place`."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """What no rule or engine read: in which locale, what of it ("spelling and grammar", "style"), and why."""

    locale: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Use:
    """What a rendering takes of a channel: `used` as it is, `most` with the longest values of its `variables`.

    `part` is body or subject; `unit` is one of those that channels count, `limit` the most of it, 0 for none.
    `variables` are those that decide where `most` is beyond the limit, else all that make it more, the longest first.
    `note` says what an SMS is written in, and how much of its segments it fills.
    """

    channel: str
    part: str
    unit: str
    limit: int
    used: int
    most: int
    variables: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One wording of a response as customers of some channels read it, filled with a set of samples.

    `samples` is the name of the set, such as `typical`; `values` are its texts by placeholder, in subject and text
    alike. `variation` counts from 1. `uses` says what it takes of each channel.
    """

    locale: str
    channels: tuple[str, ...]
    variation: int
    samples: str
    subject: str | None
    text: str
    values: Mapping[str, str]
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule is for. `level` is the one in force, None for off; `path` is that of its file.

    `options` are its limits in words, by key: `{"count": "words", "max": "chat 50, email 150"}`.
    """

    id: str
    level: Level | None
    why: str = ""
    instead: str = ""
    source: str = ""
    message: str = ""
    kind: str = ""
    pack: str = ""
    path: str = ""
    link: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """What one rule asks of who writes: why, a line that it finds, and one to write instead ("" where there is none).

    `when` are the circumstances that it asks for: "mood upset".
    """

    rule: str
    level: Level
    why: str
    avoid: str
    write: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at. `engines` are those that proofread, by locale; `passed` the ids without a finding.

    `drafts` counts what `lint` reads, whose `passed` are paths; `renderings` the texts that `check` linted. `unread` is
    what nothing read.
    """

    drafts: int = 0
    responses: int = 0
    bodies: int = 0
    renderings: int = 0
    locales: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    engines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A run held against an earlier one: how many findings are new, were there before, and are mended."""

    new: int
    known: int
    mended: int


@dataclass(frozen=True, slots=True)
class Review:
    """What `check` found: findings in file order, what failed or could not be read, and what was looked at.

    `findings` is a tuple; of more than some thousands a sequence that reads each from disk when it is asked for.
    `compared` is there where a baseline leaves known findings out.
    """

    findings: Sequence[FileFinding]
    errors: tuple[Failure, ...]
    checked: Checked
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a format prints: findings with their places, what failed or could not be read, and what was looked at.

    `rules` holds the rules in force by id, `explained` what there is to say of the rules of the findings; `notes` is
    what is good to know; `statistics`: count the findings of each rule in place of showing them. `lines` maps a path
    to the lines of that file (without their ends). `paint` is true on a terminal that wants colour. `least` is the
    lowest level that makes the exit code 1. `replacement` says how a fix of a finding is made in its file, None where
    that cannot be said. `compared` is there where known findings are left out.
    """

    findings: Sequence[FileFinding]
    errors: tuple[Failure, ...] = ()
    checked: Checked = Checked()
    seconds: float = 0.0
    rules: Mapping[str, Rule] = field(default_factory=dict)
    explained: Mapping[str, Explanation] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    statistics: bool = False
    lines: Callable[[str], Sequence[str]] = lambda path: ()
    paint: bool = False
    least: Level = Level.ERROR
    replacement: Callable[[FileFinding, str], Replacement | None] = lambda found, fix: None
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A fix of a finding: made, or, with a `reason`, tried and taken back. The place is that in the text as it was."""

    found: FileFinding
    fix: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with fixes made: `edits` (code points of the text as it was) lead from it to `text`.

    `left` are the fixes that were taken back; `remaining` what is found in `text`, at its places there, and `failures`
    the checks that failed on it.
    """

    text: str
    edits: tuple[tuple[int, int, str], ...]
    made: tuple[Change, ...]
    left: tuple[Change, ...]
    remaining: tuple[FileFinding, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file that was changed: its text before and after, byte order mark and line ends as they are."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What `fix` did to a catalogue: the fixes made and those left, the files, and the review of what remains."""

    made: tuple[Change, ...]
    left: tuple[Change, ...]
    files: tuple[Rewritten, ...]
    review: Review
