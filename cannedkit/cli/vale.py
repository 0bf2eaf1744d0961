"""`lint --vale`: what it prints and how it ends, as `vale` does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cannedkit.cli.shared import BROKEN, FOUND
from cannedkit.model.draft import Level
from cannedkit.model.result import Report
from cannedkit.text.visible import plain_json, visible
from cannedkit.vale import ini as valeini
from cannedkit.vale import lint as valelint
from cannedkit.vale import settings as valesettings
from cannedkit.vale.ini import ValeError
from cannedkit.vale.lint import Options, ValeLinter


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


def lint(ini: Path, given: Input, *, as_json: bool = True) -> Ran:
    """Lints what is given by a .vale.ini. `as_json`: an error is one JSON object, as with `vale --output=JSON`.

    A single argument that is no file is linted as a text, as Vale does.
    """
    try:
        linter = ValeLinter(valeini.load(ini), given.options)
        report = valelint.run(linter, _texts(linter, given))
    except ValeError as error:
        shown = plain_json(json.dumps(error.fields(), ensure_ascii=False, indent=2))
        return Ran(None, (shown if as_json else visible(str(error), lines=True),), BROKEN)
    said = (*linter.ini.warnings, *linter.notes, *(f"{one.rule} {one.reason}" for one in report.errors))
    notes = tuple(visible(note, lines=True) for note in said)
    if report.errors:
        return Ran(report, notes, BROKEN)
    failed = any(found.finding.level is Level.ERROR for found in report.findings)
    return Ran(report, notes, FOUND if failed else 0)


def _texts(linter: ValeLinter, given: Input) -> Mapping[str, str]:
    if list(given.paths) in ([], ["-"]):
        return {given.name: given.stdin()}
    if len(given.paths) == 1 and not _exists(given.paths[0]):
        return {given.name: given.paths[0]}
    texts = {}
    for path in dict.fromkeys(linter.files(given.paths)):
        try:
            texts[path] = Path(path).read_bytes().decode("utf-8-sig", "replace")
        except OSError as error:
            raise ValeError(f"{path} cannot be read: {error.strerror}", context="doLint") from None
    return texts


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def write_settings(ini: Path, target: Path) -> Ran:
    """Writes a cannedkit.yaml with the meaning of a .vale.ini; a file or link that is there is left alone."""
    try:
        linter = ValeLinter(valeini.load(ini))
        text, left = valesettings.settings(linter, target.parent)
    except ValeError as error:
        return Ran(None, (visible(str(error), lines=True),), BROKEN)
    try:
        with target.open("x", encoding="utf-8") as file:  # in a folder of somebody else's, a link leads anywhere
            file.write(text)
    except FileExistsError:
        return Ran(None, (f"{target} is there already; nothing was written",), BROKEN)
    except OSError as error:
        return Ran(None, (f"{target} cannot be written: {error.strerror}",), BROKEN)
    return Ran(None, tuple(map(visible, left)))
