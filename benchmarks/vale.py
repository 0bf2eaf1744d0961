"""cannedkit beside Vale on the same texts and rules, in one run: `python -m benchmarks.vale --data DIR`.

Whole processes are timed from outside, in turn; findings are counted on both sides. Vale is built from the Go module
proxy when Go is there (`--vale PATH` takes one that is built). DIR holds the evaluation sets; the rules are the
styles of `vale-conformance` beside it. Times are of this machine and this minute; the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.drafts import drafts

VERSION = "v3.22.0"
"""The newest release of Vale that can be built from the module proxy here."""

STYLES = ("Microsoft", "Google", "write-good", "proselint", "alex", "Joblint")

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

TOOL = str(Path(sys.executable).with_name("cannedkit"))


@dataclass(frozen=True)
class Ran:
    """One whole process: wall and CPU seconds, peak memory in kilobytes, findings."""

    wall: float
    cpu: float
    memory: int
    findings: int


def main() -> None:
    """Print one row for each input: both sides, and how many times faster cannedkit is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--vale", help="a Vale that is built; without it one is built with Go")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full sizes, to try it out")
    given = parser.parse_args()
    styles = given.data.resolve().parent / "vale-conformance" / "styles"
    os.environ["DICPATH"] = str(styles.parent / "dictionary")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        vale = given.vale or build(folder)
        if vale is None:
            raise SystemExit("Go is not there: install it, or name a Vale with --vale")
        python = f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
        print(f"Vale {VERSION} and cannedkit, {', '.join(STYLES)}; {python}")
        print(f"{'':34} {'Vale':>26} {'cannedkit':>26} {'times faster':>20} {'memory':>7}")
        for name, place, count in inputs(folder, styles, given.scale):
            row(name, place, vale, given.runs if count <= 1_000 else max(1, given.runs // 2))


def build(folder: Path) -> str | None:
    """The path of a Vale built with Go, None without Go."""
    if not shutil.which("go"):
        return None
    target = folder / "bin"
    environment = {**os.environ, "GOBIN": str(target)}
    subprocess.run(["go", "install", f"github.com/vale-cli/vale/v3/cmd/vale@{VERSION}"], env=environment, check=True)
    return str(target / "vale")


def inputs(folder: Path, styles: Path, scale: float) -> list[tuple[str, Path, int]]:
    """What both are run on: a name, the folder to run in (its `input` is what is linted), and how many texts."""
    own = folder / "styles"
    shutil.copytree(styles, own, ignore=lambda path, names: [] if Path(path) != styles else set(names) - set(STYLES))
    (own / "config" / "views").mkdir(parents=True)
    (own / "config" / "views" / "Replies.yml").write_text(
        "engine: dasel\nscopes:\n  - name: reply\n    expr: replies.all().body\n    type: md\n"
    )
    sizes = [("one file of 60 words", "txt", 1), ("1,000 replies in YAML", "yml", 1_000)]
    sizes += [("10,000 unseen drafts, a file each", "txt", 10_000), ("10,000 replies in YAML", "yml", 10_000)]
    made = []
    for number, (name, ending, count) in enumerate(sizes):
        place = folder / f"run{number}"
        (place / "input").mkdir(parents=True)
        section = "View = Replies\n" if ending == "yml" else ""
        based = f"BasedOnStyles = {', '.join(STYLES)}\n"
        (place / ".vale.ini").write_text(
            f"StylesPath = ../styles\nMinAlertLevel = suggestion\n\n[*.{ending}]\n{based}{section}"
        )
        count = max(1, round(count * scale))
        texts = list(islice(drafts(WORDS, 20 + number), count))
        if ending == "yml":
            replies = "".join(f"  - body: {json.dumps(text, ensure_ascii=False)}\n" for text in texts)
            (place / "input" / "replies.yml").write_text(f"replies:\n{replies}", encoding="utf-8")
        else:
            for index, text in enumerate(texts):
                (place / "input" / f"draft{index:05}.txt").write_text(text, encoding="utf-8")
        made.append((name, place, count))
    return made


def row(name: str, place: Path, vale: str, runs: int) -> None:
    """Runs both in turn and prints the medians."""
    commands = {
        "Vale": [vale, "--no-global", "--no-exit", "--output=JSON", "input"],
        "cannedkit": [
            TOOL,
            "lint",
            "--trust",
            "../styles",
            "--jobs",
            "auto",
            "--vale",
            ".vale.ini",
            "--format",
            "vale-json",
            "input",
        ],
    }
    found: dict[str, list[Ran]] = {side: [] for side in commands}
    if runs > 1:
        process(commands["cannedkit"], place)  # the first run writes what Python compiles and what the packs hold
    for _ in range(runs):
        for side, command in commands.items():
            found[side].append(process(command, place))
    theirs, ours = found["Vale"], found["cannedkit"]
    wall = _median(theirs, "wall") / _median(ours, "wall")
    cpu = _median(theirs, "cpu") / _median(ours, "cpu")
    memory = max(one.memory for one in ours) / max(one.memory for one in theirs)
    print(f"{name:34} {_side(theirs)} {_side(ours)} {wall:8.1f} wall {cpu:5.1f} CPU {memory:6.2f}x", flush=True)


def _side(ran: Sequence[Ran]) -> str:
    megabytes = max(one.memory for one in ran) / 1024
    return f"{_median(ran, 'wall'):7.2f} s {megabytes:5.0f} MB {ran[-1].findings:7,} found"


def _median(ran: Sequence[Ran], field: str) -> float:
    return float(statistics.median(getattr(one, field) for one in ran))


def process(command: Sequence[str], folder: Path) -> Ran:
    """Runs a command in a folder and counts the alerts that it prints."""
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE)
        errors = running.stderr.read() if running.stderr else b""
        _, status, usage = os.wait4(running.pid, 0)
        wall = time.perf_counter() - began
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode > 1:
            raise SystemExit(f"{' '.join(command)} ended with {running.returncode}: {errors.decode()[:500]}")
        out.seek(0)
        alerts = json.load(out)
    return Ran(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, sum(map(len, alerts.values())))


if __name__ == "__main__":
    main()
