"""The page about pull requests: its files are written, its commands run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_readme import BLOCK, ROOT, _run

PAGE = (ROOT / "docs" / "ci.md").read_text() if (ROOT / "docs" / "ci.md").exists() else ""
NAME = re.compile(r"# (\S+\.yaml)\n")
SECONDS = re.compile(r"in [0-9.]+ s\.")


@pytest.mark.checkout
def test_the_page_is_true(tmp_path: Path) -> None:
    """Each command prints the lines below it; only how long it took is another."""
    ran = 0
    for language, text in BLOCK.findall(PAGE):
        if language == "yaml":
            named = NAME.match(text)
            assert named
            path = tmp_path / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        else:
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, wanted = part.partition("\n")
                assert SECONDS.sub("in … s.", _run(command, tmp_path)) == wanted, command
                ran += 1
    assert ran == 8
