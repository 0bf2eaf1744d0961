"""Rules of one language that have a twin in another ask the same of a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from cannedkit.model.rule import Rule

TWINS: Mapping[str, str] = {
    "Chat.Length": "Gesprek.Lengte",
    "Chat.Sentences": "Gesprek.Zinnen",
    "Chat.SentenceLength": "Gesprek.Zinslengte",
    "Chat.Questions": "Gesprek.Vragen",
    "Chat.QuestionPile": "Gesprek.VragenStapel",
    "Care.Blame": "Zorg.Verwijt",
    "Care.CalmDown": "Zorg.Kalmeer",
    "Care.CheeryOpener": "Zorg.VrolijkeOpening",
    "Care.InsiderTerms": "Zorg.Vakpraat",
    "Care.NobodyDidIt": "Zorg.NiemandDeedHet",
    "Care.NonApology": "Zorg.SchijnExcuus",
    "Care.OrderUpset": "Zorg.BevelBoos",
    "Care.OverFamiliar": "Zorg.TeFamiliair",
    "Care.PolicyWall": "Zorg.Beleid",
    "Care.Sarcasm": "Zorg.Spot",
    "Care.StockLines": "Zorg.Sjablonen",
    "Care.Unexplained": "Zorg.Onverklaard",
    "Care.UpsetClosing": "Zorg.BoosSlot",
    "Care.UpsetDraft": "Zorg.BoosConcept",
    "Care.UpsetNothing": "Zorg.BoosNiets",
    "Care.VagueTime": "Zorg.VageTijd",
    "Escape.HoldInTalk": "Uitweg.WachtenInGesprek",
    "Escape.HoldWay": "Uitweg.WachtenAnders",
    "Escape.OnlyNo": "Uitweg.AlleenNee",
    "Escape.PersonAfterBot": "Uitweg.MensNaBot",
    "Escape.Refusal": "Uitweg.Weigering",
    "Known.PromisePassed": "Bekend.BelofteVoorbij",
    "Known.SaidAgain": "Bekend.NogEens",
    "Known.SaysNothing": "Bekend.ZegtNiets",
    "Known.Silence": "Bekend.Stilte",
    "Known.WrittenOtherwise": "Bekend.AndersGeschreven",
    "Manner.OnlyNo": "Uitweg.NeeZonderMeer",
    "Plain.HiddenVerbs": "Helder.Naamwoordstijl",
    "Plain.Wordy": "Helder.Omslachtig",
    "Privacy.OtherPerson": "Privacy.AnderePersoon",
    "Privacy.OurAffairs": "Privacy.OnzeZaken",
    "Promise.Money": "Belofte.Geld",
}
"""Rules in English -> those that ask the same in Dutch."""

LIMITS = ("max", "min", "limits", "least", "most", "share", "bots", "silence", "dated")
"""Options that hold a number or a choice, which no language changes."""


@cache
def rules() -> Mapping[str, Rule]:
    """The shipped rules by id."""
    from cannedkit.lint.packs import read_pack
    from cannedkit.settings import shipped

    packs = (read_pack(folder) for folder in sorted((shipped() / "rules").iterdir()) if folder.is_dir())
    return {rule.id: rule for pack in packs for rule in pack.rules}


@pytest.mark.parametrize("english", TWINS)
def test_twins_weigh_the_same(english: str) -> None:
    """A twin has the level of its English rule."""
    assert rules()[english].level == rules()[TWINS[english]].level


@pytest.mark.parametrize("english", TWINS)
def test_twins_have_the_same_limits(english: str) -> None:
    """A twin counts to the same number, and holds in the same moods and channels; only the language differs."""
    ours, theirs = rules()[english], rules()[TWINS[english]]
    assert _limits(ours) == _limits(theirs)
    assert _where(ours) == _where(theirs)


def _limits(rule: Rule) -> Mapping[str, object]:
    return {name: getattr(rule.options, name) for name in LIMITS if hasattr(rule.options, name)}


def _where(rule: Rule) -> set[tuple[str, tuple[str, ...], bool]]:
    return {(one.key, tuple(one.values), one.negated) for one in rule.where if one.key != "locale"}
