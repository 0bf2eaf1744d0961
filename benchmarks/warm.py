"""What one file costs where a process stays warm: `python -m benchmarks.warm`.

Whole processes in turns: `lint --server auto`, the same without, both with Harper and `context`, and the bare import of
the two libraries that every command needs. Medians of the turns, by the wall clock; the ratios count, on a machine that
does nothing else.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.drafts import drafts

TURNS, PAUSE = 9, 0.3
"""How often each is run, and the seconds in between, in which a service makes ready for its next visitor."""

LINT = [sys.executable, "-m", "cannedkit", "lint"]


def main() -> None:
    """Print a table."""
    with TemporaryDirectory(prefix="warm-") as name:
        home = Path(name)
        path = home / "draft.txt"
        path.write_text(next(iter(drafts(60))), encoding="utf-8")
        environment = {**os.environ, "XDG_RUNTIME_DIR": name, "XDG_CACHE_HOME": f"{name}/cache"}
        environment |= {"XDG_CONFIG_HOME": f"{name}/config"}
        runs = {
            "`lint --server auto FILE`": [*LINT, "--server", "auto", path.name],
            "`lint FILE`": [*LINT, path.name],
            '`python -c "import click, yaml"`': [sys.executable, "-c", "import click, yaml"],
        }
        try:
            _until_warm(runs["`lint --server auto FILE`"], home, environment)
            found: dict[str, list[float]] = {name: [] for name in runs}
            for _ in range(TURNS):
                for each, command in runs.items():
                    found[each].append(_run(command, home, environment))
                    time.sleep(PAUSE)
        finally:
            for lock in home.rglob("*.lock"):
                if number := lock.read_text().strip():
                    os.kill(int(number), signal.SIGTERM)
    bare = statistics.median(found['`python -c "import click, yaml"`'])
    print("| one draft of 60 words, whole process | seconds | to the bare import |")
    print("|---|---|---|")
    for each, seconds in found.items():
        print(f"| {each} | {statistics.median(seconds):.3f} | {statistics.median(seconds) / bare:.1f} |")


def _until_warm(command: list[str], home: Path, environment: Mapping[str, str]) -> None:
    """Run a command until a service stands by for it: its socket is there."""
    while not [path for path in home.rglob("warm/*") if path.is_socket()]:
        _run(command, home, environment)
        time.sleep(1)
    time.sleep(2)


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
