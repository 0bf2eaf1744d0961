"""`--output`: several reports at once, each whole in its place, and mistakes told before any work."""

from __future__ import annotations

import codecs
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cannedkit.cli.output import put
from tests.conftest import Run, Write

FOLDER = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Awful.yml": "extends: existence\nmessage: It is awful.\ntokens: [awful]\nlevel: error\n",
    "responses/shop.yaml": "late: This is awful, Jo.\nearly: This is fine, Jo.\n",
    "d.txt": "An awful day.\n",
}


@pytest.mark.parametrize("command", ["check", "lint d.txt"])
def test_several_reports_at_once(run: Run, write: Write, command: str) -> None:
    """Each report is what `--format` alone would print; the exit code stays."""
    folder = write(FOLDER)
    args = command.split()
    ran = run(*args, "--output", "json=out/o.json", "--output", "concise=-", "--output", "github=g", cwd=_made(folder))
    alone = {name: run(*args, "--format", name, cwd=folder) for name in ("json", "concise", "github")}
    assert ran.out.rpartition(" in ")[0] == alone["concise"].out.rpartition(" in ")[0]
    assert (folder / "out" / "o.json").read_text() == alone["json"].out
    assert (folder / "g").read_text() == alone["github"].out
    assert (ran.err, ran.code) == ("", 1)


def _made(folder: Path) -> Path:
    (folder / "out").mkdir()
    return folder


