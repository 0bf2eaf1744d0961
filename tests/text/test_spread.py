"""Work spread over processes comes back whole, in order, with its errors."""

from __future__ import annotations

import os

import pytest

from cannedkit.text import spread as forks


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "_processors", lambda: 2)


def test_results_are_in_order() -> None:
    """The results are those of the items, in order, however many processes did the work."""
    assert forks.spread(lambda item: item * 2, list(range(101)), least=10) == [item * 2 for item in range(101)]


def test_several_processes_work() -> None:
    """Enough items are spread over processes; a few are done by this one alone."""
    assert len(set(forks.spread(lambda _: os.getpid(), list(range(20)), least=10))) == 2
    assert forks.spread(lambda _: os.getpid(), list(range(19)), least=10) == [os.getpid()] * 19


def test_what_a_fork_raises_is_raised_here() -> None:
    """An error in another process is the caller's error, with its own type."""
    with pytest.raises(ZeroDivisionError):
        forks.spread(lambda item: 1 / (19 - item), list(range(20)), least=10)
