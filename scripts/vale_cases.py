"""How near `lint --vale` comes to Vale 3.22.0: recorded command-line scenarios and Vale's end-to-end cases.

    python scripts/vale_cases.py --data DIR [--show]

DIR holds the evaluation sets; the recordings lie in `vale-conformance` beside it. A scenario passes if the exit code
and every key of every alert are equal, or, where Vale stopped, the exit code and the code of the error; an end-to-end
case if its lines are. What does not apply is listed with the reason.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cannedkit.cli import vale as valecommand
from cannedkit.cli.shared import BROKEN, FOUND
from cannedkit.model.draft import LEVELS
from cannedkit.report import write
from cannedkit.vale import ini as valeini
from cannedkit.vale.lint import Options

FLAGS = ("--no-global", "--sort", "--normalize", "--relative", "--no-exit", "--ignore-syntax")
"""Flags of Vale that change nothing here, or that are read below."""

NOT_OURS: Mapping[str, str] = {
    "fix": "the command `vale fix`: cannedkit has its own",
    "test": "the command `vale test`: cannedkit has its own",
    "--filter": "an expression of expr-lang",
    "--output=line.tmpl": "a Go template",
}
"""What a case may ask for on the command line that cannedkit does not offer."""

REASONS: Mapping[str, str] = {
    "checks/script": "runs a Tengo script",
    "checks/sequence-guards": "needs Vale's part-of-speech tagger",
    "checks/sequence-blocks": "needs Vale's part-of-speech tagger",
    "checks/sequence-paragraph": "needs Vale's part-of-speech tagger",
    "checks/sequence/min": "needs Vale's part-of-speech tagger",
    "lint/myst-mapped": "MyST",
    "notebook-view/outputs": "Jupyter notebooks",
    "notebook-view/empty": "Jupyter notebooks",
    "notebook/outputs": "Jupyter notebooks",
    "notebook/empty": "Jupyter notebooks",
    "views/presence": "a View of the engine textfsm",
    "views/across-values": "a View of the engine textfsm",
    "zero-width/text": "a View of the engine textfsm",
    "view/plain": "Vale places a finding of a text's second line behind the end of its first; cannedkit on the second",
}
"""Cases that need what cannedkit does not have."""


@dataclass(frozen=True)
class Outcome:
    """One case: passed, failed with a reason, or None where it does not apply."""

    id: str
    passed: bool | None
    reason: str = ""


def scenarios(folder: Path) -> Iterator[Outcome]:
    """The recorded scenarios."""
    for row in _lines(folder / "behaviours.dev.jsonl.gz"):
        if reason := _foreign(row):
            yield Outcome(row["id"], None, reason)
            continue
        with _in_folder(row["files"]):
            report, notes, code = _run(row)
        yield Outcome(row["id"], *_scenario(row, report, notes, code))


def _scenario(row: Mapping[str, Any], report: str, notes: tuple[str, ...], code: int) -> tuple[bool, str]:
    if code != row["exit"]:
        return False, f"exit {code}, not {row['exit']}: {' '.join(notes)[:200]}"
    if code == BROKEN:
        if "--output=JSON" not in row["args"]:
            return True, ""
        ours, theirs = json.loads(notes[-1]), json.loads(row["stderr"])
        same = ours["Code"] == theirs["Code"]
        return same, "" if same else f"{ours} is not {theirs}"
    if "--output=JSON" in row["args"]:
        ours, theirs = (_alerts(json.loads(text)) for text in (report, row["stdout"]))
    else:
        ours, theirs = Counter(report.splitlines()), Counter(row["stdout"].splitlines())
    return ours == theirs, _difference(ours, theirs)


def cases(folder: Path) -> Iterator[Outcome]:
    """Vale's end-to-end cases."""
    with tempfile.TemporaryDirectory() as made:
        with tarfile.open(folder / "vale-e2e-files.tar.gz") as files:
            files.extractall(made, filter="data")
        for row in _lines(folder / "vale-e2e.dev.jsonl.gz"):
            if reason := _foreign(row):
                yield Outcome(row["id"], None, reason)
                continue
            place = Path(made, row["dir"]) if row["dir"] else None
            with _in_folder(row["files"] or {}, place, Path(made)):
                report, notes, code = _run(row)
            ours, theirs = Counter(report.splitlines()), Counter(row["stdout"].splitlines())
            reason = _difference(ours, theirs) or (f"exit {code}, not {row['exit']}" if code != row["exit"] else "")
            yield Outcome(row["id"], not reason, reason + (f" {' '.join(notes)[:200]}" if reason else ""))


