"""The examples of a rule: what they may say of the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.lint.packs import examples
from cannedkit.model.draft import Turn
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Settings
from cannedkit.trial import selftest
from tests import rulefiles

RULE = "extends: known-facts\nmessage: m\nfacts: {room: {told: ['room \\d+'], again: [which room]}}\n"


def test_an_example_has_a_history(tmp_path: Path) -> None:
    """The earlier messages of an example are read oldest first, and its rule sees them."""
    history = "[{customer: I am in room 12}, {agent: Thanks}]"
    rule = f"{RULE}bad: [{{text: which room, history: {history}}}]\ngood: [{{text: which room, history: []}}]\n"
    pack = rulefiles.write(tmp_path, {"Rule": rule})
    assert examples(pack)["Test.Rule"].bad[0].history == (Turn("customer", "I am in room 12"), Turn("agent", "Thanks"))
    assert selftest.test([pack], Settings(root=tmp_path, engines={})) == ([], 2)


@pytest.mark.parametrize(
    ("history", "message"),
    [
        ("room 12", "`history` must be a list such as"),
        ("[room 12]", "`history` must be a mapping"),
        ("[{client: room 12}]", "unknown key `client` in `history`; known: agent, at, bot, customer"),
        ("[{customer: [a]}]", "must be put in quotes"),
    ],
)
def test_a_history_that_is_wrong(tmp_path: Path, history: str, message: str) -> None:
    """A history that is no list of what agent and customer said is an error with its place."""
    with pytest.raises(RuleError, match=message):
        rulefiles.write(tmp_path, {"Rule": f"{RULE}bad: [{{text: which room, history: {history}}}]\n"})
