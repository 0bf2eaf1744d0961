"""The rule of docs/rules.md that asks what hangs on what."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.words import pipelines
from tests.conftest import Run
from tests.docs.page import ROOT, lay_all

NEEDS = frozenset({"DEP", "TAG"})


@pytest.mark.skipif(
    bool(NEEDS - pipelines.at_hand("en", {}, NEEDS).gives), reason="no trained pipeline of English is installed"
)
def test_the_tree_of_the_page_keeps_its_examples(run: Run, tmp_path: Path) -> None:
    """What the rule says that it finds it finds, and lets pass the rest, in a catalogue that names its pack."""
    lay_all(tmp_path, (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"))
    (tmp_path / "cannedkit.yaml").write_text("packs: [Inn]\n")
    ran = run("rules", "test", "Inn", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "1 rule, 4 examples: no problems.\n")
