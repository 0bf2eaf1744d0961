"""Examples that are small catalogues: each is written into a folder of its own, loaded, and held against its marks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cannedkit import kinds
from cannedkit import settings as settings_files
from cannedkit.catalogue import load as responses
from cannedkit.catalogue.reading import Reading
from cannedkit.lint import catalogue as lint
from cannedkit.model.draft import Level
from cannedkit.model.errors import InputError, Problem
from cannedkit.model.response import Catalogue
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Example, Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.examples import CLOSES, OPENS, remarked, without_marks
from cannedkit.template.types import iso_date

TODAY = date(2026, 6, 1)
"""The day on which an example is looked at that does not say its own."""

Spot = tuple[str, int, int]
"""A stretch of a file of an example: its name, and code points, for each file is one line."""


@dataclass(frozen=True)
class _Opened:
    """An example as a catalogue that was loaded, the day for which it is judged, and what is marked in it."""

    settings: Settings
    catalogue: Catalogue
    today: date
    marks: frozenset[Spot]


def test(pack: Pack, tried: Mapping[str, Examples]) -> tuple[list[Problem], int]:
    """What is wrong with the examples of the rules of a pack that read responses, and how many examples ran."""
    own = tuple(rule for rule in pack.rules if not kinds.reads_drafts(rule))
    if not own:
        return [], 0
    levels: dict[str, Level | None] = {rule.id: rule.level or Level.SUGGESTION for rule in own}
    linter = lint.build(Settings(root=pack.path, levels=levels), [replace(pack, rules=own)])
    loud = {rule.id for rule in own if rule.level is not None and rule.level >= Level.WARNING}
    problems = [Problem(one.path, one.line, one.column, one.reason) for one in linter.refused]
    ran = 0
    with TemporaryDirectory() as folder:
        for rule in own:
            examples = tried.get(rule.id, Examples())
            if not examples.bad and not examples.good:
                problems.append(Problem(rule.path, 1, 1, f"{rule.id} has no examples: add `bad` and `good`"))
            for example in (*examples.bad, *examples.good):
                problems += _tried(linter, rule, example, example in examples.bad, loud, Path(folder, str(ran)))
                ran += 1
    return problems, ran


def _tried(
    linter: lint.CatalogueLinter, rule: Rule, example: Example, is_bad: bool, loud: set[str], folder: Path
) -> Iterator[Problem]:
    def problem(message: str) -> Problem:
        return Problem(rule.path, example.line, 1, f"{rule.id}: {message}")

    if not example.catalogue:
        yield problem("its examples are `{response: …}` or `{responses: …}`")
        return
    try:
        opened = _opened(example, folder)
    except InputError as error:
        for fault in error.problems:
            yield problem(f"the example cannot be read: {fault.message}")
        return
    found, failed = _found(linter, opened)
    yield from (problem(str(one)) for one in failed)
    spots = {_spot(one, folder): one for one in found if one.finding.rule == rule.id}
    if is_bad and (set(spots) != opened.marks if opened.marks else not spots):
        yield problem(f"`bad` example: found {_named(spots, folder)} where {_named(opened.marks, folder)} is marked")
    for one in found if not is_bad else ():
        if one.finding.rule == rule.id or one.finding.rule in loud:
            yield problem(f"`good` example: {one.finding.rule} flags it: {one.finding.message}")


def _found(linter: lint.CatalogueLinter, opened: _Opened) -> tuple[list[FileFinding], list[object]]:
    around = (Reading(opened.catalogue), opened.settings, opened.today)
    each = (linter.of_catalogue(*around), *linter.of_responses(opened.catalogue.responses.values(), *around))
    return [one for found, _ in each for one in found], [one for _, failed in each for one in failed]


def _spot(found: FileFinding, folder: Path) -> Spot:
    """Where a finding stands, without the quotes that JSON puts around a text."""
    name, start, end = _name(found.place.path, folder), found.place.column - 1, found.place.end_column - 1
    text = (folder / name).read_text(encoding="utf-8")
    quoted = end - start > 1 and text[start] == text[end - 1] == '"'
    return (name, start + 1, end - 1) if quoted else (name, start, end)


def _named(spots: Iterable[Spot], folder: Path) -> str:
    texts = ((folder / name).read_text(encoding="utf-8")[start:end] for name, start, end in sorted(spots))
    return ", ".join(map(repr, texts)) or "nothing"


def _name(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder.resolve()).as_posix()


# -- files --------------------------------------------------------------------------------------


def _opened(example: Example, folder: Path) -> _Opened:
    """The catalogue that an example describes. Raises InputError where it has a fault."""
    marks = written(example, folder)
    settings = settings_files.load(folder.resolve() / settings_files.FILE)
    if settings.refused:
        raise InputError(settings.refused)
    catalogue = responses.load(settings)
    if catalogue.refused:
        raise InputError(catalogue.refused)
    return _Opened(settings, catalogue, iso_date(json.loads(example.text).get("today", "")) or TODAY, marks)


def written(example: Example, folder: Path) -> frozenset[Spot]:
    """Write the files of an example into a folder; the marks in them."""
    marks: set[Spot] = set()
    data = remarked(example)
    for name, content in _files(data).items():
        text, spans = without_marks(json.dumps(content, ensure_ascii=False))
        marks |= {(name, *span) for span in spans}
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return frozenset(marks)


def _files(data: Mapping[str, Any]) -> dict[str, Any]:
    """The files of an example by name: what they hold, with marks."""
    settings = dict(data.get("settings", {}))
    found: dict[str, Any] = {f"responses/{responses.VARIABLES}": data.get("variables", {})}
    for key in ("facts", "offers"):
        if key in settings:
            found[f"{key}.yaml"] = settings[key]
            settings[key] = f"{key}.yaml"
    for id, response in data.get("responses", {"reply": data.get("response")}).items():
        topic = id.strip(OPENS + CLOSES).rpartition("/")[0]
        file = found.setdefault(f"responses/{topic or 'example'}.yaml", {})
        file[id.replace(f"{topic}/", "", 1)] = response
    return {settings_files.FILE: settings, **found}
