"""What rooms hand to each other, and processes too."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.result import FileFinding

FOUND = Finding(1, 4, "Pack.Rule", Level.ERROR, "what is wrong", ("fix",), True, ("Pack.Rule", "Harper.Rule"))
HERE, THERE = Place("a.yaml", 1, 2, 3, 4), Place("b.yaml", 5, 6, 7, 8)
PLACED = FileFinding(
    FOUND, HERE, "shop/sent", "en", ("chat",), 2, "subject", ("typical",), "txt", (THERE,), ("before ", " behind")
)


@pytest.mark.parametrize("value", [FOUND, HERE, PLACED])
def test_nothing_is_lost_between_processes(value: Finding | Place | FileFinding) -> None:
    """What is sent to another process, or kept on disk, comes back with every field."""
    blank = [field.name for field in fields(value) if getattr(value, field.name) in ("", (), 0, False)]
    assert not blank
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - what was pickled a moment ago
