"""Attacks, each run for real in a folder of its own: `python -m scripts.scenarios [--check | --write] [NAME …]`.

Prints a table of what was tried and what held, as it stands in docs/security.md; `--write` puts it there, `--check`
says where the page differs. The exit code is 1 where a try did not hold, or the page differs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.scenarios import costs, disk, endings, output, reading, servers, values
from scripts.scenarios.run import Place, Scenario, warm

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
FIRST, LAST = "<!-- what was tried: python -m scripts.scenarios --write -->\n", "<!-- end of what was tried -->\n"

GROUPS: Mapping[str, Mapping[str, Scenario]] = {
    "reads outside, special files": reading.SCENARIOS,
    "takes time and memory": costs.SCENARIOS,
    "reaches the network, lying servers": servers.SCENARIOS,
    "speaks to terminals and CI runners": output.SCENARIOS,
    "what is kept on disk": disk.SCENARIOS,
    "crashes": endings.SCENARIOS,
    "values and arguments": values.SCENARIOS,
}
"""What an attack aims at -> its scenarios by name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario, how often it was tried, and what went wrong."""

    group: str
    name: str
    holds: str
    tried: int
    wrong: tuple[str, ...]

    @property
    def held(self) -> int:
        """How many of the tries held."""
        return self.tried - len(self.wrong)


def main() -> int:
    """Run what is named, or everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help="scenarios; all, if none is named")
    parser.add_argument("--check", action="store_true", help="say where docs/security.md differs")
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    given = parser.parse_args()
    known = [name for scenarios in GROUPS.values() for name in scenarios]
    if unknown := [name for name in given.name if name not in known]:
        parser.error(f"there is no scenario {unknown[0]!r}")
    warm()
    found = []
    for row in rows(given.name or known):
        found.append(row)
        for wrong in row.wrong:
            print(f"NOT HELD: {row.name}: {wrong}", file=sys.stderr, flush=True)
    made = table(found)
    print(made, end="")
    all_held = all(row.held == row.tried for row in found)
    if given.write and all_held:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    if given.check and written(PAGE.read_text(encoding="utf-8")) != made:
        print("docs/security.md tells something else: python -m scripts.scenarios --write", file=sys.stderr)
        return 1
    return 0 if all_held else 1


def rows(names: Sequence[str]) -> Iterator[Row]:
    """What came of each scenario, two at a time; the seconds of each go to stderr.

    A try is held against the processor's time of its own process, which the other one does not add to.
    """
    todo = [(group, name) for group, scenarios in GROUPS.items() for name in scenarios if name in names]
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        yield from pool.map(_row, todo)


def _row(named: tuple[str, str]) -> Row:
    group, name = named
    scenario = GROUPS[group][name]
    began = time.perf_counter()
    with TemporaryDirectory() as home:
        tries = list(scenario(Place(Path(home).resolve())))
    print(f"{time.perf_counter() - began:6.1f} s  {name}", file=sys.stderr, flush=True)
    return Row(group, name, " ".join((scenario.__doc__ or "").split()), len(tries), tuple(filter(None, tries)))


def table(found: Sequence[Row]) -> str:
    """The rows as Markdown, and how many tries there were."""
    lines = ["| attack | what holds | tried | held |", "|---|---|---|---|"]
    for group in dict.fromkeys(row.group for row in found):
        own = [row for row in found if row.group == group]
        lines += [
            f"| **{group}** | | | |",
            *(f"| {one.name} | {one.holds} | {one.tried} | {one.held} |" for one in own),
        ]
    tried, held = sum(row.tried for row in found), sum(row.held for row in found)
    return "\n".join([*lines, "", f"{len(found)} attacks, {tried} tries, {held} held.", ""])


def written(page: str) -> str:
    """The table that a page has."""
    return page.partition(FIRST)[2].partition(LAST)[0]


def with_table(page: str, made: str) -> str:
    """The page with another table."""
    before, first, rest = page.partition(FIRST)
    return f"{before}{first}{made}{LAST}{rest.partition(LAST)[2]}"


if __name__ == "__main__":
    sys.exit(main())
