"""The verdict on a draft, for a program that is about to send it."""

from __future__ import annotations

from dataclasses import dataclass

from cannedkit.model.draft import Level
from cannedkit.model.result import Unread

VERDICTS = ("send", "mend", "stop")
"""What to do with a draft: send it, mend it and ask again, or leave it to a person."""

MOST_WORDS = 20
"""Words of a hint at most: what a model keeps to of many at once; our own choice."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to change in a draft: `text[start:end)`, in code points, which is `said` (empty where it is missing).

    `code` is the id of the rule that says so, and stays the same; `hint` says what to do in at most `MOST_WORDS` words.
    """

    code: str
    hint: str
    level: Level
    start: int
    end: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a draft may be sent: one of `VERDICTS`, what must be fixed for it, and what had better be.

    `rewrite` is the draft with its safe fixes made, where these leave nothing that must be fixed; None where they do
    not suffice or there is nothing to fix. `unread` is what nothing looked at: send does not speak for that.
    """

    verdict: str
    must_fix: tuple[Remark, ...] = ()
    advice: tuple[Remark, ...] = ()
    rewrite: str | None = None
    unread: tuple[Unread, ...] = ()
