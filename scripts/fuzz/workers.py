"""Inputs are tried in processes of their own, so that one that ends its process is a fault like any other."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cannedkit.model.errors import CannedkitError
from scripts.fuzz.inputs import made

SECONDS, BYTES = 5.0, 1_000_000_000
"""What an input may cost: CPU time, and memory of the process that reads it."""

PATIENCE = 60.0
"""Seconds on the clock after which a process that does not come back is ended: it waits for something."""

START = 300.0
"""Seconds that a process gets before its first input: it imports everything, and reads the seeds."""

LIFE = 20_000
"""Inputs that a process lives for: its memory is what one input can cost, not what many leave behind."""

MOST_FAULTS = 10
"""Faults of one target that are told; the target is given up there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What an input did that none may."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Tried:
    """How many inputs were tried, what the dearest cost in seconds and bytes, and the faults."""

    inputs: int = 0
    slowest: float = 0.0
    peak: int = 0
    faults: tuple[Fault, ...] = ()

    def with_(self, other: Tried) -> Tried:
        """Both together."""
        return Tried(
            self.inputs + other.inputs,
            max(self.slowest, other.slowest),
            max(self.peak, other.peak),
            self.faults + other.faults,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Which inputs: from `first` on, `count` of them, or as many as `seconds` on the clock allow.

    `module` has the target in its TARGETS.
    """

    target: str
    seed: int = 0
    first: int = 0
    count: int | None = None
    seconds: float | None = None
    module: str = "scripts.fuzz.targets"


def tried(task: Task) -> Tried:
    """What the inputs of a task did. Starts one process after another, one at a time."""
    until = time.monotonic() + task.seconds if task.seconds is not None else None
    whole = Tried()
    number = task.first
    while len(whole.faults) < MOST_FAULTS:
        left = LIFE if task.count is None else min(LIFE, task.first + task.count - number)
        if left <= 0 or (until is not None and time.monotonic() >= until):
            break
        seconds = None if until is None else max(0.0, until - time.monotonic())
        found = _life(replace(task, first=number, count=left, seconds=seconds))
        whole = whole.with_(found)
        number += found.inputs
    return whole


def _life(task: Task) -> Tried:
    """What the inputs of a task did, up to the first fault, in one process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    at = context.Value("q", -1, lock=False)
    process = context.Process(target=_work, args=(task, theirs, at), daemon=True)
    process.start()
    theirs.close()
    seen, since = at.value, time.monotonic()
    told: Tried | None = None
    while told is None:
        try:
            if ours.poll(0.2):
                told = ours.recv()
        except EOFError:
            process.join()
            told = _ended(task, at.value, f"it ended its process with code {process.exitcode}")
        if at.value != seen:
            seen, since = at.value, time.monotonic()
        elif told is None and time.monotonic() - since > (PATIENCE if at.value >= 0 else START):
            told = _ended(task, at.value, f"it did not come back within {PATIENCE:.0f} s")
    process.kill()
    process.join()
    return told


def _ended(task: Task, at: int, what: str) -> Tried:
    number = max(at, task.first)
    return Tried(number - task.first + 1, faults=(Fault(number, what),))


# -- in the process -----------------------------------------------------------------------------


@dataclass
class _Meter:
    """What has been tried in this process."""

    inputs: int = 0
    slowest: float = 0.0
    faults: list[Fault] = field(default_factory=list)


def _work(task: Task, answer: Connection, at: Any) -> None:
    with tempfile.TemporaryDirectory() as home:
        target = opened(task, Path(home))
        limit_memory(BYTES)
        until = None if task.seconds is None else time.monotonic() + task.seconds
        meter = _Meter()
        for number in range(task.first, task.first + (task.count or LIFE)):
            at.value = number
            meter.inputs += 1
            seconds, fault = cost(target.run, target.make(number), target.clean)
            meter.slowest = max(meter.slowest, seconds)
            if fault:
                meter.faults.append(Fault(number, fault))
                break
            if until is not None and time.monotonic() >= until:
                break
        answer.send(Tried(meter.inputs, meter.slowest, peak(), tuple(meter.faults)))


@dataclass(frozen=True, slots=True)
class Open:
    """A target at work: its function, what makes the input of a number, and what the function may raise."""

    run: Callable[[bytes], object]
    make: Callable[[int], bytes]
    clean: tuple[type[Exception], ...]


def opened(task: Task, home: Path) -> Open:
    """The target of a task, in a home of its own. What Python would print as a warning is an error from here on."""
    os.environ.update(XDG_CACHE_HOME=str(home / "cache"), XDG_CONFIG_HOME=str(home / "config"), CANNEDKIT_TRUST="")
    for shown in (FutureWarning, SyntaxWarning, RuntimeWarning, UserWarning):
        warnings.simplefilter("error", shown)
    target = import_module(task.module).TARGETS[task.target]
    (home / "work").mkdir()
    seeds: Sequence[bytes] = target.seeds() or (b"",)
    run = target.open(home / "work")
    cost(run, seeds[0], target.clean)  # what a process loads once, no input takes
    return Open(
        run,
        lambda number: made(task.target, seeds, target.grammar, task.seed, number),
        target.clean,
    )


def limit_memory(most_bytes: int) -> None:
    """Let this process have so much more memory than it has."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (now + most_bytes, now + most_bytes))


def peak() -> int:
    """The most bytes of memory that this process has had (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def cost(run: Callable[[bytes], object], data: bytes, clean: tuple[type[Exception], ...] = ()) -> tuple[float, str]:
    """The seconds of CPU time that an input takes, and what it did that none may, "" for nothing."""
    had = peak() if peak() > BYTES else 0  # in a process that has had more before, what this input adds is meant
    allowed: tuple[type[Exception], ...] = (CannedkitError, *clean)
    began = time.process_time()
    fault = ""
    try:
        run(data)
    except allowed as error:
        fault = "" if str(error).strip() else f"{type(error).__name__} says nothing"
        if "more memory than there is" in str(error):
            fault = "memory ran out"
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = next((one for one in reversed(frames) if "cannedkit" in one.filename), frames[-1])
        fault = f"{type(error).__name__}: {str(error)[:200]} in {own.name} ({Path(own.filename).name}:{own.lineno})"
    seconds = time.process_time() - began
    if not fault and seconds > SECONDS:
        fault = f"it took {seconds:.1f} s"
    if not fault and peak() > BYTES + had:
        fault = f"it took {peak() / 1e6:.0f} MB"
    return seconds, fault
