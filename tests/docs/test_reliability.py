"""The pages about attacks and endurance tell what the scripts try, and what they show is run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.scenarios import __main__ as scenarios
from scripts.scenarios.run import Place, Ran, refused, sound, told
from scripts.soak import SOAKS

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_each_soak_stands_on_the_page() -> None:
    """With its full count, and no figure of a try that did not hold."""
    rows = re.findall(r"^\| ([a-z-]+) \| [^|]+ \| ([\d,]+) \| ([\d,]*) ?\| ([\d,]*) ?\|$", RELIABILITY, re.MULTILINE)
    assert {name: whole for name, whole, _, _ in rows} == {name: f"{one.count:,}" for name, one in SOAKS.items()}
    assert [name for name, _, tried, held in rows if tried != held] == []


@pytest.mark.parametrize("command", re.findall(r"^\$ python (.+)$", RELIABILITY, re.MULTILINE))
def test_commands_run(command: str) -> None:
    """Each command of the page does what it says, here with a tiny share."""
    small = {
        "--share 100": "--share 100000",
        "killed-init threads": "killed-init threads --share 1000",
        "--seconds 10": "--count 15",
    }
    for whole, part in small.items():
        command = command.replace(whole, part)
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_each_attack_stands_on_the_page() -> None:
    """The table has every scenario with its promise, tried three times at least, and each try held."""
    rows = re.findall(r"^\| ([^*|]+) \| ([^|]+) \| (\d+) \| (\d+) \|$", scenarios.written(SECURITY), re.MULTILINE)
    known = {
        name: " ".join((scenario.__doc__ or "").split())
        for group in scenarios.GROUPS.values()
        for name, scenario in group.items()
    }
    assert {name: holds for name, holds, _, _ in rows} == known
    assert len(rows) >= 45
    assert [name for name, _, tried, held in rows if tried != held or int(tried) < 3] == []


def test_an_attack_is_run(tmp_path: Path) -> None:
    """A scenario runs for real; one that does not hold is told, and makes the exit code 1."""
    command = [sys.executable, "-m", "scripts.scenarios", "links among rules", "dates and amounts at the ends"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    assert "2 attacks, 19 tries, 19 held." in done.stdout


@pytest.mark.parametrize(
    ("ran", "wrong"),
    [
        (Ran("", "", 2, 0.1), ""),
        (Ran("", "Traceback (most recent call last)", 2, 0.1), "a traceback"),
        (Ran("", "a fault of cannedkit itself", 2, 0.1), "a traceback"),
        (Ran("", "x", 0, 0.1), "exit 0"),
        (Ran("", "", -11, 0.1), "signal 11"),
        (Ran("zyxwv", "", 2, 0.1), "outside"),
        (Ran("", "", 2, 99), "99.0 s"),
    ],
)
def test_what_is_not_sound(ran: Ran, wrong: str) -> None:
    """A traceback, another code, a crash, a secret and time are what a try can go wrong by."""
    assert wrong in sound(ran)
    assert bool(sound(ran)) == bool(wrong)


def test_what_must_be_said() -> None:
    """An error that is not told, is told of another file, or hides the other findings does not hold."""
    ran = Ran('{"errors": [{"path": "a.yml", "reason": "x"}], "findings": [{"rule": "A.B"}]}', "", 2, 0.1)
    assert told(ran, "x") == refused(ran, "a.yml", "x", others=["A.B"]) == ""
    assert "does not say" in told(ran, "other")
    assert "is no error" in refused(ran, "b.yml")
    assert "others found" in refused(ran, "a.yml", others=["C.D"])


def test_a_run_is_that_of_the_program(tmp_path: Path) -> None:
    """What a scenario runs is cannedkit itself, in a repository with one finding."""
    place = Place(tmp_path)
    ran = place.run(place.new(), "lint", "d.txt", "--format", "json")
    assert (ran.code, ran.rules, ran.errors) == (1, ["Own.Awful"], [])
    assert place.run(place.new(), "lint", "-", stdin=b"awful").code == 1
    assert "Traceback" in place.run(place.new(), "check", before=lambda: 1 / 0).err
