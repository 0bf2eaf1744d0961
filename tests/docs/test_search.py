"""The page about search: from top to bottom its files are written, its commands run and its Python tried."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.docs.test_readme import BLOCK, ROOT, _run

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "search.md").read_text()
NAME = re.compile(r"# (\S+\.yaml)\n")


def test_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints the lines below it, and each line of Python what stands below that."""
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, text in BLOCK.findall(PAGE):
        if language == "yaml":
            path = tmp_path / NAME.match(text)[1]  # type: ignore[index]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif language == "jsonl":
            (tmp_path / "asked.jsonl").write_text(text)
        elif language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, wanted = part.partition("\n")
                assert _run(command, tmp_path) == wanted, command
                ran += 1
        else:
            test = doctest.DocTestParser().get_doctest(text, {}, "search", "search.md", 0)
            result = doctest.DocTestRunner().run(test)
            assert (result.attempted, result.failed) == (5, 0)
    assert ran == 7
