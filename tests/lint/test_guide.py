"""Advice: which rules it is of, in which order, and what it shows of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.kit import Kit
from cannedkit.lint import guide
from cannedkit.model.draft import Level
from cannedkit.model.result import Advice

HEAD = "extends: existence\nmessage: '%s'\ntokens: [awful]\n"
RULES = {
    "Alpha": "why: a\nbad: ['so [[awful]]', 'b']\ngood: [near miss, right]\n",
    "Beta": "level: error\nwhy: b\ninstead: say this\nbad: ['an\n\n  [[awful]] day']\ngood: [x]\n",
    "Gone": "level: off\n",
    "Hidden": "",
    "Upset": "where: {mood: upset, channel: {not: sms}}\nwhy: u\n",
}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A house with rules of each sort."""
    (tmp_path / "cannedkit.yaml").write_text(
        "packs: [House, Catalogue]\nengines: {}\nchannels: {chat: {}, sms: {}}\nlevels: {House.Hidden: off}\n"
    )
    (tmp_path / "rules" / "House").mkdir(parents=True)
    for name, own in RULES.items():
        (tmp_path / "rules" / "House" / f"{name}.yml").write_text(HEAD + own)
    return Kit.load(tmp_path)


def test_rules_that_are_on_give_advice(kit: Kit) -> None:
    """By level, each with its first bad line and what to write: what is off, and what reads no drafts, is left out."""
    assert kit.guide() == (
        Advice("House.Beta", Level.ERROR, "b", "an awful day", "say this"),
        Advice("House.Alpha", Level.WARNING, "a", "so awful", "right"),
        Advice("House.Upset", Level.WARNING, "u", "", "", ("mood upset", "channel not sms")),
    )


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        ({"mood": "angry"}, ("channel not sms",)),
        ({"mood": "upset", "channel": "chat"}, ()),
        ({"mood": "neutral"}, None),
        ({"channel": "sms"}, None),
    ],
)
def test_circumstances_leave_out_what_does_not_hold(
    kit: Kit, asked: dict[str, str], when: tuple[str, ...] | None
) -> None:
    """A rule for other circumstances is left out; what was not asked for is said."""
    found = [one.when for one in kit.guide(**asked) if one.rule == "House.Upset"]
    assert found == ([] if when is None else [when])


def test_of_one_level_the_commoner_fault_comes_first(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that real texts break more often come before those that they break less, and those before the others."""
    monkeypatch.setattr(guide, "_often", lambda: {"House.Upset": 0.5})
    assert [one.rule for one in kit.guide()] == ["House.Beta", "House.Upset", "House.Alpha"]


def test_the_table_names_rules_that_are_shipped() -> None:
    """Each line of the table is a rule of a shipped pack, with how often it was found."""
    known = {rule.id for pack in Kit.load(Path("/")).packs() for rule in pack.rules}
    table = guide._often()
    assert len(table) > 50
    assert set(table) <= known
    assert all(often > 0 for often in table.values())
