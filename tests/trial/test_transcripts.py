"""Conversations that went wrong, one for each group of things customers say of chat: what must be found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cannedkit.kit import Kit
from cannedkit.model.draft import Finding, Level
from cannedkit.yamlsource import read as yamlsource
from cannedkit.yamlsource.schema import plain

FOLDER = Path(__file__).parent / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """The shipped packs, without proofreaders."""
    return Kit.load(tmp_path_factory.mktemp("nowhere"), with_engines=False)


def _read(path: Path) -> dict[str, Any]:
    root = yamlsource.read(str(path), path.read_bytes()).root
    assert root is not None
    told: dict[str, Any] = plain(root)
    return told


def _lint(kit: Kit, told: dict[str, Any], text: str) -> list[Finding]:
    """The findings of a text under the circumstances of the transcript."""
    return kit.lint(
        text,
        locale=told.get("locale", "en"),
        channel=told.get("channel", "chat"),
        mood=told.get("mood"),
        known=told.get("known", []),
        history=[{"by": by, "text": said} for turn in told.get("history", []) for by, said in turn.items()],
    )


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_draft_is_stopped(kit: Kit, path: Path) -> None:
    """Each rule that a transcript names finds the words it names in the bad draft, and the draft warrants a warning."""
    told = _read(path)
    found = _lint(kit, told, told["draft"])
    spans = {(one.rule, told["draft"][one.start : one.end]) for one in found}
    assert spans >= set(told["findings"].items())
    assert max(one.level for one in found) >= Level.WARNING


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_better_draft_passes(kit: Kit, path: Path) -> None:
    """The better answer to the same conversation is found by no rule at warning or above."""
    told = _read(path)
    found = _lint(kit, told, told["better"])
    assert [(one.rule, told["better"][one.start : one.end]) for one in found if one.level >= Level.WARNING] == []
