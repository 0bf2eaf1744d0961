"""Packs in two languages hold writers to the same limits: a Dutch message may be as long as an English one."""

from __future__ import annotations

from typing import Any

import pytest

from cannedkit.lint.packs import read_pack
from cannedkit.model.rule import Rule
from cannedkit.settings import shipped

PACKS = {
    "Care": "Zorg",
    "Chat": "Gesprek",
    "Plain": "Helder",
    "English": "Taal",
    "Known": "Bekend",
    "Escape": "Uitweg",
    "Bot": "Robot",
    "Machine": "Machinaal",
    "Promise": "Belofte",
    "Inclusive": "Inclusief",
}
"""Packs of English -> their twins of Dutch."""

TWINS = {
    "Bot.NoDisclosure": "Robot.GeenVermelding",
    "Bot.NoPerson": "Robot.GeenMens",
    "Chat.Emoji": "Gesprek.Emoji",
    "Chat.Exclamations": "Gesprek.Uitroeptekens",
    "Chat.Length": "Gesprek.Lengte",
    "Chat.OneGreeting": "Gesprek.EenGroet",
    "Chat.PleaseTwice": "Gesprek.Alstublieft",
    "Chat.Questions": "Gesprek.Vragen",
    "Chat.SentenceLength": "Gesprek.Zinslengte",
    "Chat.Sentences": "Gesprek.Zinnen",
    "Machine.Passive": "Machinaal.Lijdend",
    "Machine.Politeness": "Machinaal.Beleefdheid",
    "Machine.WeNotI": "Machinaal.WijNietIk",
}
"""Rules with a limit -> their twins."""

ALONE = {"Machine.Contractions", "Care.UpsetDraft", "Known.SaidAgain", "Known.WrittenOtherwise"}
"""Rules with a limit that the other language has no twin of: Dutch has no contractions."""

LIMITS = ("max", "min", "least", "most", "turns")


def _limits(rule: Rule) -> dict[str, Any]:
    """The numbers that a rule allows, by the name of its option, without `turns: 1`, which is the draft alone."""
    told = {key: getattr(rule.options, key, None) for key in LIMITS}
    return {key: value for key, value in told.items() if value and (key, value) != ("turns", 1)}


RULES = {
    rule.id: rule for pair in PACKS.items() for name in pair for rule in read_pack(shipped() / "rules" / name).rules
}


@pytest.mark.parametrize(("english", "dutch"), TWINS.items(), ids=TWINS)
def test_twins_have_the_same_limits(english: str, dutch: str) -> None:
    """A rule and its twin allow the same number, on the same channels."""
    assert _limits(RULES[english])
    assert _limits(RULES[english]) == _limits(RULES[dutch])


def test_no_rule_with_a_limit_is_left_out() -> None:
    """Whoever writes a rule with a limit names its twin, or says that it has none."""
    counting = {id for id, rule in RULES.items() if _limits(rule)}
    assert counting - {*TWINS, *TWINS.values(), *ALONE} == set()
    assert counting >= ALONE
