"""How fast cannedkit is, beside what it is built on, in one run: `python -m benchmarks.speed`.

Times are of this machine and this minute; the ratios are what to compare. Whole processes are timed from outside,
calls inside a process by the clock of its own CPU where one thread does the work.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.drafts import drafts
from cannedkit.kit import Kit

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

PEER = "python -c 'import click, yaml'"
"""What any command line of Python with settings in YAML takes at least."""

TOOL = str(Path(sys.executable).with_name("cannedkit"))


def main() -> None:
    """Print every table."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        cold(Path(folder))
        catalogue(Path(folder))  # before this process grows: a child's peak counts what it was forked from
        phrases(Path(folder))
        warm(Path(folder))


# -- tables -------------------------------------------------------------------------------------


def cold(folder: Path) -> None:
    """Whole processes: a fresh start for one file."""
    draft = folder / "draft.txt"
    draft.write_text(next(drafts(WORDS)))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        PEER: [sys.executable, "-c", "import click, yaml"],
        "cannedkit --help": [TOOL, "--help"],
        "cannedkit lint --no-engines FILE": [TOOL, "lint", "--no-engines", str(draft)],
        "cannedkit lint FILE (with engines)": [TOOL, "lint", str(draft)],
    }
    print("Cold start, whole process (median of 11, in turn): by the wall, by the processor")
    ran: dict[str, list[Ran]] = {name: [] for name in commands}
    for _ in range(12):
        for name, command in commands.items():
            ran[name].append(_process(command, folder))
    peer = statistics.median(one.cpu for one in ran[PEER][1:])
    for name, runs in ran.items():
        wall, cpu = (statistics.median(getattr(one, what) for one in runs[1:]) for what in ("wall", "cpu"))
        most = max(one.kilobytes for one in runs) / 1024
        print(f"  {name:36} {wall * 1e3:7.0f} ms {cpu * 1e3:7.0f} ms {most:6.0f} MB {cpu / peer:6.1f} times {PEER}")
    print()


def warm(folder: Path) -> None:
    """One process: drafts that it has not seen, one thread."""
    print(f"Warm, one thread, drafts of about {WORDS} words that were not seen before")
    rules_only = Kit.load(folder, with_engines=False)
    _row("packs only", _each(rules_only.lint, drafts(WORDS, 1), 1_000))
    _row("peer: all literals of the packs, bare", _each(_automaton(rules_only), drafts(WORDS, 1), 1_000))
    for name, engines in (("packs and Harper (our rules of it)", "{harper: {}}"), ("packs, Harper and context", "")):
        root = folder / name
        root.mkdir()
        (root / "cannedkit.yaml").write_text(f"engines: {engines}\n" if engines else "")
        _row(name, _each(Kit.load(root).lint, drafts(WORDS, 2), 600))
    import harper

    linter = harper.Linter()
    _row("peer: Harper alone, as it comes", _each(lambda text: linter.lint(text), drafts(WORDS, 3), 200))
    print()


def phrases(folder: Path) -> None:
    """What a rule of so many phrases costs a draft."""
    print("A rule of so many phrases, packs off, median per draft")
    first = None
    for count in (10, 100, 1_000, 10_000):
        root = folder / f"phrases{count}"
        pack = root / "rules" / "Own"
        pack.mkdir(parents=True)
        texts = "\n".join(f"  - {phrase}" for phrase in banned(count))
        (pack / "Banned.yml").write_text(f"extends: existence\nmessage: '%s'\nignorecase: true\ntokens:\n{texts}\n")
        (root / "cannedkit.yaml").write_text("packs: [Own]\nengines: {}\n")
        kit = Kit.load(root)
        median = statistics.median(_each(kit.lint, drafts(WORDS, 4), 500))
        first = first or median
        print(f"  {count:6,} phrases {median * 1e6:8.0f} µs   {median / first:5.2f} times that of 10")
    print()


def catalogue(folder: Path) -> None:
    """A generated catalogue of 1,000 replies, whole process."""
    root = folder / "shop"
    (root / "responses").mkdir(parents=True)
    (root / "cannedkit.yaml").write_text("channels: {chat: {}, email: {}}\n")
    texts = list(islice(drafts(35, 5), 1_000))
    for topic in range(20):
        replies = "".join(
            f"reply-{number}:\n  title: Reply {number}\n  body: |-\n    {text}\n    For {{{{ customer.name }}}}.\n"
            for number, text in enumerate(texts[topic * 50 : topic * 50 + 50])
        )
        (root / "responses" / f"topic{topic}.yaml").write_text(replies)
    (root / "responses" / "variables.yaml").write_text("customer.name: {type: name, fallback: you}\n")
    print("check of 1,000 generated replies, 2 channels, whole process")
    for name, more in (("rules only", ["--no-engines"]), ("with Harper and context", [])):
        ran = _process([TOOL, "check", *more, str(root)], folder)
        print(f"  {name:36} {ran.wall:7.1f} s {ran.cpu:7.1f} s {ran.kilobytes / 1024:6.0f} MB")
    print()


def _automaton(kit: Kit) -> Callable[[str], object]:
    """What finds the literals of all rules in a text, and does no more."""
    from ahocorasick_rs import AhoCorasick

    literals = {text.lower() for check in kit.linter().checks for texts in check.literals for text in texts}
    find = AhoCorasick(sorted(literals), store_patterns=False).find_matches_as_indexes
    return lambda text: find(text.lower(), overlapping=True)


# -- measuring ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """One whole process: seconds by the wall and by the processor, peak kilobytes."""

    wall: float
    cpu: float
    kilobytes: int


def _process(command: list[str], folder: Path) -> Ran:
    """Run a process as it is installed: with what Python compiled of it before."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet, env=environment)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode > 1:
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
    return Ran(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def _each(call: Callable[[str], object], texts: Iterator[str], count: int) -> list[float]:
    """Seconds of CPU that each of `count` calls took, after 30 to warm up."""
    for text in islice(texts, 30):
        call(text)
    times = []
    for text in islice(texts, count):
        began = time.thread_time()
        call(text)
        times.append(time.thread_time() - began)
    return times


def _row(name: str, times: list[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"  {name:36} {cuts[49] * 1e3:7.2f} ms median {cuts[98] * 1e3:7.2f} ms p99")


def banned(count: int) -> Iterator[str]:
    """Different phrases of two or three words; a few of them stand in the drafts."""
    yield from ("back in stock", "the courier", "hold the round button", "shall i", "out of hours")
    words = ("offer", "policy", "agent", "refund", "queue", "ticket", "terms", "credit", "device", "parcel", "claim")
    for number in range(count - 5):
        one, two = words[number % 11], words[number // 11 % 11]
        yield f"{one} {two} {letters(number)}"


def letters(number: int) -> str:
    """A word of four letters that is no other number's, up to 456,976."""
    return "".join(chr(97 + number // 26**power % 26) for power in range(4))


if __name__ == "__main__":
    main()
