"""What rules find in and across responses is remembered, and whatever they look at is seen when it changes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cannedkit.kit import Kit
from cannedkit.lint.catalogue import CatalogueLinter
from cannedkit.model.result import Review
from tests.conftest import Write

DAY = date(2026, 6, 1)
FILES = {
    "cannedkit.yaml": "packs: [Catalogue]\nengines: {}\nlocales: [en, nl]\nfacts: facts.yaml\noffers: offers.yaml\n",
    "facts.yaml": "days: {value: 14, until: 2026-05-01}\nunused: 3\n",
    "offers.yaml": "late: {kind: credit, max: €5.00, condition: late, until: 2026-06-30}\n",
    "responses/variables.yaml": "name: {samples: [Ana]}\nother: {samples: [Bo]}\n",
    "responses/a.yaml": (
        "one: {review_by: 2026-05-02, body: {en: 'Hi {{ name }}, it takes {{ facts.days }} days to refund a card.', "
        "nl: 'Dag {{ name }}, het duurt 15 dagen.'}}\n"
        "two: {offer: late, body: {en: 'We give you \"\\0 €5 back.', nl: Dag.}}\n"
    ),
    "responses/b.yaml": (
        "three: {review_by: 2026-05-02, body: {en: 'Hi, it takes {{ facts.days }} days to refund a card.', nl: Dag.}}\n"
    ),
}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A number for each time that the rules looked at a catalogue: of how many responses."""
    found: list[int] = []
    of_catalogue = CatalogueLinter.of_catalogue

    def seen(self: CatalogueLinter, reading: Any, *rest: Any) -> Any:
        found.append(len(reading.catalogue.responses))
        return of_catalogue(self, reading, *rest)

    monkeypatch.setattr(CatalogueLinter, "of_catalogue", seen)
    return found


def _check(root: Path, kept: Path | None, today: date = DAY, **more: Any) -> Review:
    review = Kit.load(root).check(cache=kept is not None, cache_dir=kept, today=today, **more)
    return replace(review, seconds=0)


def test_a_second_run_finds_the_same_and_looks_no_more(write: Write, tmp_path: Path, looked: list[int]) -> None:
    """Findings, places and all that stands beside them, with a place in another file and a text hard to keep."""
    root = write(FILES)
    anew = _check(root, None)
    assert (
        len({one.finding.rule for one in anew.findings if one.finding.rule.startswith(("Catalogue.", "Review."))}) > 2
    )
    for _ in range(2):
        assert _check(root, tmp_path / "kept") == anew
    assert looked == [3, 3]


OFFER = "{kind: credit, max: €1.00, condition: never}"
CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": lambda root: _replace(root / "responses/b.yaml", "refund", "send back"),
    "a line": lambda root: _replace(root / "responses/a.yaml", "one:", "\none:"),
    "a key": lambda root: _replace(root / "responses/b.yaml", "2026-05-02", "2026-07-02"),
    "a variable": lambda root: _replace(root / "responses/variables.yaml", "other", "another"),
    "a fact": lambda root: _replace(root / "facts.yaml", "2026-05-01", "2026-07-01"),
    "a fact's line": lambda root: _replace(root / "facts.yaml", "days", "\ndays"),
    "an offer": lambda root: _replace(
        root / "offers.yaml", "late: ", "never: {kind: credit, max: €1.00, condition: never}\nlate: "
    ),
    "a level": lambda root: _replace(root / "cannedkit.yaml", "engines", "levels: {Catalogue: off}\nengines"),
    "a file": lambda root: (root / "responses/b.yaml").rename(root / "responses/c.yaml"),
}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(write: Write, tmp_path: Path, change: str) -> None:
    """Whatever of the catalogue changes, what is remembered is what is found anew."""
    root = write(FILES)
    _check(root, tmp_path / "kept")
    CHANGES[change](root)
    for _ in range(2):
        assert _check(root, tmp_path / "kept") == _check(root, None)


def test_the_day_is_seen(write: Write, tmp_path: Path) -> None:
    """What is late on another day is told on that day."""
    root = write(FILES)
    for day in (DAY, date(2026, 4, 1), DAY):
        assert _check(root, tmp_path / "kept", day) == _check(root, None, day)
    assert _check(root, None, date(2026, 4, 1)) != _check(root, None)


def test_a_part_is_another_than_the_whole(write: Write, tmp_path: Path) -> None:
    """A file of the catalogue has what touches it, also from what is remembered."""
    root = write(FILES)
    for only in (None, root / "responses/a.yaml", root / "responses/b.yaml", None):
        assert _check(root, tmp_path / "kept", only=only) == _check(root, None, only=only)


def test_it_is_known_in_another_place(write: Write, tmp_path: Path, looked: list[int]) -> None:
    """A checkout elsewhere has the same findings at its own paths, and nothing is looked at again."""
    root = write(FILES)
    _check(root, tmp_path / "kept")
    other = tmp_path / "elsewhere" / "shop"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("kept", "elsewhere"))
    again = _check(other, tmp_path / "kept")
    assert looked == [3]
    assert again == _check(other, None)
    assert {one.place.path for one in again.findings if one.response} <= {str(one) for one in other.rglob("*.yaml")}


def test_any_edits_in_any_order(write: Write, tmp_path: Path) -> None:
    """After each of many edits, some of them undone, what is remembered is what is found anew."""
    root = write(FILES)
    chance = random.Random(7)  # noqa: S311 - for the same edits each time
    words = ["refund", "card", "Hi", "takes", "send"]
    for _ in range(12):
        path = root / chance.choice(["responses/a.yaml", "responses/b.yaml"])
        old, new = chance.sample(words, 2)
        path.write_text(path.read_text().replace(old, new))
        assert _check(root, tmp_path / "kept") == _check(root, None)
