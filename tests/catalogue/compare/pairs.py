"""Pairs of an approved body and a draft, each with the rules that must find something in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cannedkit.catalogue.compare.hold import Held, hold
from cannedkit.catalogue.compare.side import side
from cannedkit.catalogue.compare.wordings import Given, sides
from cannedkit.model.response import Variable

HERE = Path(__file__).parent
VARIABLES = {
    name: Variable(name, type, {"": (sample,)})
    for name, type, sample in (
        ("amount", "money", "€5.00"),
        ("day", "date", "2026-05-14"),
        ("item", "text", "chair"),
        ("month", "text", "May"),
        ("order", "order-id", "48213"),
        ("time", "text", "noon"),
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One pair; `finds` counts the rules, without `Compare.`."""

    kind: str
    locale: str
    approved: str
    draft: str
    finds: Counter[str]


def rows(name: str) -> Iterator[Row]:
    """The pairs of a file beside this one."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, locale, approved, draft, finds = line.replace("\\n", "\n").split("\t")
            yield Row(kind, locale, approved, draft, Counter(filter(None, finds.split(","))))


def held(row: Row) -> Held:
    """What is found in the draft of a pair."""
    given = Given(VARIABLES, {}, {})
    draft = side(row.draft, row.locale)
    found = (hold(draft, approved, {}) for approved in sides(row.approved, row.locale, "text", given))
    return min(found, key=lambda one: (one.apart, -one.likeness))


def rules(found: Held) -> Counter[str]:
    """How often each rule found something, without `Compare.`."""
    return Counter(one.finding.rule.partition(".")[2] for one in found.departures)