def test_format_and_output(run: Run, write: Write) -> None:
    """`--format` says what is printed; where only files are asked for, the last line of all stands on stderr."""
    folder = write(FOLDER)
    ran = run("lint", "d.txt", "--format", "concise", "--output", "json=o.json", cwd=folder)
    assert ran.out.startswith("d.txt:1:4: error: It is awful.")
    ran = run("lint", "d.txt", "--output", "json=o.json", cwd=folder)
    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.startswith("cannedkit: 1 error. Checked 1 draft in ")
    assert json.loads((folder / "o.json").read_text())["findings"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--output", "jsn=o"), "--output jsn=o: there is no format 'jsn'; did you mean `json`?"),
        (("--output", "o.json"), "--output o.json: write FORMAT=FILE, such as sarif=out.sarif, or FORMAT=- for"),
        (("--output", "json="), "write FORMAT=FILE"),
        (("--output", "json=none/o"), "--output json=none/o: there is no folder none: make it first"),
        (("--output", "json=rules"), "--output json=rules: rules is a folder: name a file in it"),
        (("--output", "json=-", "--output", "json=o"), "json is asked for twice: each format goes to one place"),
        (("--format", "json", "--output", "json=o"), "json is asked for twice: each format goes to one place"),
        (("--format", "line", "--output", "json=-"), "line and json would both go to standard output: give one a file"),
        (("--output", "line=o", "--output", "json=o"), "line and json would both go into o: give one a file"),
        (("--statistics", "--output", "github=o"), "--statistics goes with --format line, concise, json"),
        (("--jsonl", "--output", "json=o"), "--jsonl answers each line in JSON: leave --format and --output out"),
    ],
)
def test_mistakes_are_told_first(run: Run, write: Write, args: tuple[str, ...], told: str) -> None:
    """A mistake is a line on stderr and exit 2, before any file is read or written."""
    folder = write(FOLDER)
    before = {path: path.stat() for path in folder.rglob("*")}
    ran = run("lint", "missing.txt", *args, cwd=folder)
    assert told in ran.err
    assert (ran.out, ran.code) == ("", 2)
    assert {path: path.stat() for path in folder.rglob("*")} == before


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The mode of a file stays, a link stays a link, a new file is as readable as any, and nothing is left beside."""
    old, link, new = tmp_path / "old", tmp_path / "link", tmp_path / "new"
    old.write_text("before")
    old.chmod(0o640)
    link.symlink_to("old")
    inode = old.stat().st_ino
    put(link, "after")
    assert (link.is_symlink(), old.read_text(), stat.S_IMODE(old.stat().st_mode)) == (True, "after", 0o640)
    assert old.stat().st_ino != inode
    put(new, "é")
    umask = os.umask(0)
    os.umask(umask)
    assert (new.read_bytes(), stat.S_IMODE(new.stat().st_mode)) == ("é".encode(), 0o666 & ~umask)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "new", "old"]


def test_a_device_stays_one(run: Run, write: Write) -> None:
    """A report may go to a device or a pipe, which is written to and not replaced."""
    folder = write(FOLDER)
    assert run("lint", "d.txt", "--output", "json=/dev/null", cwd=folder).code == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    os.mkfifo(folder / "pipe")
    with ThreadPoolExecutor() as pool:
        reader = pool.submit((folder / "pipe").read_text)
        run("lint", "d.txt", "--output", "json=pipe", cwd=folder)
        assert json.loads(reader.result(timeout=30))["findings"]
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


def test_a_file_that_cannot_be_written(run: Run, write: Write) -> None:
    """It is told with its name and exit 2, and takes no other report with it."""
    folder = write(FOLDER)
    ran = run(
        "lint", "d.txt", "--output", "json=/dev/full", "--output", "concise=-", "--output", "github=g", cwd=folder
    )
    assert ran.err == "cannedkit: /dev/full: No space left on device\n"
    assert ran.out.startswith("d.txt:1:4: error")
    assert "::error" in (folder / "g").read_text()
    assert ran.code == 2


def test_by_vale(run: Run, write: Write) -> None:
    """`lint --vale` has the same outputs, and its exit code."""
    folder = write({**FOLDER, ".vale.ini": "StylesPath = rules\n[*.txt]\nBasedOnStyles = Own\n"})
    outputs = ("--output", "vale-json=v.json", "--output", "json=o.json")
    ran = run("lint", "--vale", ".vale.ini", "d.txt", *outputs, cwd=folder)
    assert ran.code == 1
    assert json.loads((folder / "v.json").read_text())["d.txt"][0]["Check"] == "Own.Awful"
    assert json.loads((folder / "o.json").read_text())["findings"][0]["text"] == "awful"
    (folder / ".vale.ini").write_text("StylesPath = none\n[*.txt]\nBasedOnStyles = Own\n")
    ran = run("lint", "--vale", ".vale.ini", "d.txt", *outputs, cwd=folder)
    assert json.loads((folder / "o.json").read_text())["errors"]
    assert "none" in ran.err
    assert ran.code == 2


Spot = tuple[int, int]
"""A line and a column, from 0."""

Change = tuple[str, Spot, Spot, str]
"""A path, where a change starts and ends, and its text."""

SWAPPED = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\n",
    "rules/Own/Swap.yml": 'extends: substitution\nmessage: "%s"\nswap: {awful: a "not" good}\n',
    "responses/a.yaml": "\ufeffa: \"É 🎉 It's \\u0061wful, \\\"Jo\\\".\"\r\nb: 'It''s awful, Jo.'\r\n",
    "responses/b.yaml": (
        "a: >\n  É 🎉 it is\n  awful\n  today.\nb: |-\n  🎉 awful\n\n  J\n"
        "c:\n  body:\n    - 🎉 awful Jo.\n    - And awful.\n"
    ),
    "d.txt": "É 🎉 awful\r\nand awful.\r\n",
}


@pytest.mark.parametrize("format", ["sarif", "rdjson"])
def test_a_fix_can_be_made_by_others(run: Run, write: Write, format: str) -> None:
    """Whoever makes the changes that a report asks for has mended files, in every style, line end and unit."""
    folder = write(SWAPPED)
    for command in (("check",), ("lint", "d.txt")):
        told = json.loads(run(*command, "--format", format, cwd=folder).out)
        changes = _of_sarif(told) if format == "sarif" else _of_rdjson(told)
        assert len(changes) == (6 if command == ("check",) else 2)
        for path, start, end, text in sorted(changes, reverse=True):
            file = folder / path
            data = file.read_bytes().removeprefix(codecs.BOM_UTF8)
            changed = (_in_characters if format == "sarif" else _in_bytes)(data, start, end, text)
            file.write_bytes(codecs.BOM_UTF8 + changed)
        ran = run(*command, "--format", "json", cwd=folder)
        assert (json.loads(ran.out)["findings"], json.loads(ran.out)["errors"]) == ([], [])
    assert 'It\'s a \\"not\\" good, \\"Jo\\"' in (folder / "responses" / "a.yaml").read_text()


def _in_characters(data: bytes, start: Spot, end: Spot, text: str) -> bytes:
    """The file with a change made whose columns count code points."""
    lines = data.decode().split("\n")
    before = "\n".join([*lines[: start[0]], lines[start[0]][: start[1]]])
    after = "\n".join([lines[end[0]][end[1] :], *lines[end[0] + 1 :]])
    return f"{before}{text}{after}".encode()


def _in_bytes(data: bytes, start: Spot, end: Spot, text: str) -> bytes:
    """The file with a change made whose columns count bytes."""
    lines = data.split(b"\n")
    before = b"\n".join([*lines[: start[0]], lines[start[0]][: start[1]]])
    after = b"\n".join([lines[end[0]][end[1] :], *lines[end[0] + 1 :]])
    return before + text.encode() + after


def _of_sarif(told: dict[str, Any]) -> list[Change]:
    found = []
    for result in told["runs"][0]["results"]:
        (change,) = result["fixes"][0]["artifactChanges"]
        (swap,) = change["replacements"]
        at = swap["deletedRegion"]
        start, end = (at["startLine"] - 1, at["startColumn"] - 1), (at["endLine"] - 1, at["endColumn"] - 1)
        found.append((change["artifactLocation"]["uri"], start, end, swap["insertedContent"]["text"]))
    return found


def _of_rdjson(told: dict[str, Any]) -> list[Change]:
    found = []
    for one in told["diagnostics"]:
        swap = one["suggestions"][0]
        start, end = ((each["line"] - 1, each["column"] - 1) for each in swap["range"].values())
        found.append((one["location"]["path"], start, end, swap["text"]))
    return found
