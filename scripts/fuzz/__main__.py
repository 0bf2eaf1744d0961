"""Tries what strangers can send with inputs that nobody writes: `python -m scripts.fuzz`.

Each reader gets inputs of a grammar and of seeds, broken in many ways. It may return or raise an error of its own with
words in it; a traceback, a warning, more than 5 s of CPU time or 1 GB of memory, and a process that ends are faults.
An input is told by target, seed and number: `--target T --seed S --number N` runs that one again, here. Two targets
run side by side. The exit code is 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.fuzz.workers import Task, Tried, opened, tried

SIDE_BY_SIDE = 2
"""Targets that run at a time."""

SECONDS = 10.0


def main() -> int:
    """Print a line for each target, and one for each fault."""
    given = _arguments()
    if given.number is not None:
        return _again(Task((given.target or _names())[0], given.seed, given.number), given.keep)
    return 1 if run(given.target, given.seed, given.count, given.seconds, given.keep).faults else 0


def run(
    names: Sequence[str] | None = None,
    seed: int = 0,
    count: int | None = None,
    seconds: float | None = None,
    keep: Path | None = None,
) -> Tried:
    """What the inputs of some targets, or of all, did: `count` inputs together, or so many seconds each; it is printed.

    `keep` is a folder for the inputs that did what none may.
    """
    tasks = list(_tasks(names or _names(), seed, count, seconds))
    whole = Tried()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for task, found in zip(tasks, pool.map(tried, tasks), strict=True):
            print(line(task.target, found), flush=True)
            for fault in found.faults:
                print(f"  --target {task.target} --seed {task.seed} --number {fault.number}: {fault.what}", flush=True)
                _keep(keep, Task(task.target, task.seed, fault.number))
            whole = whole.with_(found)
    print(line("all", whole), flush=True)
    return whole


def line(name: str, found: Tried) -> str:
    """What came of a target, in a line."""
    cost = f"slowest {found.slowest:5.2f} s, peak {found.peak / 1e6:4.0f} MB"
    return f"{name:12} {found.inputs:9,} inputs, {len(found.faults)} faults, {cost}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", action="append", choices=_names(), help="a reader; all, if none is named")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--seconds", type=float, help=f"time for each target, {SECONDS:.0f} if nothing is said")
    amount.add_argument("--count", type=int, help="inputs, over all targets together")
    amount.add_argument("--number", type=int, help="run the one input of this number again, here")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that did what none may")
    return parser.parse_args()


def _names() -> list[str]:
    from scripts.fuzz.targets import TARGETS

    return list(TARGETS)


def _tasks(names: Sequence[str], seed: int, count: int | None, seconds: float | None) -> Iterator[Task]:
    for at, name in enumerate(names):
        if count is None:
            yield Task(name, seed, seconds=SECONDS if seconds is None else seconds)
        else:
            yield Task(name, seed, count=count * (at + 1) // len(names) - count * at // len(names))


def _keep(folder: Path | None, task: Task) -> None:
    if folder is None:
        return
    with tempfile.TemporaryDirectory() as home:
        data = opened(task, Path(home)).make(task.first)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{task.target}-{task.seed}-{task.first}").write_bytes(data)


def _again(task: Task, keep: Path | None) -> int:
    """Run one input in this process, and let what it raises pass."""
    _keep(keep, task)
    with tempfile.TemporaryDirectory() as home:
        target = opened(task, Path(home))
        data = target.make(task.first)
        print(ascii(data[:2_000]))
        try:
            target.run(data)
        except target.clean as error:
            print(f"{type(error).__name__}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
