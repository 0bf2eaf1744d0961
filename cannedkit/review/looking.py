"""Each unit of a catalogue looked at: what earlier runs found is taken over, several processes lint the rest."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from cannedkit.text.spread import processes

LEAST = 60
"""Units that a process of its own is worth: starting it and its proofreader takes what 30 to 60 units take."""


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
) -> Mapping[str, Sequence[Looked]]:
    """Id of a response -> what was found in its units, in order; none for one that is retired.

    It is the same with any number of processes. `step` is called for each response. At most `jobs` processes, each of
    which may spend its part of `time_limit` in patterns that are not ours.
    """
    every = [unit for response in catalogue.responses.values() for unit in _in_order(response)]
    recalled = [results.recall(memory, unit) if memory else (None, None) for unit in every]
    todo = [unit for unit, (_, known) in zip(every, recalled, strict=True) if known is None]
    for locale in sorted({unit.locale for unit in todo}) if processes(len(todo), LEAST, jobs) > 1 else ():
        _load(linter(locale), locale)
    steps = _Steps(step)
    lint = _look(settings, linter, today, steps, many=len(todo) >= LEAST)
    done = iter(shared_out(lint, todo, LEAST, jobs, time_limit))
    by_response: dict[str, list[Looked]] = defaultdict(list)
    for unit, (key, known) in zip(every, recalled, strict=True):
        made = known or next(done)
        if memory and not known:
            results.keep(memory, key, made)
        by_response[unit.response.id].append(made)
    for id in catalogue.responses:
        steps.reach(id)
    return by_response


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
    settings: Settings, linter: Callable[[str], Linter], today: date, steps: _Steps, *, many: bool
) -> Callable[[Unit], Looked]:
    """What lints a unit; what a locale needs is made once in a process.

    `many`: it is worth to tell which checks look at sentences alone, which takes as long as some twenty units.
    """
    proofread = cache(lambda locale: remembered(linter(locale)))
    facts = cache(lambda locale: facts_for(settings, locale))
    seams = cache(lambda locale: for_seams(linter(locale)))
    sentences = cache(lambda locale: Sentences(leaving(linter(locale).checks)) if many else None)

    def run(unit: Unit) -> Looked:
        tag = unit.locale
        steps.reach(unit.response.id)
        try:
            made = look(unit, linter(tag), proofread(tag), facts(tag), today, seams(tag), sentences(tag))
        except EXHAUSTED as error:
            return Looked((), frozenset({unreadable(_too_much(unit.response, error))}), 0)
        return replace(made, whole=not running().off)

    return run


def _in_order(response: Response) -> Iterable[Unit]:
    """The units of a response that is not retired, those of a locale together."""
    every = list(units(response)) if response.status != "retired" else []
    return (unit for locale in responses.locales(response) for unit in every if unit.locale == locale)


def _too_much(response: Response, error: BaseException) -> Problem:
    place = response.place
    return Problem(place.path, place.line, place.column, f"`{response.id}` {exhausted(error)}: write it more simply")
