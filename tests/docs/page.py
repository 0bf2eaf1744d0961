"""A page of the docs as a test takes it: its blocks, its files laid down, its commands run, its Python tried."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(?:#|//|<!--) (\S+\.(?:ya?ml|ini|md|csv|html|json))(?: -->)?\n")
SECONDS = re.compile(r"in \d+\.\d s")


def blocks_of(language: str, page: str) -> list[str]:
    """The blocks of a page in one language."""
    return [text for found, text in BLOCK.findall(page) if found == language]


def lay(folder: Path, text: str) -> Path:
    """A file that a page shows, under the name in its first line, which CSV and JSON do not keep."""
    named = FILE.match(text)
    assert named
    path = folder / named[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text[named.end() :] if path.suffix in (".csv", ".json") else text)
    return path


def lay_all(folder: Path, page: str) -> None:
    """The files that a page shows (the last of each name)."""
    named = [text for text in blocks_of("json", page) if FILE.match(text)]
    for text in blocks_of("yaml", page) + blocks_of("ini", page) + named:
        lay(folder, text)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command behind `$` in a block, and the lines below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        yield command, wanted


def printed(command: str, folder: Path) -> str:
    """What a command prints in a folder."""
    words = shlex.split(command)
    tool = Path(sys.executable).with_name(words[0])
    ran = subprocess.run(
        [str(tool) if tool.exists() else words[0], *words[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stdout


def walked(
    page: str,
    folder: Path,
    files: tuple[str, ...] = ("yaml", "csv"),
    same: Callable[[str], str] = lambda out: out,
) -> tuple[int, int]:
    """From top to bottom: its `files` are laid, its commands run, its Python tried; how many commands, how many lines.

    Each command prints the lines below it, as far as they are the `same`; each line of Python gives what stands below.
    """
    ran = lines = 0
    for language, text in BLOCK.findall(page):
        if language in files:
            lay(folder, text)
        elif language == "console":
            for command, wanted in commands(text):
                assert same(printed(command, folder)) == wanted, command
                ran += 1
        elif language == "python":
            result = tried(text)
            assert result.failed == 0, text
            lines += result.attempted
    return ran, lines


def tried(code: str, given: dict[str, object] | None = None) -> doctest.TestResults:
    """How many lines of Python were tried, and how many do not give what stands below them."""
    test = doctest.DocTestParser().get_doctest(code, {**(given or {})}, "page", None, 0)
    return doctest.DocTestRunner(verbose=False).run(test)
