"""How near the rule engine comes to the real Vale 3.22.0: every finding of both compared, by package and by kind.

    python scripts/conformance.py --data DIR [--package NAME] [--rule ID] [--show N] [--half FOLDER]

DIR holds the evaluation sets; the findings of the real program lie in `vale-conformance` beside it. Each package is
linted alone, as Vale was. A row is equal if rule, place, match, level and message are; the second percentage leaves
the message out. `ours` are rows that Vale itself places wrongly: they count neither way.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Pack
from cannedkit.model.settings import Settings
from cannedkit.vale.ini import ValeIni
from cannedkit.vale.styles import everywhere, own_pack

Row = tuple[str, str, str, int, int, int, str, str, str]
"""Package, input, rule, line, first and last column, match, level, message."""


@dataclass
class Tally:
    """What was counted for one package, kind or rule."""

    equal: int = 0
    missing: int = 0
    extra: int = 0
    placed: int = 0
    rules: dict[str, bool] = field(default_factory=lambda: defaultdict(lambda: True))

    @property
    def share(self) -> float:
        """Percent of all rows of both that are equal."""
        return 100 * self.equal / max(1, self.equal + self.missing + self.extra)

    @property
    def share_placed(self) -> float:
        """The same without the message."""
        total = self.equal + self.missing + self.extra
        both = self.placed - self.equal
        return 100 * self.placed / max(1, total - both)


@dataclass(frozen=True)
class Outcome:
    """The rows of Vale, ours, and what rule is of which kind."""

    expected: Counter[Row]
    found: Counter[Row]
    kinds: Mapping[str, str]
    off: tuple[str, ...]
    seconds: float


def compare(folder: Path, only: str = "", half: str = "dev") -> Outcome:
    """Both sides' rows for each package of `packages.json`, or for one of them."""
    packages = json.loads((folder / "packages.json").read_text(encoding="utf-8"))
    texts = inputs(folder, half)
    wrong: Counter[tuple[str, ...]] = Counter()
    expected: Counter[Row] = Counter()
    for row in _lines(folder / f"expected.{half}.jsonl.gz"):
        if only and row["p"] != only:
            continue
        if row.get("bug"):
            wrong[row["p"], row["i"], row["c"], row["m"]] += 1
        else:
            key = (row["p"], row["i"], row["c"], row["l"], row["b"], row["e"], row["m"], row["s"], row["t"])
            expected[key] += 1
    found: Counter[Row] = Counter()
    kinds: dict[str, str] = {}
    off: list[str] = []
    began = time.perf_counter()
    for name, run in packages.items():
        if not only or name == only:
            packs, settings = _packs(folder / "styles", run)
            kinds |= {rule.id: rule.kind for pack in packs for rule in pack.rules}
            off += [str(problem).rpartition("/")[2] for pack in packs for problem in pack.refused]
            linter = lint.build(settings, packs, forgiving=True)
            off += linter.notes + tuple(f"{failure.rule} {failure.reason}" for failure in linter.refused)
            found.update(_rows(name, run, linter, texts))
    seconds = time.perf_counter() - began
    for key in list((found - expected).keys()):
        place = (key[0], key[1], key[2], key[6])
        taken = min(found[key] - expected[key], wrong[place])
        found[key] -= taken
        wrong[place] -= taken
    return Outcome(expected, +found, kinds, tuple(dict.fromkeys(off)), seconds)


def inputs(folder: Path, half: str = "dev") -> dict[str, str]:
    """The texts that were linted, by id."""
    return {row["id"]: row["text"] for row in _lines(folder / f"inputs.{half}.jsonl.gz")}


def package(styles: Path, name: str) -> tuple[list[Pack], Settings]:
    """The packs and settings of one package."""
    packages = json.loads((styles.parent / "packages.json").read_text(encoding="utf-8"))
    return _packs(styles, packages[name])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _packs(styles: Path, run: Mapping[str, Any]) -> tuple[list[Pack], Settings]:
    """The packs of one run: whole styles, or single rules that an ini line names."""
    ini = ValeIni(styles / ".vale.ini", (styles,), vocabularies=tuple(run.get("vocab", ())), within=None)
    words = everywhere(ini).words
    settings = Settings(root=styles, rules=styles, vocabulary=words, engines={})
    packs = [
        own_pack(styles, words, None) if name == "Vale" else read_pack(styles / name, forgiving=True)
        for name in run["styles"]
    ]
    single = [line.partition(" ")[0] for line in run.get("extra", ())]
    for name in dict.fromkeys(one.partition(".")[0] for one in single):
        pack = read_pack(styles / name, forgiving=True)
        packs.append(replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in single), refused=()))
    return packs, settings