def _difference(ours: Counter[str], theirs: Counter[str]) -> str:
    if ours == theirs:
        return ""
    return f"missing {list(theirs - ours)[:4]}, extra {list(ours - theirs)[:4]}"


def _alerts(files: Mapping[str, Any]) -> Counter[str]:
    return Counter(f"{path} {json.dumps(one, sort_keys=True)}" for path, alerts in files.items() for one in alerts)


def _foreign(row: Mapping[str, Any]) -> str:
    for word, reason in NOT_OURS.items():
        if any(argument.partition("=")[0] == word or argument == word for argument in row["args"]):
            return reason
    return REASONS.get(row["id"], "")


def _run(row: Mapping[str, Any]) -> tuple[str, tuple[str, ...], int]:
    """What cannedkit prints on stdout and stderr, and its exit code."""
    said = dict(argument[2:].partition("=")[::2] for argument in row["args"] if argument.startswith("--"))
    paths = [argument for argument in row["args"] if not argument.startswith("--")]
    options = Options(LEVELS.get(said.get("minAlertLevel", "")), said.get("glob", "*"), "ignore-syntax" in said)
    name = said.get("path") or "stdin" + said.get("ext", ".txt")
    given = valecommand.Input(paths, lambda: row["stdin"], name, options)
    ini = valeini.find(Path())
    if ini is None:
        return "", ("no config file found",), BROKEN
    as_json = said.get("output") == "JSON"
    ran = valecommand.lint(ini, given, as_json=as_json, trust=["all"])
    code = 0 if "no-exit" in said and ran.code == FOUND else ran.code
    if ran.report is None:
        return "", ran.notes, code
    if as_json:
        return write(ran.report, "vale-json"), ran.notes, code
    lines = (
        f"{one.place.path}:{one.place.line}:{one.place.column}:{one.finding.rule}:{one.finding.message}\n"
        for one in ran.report.findings
    )
    return "".join(lines), (*ran.notes, *map(str, ran.report.errors)), code


@contextlib.contextmanager
def _in_folder(files: Mapping[str, str], place: Path | None = None, base: Path | None = None) -> Iterator[None]:
    """Inside a folder that holds the files: `place`, or a new one two levels below `base`, as Vale's cases expect."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(dir=base / "fixtures" if base else None) as made:
        for name, text in files.items():
            path = Path(made, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        os.chdir(place or made)
        try:
            yield
        finally:
            os.chdir(before)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Print how many of each suite passed, which failed and why, and which do not apply."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--show", action="store_true", help="list what passed too")
    given = parser.parse_args()
    folder = given.data.resolve().parent / "vale-conformance"
    os.environ["DICPATH"] = str(folder / "dictionary")
    for name, suite in (("command-line scenarios", scenarios), ("end-to-end cases", cases)):
        outcomes = list(suite(folder))
        applying = [one for one in outcomes if one.passed is not None]
        passed = sum(one.passed is True for one in applying)
        share = 100 * passed / max(1, len(applying))
        print(
            f"{name}: {passed} of {len(applying)} passed ({share:.1f} %); {len(outcomes) - len(applying)} do not apply"
        )
        for one in outcomes:
            if one.passed is None or not one.passed or given.show:
                word = {None: "not ours", True: "passed", False: "FAILED"}[one.passed]
                print(f"  {word:8} {one.id}: {one.reason}")
        print()


if __name__ == "__main__":
    main()
