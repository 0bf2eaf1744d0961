"""How long a program waits for `lint --jsonl`, and what `--jobs 2` gains: `python -m benchmarks.jsonl [LINES]`.

One process is written to and read from as an agent desk would: a line goes out when the answer to the one before it
has come. Times are of this machine and this minute, from the write to the whole answer. The first line is left out:
it waits for the program to start and for rules and engines to be read.
"""

from __future__ import annotations

import json
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

LINES, TURNS = 100, 9

TOOL = str(Path(sys.executable).with_name("cannedkit"))


def main() -> None:
    """Print a row with engines and one without."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    jobs(count * 20)
    print(f"{count:,} drafts of about {WORDS} words, one at a time")
    for name, more in (("packs only", ["--no-engines"]), ("packs and Harper", [])):
        times = list(_waits([TOOL, "lint", "--jsonl", *more], count))
        cuts = statistics.quantiles(times, n=100)
        print(f"  {name:20} {cuts[49] * 1e3:7.2f} ms median {cuts[98] * 1e3:7.2f} ms p99")


def jobs(count: int) -> None:
    """Print how much sooner two processes answer many lines than one does, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.jsonl"
        texts = islice(drafts(WORDS, 8), count)
        path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts))
        for name, more in (("packs only", ["--no-engines"]), ("packs and engines", [])):
            wall: dict[str, list[float]] = {"1": [], "2": []}
            for _ in range(TURNS):
                for number, times in wall.items():
                    began = time.perf_counter()
                    command = [TOOL, "lint", "--jsonl", *more, "--jobs", number, str(path)]
                    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
                    times.append(time.perf_counter() - began)
            one, two = (statistics.median(times) for times in wall.values())
            print(f"  {name:20} {count:,} lines: {one:.2f} s by one process, {two:.2f} s by two, {one / two:.2f} times")


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
