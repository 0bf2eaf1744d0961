"""The baseline: findings that were there when a catalogue was taken under review, so that only new ones count.

cannedkit.baseline holds a line of JSON for each, sorted, so that two branches meet only where they say something of
the same finding. A finding is known again by its fingerprint, wherever its lines have moved to. Each line is a debt:
once its finding is mended the line is out of date, and `check` says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import tee
from pathlib import Path

from cannedkit import files
from cannedkit.catalogue.git import CONFLICT
from cannedkit.lint.linter import Linter
from cannedkit.lint.packs import in_force
from cannedkit.model.draft import Finding
from cannedkit.model.errors import EXHAUSTED, InputError, Place, Problem, exhausted, unreadable
from cannedkit.model.response import Catalogue
from cannedkit.model.result import Compared, FileFinding, Review
from cannedkit.model.rule import Pack
from cannedkit.model.settings import Settings
from cannedkit.review.fingerprint import fingerprints
from cannedkit.rules.levels import in_place
from cannedkit.sources import ENGINES, MENDED, REPORTED
from cannedkit.text.nearest import nearest
from cannedkit.text.pile import Pile, ordered

FILE = "cannedkit.baseline"
MAX_BYTES = 50_000_000
"""Bytes that the file may hold; our own choice, about 200,000 findings."""

MAX_PROBLEMS = 20
"""Lines with a fault that are told one by one; our own choice, about a screen."""

_KEYS = ("response", "locale", "rule", "text", "fingerprint")


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding that was there before; `line` is its line in the file."""

    response: str
    locale: str
    rule: str
    text: str
    fingerprint: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Baseline:
    """The findings that were there before, by fingerprint. `refused` says which lines cannot be read."""

    path: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()
    exists: bool = False


# -- reading and writing ------------------------------------------------------------------------


def read(settings: Settings) -> Baseline:
    """The baseline of the settings, or the one beside cannedkit.yaml; empty where there is none."""
    path = settings.baseline or settings.root / FILE
    if settings.path is None or not os.path.lexists(path):
        missing = Problem(
            str(settings.path), 1, 1, f"`baseline`: there is no {path.name}: `cannedkit baseline` makes it"
        )
        return Baseline(path, refused=(missing,) if settings.baseline else ())
    try:
        text = files.text(path, MAX_BYTES, settings.root)
    except files.FileError as error:
        return Baseline(path, refused=(Problem(str(path), 1, 1, str(error)),), exists=True)
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            found = _entry(line.rstrip("\r"), number)
            if isinstance(found, Entry):
                entries[found.fingerprint] = found
            else:
                problems.append(Problem(str(path), number, 1, found))
    return Baseline(path, entries, tuple(_few(problems)), exists=True)


def _few(problems: list[Problem]) -> Iterator[Problem]:
    yield from problems[:MAX_PROBLEMS]
    if len(problems) > MAX_PROBLEMS:
        more = len(problems) - MAX_PROBLEMS
        yield replace(problems[-1], message=f"{more:,} more lines cannot be read, up to this one")


def _entry(line: str, number: int) -> Entry | str:
    """What a line says, or what is wrong with it."""
    if line.startswith(CONFLICT):
        return "a merge was left open here: take its marks out and keep both sides, then check again"
    try:
        keys = json.loads(line)
    except EXHAUSTED as error:
        return exhausted(error)
    except ValueError as error:
        return f"is not JSON ({error}): take the line out, or write the file anew with `cannedkit baseline --update`"
    if not isinstance(keys, dict):
        return "a line is a mapping in braces, as `cannedkit baseline` writes it"
    for key, value in keys.items():
        if key not in _KEYS:
            return f"unknown key `{key}`{nearest(key, _KEYS)}"
        if not isinstance(value, str):
            return f"`{key}` must be a text"
    if missing := [key for key in _KEYS if key not in keys]:
        return f"`{missing[0]}` is missing: lines are written by `cannedkit baseline`"
    return Entry(**keys, line=number)


