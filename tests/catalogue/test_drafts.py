"""The replies in Thai and Telugu that wait for a speaker, and the packs that read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit import Kit
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import examples, read_pack
from cannedkit.model.draft import Draft, Level
from cannedkit.model.response import Response
from cannedkit.model.rule import Rule
from cannedkit.model.settings import Settings
from cannedkit.settings import shipped
from cannedkit.text.segment import graphemes

DRAFTS = Kit.load(shipped() / "drafts")
WAITING = list(DRAFTS.catalogue.responses.values())
ORIGINALS = Kit.load(shipped()).catalogue.responses

PACKS = {"th": "ThaiCare", "te": "TeluguCare"}
SCRIPTS = {"th": re.compile("[\u0e00-\u0e7f]"), "te": re.compile("[\u0c00-\u0c7f]")}
DIGITS = re.compile("[๐-๙౦-౯]")
PLACEHOLDER = re.compile(r"\{\{ ([\w.]+)|\{% if ([\w.]+)")
VOICE = {"facts.polite", "facts.polite_asking"}
KNOWN = ("issue", "order", "name", "phone", "email")

LINTERS = {
    locale: lint.build(Settings(root=Path.cwd(), engines={}), [read_pack(shipped() / "rules" / pack)])
    for locale, pack in PACKS.items()
}


def _rules(locale: str) -> list[Rule]:
    return [check.rule for check in LINTERS[locale].checks]


def _placeholders(text: str) -> set[str]:
    return {name for names in PLACEHOLDER.findall(text) for name in names if name}


def _english(id: str) -> str:
    bodies = [body for body in ORIGINALS[id].bodies if body.locale == "en" and body.channel in ("", "chat")]
    return bodies[0].text.value


def test_the_check_finds_nothing() -> None:
    """The replies pass the check of their own settings, with both packs on."""
    review = DRAFTS.check()
    assert (review.findings, review.errors) == ((), ())
    assert {"ThaiCare", "TeluguCare"} <= {pack.name for pack in DRAFTS.packs()}


def test_there_are_enough_of_them() -> None:
    """At least 60 replies in both languages, over at least 20 topics."""
    both = [one for one in WAITING if {body.locale for body in one.bodies} == {"th", "te"}]
    assert len(both) == len(WAITING) >= 60
    assert len({one.topic for one in both}) >= 20


@pytest.mark.parametrize("response", WAITING, ids=lambda response: response.id)
def test_a_reply_waits_for_a_speaker(response: Response) -> None:
    """Each is a draft with an owner, a day to look at it, and customers' messages in both languages."""
    assert response.status == "draft"
    assert response.owner
    assert response.review_by
    assert all(len(response.examples[locale]) >= 2 for locale in ("th", "te"))


@pytest.mark.parametrize("response", WAITING, ids=lambda response: response.id)
def test_a_reply_says_what_the_english_one_says(response: Response) -> None:
    """Each stands for a reply of the starter catalogue: same id, placeholders, mood and required facts."""
    original = ORIGINALS[response.id]
    assert (response.mood, response.requires) == (original.mood, original.requires)
    for body in response.bodies:
        assert _placeholders(body.text.value) - VOICE == _placeholders(_english(response.id)), body.locale


@pytest.mark.parametrize("response", WAITING, ids=lambda response: response.id)
def test_a_reply_keeps_to_its_script(response: Response) -> None:
    """A body holds its own script and not the other, and Arabic digits alone."""
    for body in response.bodies:
        other = "te" if body.locale == "th" else "th"
        assert SCRIPTS[body.locale].search(body.text.value)
        assert not SCRIPTS[other].search(body.text.value)
        assert not DIGITS.search(body.text.value)


def test_the_voice_of_the_brand_is_set_in_one_place() -> None:
    """No Thai body types a particle itself: two facts say for all of them whether a woman or a man speaks."""
    thai = [body.text.value for one in WAITING for body in one.bodies if body.locale == "th"]
    assert not [text for text in thai if re.search("ค่ะ|ครับ|คะ(?!แนน)", text)]
    assert all("{{ facts.polite" in text for text in thai)


@pytest.mark.parametrize("locale", PACKS)
def test_a_pack_has_enough_rules(locale: str) -> None:
    """Each of the two packs has at least 20 rules."""
    assert len(_rules(locale)) >= 20


EXAMPLES = {
    locale: [
        one.text
        for tried in examples(read_pack(shipped() / "rules" / pack)).values()
        for one in (*tried.bad, *tried.good)
    ]
    for locale, pack in PACKS.items()
}


@pytest.mark.parametrize("locale", PACKS)
@given(data=st.data())
def test_a_finding_never_cuts_a_letter_from_its_marks(locale: str, data: st.DataObject) -> None:
    """What a rule flags begins and ends between characters as a reader sees them, never before a vowel sign or tone."""
    texts = data.draw(st.lists(st.sampled_from(EXAMPLES[locale]), min_size=1, max_size=4))
    text = data.draw(st.sampled_from([" ", "\n", ""])).join(texts)
    edges = {start for start, _ in graphemes(text)} | {len(text)}
    mood = data.draw(st.sampled_from(["neutral", "upset"]))
    findings, failures = LINTERS[locale].by_rules(Draft(text, locale=locale, mood=mood, known=KNOWN))
    assert not failures
    assert [found for found in findings if not {found.start, found.end} <= edges] == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [("th", "ลองปรับท่านั่งก่อนถ่ายรูปนะคะ"), ("th", "กล่องใหญ่เท่านาฬิกาค่ะ"), ("te", "రేపు 9 వరకు నీళ్లు రావు.")],
)
def test_a_word_inside_another_is_not_that_word(locale: str, text: str) -> None:
    """ท่าน in ท่านั่ง or เท่านาฬิกา and నీ in నీళ్లు are other words, so nothing is found."""
    assert LINTERS[locale].by_rules(Draft(text, locale=locale)) == ([], [])


@pytest.mark.parametrize("size", [3_000, 90_000])
@pytest.mark.parametrize("unit", ["ค่ะครับ", "ขอที่", "ไม่สามารถ ", "ๆ", "మీరు ", "నీ మీ ", "1๒౩ "])
def test_long_drafts_take_no_rule_out_of_time(unit: str, size: int) -> None:
    """Text that repeats what rules look for, up to the longest draft, never runs a rule out of its time."""
    text = (unit * size)[:size]
    for locale, linter in LINTERS.items():
        assert linter.by_rules(Draft(text, locale=locale, known=KNOWN))[1] == []


@pytest.mark.data
@pytest.mark.parametrize("locale", PACKS)
def test_clean_replies_raise_no_alarm(locale: str, data: Path) -> None:
    """Replies that hold no sin of style get no warning from the pack of their language."""
    lines = (data / f"support/clean_{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = [found for row in rows for found in LINTERS[locale].by_rules(Draft(row["text"], locale=locale))[0]]
    assert rows
    assert [one for one in found if one.level >= Level.WARNING] == []
