"""What rules propose: the sentences that `instead` quotes are ones that our own packs let pass."""

from __future__ import annotations

import re

import pytest

from cannedkit.kit import Kit
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Level
from cannedkit.settings import shipped

ENGLISH = "Bot Care Chat Escape Inclusive Known Machine Plain Privacy Promise Typography".split()
QUOTED = re.compile(r'"([^"]{12,})"')
"""A sentence in `instead`; what is shorter is words to use, not a text to send."""

PROPOSED = [
    (rule.id, text)
    for name in ENGLISH
    for rule in read_pack(shipped() / "rules" / name).rules
    for text in QUOTED.findall(rule.instead)
]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """A kit with every pack and no proofreader, whose texts are emails: proposals may be in several sentences."""
    folder = tmp_path_factory.mktemp("kit")
    (folder / "cannedkit.yaml").write_text("engines: {}\nchannels: {email: {}}\n")
    return Kit.load(folder)


@pytest.mark.parametrize(("rule", "text"), PROPOSED, ids=[f"{rule}-{text[:20]}" for rule, text in PROPOSED])
@pytest.mark.parametrize("mood", ["neutral", "upset"])
def test_what_a_rule_proposes_passes(kit: Kit, rule: str, text: str, mood: str) -> None:
    """No warning and no error stands on a sentence that a rule says to write instead, whatever the mood."""
    found = kit.lint(text, channel="email", mood=mood)
    assert [(one.rule, text[one.start : one.end]) for one in found if one.level >= Level.WARNING] == []


def test_there_are_proposals() -> None:
    """Most rules propose a sentence, so that the test above tests something."""
    assert len(PROPOSED) > 100
