"""A linter kept on disk, so that the next start reads no rules: it takes what a text asks for, and no more.

A plan is for one language under one set of settings, and for the files of packs and libraries as they are; where
anything of these is another, the linter is built from the packs and a new plan is kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from cannedkit import cache, kinds
from cannedkit.lint.linter import Linter
from cannedkit.lint.planned import Places, Planned, places
from cannedkit.lint.prefilter import Asks, of_opened, opened
from cannedkit.lint.verdict import Packs
from cannedkit.model.draft import Engine
from cannedkit.model.errors import Failure
from cannedkit.model.settings import Settings
from cannedkit.settings import shipped

READING = frozenset({"meaning", "spelling"})
"""Kinds that read other files than those of packs when they are built: a linter with one of them is built each time."""

Mark = tuple[str, bytes]
"""A language, and the digest of all that a linter for it depends on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a linter is made of again (see there); `literals`, `always` and `asks` are what `prefilter.opened` gives."""

    places: Places
    literals: Mapping[str, str]
    always: tuple[int, ...]
    asks: Asks
    notes: tuple[str, ...]
    asleep: frozenset[str]
    packs: Packs
    folders: tuple[Path, ...]


def mark(settings: Settings, language: str) -> Mark | None:
    """All that a linter for a language depends on; None where that cannot be told."""
    if settings.refused or settings.pipelines:
        return None
    own = replace(settings, places={}, baseline=None, usage=None, scores={}, untrusted=())
    files = cache.below([shipped() / "rules", *settings.extends.values(), settings.rules], (".yml", ".yaml"))
    told = repr((own, files, cache.stamp([]), libraries()))
    return (language, sha256(told.encode("utf-8", "surrogatepass")).digest())


def recall(
    settings: Settings, mark: Mark | None, engines: Sequence[Engine], failures: tuple[Failure, ...]
) -> Linter | None:
    """The linter that was kept under a mark, with other engines and failures; None where there is none."""
    plan = cache.recall(_subject(settings, mark), settings.root, mark) if mark else None
    return restored(plan, settings, engines, failures) if isinstance(plan, Plan) else None


def restored(
    plan: Plan, settings: Settings, engines: Sequence[Engine] = (), failures: tuple[Failure, ...] = ()
) -> Linter:
    """The linter that a plan is of, under the settings that it was made under, with other engines and failures."""
    checks = Planned(plan.places, kinds.context_of(settings))
    return Linter(
        checks,
        of_opened(plan.literals, plan.always, plan.asks),
        tuple(engines),
        settings.levels,
        refused=failures,
        notes=plan.notes,
        overrides=settings.overrides,
        asleep=plan.asleep,
        packs=plan.packs,
        topics=settings.topics,
        channels=settings.channels,
        folders=plan.folders,
    )


def keep(settings: Settings, mark: Mark | None, linter: Linter) -> None:
    """Keep a linter that was built from packs, if nothing was refused: what is at fault is read anew each time."""
    if mark and (plan := of_linter(linter)):
        cache.keep(_subject(settings, mark), settings.root, mark, plan)


def of_linter(linter: Linter) -> Plan | None:
    """The plan of a linter that was built from packs; None where it cannot be kept, or was restored itself."""
    if isinstance(linter.checks, Planned) or any(rule.kind in READING for rule in linter.rules):
        return None
    literals = opened(linter.checks)
    if literals is None:
        return None
    with suppress(*cache.NO_DATA):
        own = places(linter.checks)
        return Plan(own, *literals, linter.notes, linter.asleep, linter.packs, linter.folders)
    return None


def _subject(settings: Settings, mark: Mark) -> str:
    """What a plan is about: a language, with some engines or without; the newest of each is kept."""
    return f"plan {mark[0]} {' '.join(settings.engines)}"


def libraries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The folders of libraries, and the names that tell what is installed in each: `regex-2024.5.15.dist-info`."""
    found = []
    for folder in sys.path:
        if folder.endswith("-packages"):
            with suppress(OSError):
                names = (name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info", ".pth")))
                found.append((folder, tuple(sorted(names))))
    return tuple(found)
