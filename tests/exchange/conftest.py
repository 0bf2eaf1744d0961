"""A stand-in for helpdesks, and `push` and `pull` against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.standin import TOKEN, Standin, standing
from tests.conftest import Ran, Run
from tests.exchange.helpdesk import Do


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    """A stand-in of its own for each test; nobody waits as long as it asks."""
    monkeypatch.setenv("HELPDESK_TOKEN", TOKEN)
    with standing() as here:
        yield here


@pytest.fixture
def do(run: Run, site: Standin, tmp_path: Path) -> Do:
    """Run `push` or `pull` in the folder of the test."""

    def done(command: str, system: str, *args: str) -> Ran:
        at = ("--url", getattr(site, system), "--token-env", "HELPDESK_TOKEN")
        return run(command, system, *at, *args, cwd=tmp_path)

    return done
