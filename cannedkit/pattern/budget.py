"""How much time the patterns that others wrote may take, in all that one run or one draft sees of them.

A run opens a budget (`spending`); what runs a rule or a vocabulary of others says for whom (`counted`); `alternation`
asks how long the next search may take (`allowed`) and pays for it (`pay`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field

from cannedkit.text.spread import Item, Result, processes, spread

RUN, DRAFT = 60.0, 1.0
"""Seconds of CPU time in patterns that are not ours: of a run over files, and of one draft (design, section 8)."""

SHARE = 4
"""A single rule may spend one part in so many of a budget: our own choice, so that one leaves the others time."""


OURS = "ours"
"""Who wrote the patterns of the program and of the packs that we ship: nobody pays for them."""

VOCABULARY = "the vocabulary"
"""Who pays for the terms of `vocabulary`."""


class BudgetSpent(TimeoutError):
    """The time of a run for patterns that are not ours, or a rule's share of it, is spent."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of CPU time; how many of them each rule has spent, and "" all; which rules ran out, and so are off."""

    seconds: float
    spent: dict[str, float] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)

    def left(self, who: str) -> float:
        """The seconds that a rule may still use."""
        return min(self.seconds / SHARE - self.spent.get(who, 0.0), self.seconds - self.spent.get("", 0.0))


_running: ContextVar[Budget | None] = ContextVar("running", default=None)
_counted: ContextVar[str] = ContextVar("counted", default="")


@contextmanager
def spending(seconds: float) -> Iterator[Budget]:
    """Within it, patterns that are not ours may take so many seconds of CPU time together."""
    token = _running.set(Budget(seconds))
    try:
        yield running()
    finally:
        _running.reset(token)


def shared_out(
    work: Callable[[Item], Result], items: Sequence[Item], least: int, jobs: int, seconds: float
) -> list[Result]:
    """`work` of each item, in order; by at most `jobs` processes, each with at least `least` to do.

    Each of several may spend its part of the `seconds`.
    """
    count = min(jobs, processes(len(items), least))
    with spending(seconds / count) if count > 1 else nullcontext():
        return spread(work, items, least, count)


def running() -> Budget:
    """The budget of the run; where none is open, that of a draft, which nobody shares."""
    return _running.get() or Budget(DRAFT)


@contextmanager
def of_draft() -> Iterator[Budget]:
    """The budget of the run; where none is open, that of a draft for what happens within."""
    if _running.get():
        yield running()
        return
    with spending(DRAFT) as budget:
        yield budget


@contextmanager
def counted(who: str) -> Iterator[None]:
    """Within it, patterns are those of `who`: a rule's id, or another name for what wrote them."""
    token = _counted.set(who)
    try:
        yield
    finally:
        _counted.reset(token)


def is_counted() -> bool:
    """Whether what runs is a pattern of somebody else's, in a run that has a budget."""
    return _counted.get() not in ("", OURS) and _running.get() is not None


def is_ours() -> bool:
    """Whether what runs is known to be a pattern of ours."""
    return _counted.get() == OURS


def allowed() -> float | None:
    """Seconds that the next search may take by the budget; None where the pattern is ours. Raises BudgetSpent."""
    who, budget = _counted.get(), _running.get()
    if who in ("", OURS) or budget is None:
        return None
    if (left := budget.left(who)) <= 0:
        raise BudgetSpent
    return left


def pay(seconds: float) -> None:
    """Take what a search used from the budget."""
    who, budget = _counted.get(), _running.get()
    if budget is not None:
        for spender in (who, ""):
            budget.spent[spender] = budget.spent.get(spender, 0.0) + seconds
