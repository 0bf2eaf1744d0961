"""The kind `alphabet`: plain twins for what costs an SMS its alphabet, where they save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.channels.sms import is_short_alphabet
from cannedkit.lint.linter import build
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Settings
from cannedkit.settings import shipped
from tests import rulefiles

RULE = 'extends: alphabet\nmessage: \'%s for %s (%s)\'\nswap: {"’‘": "\'", …: ...}\n'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It's here...", []),
        ("It’s here…", [("’", "'"), ("…", "...")]),
        ("It’s here ’til 6", [("’", "'"), ("’", "'")]),
        ("It’s here 🎉", []),
        ("It’s here – now", []),
        ("It’s here, Zoë", []),
    ],
)
def test_twins_are_offered_where_they_save_the_alphabet(
    tmp_path: Path, text: str, wanted: list[tuple[str, str]]
) -> None:
    """Each is a safe fix of its own character, all together fit, and none is offered where another one decides."""
    found = rulefiles.findings(tmp_path, RULE, text, channel="sms")
    assert [(text[one.start : one.end], one.fixes[0]) for one in found] == wanted
    assert all(one.safe for one in found)
    for one in reversed(found):
        text = text[: one.start] + one.fixes[0] + text[one.end :]
    assert not found or is_short_alphabet(text)


def test_the_character_is_named(tmp_path: Path) -> None:
    """The message has the twin, the character, its code point and its name."""
    (found,) = rulefiles.findings(tmp_path, RULE, "It’s")
    assert found.message == "' for ’ (U+2019 right single quotation mark)"


@pytest.mark.parametrize(
    ("swap", "reason"),
    [
        ("", "an alphabet rule needs `swap`"),
        ("swap: {a: b}", "leads from no long alphabet to the short one"),
        ("swap: {’: ‘}", "leads from no long alphabet to the short one"),
    ],
)
def test_a_swap_that_gains_nothing_is_refused(tmp_path: Path, swap: str, reason: str) -> None:
    """A character of the short alphabet needs no twin, and a twin must be of it."""
    with pytest.raises(RuleError, match=reason):
        rulefiles.check(tmp_path, f"extends: alphabet\nmessage: m\n{swap}\n")


def test_no_character_is_found_twice() -> None:
    """What the rule about twins offers one for, the rule about all others leaves to it."""
    pack = read_pack(shipped() / "rules" / "Sms")
    linter = build(Settings(root=Path.cwd(), engines={}), [pack])
    (twins,) = [rule.options.swap for rule in pack.rules if rule.kind == "alphabet"]
    for character in twins:
        found = linter.lint(Draft(f"It is{character}in York", channel="sms"))
        assert [one.rule for one in found] == ["Sms.LongAlphabet"], character
