"""The kind `said-again`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cannedkit.model.draft import Draft, Turn
from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = "extends: said-again\nmessage: '%s'\nshare: 0.8\nleast: 4\nidle: [please, the]\n"


@pytest.mark.parametrize(
    ("before", "text", "again"),
    [
        ("Your parcel left York today.", "Your parcel left York today.", True),
        ("Your parcel left York today.", "Hi! Your parcels left york today!", True),
        ("You can't move it once it's packed.", "You cannot move it once it is packed.", True),
        ("We'll ring you on Monday.", "We will ring you on Monday, Jo.", True),
        ("Please press the red button twice.", "Press red button twice.", True),
        ("Your parcel left York today.", "Today York left your parcel.", False),
        ("Your parcel left York today.", "Your parcel is in Leeds.", False),
        ("Thanks a lot.", "Thanks a lot.", False),
    ],
)
def test_a_sentence_said_again(tmp_path: Path, before: str, text: str, again: bool) -> None:
    """The words count, in their order, whatever their form; a few of them are no sentence."""
    assert bool(rulefiles.matches(tmp_path, RULE, text, history=(Turn("agent", before),))) == again


@pytest.mark.parametrize(
    ("more", "by", "again"),
    [
        ("", "agent", True),
        ("", "bot", True),
        ("", "customer", False),
        ("by: bot\n", "agent", False),
        ("by: bot\n", "bot", True),
        ("like: [parcel]\n", "agent", True),
        ("like: [lamp]\n", "agent", False),
        ("except: [parcel]\n", "agent", False),
    ],
)
def test_whose_sentences_count(tmp_path: Path, more: str, by: str, again: bool) -> None:
    """What the customer said may be repeated; `by`, `like` and `except` say what else."""
    text = "Your parcel left York today."
    assert bool(rulefiles.matches(tmp_path, RULE + more, text, history=(Turn(by, text),))) == again


def test_the_finding_is_the_sentence(tmp_path: Path) -> None:
    """What is new beside it is left alone."""
    history = (Turn("agent", "I looked. Your parcel left York today."),)
    found = rulefiles.matches(tmp_path, RULE, "I see. Your parcel left York today. It is late.", history=history)
    assert found == ["Your parcel left York today."]


def test_a_long_conversation(tmp_path: Path) -> None:
    """Only so many sentences and words are compared: time grows with the draft alone."""
    history = (Turn("agent", "one two three four five six seven. " * 2_000),)
    linter = rulefiles.linter(tmp_path, {"Rule": RULE})
    began = time.process_time()
    linter.results(Draft("seven six five four three two one. " * 100, history=history))
    assert time.process_time() - began < 10


@pytest.mark.parametrize("share", ["0", "1.1", "-1"])
def test_a_share_is_a_share(tmp_path: Path, share: str) -> None:
    """A share that no sentence could have is an error."""
    with pytest.raises(RuleError, match="must be over 0 and at most 1"):
        rulefiles.linter(tmp_path, {"Rule": RULE.replace("0.8", share)})
