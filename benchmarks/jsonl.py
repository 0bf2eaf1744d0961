"""How long a program waits for `lint --jsonl`, and what `--jobs 2` gains: `python -m benchmarks.jsonl [LINES] [MANY]`.

One process is written to and read from as an agent desk would: a line goes out when the answer to the one before it
has come. MANY lines of a file are answered by one process and by two in turns, the fewer turns the more lines; by the
wall clock and by the processor, which neighbours change less. Times are of this machine and this minute, from the
write to the whole answer. The first line is left out: it waits for the program to start and for rules and engines to
be read.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.drafts import drafts

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

LINES, MANY = 100, 2_000

ALL, TURNS = 20_000, 9
"""Lines that are read by each way in all its turns, and the most turns: 20,000 with engines take 4 minutes alone."""

Seconds = tuple[float, float]
"""Of the wall clock, and of the processor."""

TOOL = str(Path(sys.executable).with_name("cannedkit"))


def main() -> None:
    """Print a row with engines and one without."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    jobs(int(sys.argv[2]) if len(sys.argv) > 2 else MANY)
    print(f"{count:,} drafts of about {WORDS} words, one at a time")
    for name, more in (("packs only", ["--no-engines"]), ("packs and Harper", [])):
        times = list(_waits([TOOL, "lint", "--jsonl", *more], count))
        cuts = statistics.quantiles(times, n=100)
        print(f"  {name:20} {cuts[49] * 1e3:7.2f} ms median {cuts[98] * 1e3:7.2f} ms p99")


def jobs(count: int) -> None:
    """Print how much sooner two processes answer many lines than one does, in turns, and what both take."""
    turns = max(1, min(TURNS, ALL // count))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.jsonl"
        texts = islice(drafts(WORDS, 8), count)
        path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts))
        for name, more in (("packs only", ["--no-engines"]), ("packs and engines", [])):
            took: dict[str, list[Seconds]] = {"1": [], "2": []}
            for _ in range(turns):
                for number, times in took.items():
                    times.append(run([TOOL, "lint", "--jsonl", *more, "--jobs", number, str(path)], folder))
            one, two = (tuple(map(statistics.median, zip(*times, strict=True))) for times in took.values())
            print(f"  {name:20} {count:,} lines, medians of {turns} turns: {one[0]:.2f} s by one process,")
            print(f"  {'':20} {two[0]:.2f} s by two, {one[0] / two[0]:.2f} times as quick;", end=" ")
            print(f"of the processor {one[1]:.2f} and {two[1]:.2f} s")


def run(command: list[str], folder: str) -> Seconds:
    """What a process and those that it starts take."""
    before, began = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - began, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def _waits(command: list[str], count: int) -> Iterator[float]:
    """Seconds from each line to its answer, without the first."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
    ):
        assert process.stdin  # noqa: S101 - both are pipes, as asked for above
        assert process.stdout  # noqa: S101
        for number, text in enumerate(islice(drafts(WORDS, 6), count + 1)):
            began = time.perf_counter()
            process.stdin.write(json.dumps({"id": number, "text": text}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            if number:
                yield time.perf_counter() - began
            if answer["id"] != number:
                raise SystemExit(f"the answer to line {number} is {answer}")
        process.stdin.close()


if __name__ == "__main__":
    main()
