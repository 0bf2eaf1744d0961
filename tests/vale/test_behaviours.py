"""What Vale 3.22 does on its command line, recorded: how much of it `lint --vale` does too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts import vale_cases

pytestmark = [pytest.mark.data, pytest.mark.checkout]

LEAST = 0.9
"""Share of the cases that apply that must pass."""


@pytest.mark.parametrize("suite", [vale_cases.scenarios, vale_cases.cases])
def test_most_cases_pass(
    data: Path, suite: Callable[[Path], Iterator[vale_cases.Outcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least 90 % of the recorded scenarios and of Vale's end-to-end cases that apply come out the same."""
    folder = data.parent / "vale-conformance"
    monkeypatch.setenv("DICPATH", str(folder / "dictionary"))
    applying = [one for one in suite(folder) if one.passed is not None]
    failed = [f"{one.id}: {one.reason}" for one in applying if not one.passed]
    assert len(applying) > 50
    assert 1 - len(failed) / len(applying) >= LEAST, failed
