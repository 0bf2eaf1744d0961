"""Reading on behind a fault: what stands in the other entries at the top of a file, and what else is wrong there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from cannedkit.model.errors import Problem
from cannedkit.yamlsource.build import MAX_PROBLEMS, Builder, repeated
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Source, unkeyed_problems

MOST_WORK = 8
"""How many times the length of a file may be read to find its faults; our own choice: two is what open quotes need."""

_ENTRY = re.compile(
    r"""(?:\A|(?<=[\r\n]))  # a line of its own
    (?: (?: "[^"\r\n]*" | '[^'\r\n]*' | [^\s\#"'\[\]{},&*!|>%@`-][^\r\n\#]*? ) [ ]*:(?=[ \t\r\n]|\Z)
      | [A-Za-z][\w.-]*:[^\s:/] )""",
    re.VERBOSE,
)
"""A line that begins an entry at the top of a file: a key, or one whose colon lacks its space."""

Pair = tuple[Scalar, Node]
Entries = dict[int, Pair | None]
"""Entries by where they begin; None for one that is broken."""


def root_of(source: Source, text: str, problems: list[Problem]) -> Node | None:
    """The tree of a file; where it has faults, the mapping of the entries without one, None if it is no mapping.

    `text` is that of the source, with a stand-in for each character that YAML does not take: `problems` names those.
    """
    first = Builder(source, text, 0, len(text)).run()
    if not first.broke and not problems and not first.problems:
        return first.root
    strange = {problem.line for problem in problems}
    entries, found = _entries(source, text, first)
    problems.extend(problem for problem in found if problem.line not in strange)
    kept = _faultless(source, entries, problems)
    if kept:
        return Mapping(source, kept[0][0].start, kept[-1][1].end, tuple(kept))
    return Mapping(source, 0, len(text), ()) if first.keyed and _ENTRY.search(text) else None


def _entries(source: Source, text: str, first: Builder) -> tuple[Entries, list[Problem]]:
    """The entries of a file with faults, and those: a broken one is read alone, and the reading goes on behind it."""
    entries: Entries = {}
    problems: list[Problem] = []
    run, at, work = first, 0, 0
    while run.broke and run.keyed and len(problems) + len(run.problems) < MAX_PROBLEMS:
        before = source.position(run.broken)
        entries |= {run.broken: None} | _by_start(run.pairs)
        problems += (one for one in run.problems if (one.line, one.column) < before)
        at = _next_entry(text, run.broken)
        alone = Builder(source, text, run.broken, at).run()
        entries |= {} if alone.broke else _by_start(alone.pairs)
        problems += _told(alone)
        work += run.reached + at - 2 * run.broken
        if work > MOST_WORK * len(text):
            problems.append(source.problem(at, "the file is read no further than here: mend what stands above"))
            return entries, problems
        run = Builder(source, text, at, len(text)).run()
    entries |= {at: None, run.reached: None} | _by_start(run.pairs)
    problems += run.problems if run is first else _told(run)
    return entries, problems or first.problems  # none: each entry is right, but not with its neighbours


def _by_start(pairs: Iterable[Pair]) -> Entries:
    return {pair[0].start: pair for pair in pairs}


def _told(run: Builder) -> list[Problem]:
    """The problems of a stretch; that it holds a text where a key must stand is one."""
    stray = not run.broke and run.root is not None and not isinstance(run.root, Mapping)
    return unkeyed_problems(run.root) if stray and run.root else run.problems


def _next_entry(text: str, broken: int) -> int:
    """Where the first entry behind the one at `broken` begins, or the end of the text."""
    line_end = re.compile(r"\r\n?|\n").search(text, broken)
    found = _ENTRY.search(text, line_end.end()) if line_end else None
    return found.start() if found else len(text)


def _faultless(source: Source, entries: Entries, problems: list[Problem]) -> list[Pair]:
    """The entries in which no problem stands, the first of each name."""
    starts = [source.position(start) for start in sorted(entries)]
    faulty = {bisect_right(starts, (problem.line, problem.column)) - 1 for problem in problems}
    kept: dict[str, Pair] = {}
    for number, (_, pair) in enumerate(sorted(entries.items())):
        if pair is None or number in faulty:
            continue
        key, node = pair
        if key.value in kept:
            problems.append(repeated(key, kept[key.value][0]))
        else:
            kept[key.value] = (key, node)
    return list(kept.values())
