"""Drafts beside templates: the sample is fixed, and of what was judged by eye most is right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from scripts.compare import body, judged, sample, seen

pytestmark = pytest.mark.checkout

JUDGED = Path(__file__).parents[2] / "docs" / "judged-compare.tsv"


def _write(folder: Path, drafts: list[str]) -> None:
    """A set of one template, and some drafts for it."""
    template = {"key": "trip/late", "task": "trip", "label": "late", "text": "Your {thing:s} is late. It costs €5."}
    (folder / "star_templates.jsonl").write_text(json.dumps(template))
    import gzip

    with gzip.open(folder / "star_drafts.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, draft in enumerate(drafts):
            row = {"id": f"star-{number}", "tasks": ["trip"], "mode": "canned", "label": "late", "draft": draft}
            file.write(json.dumps(row) + "\n")


def test_each_text_is_looked_at_once(tmp_path: Path) -> None:
    """Drafts of less than four words, and those that differ in case and marks alone, are left out."""
    _write(tmp_path, ["Your tram is late.", "your TRAM is late", "late", "Your tram is late, it costs €5."])
    counts: Counter[str] = Counter()
    found = list(seen(tmp_path, counts))
    assert [one.name for one in found] == ["star-0 Compare.Dropped 1"]
    assert counts == {"drafts": 2, "silent": 1, "Compare.Dropped": 1}


def test_the_sample_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    """The findings come in an order of their own."""
    _write(tmp_path, [f"Your tram number {number} is late" for number in range(9)])
    found = list(seen(tmp_path, Counter()))
    assert sample(found) == sample(found[::-1]) != found


def test_slots_become_placeholders() -> None:
    """A slot with or without its form is a placeholder."""
    assert body("{a:s} and {b}") == "{{ a }} and {{ b }}"


def test_what_was_judged() -> None:
    """At least 200 findings were judged by eye, and 85 in a hundred are right."""
    verdicts = Counter(judged(JUDGED).values())
    assert set(verdicts) <= {"right", "arguable", "wrong"}
    assert sum(verdicts.values()) >= 200
    assert verdicts["right"] >= 0.85 * sum(verdicts.values())


@pytest.mark.data
def test_what_was_judged_is_still_found(request: pytest.FixtureRequest) -> None:
    """Of the findings that were judged right nine in ten are there; no more than were judged wrong are wrong."""
    verdicts = judged(JUDGED)
    names = {one.name for one in seen(Path(request.config.getoption("--data")), Counter())}
    right = [name for name, verdict in verdicts.items() if verdict == "right"]
    assert sum(name in names for name in right) >= 0.9 * len(right)
