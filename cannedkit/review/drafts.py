"""Drafts looked at: what earlier runs found in the same texts is taken over, several processes lint the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from cannedkit.lint.linter import Linter, Results
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EXHAUSTED, DraftError, Failure, exhausted
from cannedkit.pattern.budget import running, shared_out
from cannedkit.text.spread import processes

if TYPE_CHECKING:
    from cannedkit.review.memory import Memory


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found in a draft; `whole` is false where a rule was off by then, for it had spent its time."""

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    whole: bool = True


FEW = 10
"""Drafts that rules alone look at in the time that opening what is remembered takes."""

LEAST = 30
"""Drafts that a process of its own is worth: our own choice, half of the units, for a draft is about two of them."""


def results(
    drafts: Sequence[Draft], linter: Callable[[str], Linter], time_limit: float, *, jobs: int, memory: Memory | None
) -> list[Results]:
    """The findings of each draft, and the checks that failed on it, in the same order with any number of processes.

    A draft that cannot be linted has one failure, of no rule. At most `jobs` processes, each of which may spend its
    part of `time_limit` in patterns that are not ours. `memory` is what earlier runs found, and learns what this does.
    """
    recalled = [_recalled(memory, draft) if memory else (None, None) for draft in drafts]
    todo = [draft for draft, (_, known) in zip(drafts, recalled, strict=True) if known is None]
    for locale in {draft.locale for draft in todo} if processes(len(todo), LEAST) > 1 else ():
        linter(locale).ready()  # built once, before there are other processes
    done = shared_out(lambda draft: _look(draft, linter(draft.locale)), todo, LEAST, jobs, time_limit)
    found = []
    for key, known in recalled:
        seen = known or next(done)
        if memory and not known and seen.whole and not seen.failures:
            memory.keep(key, _encoded(seen))
        found.append((list(seen.findings), list(seen.failures)))
    if memory:
        memory.settle()
    return found


def _look(draft: Draft, linter: Linter) -> _Seen:
    try:
        findings, failures = linter.results(draft)
    except DraftError as error:
        return _Seen((), (Failure("", str(error)),))
    except EXHAUSTED as error:
        return _Seen((), (Failure("", f"the draft {exhausted(error)}"),))
    return _Seen(tuple(findings), tuple(failures), not running().off)


# -- data ---------------------------------------------------------------------------------------


def _recalled(memory: Memory, draft: Draft) -> tuple[bytes | None, _Seen | None]:
    """The key of a draft, None where it is not to be remembered, and what is known of it."""
    key = memory.key(draft.locale, f"draft {replace(draft, today=None)}")  # what depends on the day is in the mark
    return key, memory.recall(key, _decoded)


def _encoded(seen: _Seen) -> bytes:
    rows = [astuple(replace(one, level=int(one.level))) for one in seen.findings]  # type: ignore[arg-type]
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> _Seen | None:
    """What was found in a draft; None where the data are not of that form."""
    try:
        rows = json.loads(data.decode("utf-8", "surrogatepass"))
        return _Seen(tuple(_finding(*row) for row in rows))
    except (ValueError, TypeError):
        return None


def _finding(
    start: int, end: int, rule: str, level: int, message: str, fixes: list[str], safe: bool, sources: list[str]
) -> Finding:
    return Finding(start, end, rule, Level(level), message, tuple(fixes), safe, tuple(sources))