def _rows(name: str, run: Mapping[str, Any], linter: lint.Linter, texts: Mapping[str, str]) -> Iterator[Row]:
    starts = tuple(run.get("inputs", [""]))
    kind = "markdown" if run.get("ext") == ".md" else "text"
    for id, text in texts.items():
        if id.startswith(starts):
            findings, failures = linter.by_rules(Draft(text, format=kind))
            for failure in failures:
                print(f"! {name} {id}: {failure.rule} {failure.reason}", file=sys.stderr)
            yield from (_row(name, id, text, finding) for finding in findings)


def _row(name: str, id: str, text: str, finding: Finding) -> Row:
    before = text[: finding.start]
    line, column = before.count("\n") + 1, finding.start - (before.rfind("\n") + 1) + 1
    match = text[finding.start : finding.end]
    end = max(column, column + len(match) - 1)
    return name, id, finding.rule, line, column, end, match, str(finding.level), finding.message


def tallies(outcome: Outcome, by: str) -> dict[str, Tally]:
    """What was counted, by "package", "kind", "rule" or "all"."""
    made: dict[str, Tally] = defaultdict(Tally)

    def group(row: Row) -> str:
        return {"package": row[0], "kind": outcome.kinds.get(row[2], "?"), "rule": row[2], "all": "all"}[by]

    for row, count in (outcome.expected & outcome.found).items():
        made[group(row)].equal += count
        made[group(row)].rules[row[2]] &= True
    for row, count in (outcome.expected - outcome.found).items():
        made[group(row)].missing += count
        made[group(row)].rules[row[2]] = False
    for row, count in (outcome.found - outcome.expected).items():
        made[group(row)].extra += count
        made[group(row)].rules[row[2]] = False
    for row, count in (_placed(outcome.expected) & _placed(outcome.found)).items():
        made[group(row)].placed += count
    return dict(made)


def _placed(rows: Counter[Row]) -> Counter[Row]:
    placed: Counter[Row] = Counter()
    for row, count in rows.items():
        placed[(*row[:8], "")] += count
    return placed


def table(made: Mapping[str, Tally]) -> Iterable[str]:
    """The lines of a table, most rows first."""
    yield f"{'':34} {'equal':>7} {'missing':>7} {'extra':>6} {'equal %':>8} {'placed %':>8}  rules perfect"
    for name, one in sorted(made.items(), key=lambda item: -(item[1].equal + item[1].missing)):
        perfect = f"{sum(one.rules.values())}/{len(one.rules)}"
        counts = f"{one.equal:7} {one.missing:7} {one.extra:6}"
        yield f"{name:34} {counts} {one.share:8.2f} {one.share_placed:8.2f}  {perfect}"


def main() -> None:
    """Print the tables, the rules that are off, and the rules that differ most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--half", default="dev", help="which half: the middle of the file names")
    parser.add_argument("--package", default="")
    parser.add_argument("--rule", default="", help="show the differences of one rule only")
    parser.add_argument("--show", type=int, default=0, help="rules and rows to show that differ")
    given = parser.parse_args()
    folder = given.data.resolve().parent / "vale-conformance"
    outcome = compare(folder, given.package, given.half)
    for by in ("package", "kind", "all"):
        print(*table(tallies(outcome, by)), sep="\n", end="\n\n")
    differ = {name: one for name, one in tallies(outcome, "rule").items() if one.missing or one.extra}
    worst = dict(sorted(differ.items(), key=lambda item: -(item[1].missing + item[1].extra))[: given.show])
    if worst:
        print(*table(worst), sep="\n", end="\n\n")
    for word, rows in (("missing", outcome.expected - outcome.found), ("extra", outcome.found - outcome.expected)):
        shown = [row for row in rows if not given.rule or row[2] == given.rule]
        for row in shown[: given.show]:
            print(word, *row)
    print(*outcome.off, sep="\n")
    print(f"{outcome.seconds:.1f} s")


if __name__ == "__main__":
    main()