def written(entries: Iterable[Entry]) -> str:
    """The text of the file."""
    rows = ({key: getattr(entry, key) for key in _KEYS} for entry in entries)
    lines = sorted(json.dumps(row, ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def entries_of(findings: Iterable[FileFinding], root: Path) -> Iterator[Entry]:
    """The entry of each finding, in the same order."""
    inside = cache(lambda path: _inside(path, root))
    mine, theirs = tee(
        one if one.response else replace(one, place=replace(one.place, path=inside(one.place.path))) for one in findings
    )
    for one, made in zip(mine, fingerprints(theirs), strict=True):
        yield Entry(one.response or one.place.path, one.locale, one.finding.rule, " ".join(one.text.split()), made)


def portable(found: FileFinding, root: Path) -> FileFinding:
    """A finding whose file is told from the root of the catalogue, so that it is the same on every machine."""
    return replace(found, place=replace(found.place, path=_inside(found.place.path, root)))


def _inside(path: str, root: Path) -> str:
    full = Path(path)
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path


# -- holding a review against it ----------------------------------------------------------------


@dataclass(frozen=True)
class Scope:
    """What a review looked at: the ids of its responses, whether those are `all` there are, and the rules that ran.

    `in_force` and `built` give the rules of packs for a locale: those that are on, and those of them that can run here.
    """

    responses: frozenset[str]
    all: bool
    in_force: Callable[[str], frozenset[str]]
    built: Callable[[str], frozenset[str]]

    def looked(self, entry: Entry, review: Review) -> bool:
        """Whether the finding of an entry would be in the review if it were there still."""
        if not (self.all or entry.response in self.responses):
            return False
        failed = {failure.rule.lower() for failure in review.errors}
        source = entry.rule.partition(".")[0]
        if not failed.isdisjoint({entry.rule.lower(), source.lower()}):
            return False
        if engine := next((name for name, one in ENGINES.items() if one.name == source), None):
            return engine in review.checked.engines.get(entry.locale, ())
        return entry.rule not in self.in_force(entry.locale) or entry.rule in self.built(entry.locale)


def scope(
    settings: Settings,
    part: Catalogue,
    whole: bool,
    packs: Callable[[str], Iterable[Pack]],
    linter: Callable[[str], Linter],
) -> Scope:
    """What a check of some responses looks at; `whole`: they are all there are. `packs` are those of a language."""

    def on(locale: str) -> frozenset[str]:
        language = (locale or settings.locale).partition("-")[0]
        return frozenset(rule.id for rule in in_force(packs(language), settings))

    def built(locale: str) -> frozenset[str]:
        return frozenset(rule.id for rule in linter(locale or settings.locale).rules)

    return Scope(frozenset(part.responses), whole, cache(on), cache(built))


def mended(review: Review, baseline: Baseline, met: Collection[str], scope: Scope) -> list[Entry]:
    """The entries whose findings are gone, in the order of the file: nothing is said of what was not looked at.

    `met` are the fingerprints of the review's findings, of the baseline's at least.
    """
    return [one for one in baseline.entries.values() if one.fingerprint not in met and scope.looked(one, review)]


def held(review: Review, baseline: Baseline, settings: Settings, scope: Scope) -> Review:
    """The review without the findings that the baseline has, and with one more for each entry that is mended."""
    errors = (*review.errors, *map(unreadable, baseline.refused))
    if not baseline.exists:
        return replace(review, errors=errors)
    met: set[str] = set()
    told: Pile[FileFinding] = Pile()
    for found, entry in zip(review.findings, entries_of(review.findings, settings.root), strict=True):
        if entry.fingerprint in baseline.entries:
            met.add(entry.fingerprint)
        else:
            told.append(found)
    gone = mended(review, baseline, met, scope)
    compared = Compared(len(told), len(review.findings) - len(told), len(gone))
    told.extend(found for entry in gone for found in _told(entry, baseline, settings))
    findings = ordered(told, lambda one: (one.place, one.finding))
    return replace(review, findings=findings, errors=errors, compared=compared)


def _told(entry: Entry, baseline: Baseline, settings: Settings) -> Iterator[FileFinding]:
    where = f"{entry.response} ({entry.locale})" if entry.locale else entry.response
    shown = f' ("{entry.text[:40]}")' if entry.text else ""
    message = f"{entry.rule} in {where} is mended{shown}: take the line out with `cannedkit baseline --prune`."
    place = Place(str(baseline.path), entry.line, 1, entry.line, 1)
    own = REPORTED[MENDED].level
    yield from filter(
        None, [in_place(FileFinding(Finding(0, 0, MENDED, own, message), place, part="response"), own, settings)]
    )


def renewed(before: Baseline, found: Iterable[Entry], gone: Iterable[Entry], *, update: bool) -> list[Entry]:
    """The entries that stay, without those that are `gone`, and with the new ones where it is an update."""
    left = dict(before.entries)
    for entry in gone:
        del left[entry.fingerprint]
    return list({**left, **({entry.fingerprint: entry for entry in found} if update else {})}.values())


def write(review: Review, before: Baseline, settings: Settings, scope: Scope, *, update: bool, prune: bool) -> Compared:
    """Put the findings of a review in the file, at once or not at all: how many are new there, stay, and were dropped.

    Raises InputError where nothing may be written, OSError, FileError.
    """
    if before.exists and not (update or prune):
        raise InputError(
            f"{before.path.name} is there already: --update takes in what is new and drops what is mended, "
            "--prune only drops"
        )
    if before.exists and before.refused:
        raise InputError(before.refused)
    if review.errors:
        raise InputError(
            f"{before.path.name} is not written: what failed or could not be read would be missing in it. "
            "Mend that first: cannedkit check names it"
        )
    found = list(entries_of(review.findings, settings.root))
    gone = mended(review, before, {entry.fingerprint for entry in found}, scope)
    takes = update or not before.exists
    new = sum(entry.fingerprint not in before.entries for entry in found) if takes else 0
    kept = renewed(before, found, gone, update=takes)
    files.put(files.inside(before.path, settings.root), written(kept).encode())
    return Compared(new, len(kept) - new, len(gone))
