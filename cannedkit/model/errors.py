"""Places in files, what is wrong there, and the errors.

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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cannedkit.model.byvalue import pickled_by_value

if TYPE_CHECKING:
    from cannedkit.model.draft import Finding
    from cannedkit.model.rule import Check

VERSION = "0.1.0"
"""The version of cannedkit, the same as in pyproject.toml (a test compares them)."""


# -- places -------------------------------------------------------------------------------------


@pickled_by_value
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


EXHAUSTED = (MemoryError, RecursionError)
"""What an input ends in that is too large or nested too deeply, wherever that comes to light."""


def exhausted(error: BaseException) -> str:
    """Why one of `EXHAUSTED` was raised, in words that follow the name of an input."""
    return "is nested too deeply" if isinstance(error, RecursionError) else "takes more memory than there is"


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
        super().__init__("; ".join(map(str, errors)))


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """What could not do its work, or could not be read: never the same as finding nothing.

    `rule` is the rule or engine that failed, "" for a file; `path`, `line` and `column` (from 1, 0 for none) say where.
    """

    rule: str
    reason: str
    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        where = str(Problem(self.path, self.line, self.column, self.reason)) if self.path else self.reason
        return f"{self.rule}: {where}" if self.rule else where


def unreadable(problem: Problem) -> Failure:
    """A fault in a file as an entry of a report's errors."""
    return Failure("", problem.message, problem.path, problem.line, problem.column)
