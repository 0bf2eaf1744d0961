"""The kind `register`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.errors import RuleError
from tests import rulefiles

HEAD = "extends: register\nmessage: '%s is %s, not %s'\nignorecase: true\n"
DUTCH = HEAD + "forms: {je: [je, jij, jouw], u: [u, uw]}\n"
FRENCH = HEAD + "forms: {tu: [tu, toi, ton, ta, tes], vous: [vous, votre, vos]}\n"
SPANISH = HEAD + "forms: {tú: [tú, ti, tu, tus, tienes, puedes], usted: [usted, su, sus]}\n"
GERMAN = (
    "extends: register\nmessage: '%s is %s, not %s'\nforms: {du: [du, dir, dich, dein], Sie: [Sie, Ihnen, Ihre?]}\n"
)
TELUGU = HEAD + "nonword: true\nforms: {మీరు: [మీరు, మీకు, మీ(?= )], నువ్వు: [నువ్వు, నీకు, నీ(?= )]}\n"
THAI = HEAD + "nonword: true\nforms: {polite: [ค่ะ, คะ(?!แนน), ครับ], plain: [จ้ะ, จ้า, น่ะ]}\n"


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        (DUTCH, "Uw lamp is er. Wilt u hem ophalen?", []),
        (DUTCH, "Uw lamp is er. Wil je hem ophalen?", ["je is je, not u"]),
        (DUTCH, "Uw lamp is er. Kom je? Neem jouw bon mee.", ["Uw is u, not je"]),
        (FRENCH, "Ta lampe est là. Pouvez-vous passer, ou veux-tu attendre ?", ["vous is vous, not tu"]),
        (SPANISH, "Tú tienes la lámpara, y usted el recibo.", ["usted is usted, not tú"]),
        (GERMAN, "Deine Lampe ist da, und sie ist schön. Kommst du?", []),
        (GERMAN, "Hast du Zeit? Dann kommen Sie. Ich gebe dir den Bon.", ["Sie is Sie, not du"]),
        (TELUGU, "మీరు రండి. మీకు చెబుతాను. నువ్వు ఆగు.", ["నువ్వు is నువ్వు, not మీరు"]),
        (THAI, "ของมาแล้วค่ะ รอสักครู่นะคะ เดี๋ยวมาจ้ะ", ["จ้ะ is plain, not polite"]),
        (THAI, "ได้ 5 คะแนน ขอบคุณจ้า", []),
    ],
)
def test_two_forms_in_one_draft(tmp_path: Path, rule: str, text: str, wanted: list[str]) -> None:
    """The form that stands less often, or later, is found; a draft of one form passes."""
    assert [found.message for found in rulefiles.findings(tmp_path, rule, text)] == wanted


def test_the_form_of_the_house(tmp_path: Path) -> None:
    """With `form` every word of another form is found, also where the draft holds no word of the right one."""
    assert rulefiles.matches(tmp_path, DUTCH + "form: u\n", "Kom je? Neem jouw bon mee, of uw pas.") == ["je", "jouw"]
    assert rulefiles.matches(tmp_path, DUTCH + "form: je\n", "Neem uw pas mee.") == ["uw"]


def test_a_house_rule_extends_the_shipped_one(tmp_path: Path) -> None:
    """A brand chooses its form in a file of two lines that extends the rule of a pack."""
    house = "extends: Gesprek.JeEnU\nmessage: wij zeggen u\nform: u\nlimit: 0\n"
    assert rulefiles.matches(tmp_path, house, "Kom je? Neem jouw bon mee.", locale="nl") == ["je", "jouw"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("ของมาแล้วค่ะ วันนี้ส่งให้ที่บ้าน", []), ("ของมาแล้ว วันนี้ส่งให้ที่บ้าน ", [29]), ("ได้แล้ว", [])],
)
def test_a_required_form(tmp_path: Path, text: str, wanted: list[int]) -> None:
    """A draft of enough words without the required form is found at its end, a shorter one is left alone."""
    rule = THAI + "form: polite\nrequired_from: 6\n"
    assert [found.start for found in rulefiles.findings(tmp_path, rule, text, locale="th")] == wanted


def test_exceptions_are_let_pass(tmp_path: Path) -> None:
    """A name that holds a word of the other form is no slip."""
    rule = DUTCH + "exceptions: [Thuis bij je]\n"
    assert rulefiles.matches(tmp_path, rule, "Uw bon is van Thuis bij je.") == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "needs two `forms` or more"),
        ("forms: {u: [u]}", "needs two `forms` or more"),
        ("forms: {je: [je], u: [u]}\nform: jij", "`form` names none of `forms`: 'jij'; known: je, u"),
        ("forms: {je: [je], u: [u]}\nrequired_from: 5", "`required_from` needs `form`"),
        ("forms: {je: ['('], u: [u]}", "in the regular expression"),
    ],
)
def test_faults_are_named(tmp_path: Path, options: str, message: str) -> None:
    """A rule that cannot work says what is missing or wrong."""
    with pytest.raises(RuleError, match=message):
        rulefiles.linter(tmp_path, {"Rule": f"extends: register\nmessage: m\n{options}\n"})
