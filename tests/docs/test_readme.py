"""The README and the docs: every command, file and line of Python in them is run, and prints what they say."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
CHANNELS = (ROOT / "docs" / "channels.md").read_text()
RULES = (ROOT / "docs" / "rules.md").read_text()
FIX = (ROOT / "docs" / "fix.md").read_text()
VALE = (ROOT / "docs" / "vale.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+\.(?:ya?ml|ini))\n")
SECONDS = re.compile(r"in \d+\.\d s")


def _blocks(language: str, page: str = README) -> list[str]:
    return [text for found, text in BLOCK.findall(page) if found == language]


def _write(folder: Path, page: str) -> None:
    """The files that a page shows (the last of each name)."""
    for text in _blocks("yaml", page) + _blocks("ini", page):
        path = folder / FILE.match(text)[1]  # type: ignore[index]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the README shows (the last of each name), and its draft."""
    _write(tmp_path, README)
    draft = _blocks("console")[0].partition("draft.txt\n")[2].partition("\n$ ")[0]
    (tmp_path / "draft.txt").write_text(draft + "\n")
    return tmp_path


def _run(command: str, folder: Path) -> str:
    words = shlex.split(command)
    tool = Path(sys.executable).with_name(words[0])
    ran = subprocess.run(
        [str(tool) if tool.exists() else words[0], *words[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stdout


def test_first_screen(folder: Path) -> None:
    """The run on the first screen prints what the README shows, word for word."""
    shown = _blocks("text")[0]
    (folder / "cannedkit.yaml").unlink()
    out = _run("cannedkit lint draft.txt --mood upset --known issue", folder)
    assert SECONDS.sub("", out) == SECONDS.sub("", shown)


def test_commands_print_what_is_shown(folder: Path) -> None:
    """Each command behind `$` prints the lines below it."""
    assert _ran(_blocks("console")[1:], folder) == 6


def test_commands_of_the_page_about_vale(tmp_path: Path) -> None:
    """Each command of the page about Vale prints the lines below it."""
    _write(tmp_path, VALE)
    [block] = _blocks("console", VALE)
    (tmp_path / "page.md").write_text(block.partition("page.md\n")[2].partition("$ ")[0])
    assert _ran([block], tmp_path) == 4


def test_commands_of_the_page_about_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the page about rules prints the lines below it, where its distribution is installed."""
    _write(tmp_path, RULES)
    [built] = [tomllib.loads(text)["project"] for text in _blocks("toml", RULES)]
    name, version = built["name"], built["version"]
    about = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"}
    [(group, points)] = built["entry-points"].items()
    about["entry_points.txt"] = "\n".join([f"[{group}]", *(f"{one} = {package}" for one, package in points.items())])
    installed = tmp_path / f"acme_style-{version}.dist-info"
    installed.mkdir()
    for file, text in about.items():
        (installed / file).write_text(text)
    (tmp_path / "acme_style" / "__init__.py").touch()
    [page] = _blocks("markdown", RULES)
    (tmp_path / "programme.md").write_text(page)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]))
    assert _ran(_blocks("console", RULES), tmp_path) == 7


def test_commands_of_the_page_about_channels(tmp_path: Path) -> None:
    """Each command of the page about channels prints the lines below it."""
    _write(tmp_path, CHANNELS)
    assert _ran(_blocks("console", CHANNELS), tmp_path) == 2


def test_commands_of_the_page_about_fixing(tmp_path: Path) -> None:
    """Each command of the page about fixing prints the lines below it and does to the file what the page shows."""
    _write(tmp_path, FIX)
    assert _ran(_blocks("console", FIX), tmp_path) == 4
    assert _blocks("text", FIX)[0] in (tmp_path / "responses" / "orders.yaml").read_text()


def test_lines_of_python_of_the_page_about_fixing(tmp_path: Path) -> None:
    """Each line of Python on that page prints what stands below it."""
    _write(tmp_path, FIX)
    _run("cannedkit fix --all", tmp_path)
    assert _tried(FIX, tmp_path) == (6, 0)


def _ran(blocks: list[str], folder: Path) -> int:
    """How many commands of some blocks ran; each must print the lines below it."""
    ran = 0
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, wanted = part.partition("\n")
            if command.startswith("pip "):
                continue
            out = _run(command, folder)
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
        test = doctest.DocTestParser().get_doctest("".join(_blocks("python", page)), {}, "page", "page.md", 0)
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
