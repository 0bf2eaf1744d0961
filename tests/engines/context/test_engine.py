"""The engine that weighs words by the words around them, with the model and the table that are shipped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.engines.context import changes, engine
from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Settings, Vocabulary
from cannedkit.sources import ENGINES


@pytest.fixture(scope="module")
def context() -> engine.Context:
    """The engine without a vocabulary."""
    return engine.open({}, Vocabulary())


def _mended(text: str, found: Finding) -> str:
    return text[: found.start] + found.fixes[0] + text[found.end :]


RIGHT = [
    ("Please let me know if [your|you're] unable to log in to the account.", "Confusion"),
    ("I can confirm that [you're|your] account has been updated.", "Confusion"),
    ("It is cheaper [then|than] the other one.", "Confusion"),
    ("You should [of|have] been able to see the page.", "VerbForm"),
]
"""What is written, and what is meant, in brackets; and the sort."""


def _sides(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("[")
    pair, _, after = rest.partition("]")
    wrong, _, right = pair.partition("|")
    return before + wrong + after, before + right + after


@pytest.mark.parametrize(("marked", "sort"), RIGHT)
def test_a_mistake_is_found_once_and_mended(context: engine.Context, marked: str, sort: str) -> None:
    """One finding for a mistake; its rule names the sort, its first fix gives what is meant, which is then clean."""
    wrong, right = _sides(marked)
    found = context.check(Draft(wrong, "en-US"))
    assert [one.rule for one in found] == [f"Context.{sort}"]
    assert _mended(wrong, found[0]) == right
    assert found[0].sources == (found[0].rule,)
    assert not found[0].safe
    assert context.check(Draft(right, "en-US")) == []
