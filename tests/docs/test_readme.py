"""The README and the docs: every command, file and line of Python in them is run, and prints what they say."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.docs.page import ROOT, SECONDS, blocks_of, commands, lay_all, printed

pytestmark = pytest.mark.checkout

README = (ROOT / "README.md").read_text()
CHANNELS = (ROOT / "docs" / "channels.md").read_text()
RULES = (ROOT / "docs" / "rules.md").read_text()
FIX = (ROOT / "docs" / "fix.md").read_text()
VALE = (ROOT / "docs" / "vale.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the README shows (the last of each name), and its draft."""
    lay_all(tmp_path, README)
    draft = blocks_of("console", README)[0].partition("draft.txt\n")[2].partition("\n$ ")[0]
    (tmp_path / "draft.txt").write_text(draft + "\n")
    return tmp_path


def test_first_screen(folder: Path) -> None:
    """The run on the first screen prints what the README shows, word for word."""
    shown = blocks_of("text", README)[0]
    (folder / "cannedkit.yaml").unlink()
    out = printed("cannedkit lint draft.txt --mood upset --known issue", folder)
    assert SECONDS.sub("", out) == SECONDS.sub("", shown)


def test_commands_print_what_is_shown(folder: Path) -> None:
    """Each command behind `$` prints the lines below it."""
    assert _ran(blocks_of("console", README)[1:], folder) == 8


def test_commands_of_the_page_about_vale(tmp_path: Path) -> None:
    """Each command of the page about Vale prints the lines below it."""
    lay_all(tmp_path, VALE)
    [block] = blocks_of("console", VALE)
    (tmp_path / "page.md").write_text(block.partition("page.md\n")[2].partition("$ ")[0])
    assert _ran([block], tmp_path) == 4


def test_commands_of_the_page_about_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the page about rules prints the lines below it, where its distribution is installed."""
    lay_all(tmp_path, RULES)
    [built] = [tomllib.loads(text)["project"] for text in blocks_of("toml", RULES)]
    name, version = built["name"], built["version"]
    about = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"}
    [(group, points)] = built["entry-points"].items()
    about["entry_points.txt"] = "\n".join([f"[{group}]", *(f"{one} = {package}" for one, package in points.items())])
    installed = tmp_path / f"acme_style-{version}.dist-info"
    installed.mkdir()
    for file, text in about.items():
        (installed / file).write_text(text)
    (tmp_path / "acme_style" / "__init__.py").touch()
    [page] = blocks_of("markdown", RULES)
    (tmp_path / "programme.md").write_text(page)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]))
    assert _ran(blocks_of("console", RULES), tmp_path) == 9


def test_commands_of_the_page_about_channels(tmp_path: Path) -> None:
    """Each command of the page about channels prints the lines below it."""
    lay_all(tmp_path, CHANNELS)
    assert _ran(blocks_of("console", CHANNELS), tmp_path) == 2


def test_commands_of_the_page_about_fixing(tmp_path: Path) -> None:
    """Each command of the page about fixing prints the lines below it and does to the file what the page shows."""
    lay_all(tmp_path, FIX)
    assert _ran(blocks_of("console", FIX), tmp_path) == 4
    assert blocks_of("text", FIX)[0] in (tmp_path / "responses" / "orders.yaml").read_text()


def test_lines_of_python_of_the_page_about_fixing(tmp_path: Path) -> None:
    """Each line of Python on that page prints what stands below it."""
    lay_all(tmp_path, FIX)
    printed("cannedkit fix --all", tmp_path)
    assert _tried(FIX, tmp_path) == (6, 0)


def _ran(blocks: list[str], folder: Path) -> int:
    """How many commands of some blocks ran; each must print the lines below it."""
    ran = 0
    for block in blocks:
        for command, wanted in commands(block):
            if command.startswith("pip "):
                continue
            out = printed(command, folder)
            if wanted:
                assert SECONDS.sub("", out) == SECONDS.sub("", wanted), command
            ran += 1
    return ran


def test_library_lines(folder: Path) -> None:
    """Each line of Python prints what stands below it."""
    assert _tried(README, folder) == (6, 0)


def _tried(page: str, folder: Path) -> tuple[int, int]:
    """How many lines of Python on a page were tried in a folder, and how many printed something else."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        test = doctest.DocTestParser().get_doctest("".join(blocks_of("python", page)), {}, "page", "page.md", 0)
        result = doctest.DocTestRunner().run(test)
    finally:
        os.chdir(here)
    return result.attempted, result.failed


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize("target", ["check", "test"])
def test_make_targets(target: str) -> None:
    """The two commands of the README are targets of the Makefile."""
    ran = subprocess.run(["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_pages_that_are_linked_exist() -> None:
    """No link of the README to a page of the project is broken."""
    for page in re.findall(r"\]\((docs/[^)#]+)\)", README):
        assert (ROOT / page).is_file(), page
