"""The page about a writer's day: from top to bottom its files are written, its commands run and its Python tried."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.page import BLOCK, ROOT, SECONDS, commands, lay, printed, tried

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "writing.md").read_text()
APPROVED = re.compile(r"(approved (?:by \S+|it) on) \d{4}-\d\d-\d\d")


def _same(text: str) -> str:
    """A text without what differs from run to run: the seconds, and the day of an approval."""
    return APPROVED.sub(r"\1", SECONDS.sub("", text))


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it; those of the pull request pass; Python prints what stands below it."""
    monkeypatch.chdir(tmp_path)
    ran = guards = 0
    for language, text in BLOCK.findall(PAGE):
        if language in ("yaml", "csv"):
            path = lay(tmp_path, text)
            for guard in re.findall(r"- run: (cannedkit .+)", path.read_text()):
                tool, *words = guard.split()
                done = subprocess.run([Path(sys.executable).with_name(tool), *words], capture_output=True, check=False)
                assert done.returncode == 0, done.stdout
                guards += 1
        elif language == "console":
            for command, wanted in commands(text):
                assert _same(printed(command, tmp_path)) == _same(wanted), command
                ran += 1
        else:
            assert tried(text) == (0, 3)
    assert (ran, guards) == (19, 2)


def test_each_page_that_it_names_is_there() -> None:
    """No link of the page is broken, and the rule that it tells to look up can be explained."""
    assert all((ROOT / "docs" / name).is_file() for name in re.findall(r"\]\((\w+\.md)\)", PAGE))
    [rule] = re.findall(r"`(cannedkit rules explain \S+)`", PAGE)
    assert printed(rule, ROOT).startswith("Plain.PlainWords: suggestion")
