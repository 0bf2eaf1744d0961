"""How much time the patterns that others wrote may take, in all that one run or one draft sees of them.

A run opens a budget (`spending`); what runs a rule or a vocabulary of others says for whom (`counted`), who pays for
all that it takes; `alternation` asks how long the next search may take (`allowed`) and has it paid at once (`pay`)
where that may be long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from math import inf
from threading import get_ident

from cannedkit.text.spread import Item, Result, piled, processes

RUN, DRAFT = 60.0, 1.0
"""Seconds of CPU time in patterns that are not ours: of a run over files, and of one draft (design, section 8)."""

SHARE = 4
"""A single rule may spend one part in so many of a budget: our own choice, so that one leaves the others time."""


OURS = "ours"
"""Who wrote the patterns of the program and of the packs that we ship: nobody pays for them."""

VOCABULARY = "the vocabulary"
"""Who pays for the terms of `vocabulary`."""

MOMENT = 0.001
"""Seconds of the wall in which a thread that runs is hardly ever stopped: within so many its own clock, which costs as
much as a search does, is not read again. Our own choice."""

MOST_STEPS = 2_000_000
"""Steps of searches, at most (see `size`), that nobody looks at the clock for: some hundredths of a second."""


class BudgetSpent(TimeoutError):
    """The time of a run for patterns that are not ours, or a rule's share of it, is spent."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of CPU time; how many of them each rule has spent, and "" all; which rules ran out, and so are off.

    `clocks` are, of each thread, the wall's clock and its own as they were last read.
    """

    seconds: float
    spent: dict[str, float] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    clocks: dict[int, tuple[float, float]] = field(default_factory=dict, repr=False, compare=False)

    def left(self, who: str) -> float:
        """The seconds that a rule may still use."""
        return min(self.seconds / SHARE - self.spent.get(who, 0.0), self.seconds - self.spent.get("", 0.0))

    def now(self) -> float:
        """What the clock of this thread's CPU says, to a MOMENT."""
        wall, thread = time.perf_counter(), get_ident()
        read, used = self.clocks.get(thread, (-inf, 0.0))
        if wall - read < MOMENT:
            return used + wall - read
        used = time.thread_time()
        self.clocks[thread] = wall, used
        return used


@dataclass(slots=True)
class _Account:
    """Who pays for what runs, from which budget (None: nobody pays); what is not yet paid.

    That is told by the thread's clock, since when, and by the steps of searches.
    """

    who: str = ""
    budget: Budget | None = None
    since: float = 0.0
    steps: float = 0.0


_running: ContextVar[Budget | None] = ContextVar("running", default=None)
_counted: ContextVar[_Account] = ContextVar("counted", default=_Account())  # noqa: B039 - never changed: nobody pays


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
) -> Iterator[Result]:
    """`work` of each item, in order; by at most `jobs` processes, each with at least `least` to do.

    Each of several may spend its part of the `seconds`. All is done when it comes back, and few results are held.
    """
    count = min(jobs, processes(len(items), least))
    with spending(seconds / count) if count > 1 else nullcontext():
        return piled(work, items, least, count)


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


def counted(who: str) -> _Counted:
    """Within it, patterns are those of `who`: a rule's id, or another name for what wrote them. It pays at the end."""
    return _Counted(who)


@dataclass(slots=True)
class _Counted:
    """Opens an account for what runs within, and settles it; no generator, for a draft has many rules."""

    who: str
    outer: _Account = field(init=False)
    token: Token[_Account] = field(init=False)

    def __enter__(self) -> None:
        self.outer = _counted.get()
        account = _Account(self.who, None if self.who in ("", OURS) else _running.get())
        _settle(self.outer)
        if account.budget:
            account.since = account.budget.now()
        self.token = _counted.set(account)

    def __exit__(self, *raised: object) -> None:
        account = _counted.get()
        _counted.reset(self.token)
        _settle(account)
        if self.outer.budget:
            self.outer.since = self.outer.budget.now()


def is_counted() -> bool:
    """Whether what runs is a pattern of somebody else's, in a run that has a budget."""
    return _counted.get().budget is not None


def is_ours() -> bool:
    """Whether what runs is known to be a pattern of ours."""
    return _counted.get().who == OURS


def allowed(steps: float) -> float | None:
    """Seconds that the next search, of so many steps at most, may take; None where the pattern is ours.

    Raises BudgetSpent.
    """
    account = _counted.get()
    if account.budget is None:
        return None
    account.steps += steps
    if account.steps > MOST_STEPS:
        _settle(account)
    if (left := account.budget.left(account.who)) <= 0:
        raise BudgetSpent
    return left


def clock() -> float:
    """Seconds of the thread's CPU, to a MOMENT where somebody pays for what runs."""
    budget = _counted.get().budget
    return budget.now() if budget else time.thread_time()


def pay() -> None:
    """Take from the budget what its payer has used and not paid."""
    _settle(_counted.get())


def _settle(account: _Account) -> None:
    if account.budget is None:
        return
    now, spent = account.budget.now(), account.budget.spent
    used = max(now - account.since, 0.0)
    for spender in (account.who, ""):
        spent[spender] = spent.get(spender, 0.0) + used
    account.since, account.steps = now, 0.0
