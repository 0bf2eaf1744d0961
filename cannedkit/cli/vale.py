"""`lint --vale`: what it prints and how it ends, as `vale` does."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from cannedkit import files
from cannedkit.cli.shared import BROKEN, FOUND, shown_path
from cannedkit.model.draft import Level
from cannedkit.model.errors import Failure, Problem, SettingsError
from cannedkit.model.result import Report
from cannedkit.text.visible import plain_json, visible
from cannedkit.trust import Trust, consent
from cannedkit.vale import ini as valeini
from cannedkit.vale import lint as valelint
from cannedkit.vale.ini import ValeError
from cannedkit.vale.lint import Options, ValeLinter
from cannedkit.vale.tree import Read


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run found (None where it broke), the lines for stderr, ready to print, and the exit code."""

    report: Report | None
    notes: tuple[str, ...] = ()
    code: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """What to read: paths, or `-` for standard input, whose text is taken for the file `name`."""

    paths: Sequence[str]
    stdin: Callable[[], str] = lambda: ""
    name: str = "stdin.txt"
    options: Options = field(default_factory=Options)


def lint(ini: Path, given: Input, *, as_json: bool = True, trust: Iterable[str] = (), jobs: int | None = None) -> Ran:
    """Lints what is given by a .vale.ini. `as_json`: each error is a JSON object, as with `vale --output=JSON`.

    `jobs` are the processes that lint at most, None for one a processor. `trust` is what the file may name outside of
    its repository. A single argument that is no file is linted as a text, as Vale does. Raises SettingsError for the
    user's own settings.
    """
    try:
        linter = ValeLinter(valeini.load(ini, _allowed(trust)), given.options)
        report = valelint.run(linter, *_texts(linter, given), jobs=jobs)
        linter.remember()
    except ValeError as error:
        return (
            Ran(None, (_object(error),), BROKEN) if as_json else Ran(Report((), (_seen(error.failure()),)), (), BROKEN)
        )
    report = replace(report, errors=tuple(map(_seen, report.errors)))
    notes = tuple(visible(note, lines=True) for note in (*linter.ini.warnings, *linter.notes))
    if report.errors:
        objects = tuple(_object(_as_vale(one)) for one in report.errors) if as_json else ()
        return Ran(report, (*notes, *objects), BROKEN)
    failed = any(found.finding.level is Level.ERROR for found in report.findings)
    return Ran(report, notes, FOUND if failed else 0)


def _seen(failed: Failure) -> Failure:
    """The failure with its path as seen from the current folder."""
    return replace(failed, path=shown_path(failed.path) if failed.path else "")


def _object(error: ValeError) -> str:
    return plain_json(json.dumps(error.fields(), ensure_ascii=False, indent=2))


def _as_vale(failed: Failure) -> ValeError:
    """What Vale would stop at."""
    if failed.line:
        return ValeError(failed.reason, path=failed.path, line=failed.line, column=failed.column)
    return ValeError(str(failed), context="doLint")


def _allowed(trust: Iterable[str]) -> Trust:
    problems: list[Problem] = []
    allowed = consent(trust, problems)
    if problems:
        raise SettingsError(problems)
    return allowed


def _texts(linter: ValeLinter, given: Input) -> tuple[Mapping[str, Read], Sequence[Failure]]:
    if list(given.paths) in ([], ["-"]):
        return {given.name: partial(str, given.stdin())}, ()
    if len(given.paths) == 1 and not _exists(given.paths[0]):
        return {given.name: partial(str, given.paths[0])}, ()
    return linter.texts(given.paths)


def _exists(path: str) -> bool:
    try:
        return os.path.exists(Path(path))
    except (OSError, ValueError):
        return False


def write_settings(ini: Path, target: Path, trust: Iterable[str] = ()) -> Ran:
    """Writes a cannedkit.yaml with the meaning of a .vale.ini; a file or link that is there is left alone.

    Nothing is written where something that the file names was left out. `trust` as with `lint`.
    """
    from cannedkit.vale import settings as valesettings

    try:
        linter = ValeLinter(valeini.load(ini, _allowed(trust)))
        refused = linter.ini.refused or linter.styles.refused
        text, left = valesettings.settings(linter, target.parent)
    except ValeError as error:
        return Ran(None, (visible(str(error), lines=True),), BROKEN)
    if refused:
        return Ran(None, (*map(visible, map(str, refused)), f"{target} was not written"), BROKEN)
    try:
        files.create(target, text)
    except FileExistsError:
        return Ran(None, (f"{target} is there already; nothing was written",), BROKEN)
    except OSError as error:
        return Ran(None, (f"{target} cannot be written: {error.strerror}",), BROKEN)
    return Ran(None, tuple(map(visible, left)))
