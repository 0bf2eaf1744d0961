"""Drafts beside what was approved: each kind of slip is found, and a faithful draft is left alone."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from tests.catalogue.compare.pairs import HERE, Row, held, rows, rules

OPEN = tuple(rows("pairs.tsv"))
BACK = "pairs_back.tsv"
DIGEST = "76aa1d3628650a66f5de21b37eb409fabd215c502176dc5ac377047bba5e3e57"
KINDS = {"kept", "reordered", "number", "link", "dropped", "added", "negation", "modal", "paraphrase", "personal"}
FAITHFUL = {"kept", "reordered", "paraphrase", "personal"}


@pytest.mark.parametrize("row", OPEN, ids=[f"{row.kind}-{row.draft[:40]!r}" for row in OPEN])
def test_a_pair(row: Row) -> None:
    """A draft gets findings of the rules that it is there for, and of no other."""
    found = held(row)
    assert set(rules(found)) == set(row.finds), [one.finding.message for one in found.departures]


def test_the_pairs_are_of_every_kind() -> None:
    """At least 120 pairs, in English and Dutch, of every kind; half of them were never tuned on."""
    everything = [*OPEN, *rows(BACK)]
    assert len(everything) >= 120
    assert len(list(rows(BACK))) >= len(everything) * 0.45
    assert {row.kind for row in everything} >= KINDS
    assert Counter(row.locale for row in everything)["nl"] >= 25


def test_the_pairs_kept_back() -> None:
    """The pairs that were never tuned on are as they were written, and nine in ten come out right."""
    assert hashlib.sha256((HERE / BACK).read_bytes()).hexdigest() == DIGEST
    outcomes = [(row, set(rules(held(row))) == set(row.finds)) for row in rows(BACK)]
    assert sum(right for _, right in outcomes) >= 0.9 * len(outcomes)
    assert sum(not right for row, right in outcomes if row.kind in FAITHFUL) <= 3


def test_every_finding_lies_in_its_draft() -> None:
    """A finding's span lies in the draft, and what is beside it stands in the approved text."""
    for row in OPEN:
        for one in held(row).departures:
            assert 0 <= one.finding.start <= one.finding.end <= len(row.draft)
            words = one.approved.partition("{{")[0]
            assert words in row.approved
