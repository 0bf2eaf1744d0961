"""What is tried a thousand times: the figures say what held, and what does not hold fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import soak
from scripts.soak import SOAKS, Figures, killed, line

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]


def test_a_line_says_what_was_tried() -> None:
    """It has the count in full where fewer were tried, and the first tries that did not hold."""
    assert line("a", Figures(5, 5, "note"), 1_000, 3.2) == "a: 5 of 1,000 tried, 5 held; note; 3 s"
    assert line("a", Figures(2, 1, "", ("1: broken",)), 2, 3.2) == "a: 2 tried, 1 held; 3 s\n  1: broken"


def test_a_command_is_ended_at_work() -> None:
    """Some of the runs end before their end, each in a folder of its own; what is wrong afterwards is told."""
    seen: set[Path] = set()

    def wrong(folder: Path) -> str:
        seen.add(folder)
        return "no settings" if not (folder / "cannedkit.yaml").exists() else ""

    before = dict(os.environ)
    found = killed(["init"], 12, wrong)
    assert (found.tried, len(seen), len(found.wrong)) == (12, 12, 12 - found.held)
    assert found.held < 12
    assert dict(os.environ) == before


def test_a_command_that_fails_is_no_figure() -> None:
    """A command that does not do its work when it is left alone says nothing when it is ended."""
    with pytest.raises(SystemExit, match="ends with 2"):
        killed(["check", "nowhere"], 1, lambda folder: "")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.languagetool if "languagetool" in name else ()) for name in SOAKS]
)
def test_the_command(name: str) -> None:
    """Each entry runs, says that it is a share of the count, and holds."""
    command = [sys.executable, "-m", "scripts.soak", name, "--share", str(SOAKS[name].count // 6 + 1)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{name}: " in done.stdout
    assert "One in " in done.stdout


def test_what_does_not_hold_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One try of many makes the exit code 1."""
    monkeypatch.setattr(soak, "SOAKS", {"a": soak.Soak(10, lambda count: Figures(count, count - 1, "", ("3: x",)))})
    monkeypatch.setattr(sys, "argv", ["soak"])
    assert soak.main() == 1
    assert capsys.readouterr().out.startswith("a: 10 tried, 9 held; 0 s\n  3: x")
