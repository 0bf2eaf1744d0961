"""Units are linted by several processes, and nobody can tell by what is found."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.lint.linter import Linter, Results
from cannedkit.model.draft import Draft
from cannedkit.model.errors import InputError
from cannedkit.review import looking, unit
from cannedkit.text import spread
from tests.conftest import Run, Write
from tests.review.test_results import DAY, FILES


@pytest.fixture
def house(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of thirty replies, on a machine of four processors, where each text is worth a process."""
    monkeypatch.setattr(looking, "LEAST", 1)
    monkeypatch.setattr(spread, "_processors", lambda: 4)
    many = "".join(f"r{number}: {{body: {{en: In {number} days or later., nl: Dag.}}}}\n" for number in range(30))
    retired = "old: {status: retired, body: {en: Hello Acmepro., nl: Dag.}}\n"
    return write({**FILES, "responses/b.yaml": many + retired})


@pytest.mark.parametrize("jobs", [2, 3, 4, None])
def test_any_number_of_processes_finds_the_same(house: Path, tmp_path: Path, jobs: int | None) -> None:
    """Findings, errors and what was checked, in the same order; what they learn is remembered."""
    alone = Kit.load(house).check(jobs=1, cache=False, today=DAY)
    assert len(alone.findings) > 30
    for _ in range(2):
        review = Kit.load(house).check(jobs=jobs, cache_dir=tmp_path / "kept", today=DAY)
        assert replace(review, seconds=0) == replace(alone, seconds=0)


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_response_is_a_step(house: Path, jobs: int) -> None:
    """Progress reaches the end: a step for each response, retired or not, and none twice."""
    steps: list[None] = []
    kit = Kit.load(house)
    kit.check(jobs=jobs, cache=False, step=lambda: steps.append(None))
    assert len(steps) == len(kit.catalogue.responses) == 35


def test_what_a_process_leaves_undone_is_done(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is ended by the system sends nothing: its part is linted all the same."""
    alone = Kit.load(house).check(jobs=1, cache=False, today=DAY)
    look, parent = unit.look, os.getpid()

    def ended(*given: object) -> object:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "look", ended)
    review = Kit.load(house).check(jobs=4, cache=False, today=DAY)
    assert replace(review, seconds=0) == replace(alone, seconds=0)


@pytest.mark.parametrize(("jobs", "loads"), [(1, False), (3, True)])
def test_what_proofreaders_load_is_loaded_before_there_are_others(
    house: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, loads: bool
) -> None:
    """Before there are several processes each locale is proofread in this one, where nobody looks at what is found."""
    read: list[tuple[str, str]] = []
    proofread = Linter.proofread

    def noted(linter: Linter, draft: Draft) -> Results:
        read.append((draft.text, draft.locale))
        return proofread(linter, draft)

    monkeypatch.setattr(Linter, "proofread", noted)
    Kit.load(house).check(jobs=jobs, cache=False, today=DAY)
    assert (read[:2] == [("Read once.", "en"), ("Read once.", "nl")]) is loads


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "", "1.5", "9" * 40])
def test_a_number_that_is_none(run: Run, house: Path, jobs: str) -> None:
    """What is no number of processes is told, and how to write one."""
    ran = run("check", "--jobs", jobs, cwd=house)
    assert ("write `auto`, or a number such as 2" in ran.err, ran.code) == (True, 2)
    with pytest.raises(InputError, match="jobs"):
        Kit.load(house).check(jobs=0)
