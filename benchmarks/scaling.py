"""How much more takes how much longer: `python -m benchmarks.scaling [NAME …] [--times N]`.

Rules of a house, words of one rule, characters of a draft, drafts of one process, responses of a catalogue: each
size in a process of its own. Seconds are those of the processor; growth is 1 where ten times as much takes ten times as
long, and is told of what grows: making the linter, reading a draft, or all of it. `--times 10` makes each largest size
ten times as large again.
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
from itertools import islice
from pathlib import Path

from benchmarks.catalogue import write
from benchmarks.drafts import drafts
from benchmarks.speed import banned, letters
from cannedkit.kit import Kit
from cannedkit.model.draft import MAX_DRAFT

WORDS = 60
"""Words of a draft: what a chat message and a short e-mail have."""

Figures = tuple[float, float]
"""Seconds to make what is measured, and seconds of one reading of it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What grows, to which sizes, and what one size costs in a folder."""

    what: str
    sizes: tuple[int, ...]
    run: Callable[[Path, int], Figures]


def main() -> None:
    """Print a table for each name; or, for a name and a size, the figures of this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help=f"one of {', '.join(SCALES)}; all, if none is named")
    parser.add_argument("--times", type=int, default=1, help="one more size, so many times the largest")
    parser.add_argument("--size", type=int, help="measure this size, in this process")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in SCALES]:
        parser.error(f"there is no {unknown[0]!r}: write one of {', '.join(SCALES)}")
    for name in given.name or SCALES:
        if given.size:
            _print(name, given.size)
        else:
            sizes = SCALES[name].sizes
            _table(name, (*sizes, sizes[-1] * given.times) if given.times > 1 else sizes)


def _print(name: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, read = SCALES[name].run(Path(folder), size)
    print(made, read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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


def rules(folder: Path, count: int) -> Figures:
    """A house with so many rules of two phrases each; a draft of 60 words."""
    pack = folder / "rules" / "House"
    pack.mkdir(parents=True)
    for number, (one, two) in enumerate(zip(banned(count), banned(count), strict=True)):
        tokens = f"  - {one}\n  - {two} again\n"
        (pack / f"Rule{number}.yml").write_text(
            f"extends: existence\nmessage: '%s'\nignorecase: true\ntokens:\n{tokens}"
        )
    return _house(folder, drafts(WORDS, 4))


def words(folder: Path, count: int) -> Figures:
    """One rule of so many words; a draft of 60 words."""
    pack = folder / "rules" / "House"
    pack.mkdir(parents=True)
    tokens = "".join(f"- {letters(number)}\n" for number in range(count))  # a rule's file may have 1 MB
    (pack / "Banned.yml").write_text(f"extends: existence\nmessage: '%s'\nignorecase: true\ntokens:\n{tokens}")
    return _house(folder, drafts(WORDS, 4))


def _house(folder: Path, texts: Iterable[str]) -> Figures:
    (folder / "cannedkit.yaml").write_text("packs: [House]\nengines: {}\n")
    began = time.thread_time()
    kit = Kit.load(folder)
    kit.linter().ready()
    return time.thread_time() - began, statistics.median(_each(kit, islice(texts, 300)))


def characters(folder: Path, count: int) -> Figures:
    """A draft of so many characters, all of it new, with all packs of English; MAX_DRAFT at most."""
    kit = Kit.load(folder, with_engines=False)
    kit.linter().ready()
    all(_each(kit, islice(drafts(WORDS, 3), 50)))  # the first find what a text needs
    text = " ".join(islice(drafts(WORDS, 5), count // 250))[: min(count, MAX_DRAFT)]
    return 0.0, next(_each(kit, [text]))


def texts(folder: Path, count: int) -> Figures:
    """So many drafts, one after the other, with all packs of English."""
    kit = Kit.load(folder, with_engines=False)
    all(_each(kit, islice(drafts(WORDS, 3), 50)))  # the first find what a text needs
    return 0.0, sum(_each(kit, islice(drafts(WORDS, 6), count)))


def responses(folder: Path, count: int) -> Figures:
    """`check` of a catalogue of so many responses, by its rules alone."""
    write(folder, count)
    kit = Kit.load(folder, with_engines=False)
    began = time.thread_time()
    kit.check(cache=False, jobs=1)
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
    "drafts": Scale("Drafts of one process", (500, 5_000), texts),
    "responses": Scale("Responses of a catalogue", (100, 1_000), responses),
}


if __name__ == "__main__":
    main()
