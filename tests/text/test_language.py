"""The language of a text, and what is done with it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit import Kit
from cannedkit.text.language import languages, recognise
from tests.conftest import Run, Write

TEXTS = {
    "en": "I've looked at your account, and the lamp is on its way to you now.",
    "nl": "Ik heb uw bon bekeken, en de lamp komt morgen naar u toe.",
    "de": "Ich habe mir Ihren Fall angesehen, und die Lampe kommt morgen zu Ihnen nach Hause.",
    "fr": "J’ai regardé votre dossier, et la lampe est en route pour votre magasin.",
    "es": "He mirado su cuenta, y la lámpara está en camino a su tienda de usted.",
    "it": "Ho guardato il suo conto, e la lampada è in arrivo per lei oggi da noi.",
    "pt": "Eu olhei a sua conta, e a lâmpada está com o senhor na loja do centro hoje.",
    "th": "ร้านส่งโคมไฟให้แล้วค่ะ",
    "te": "దీపం రేపు మీ ఇంటికి వస్తుంది.",
    "el": "Η λάμπα έρχεται αύριο.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_reply_is_recognised(language: str) -> None:
    """A reply of a sentence or two is in its own language, whatever else it could be."""
    assert recognise(TEXTS[language], languages()) == language


def test_the_answer_is_a_locale_of_those_given() -> None:
    """The first given locale of the language is the answer; none where the language is not among them."""
    assert recognise(TEXTS["nl"], ("en-GB", "nl-BE", "nl")) == "nl-BE"
    assert recognise(TEXTS["nl"], ("en-GB", "de")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hi Sam!",
        "OK 🎮 12345",
        "Black Friday Early Access",
        "Zwirnex Blorft Flumm Qwertz Asdfg Yxcvb Hjkl Poiuz",
        "The lamp is hier in de winkel for you en uw bon",
    ],
)
def test_in_doubt_nothing_is_said(text: str) -> None:
    """Short texts, names, codes and mixtures have no language."""
    assert recognise(text, languages()) == ""


@given(text=st.text(max_size=300))
def test_any_text_has_one_language_or_none(text: str) -> None:
    """Any text gives a language that is known, or none, and the same twice."""
    assert recognise(text, languages()) in ("", *languages())
    assert recognise(text, languages()) == recognise(text, languages())


def test_a_body_under_the_wrong_locale_is_found(write: Write, run: Run) -> None:
    """`check` finds a body whose text is in another language than its locale."""
    folder = write(
        {
            "cannedkit.yaml": "locale: en\nlocales: [en, nl]\nengines: {}\n",
            "responses/lamp.yaml": f"sent:\n  body:\n    en: {TEXTS['nl']}\n    nl: {TEXTS['nl']}\n",
        }
    )
    found = json.loads(run("check", "--format", "json", cwd=folder).out)["findings"]
    wrong = [one for one in found if one["rule"] == "Language.Locale"]
    assert [(one["locale"], one["level"]) for one in wrong] == [("en", "warning")]
    assert "reads as nl" in wrong[0]["message"]


def test_a_draft_without_a_locale_is_read_in_its_language(write: Write, run: Run) -> None:
    """`lint` takes a draft in the language that it is clearly in, says so, and looks with that language's packs."""
    folder = write({"draft.txt": "Hun hebben de lamp gisteren naar de winkel van uw zoon gebracht.\n"})
    ran = run("lint", "--no-engines", "--format", "json", "draft.txt", cwd=folder)
    report = json.loads(ran.out)
    assert "Taal.HunHen" in [one["rule"] for one in report["findings"]]
    assert report["checked"]["engines"] == {"nl": []}
    assert "draft.txt is taken as nl by its words" in ran.err
    told = run("lint", "--no-engines", "--locale", "nl", "--format", "json", "draft.txt", cwd=folder)
    assert json.loads(told.out)["findings"] == report["findings"]
    assert told.err == ""


def test_a_line_says_which_locale_it_was_taken_in(write: Write, run: Run) -> None:
    """`lint --jsonl` adds the locale to an answer where it was not given and is not that of the settings."""
    folder = write({"cannedkit.yaml": "locale: en\nlocales: [en, nl-BE]\n"})
    lines = [{"id": 1, "text": TEXTS["nl"]}, {"id": 2, "text": TEXTS["en"]}, {"id": 3, "text": "x", "locale": "nl"}]
    stdin = "\n".join(map(json.dumps, lines)).encode()
    answers = [
        json.loads(line)
        for line in run("lint", "--no-engines", "--jsonl", "-", cwd=folder, stdin=stdin).out.splitlines()
    ]
    assert [answer.get("locale") for answer in answers] == ["nl-BE", None, None]


def test_kit_keeps_to_a_locale_that_is_given(write: Write) -> None:
    """A locale that is given is taken, whatever the text says."""
    kit = Kit.load(write({}), with_engines=False)
    assert kit.draft(TEXTS["nl"]).locale == "nl"
    assert kit.draft(TEXTS["nl"], locale="en-GB").locale == "en-GB"
    assert kit.draft("Dag!").locale == "en"


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "key", "language"),
    [("star_drafts.jsonl.gz", "draft", "en"), ("clean_gov.jsonl.gz", "text", "en"), ("lt_nl.jsonl", "text", "nl")],
)
def test_no_real_text_is_taken_for_another_language(data: Path, name: str, key: str, language: str) -> None:
    """None of thousands of real lines is taken for another language."""
    raw = (data / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    assert {recognise(row[key], languages()) for row in rows} <= {"", language}
