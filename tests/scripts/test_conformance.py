"""The rule engine against the findings of the real Vale 3.22.0."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft
from scripts import conformance

pytestmark = pytest.mark.data

LEAST = {
    "existence": 99.5,
    "substitution": 99.5,
    "occurrence": 99.5,
    "repetition": 99.5,
    "conditional": 99.5,
    "consistency": 99.5,
    "metric": 99.5,
    "readability": 99.5,
    "capitalization": 99.5,
    "sequence": 99.5,
    "spelling": 99.0,
}
"""A kind -> the percentage of rows that must be equal: rule, place, match, level and message."""


@pytest.fixture(scope="session")
def outcome(data: Path) -> conformance.Outcome:
    """What Vale found and what cannedkit finds, all packages, with its own dictionaries alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DICPATH", raising=False)
        return conformance.compare(data.parent / "vale-conformance")


@pytest.mark.parametrize("kind", LEAST)
def test_kinds_find_what_vale_finds(outcome: conformance.Outcome, kind: str) -> None:
    """Each kind finds what Vale finds, at the same place and in the same words."""
    assert conformance.tallies(outcome, "kind")[kind].share >= LEAST[kind]


def test_only_known_kinds_of_rule_are_off(outcome: conformance.Outcome) -> None:
    """Every rule of the packages loads; off are scripts, and nothing else."""
    assert all("runs a script" in reason for reason in outcome.off)


def test_most_rules_are_perfect(outcome: conformance.Outcome) -> None:
    """Every rule that runs is equal to Vale's in all rows, but for a title of several lines and an empty summary."""
    differ = {
        name
        for name, tally in conformance.tallies(outcome, "rule").items()
        if (tally.missing or tally.extra) and outcome.kinds.get(name, "") != "script"
    }
    assert differ <= {"Probe.CaTitle", "Probe.OcMin"}


@pytest.mark.parametrize("name", ["Microsoft", "Elastic", "Probe"])
def test_the_automaton_changes_nothing(data: Path, name: str) -> None:
    """With all rules in one automaton the same is found as by each rule alone."""
    folder = data.parent / "vale-conformance"
    packs, settings = conformance.package(folder / "styles", name)
    linter = lint.build(settings, packs, forgiving=True)
    texts = conformance.inputs(folder)
    for text in list(texts.values())[:: max(1, len(texts) // 60)]:
        draft = Draft(text)
        together, _ = linter.by_rules(draft)
        alone = [finding for check in linter.checks for finding in lint.run_alone(check, draft)]
        assert sorted(together) == sorted(alone)
