"""Packs in force, their rules read by their kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from cannedkit import kinds
from cannedkit.files import Within
from cannedkit.model.errors import Problem, RuleError
from cannedkit.model.rule import Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules import packs
from cannedkit.rules.file import root_of
from cannedkit.rules.levels import level


def available(settings: Settings, locale: str | None = None) -> packs.Available:
    """The packs that the settings name; without names, every shipped pack of the locale's language."""
    return packs.available(settings, kinds.read, locale)


def catalogue_packs(settings: Settings) -> tuple[Pack, ...]:
    """The packs that read the catalogue: those of the settings, and what keeps a key's promise whatever these say."""
    return tuple(map(_of_catalogue, packs.catalogue_packs(settings, kinds.read)))


def _of_catalogue(pack: Pack) -> Pack:
    """A pack that says that it reads the catalogue, without the rules of it that read drafts: nobody runs those."""
    strays = [rule for rule in pack.rules if kinds.reads_drafts(rule)]
    message = "`{}` reads drafts and the pack says `reads: catalogue`: put the rule into another pack"
    problems = (Problem(rule.path, 1, 1, message.format(rule.kind)) for rule in strays)
    kept = tuple(rule for rule in pack.rules if rule not in strays)
    return replace(pack, rules=kept, refused=(*pack.refused, *problems)) if strays else pack


def load_packs(settings: Settings, locale: str | None = None) -> tuple[Pack, ...]:
    """The packs of `available`. Raises RuleError for a pack or level that is named and not to be had."""
    found = available(settings, locale)
    if found.refused:
        raise RuleError(found.refused)
    return found.packs


def in_force(packs: Iterable[Pack], settings: Settings) -> Iterator[Rule]:
    """The rules of some packs that are not off, each at its level in force, and those that an override turns on."""
    for pack in packs:
        for rule in pack.rules:
            found, _ = level(rule.id, rule.level, settings.levels)
            if found is None:
                found = next(filter(None, (level(rule.id, None, one.levels)[0] for one in settings.overrides)), None)
            if found is not None:
                yield rule if found == rule.level else replace(rule, level=found)


def asleep(packs: Iterable[Pack], settings: Settings) -> frozenset[str]:
    """The ids of the rules that are off but where an override turns them on; none where there are no overrides."""
    rules = (rule for pack in packs for rule in pack.rules) if settings.overrides else ()
    return frozenset(rule.id for rule in rules if level(rule.id, rule.level, settings.levels)[0] is None)


def read_pack(folder: Path, *, forgiving: bool = False) -> Pack:
    """One folder of rules. Raises RuleError with every fault found; `forgiving`: they stand in `refused` instead."""
    return packs.read_pack(folder, kinds.read, root_of(folder), forgiving=forgiving)


def read_style(folder: Path, within: Within) -> Pack:
    """One folder of rules, whose files must lie `within` something; every fault found stands in `refused`."""
    return packs.read_pack(folder, kinds.read, within, forgiving=True)


def written(name: str, folder: Path, made: Mapping[str, Mapping[str, object]], within: Within) -> Pack:
    """A pack of rules that stand in no file, each from the keys that a rule file would have.

    The files that they name must lie `within` something. Raises RuleError.
    """
    return packs.written(name, folder, made, kinds.read, within)


def examples(pack: Pack) -> Mapping[str, Examples]:
    """The examples of a pack's rules by the rules' ids; none for a pack that stands in no files."""
    return packs.examples(pack, kinds.read)
