"""Each unit of a catalogue looked at: what earlier runs found is taken over, several processes lint the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from cannedkit.catalogue import load as responses
from cannedkit.lint.again import Sentences, leaving
from cannedkit.lint.linter import Linter, for_seams
from cannedkit.model.draft import Draft
from cannedkit.model.errors import EXHAUSTED, Problem, exhausted, unreadable
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.settings import Settings
from cannedkit.pattern.budget import running, shared_out
from cannedkit.review import results
from cannedkit.review.memory import Memory
from cannedkit.review.unit import Looked, Unit, look, remembered, units
from cannedkit.settings import facts_for
from cannedkit.text.pile import Pile
from cannedkit.text.spread import processes

LEAST = 60
"""Units that a process of its own is worth: starting it and its proofreader takes what 30 to 60 units take."""

Known = Sequence[tuple[bytes | None, Looked | None]]
"""The key of each unit of a response, and what is known of it."""


def looked(
    catalogue: Catalogue,
    settings: Settings,
    linter: Callable[[str], Linter],
    today: date,
    time_limit: float,
    *,
    jobs: int,
    step: Callable[[], object],
    memory: Memory | None,
) -> Iterator[Sequence[Looked]]:
    """For each response, in order, what was found in its units, in order; nothing for one that is retired.

    All is looked at when it comes back. It is the same with any number of processes. `step` is called for each
    response. At most `jobs` processes, each of which may spend its part of `time_limit` in patterns that are not ours.
    """
    known: Pile[Known] = Pile()
    todo: list[tuple[str, tuple[int, ...]]] = []
    count = 0
    locales: set[str] = set()
    for response in catalogue.responses.values():
        own = _in_order(response)
        recalled = [results.recall(memory, unit) if memory else (None, None) for unit in own]
        left = tuple(number for number, (_, one) in enumerate(recalled) if one is None)
        known.append(recalled)
        if left:
            todo.append((response.id, left))
        count += len(left)
        locales.update(own[number].locale for number in left)
    for locale in sorted(locales) if processes(count, LEAST, jobs) > 1 else ():
        _load(linter(locale), locale)
    steps = _Steps(step)
    work = _look(catalogue, settings, linter, today, steps, many=count >= LEAST)
    least = max(1, LEAST * len(todo) // max(1, count))
    done = shared_out(work, todo, least, jobs, time_limit)
    for id in catalogue.responses:
        steps.reach(id)
    return _together(known, done, memory)


def _together(
    known: Iterable[Known], done: Iterator[Sequence[Looked]], memory: Memory | None
) -> Iterator[Sequence[Looked]]:
    """What is known of each response and what was found now, which is remembered."""
    for recalled in known:
        new = iter(next(done) if any(one is None for _, one in recalled) else ())
        found = []
        for key, one in recalled:
            made = one or next(new)
            if memory and not one:
                results.keep(memory, key, made)
            found.append(made)
        yield found


def _load(linter: Linter, locale: str) -> None:
    """Have all that many texts need built and loaded before there are several processes, which share its memory."""
    linter.ready()
    linter.proofread(Draft("Read once.", locale))


@dataclass(frozen=True)
class _Steps:
    """Calls `step` once for each response, in the process that knows how to show it."""

    step: Callable[[], object]
    process: int = field(default_factory=os.getpid)
    reached: set[str] = field(default_factory=set)

    def reach(self, id: str) -> None:
        if id not in self.reached and os.getpid() == self.process:
            self.reached.add(id)
            self.step()


def _look(
    catalogue: Catalogue,
    settings: Settings,
    linter: Callable[[str], Linter],
    today: date,
    steps: _Steps,
    *,
    many: bool,
) -> Callable[[tuple[str, Sequence[int]]], list[Looked]]:
    """What lints units of a response, by its id and their numbers; what a locale needs is made once in a process.

    `many`: it is worth to tell which checks look at sentences alone, which takes as long as some twenty units.
    """
    proofread = cache(lambda locale: remembered(linter(locale)))
    facts = cache(lambda locale: facts_for(settings, locale))
    seams = cache(lambda locale: for_seams(linter(locale)))
    sentences = cache(lambda locale: Sentences(leaving(linter(locale).checks)) if many else None)

    def look_at(unit: Unit) -> Looked:
        tag = unit.locale
        try:
            made = look(unit, linter(tag), proofread(tag), facts(tag), today, seams(tag), sentences(tag))
        except EXHAUSTED as error:
            return Looked((), frozenset({unreadable(_too_much(unit.response, error))}), 0)
        return replace(made, whole=not running().off)

    def run(asked: tuple[str, Sequence[int]]) -> list[Looked]:
        id, numbers = asked
        steps.reach(id)
        every = _in_order(catalogue.responses[id])
        return [look_at(every[number]) for number in numbers]

    return run


def _in_order(response: Response) -> Sequence[Unit]:
    """The units of a response that is not retired, those of a locale together."""
    every = list(units(response)) if response.status != "retired" else []
    return [unit for locale in responses.locales(response) for unit in every if unit.locale == locale]


def _too_much(response: Response, error: BaseException) -> Problem:
    place = response.place
    return Problem(place.path, place.line, place.column, f"`{response.id}` {exhausted(error)}: write it more simply")
