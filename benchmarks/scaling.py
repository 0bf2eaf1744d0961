"""How much more takes how much longer: `python -m benchmarks.scaling [NAME …] [--times N | --large]`.

Rules of a house, words of one rule, characters of a draft, drafts of one process, responses of a catalogue: each
size in a process of its own. Seconds are those of the processor; growth is 1 where ten times as much takes ten times as
long, and is told of what grows: making the linter, reading a draft, or all of it. `--times 10` makes each largest size
ten times as large again. `--large` reads as many drafts and responses as a large company has, which takes an hour, and
prints on the way what the process holds.
"""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from benchmarks.catalogue import write, write_short
from benchmarks.drafts import drafts
from benchmarks.memory import resident
from benchmarks.speed import banned, letters
from cannedkit.kit import Kit
from cannedkit.model.draft import MAX_DRAFT

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

STOPS = 20
"""How often memory is measured on the way to a large size."""

Figures = tuple[float, float]
"""Seconds to make what is measured, and seconds of one reading of it."""

Done = Callable[[], object]
"""Called when one more of what grows was read."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What grows, to which sizes, and what one size costs in a folder; `large`: what is large, 0 for none."""

    what: str
    sizes: tuple[int, ...]
    run: Callable[[Path, int, Done], Figures]
    large: int = 0


def main() -> None:
    """Print a table for each name; or, for a name and a size, the figures of this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help=f"one of {', '.join(SCALES)}; all, if none is named")
    parser.add_argument("--times", type=int, default=1, help="one more size, so many times the largest")
    parser.add_argument("--size", type=int, help="measure this size, in this process")
    parser.add_argument("--large", action="store_true", help="1,000,000 drafts, 100,000 responses, in this process")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in SCALES]:
        parser.error(f"there is no {unknown[0]!r}: write one of {', '.join(SCALES)}")
    for name in given.name or SCALES:
        if given.large:
            _large(name, given.size or SCALES[name].large)
        elif given.size:
            _print(name, given.size)
        else:
            sizes = SCALES[name].sizes
            _table(name, (*sizes, sizes[-1] * given.times) if given.times > 1 else sizes)


def _print(name: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, read = SCALES[name].run(Path(folder), size, lambda: None)
    print(made, read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _large(name: str, size: int) -> None:
    """Print what this process holds on the way to a size; nothing where none is large."""
    if not size:
        return
    numbers = count(1)

    def done() -> None:
        number = next(numbers)
        if number % max(size // STOPS, 1) == 0:
            held, seconds = resident(), time.process_time()
            print(f"  {number:9,} {held:7.0f} MB {seconds:8.0f} s {seconds / number * 1e3:7.2f} ms each", flush=True)

    print(f"{SCALES[name].what}: memory, seconds of the processor", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        SCALES[name].run(Path(folder), size, done)
    print(f"  at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6:.0f} MB")


def _table(name: str, sizes: Sequence[int]) -> None:
    print(f"{SCALES[name].what}: made, read once, most memory, growth of each")
    before: tuple[int, list[float]] | None = None
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.scaling", name, "--size", str(size)]
        made, read, memory = found = [float(one) for one in subprocess.check_output(command, text=True).split()]
        grown = (
            [] if before is None else [_growth(before[0], size, *pair) for pair in zip(before[1], found, strict=True)]
        )
        told = "   ".join(f"{one:5.2f}" for one in grown)
        print(f"  {size:9,} {made:8.2f} s {read * 1e3:10.2f} ms {memory:7.0f} MB   {told}", flush=True)
        before = (size, found)
    print()


def _growth(size: int, larger: int, took: float, takes: float) -> float:
    return math.log(takes / took) / math.log(larger / size) if took and takes else 0.0


def rules(folder: Path, size: int, done: Done) -> Figures:
    """A house with so many rules of two phrases each; a draft of 60 words."""
    pack = folder / "rules" / "House"
    pack.mkdir(parents=True)
    for number, (one, two) in enumerate(zip(banned(size), banned(size), strict=True)):
        tokens = f"  - {one}\n  - {two} again\n"
        (pack / f"Rule{number}.yml").write_text(
            f"extends: existence\nmessage: '%s'\nignorecase: true\ntokens:\n{tokens}"
        )
    return _house(folder, drafts(WORDS, 4))


def words(folder: Path, size: int, done: Done) -> Figures:
    """One rule of so many words; a draft of 60 words."""
    pack = folder / "rules" / "House"
    pack.mkdir(parents=True)
    tokens = "".join(f"- {letters(number)}\n" for number in range(size))  # a rule's file may have 1 MB
    (pack / "Banned.yml").write_text(f"extends: existence\nmessage: '%s'\nignorecase: true\ntokens:\n{tokens}")
    return _house(folder, drafts(WORDS, 4))


def _house(folder: Path, texts: Iterable[str]) -> Figures:
    (folder / "cannedkit.yaml").write_text("packs: [House]\nengines: {}\n")
    began = time.thread_time()
    kit = Kit.load(folder)
    kit.linter().ready()
    return time.thread_time() - began, statistics.median(_each(kit, islice(texts, 300)))


def characters(folder: Path, size: int, done: Done) -> Figures:
    """A draft of so many characters, all of it new, with all packs of English; MAX_DRAFT at most."""
    kit = Kit.load(folder, with_engines=False)
    kit.linter().ready()
    all(_each(kit, islice(drafts(WORDS, 3), 50)))  # the first find what a text needs
    text = " ".join(islice(drafts(WORDS, 5), size // 250))[: min(size, MAX_DRAFT)]
    return 0.0, next(_each(kit, [text]))


def texts(folder: Path, size: int, done: Done) -> Figures:
    """So many drafts, one after the other, with all packs of English."""
    kit = Kit.load(folder, with_engines=False)
    all(_each(kit, islice(drafts(WORDS, 3), 50)))  # the first find what a text needs
    took = 0.0
    for each in _each(kit, islice(drafts(WORDS, 6), size)):
        took += each
        done()
    return 0.0, took


def responses(folder: Path, size: int, done: Done) -> Figures:
    """`check` of a catalogue of so many responses, by its rules alone."""
    write(folder, size)
    return _checked(folder, done)


def short(folder: Path, size: int, done: Done) -> Figures:
    """`check` of a catalogue of so many short responses in one locale, by its rules alone."""
    write_short(folder, size)
    return _checked(folder, done)


def _checked(folder: Path, done: Done) -> Figures:
    kit = Kit.load(folder, with_engines=False)
    began = time.thread_time()
    kit.check(cache=False, jobs=1, step=done)
    return 0.0, time.thread_time() - began


def _each(kit: Kit, given: Iterable[str]) -> Iterator[float]:
    """Seconds of CPU that each of some drafts takes."""
    for text in given:
        began = time.thread_time()
        kit.lint(text)
        yield time.thread_time() - began


SCALES: Mapping[str, Scale] = {
    "rules": Scale("Rules of a house", (100, 1_000, 10_000), rules),
    "words": Scale("Words of one rule", (1_000, 10_000, 100_000), words),
    "characters": Scale("Characters of a draft", (1_000, 10_000, 100_000), characters),
    "drafts": Scale("Drafts of one process", (500, 5_000), texts, 1_000_000),
    "responses": Scale("Responses of a catalogue", (100, 1_000), responses, 100_000),
    "short": Scale("Short responses in one locale", (1_000, 10_000), short, 100_000),
}


if __name__ == "__main__":
    main()
