"""Drafts that people typed, beside the reply that went out for them: `python -m scripts.compare --data DIR`.

DIR holds the evaluation sets. Each draft of at least four words is held against the template that was sent in its
place, each text once, and the findings are printed in an order by hash: the first of them are a fair sample. What was
judged by eye stands in docs/judged-compare.tsv, by the draft's id: `right` where the draft does that to the reply,
`wrong` where it says the same in other words, `arguable` where it says half of it. `--judged FILE` tells how many of
these are found now.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cannedkit.catalogue.compare.hold import Held, hold
from cannedkit.catalogue.compare.side import side
from cannedkit.catalogue.compare.wordings import Given, sides
from cannedkit.model.comparison import Departure
from cannedkit.model.response import Variable
from cannedkit.template import render as template
from scripts.rows import read_rows

LEAST = 4
"""Words of a draft that is looked at: shorter ones are notes to oneself."""

_SLOT = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft by its id, the template that was sent, and one finding; `number` counts those of the same rule."""

    id: str
    template: str
    draft: str
    found: Departure
    number: int

    @property
    def name(self) -> str:
        """How the finding is called in the file of what was judged."""
        return f"{self.id} {self.found.finding.rule} {self.number}"


def body(text: str) -> str:
    """A template of the set with its slots as placeholders."""
    return _SLOT.sub(r"{{ \1 }}", text)


def held(text: str, draft: str) -> Held:
    """What a draft does to a template, whose values may be anything."""
    variables = {name: Variable(name, "text", {"": ("x",)}) for name in template.parse(text).names}
    own = side(draft, "en")
    found = (hold(own, approved, {}) for approved in sides(text, "en", "text", Given(variables, {}, {})))
    return min(found, key=lambda one: (one.apart, -one.likeness))


def pairs(data: Path) -> Iterator[tuple[str, str, str]]:
    """Each draft once: its id, its template, and what was typed."""
    texts = {(row["task"], row["label"]): body(row["text"]) for row in read_rows(data / "star_templates.jsonl")}
    met: set[tuple[str, str]] = set()
    for row in read_rows(data / "star_drafts.jsonl.gz"):
        sent = next((texts[task, row["label"]] for task in row["tasks"] if (task, row["label"]) in texts), None)
        if row["mode"] != "canned" or sent is None or len(row["draft"].split()) < LEAST:
            continue
        same = (sent, " ".join(re.findall(r"\w+", row["draft"].lower())))
        if same not in met:
            met.add(same)
            yield row["id"], sent, row["draft"]


def seen(data: Path, counts: Counter[str]) -> Iterator[Seen]:
    """Every finding; `counts` gets how many drafts there were, and how many without one."""
    for id, text, draft in pairs(data):
        found = held(text, draft)
        counts["drafts"] += 1
        counts["silent"] += not found.departures
        numbers: Counter[str] = Counter()
        for one in found.departures:
            numbers[one.finding.rule] += 1
            counts[one.finding.rule] += 1
            yield Seen(id, text, draft, one, numbers[one.finding.rule])


def sample(found: Iterable[Seen]) -> list[Seen]:
    """The findings in an order by hash: the first of them are a fair sample."""
    return sorted(found, key=lambda one: sha256(one.name.encode()).hexdigest())


def judged(path: Path) -> dict[str, str]:
    """The verdict of each finding that was judged, by its name."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])
    return {f"{id} {rule} {number}": verdict for id, rule, number, verdict, _ in rows}


def main() -> None:
    """Print findings, or with `--judged` how those that were judged stand now."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the evaluation sets")
    parser.add_argument("--show", type=int, default=200, help="findings to print")
    parser.add_argument("--judged", type=Path, help="the file of what was judged")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    found = list(seen(given.data, counts))
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    if given.judged:
        names = {one.name for one in found}
        verdicts = Counter(verdict for name, verdict in judged(given.judged).items() if name in names)
        print(", ".join(f"{verdict} {count}" for verdict, count in sorted(verdicts.items())))
        return
    for one in sample(found)[: given.show]:
        print(f"{one.name}\n  draft: {' '.join(one.draft.split())}\n  reply: {' '.join(one.template.split())}")
        print(f"  {one.found.finding.message}")


if __name__ == "__main__":
    main()
