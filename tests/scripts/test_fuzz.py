"""The fuzzers: the same input for the same number, every form of a grammar, and no fault that goes untold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from cannedkit.kinds import KINDS
from scripts.fuzz import seeds, workers
from scripts.fuzz.inputs import made
from scripts.fuzz.targets import TARGETS
from scripts.fuzz.workers import Open, Task, cost, opened, tried
from tests.scripts import misbehaving

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_told_by_its_number(name: str) -> None:
    """Target, seed and number make the same bytes each time, another seed others; most inputs differ."""
    target = TARGETS[name]
    first = [made(name, target.seeds(), target.grammar, 1, number) for number in range(60)]
    assert first == [made(name, target.seeds(), target.grammar, 1, number) for number in range(60)]
    assert first != [made(name, target.seeds(), target.grammar, 2, number) for number in range(60)]
    assert len(set(first)) > 40


@pytest.mark.parametrize("name", TARGETS)
def test_a_grammar_is_whole(name: str) -> None:
    """Each symbol that a form names has forms, and the first of them lead to an end."""
    grammar = TARGETS[name].grammar
    named = {symbol for ways in grammar.values() for way in ways for symbol in re.findall("«([a-z]+)»", way)}
    assert named <= set(grammar)
    plain = {symbol: set(re.findall("«([a-z]+)»", ways[0])) for symbol, ways in grammar.items()}
    ended: set[str] = set()
    while more := {symbol for symbol, needs in plain.items() if needs <= ended} - ended:
        ended |= more
    assert ended == set(grammar)


def test_every_kind_of_rule_is_tried() -> None:
    """A kind that is added has a rule among the seeds, or a form in the grammar."""
    rules = TARGETS["rules"]
    forms = {form.partition("\n")[0] for form in rules.grammar["kind"]}
    assert set(KINDS) <= forms | set(re.findall(r"^extends: (\S+)$", b"\n".join(rules.seeds()).decode(), re.MULTILINE))


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """The target of a name, open."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    with warnings.catch_warnings():
        yield opened(Task(request.param, seed=7), tmp_path)


@pytest.mark.parametrize("target", TARGETS, indirect=True)
def test_a_reader_takes_what_is_tried(target: Open) -> None:
    """None of the first inputs of a target is a fault."""
    assert [fault for number in range(20) if (fault := cost(target.run, target.make(number), target.clean)[1])] == []


KEPT = [path for path in sorted(seeds.KEPT.rglob("*")) if path.is_file()]


@pytest.mark.parametrize(
    ("target", "path"),
    [(path.parent.name, path) for path in KEPT],
    ids=[f"{path.parent.name}/{path.name}" for path in KEPT],
    indirect=["target"],
)
def test_what_was_kept(target: Open, path: Path) -> None:
    """Inputs that were written by hand, or found a fault, are none today."""
    assert cost(target.run, path.read_bytes(), target.clean)[1] == ""


@pytest.mark.parametrize(
    ("way", "what"),
    [
        ("raises", r"KeyError: 'x' in raises \(misbehaving.py:\d+\)"),
        ("crashes", "it ended its process with code -11"),
        ("leaves", "SystemExit: 0 in leaves .*"),
        ("fills", "MemoryError: .*"),
        ("says_nothing", "CannedkitError says nothing"),
        ("warns", "FutureWarning: w in warns .*"),
        ("waits", "it did not come back within 2 s"),
        ("returns", None),
        ("refuses", None),
    ],
)
def test_what_an_input_may_not_do(monkeypatch: pytest.MonkeyPatch, way: str, what: str | None) -> None:
    """A traceback, a crash, memory, a warning and a wait are faults of their input; the one behind it is tried."""
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    found = tried(Task(way, count=2, module=misbehaving.__name__))
    assert found.inputs == 2
    assert [fault.number for fault in found.faults] == ([] if what is None else [0, 1])
    assert all(re.fullmatch(what or "", fault.what) for fault in found.faults)


def test_time_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """More CPU time than an input may take is a fault, whatever comes of it."""
    monkeypatch.setattr(workers, "SECONDS", 0.01)
    assert cost(lambda data: sum(range(10**7)), b"")[1].startswith("it took")


def test_the_command(tmp_path: Path) -> None:
    """It prints a line for each target and one for all; a count is shared out; one input can be run again."""
    command = [
        sys.executable,
        "-m",
        "scripts.fuzz",
        "--target",
        "answers",
        "--target",
        "edits",
        "--keep",
        str(tmp_path),
    ]
    done = subprocess.run([*command, "--count", "31"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"^(\w+) +(\d+) inputs, 0 faults", done.stdout, re.MULTILINE) == [
        ("answers", "15"),
        ("edits", "16"),
        ("all", "31"),
    ]
    again = subprocess.run([*command, "--number", "3"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert again.stdout.startswith("b'")
    assert len(list(tmp_path.iterdir())) == 1
