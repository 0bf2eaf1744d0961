"""Kinds that read the whole catalogue: what their rules' own examples do not show."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cannedkit import Kit, Review
from tests.conftest import Run, Write

TODAY = date(2026, 6, 1)
SETTINGS = "engines: {}\npacks: [Catalogue]\n"
ONE = "The carrier left your parcel at the post office, where it stays for a week."


def review(write: Write, files: dict[str, str], *, settings: str = SETTINGS, only: str = "") -> Review:
    """The review of a catalogue, or of one file of it."""
    root = write({"cannedkit.yaml": settings, **files})
    return Kit.load(root).check(today=TODAY, only=root / only if only else None)


def told(found: Review) -> list[str]:
    """The rule, the file and the response of each finding."""
    return [f"{one.finding.rule} {Path(one.place.path).name} {one.response}" for one in found.findings]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("extends: unused\n", "an unused rule needs `of`: facts, variables"),
        ("extends: clash\nof: titles\n", "`of` cannot be 'titles'"),
        ("extends: address\nof: reply\n", "an address rule needs `forms` by language, and `of`"),
        ("extends: contradiction\nacross: locales\n", "`across` cannot be 'locales'"),
        ("extends: duplicates\nmin: 0\n", "`min` must be a whole number"),
        ("extends: ended-facts\nof: facts\n", "`of` is no key of a rule that extends ended-facts"),
    ],
)
def test_a_rule_with_a_fault_is_refused(write: Write, rule: str, why: str) -> None:
    """What is wrong with a rule's keys is told at its place, with what is meant."""
    files = {"rules/Own/Bad.yml": f"message: m\n{rule}", "responses/a.yaml": "a: Hi\n"}
    (error,) = review(write, files, settings="engines: {}\npacks: [Own]\n").errors
    assert why in error.reason


def test_a_file_is_told_what_it_has_to_do_with(write: Write) -> None:
    """`check FILE` looks at the whole catalogue, and tells what stands in the file or is about a reply of it."""
    files = {
        "responses/a.yaml": f"a: {ONE}\n",
        "responses/b.yaml": f"b: {ONE}\n",
        "responses/c.yaml": "c: Hello there\n",
    }
    wanted = ["Catalogue.Duplicates b.yaml b/b"]
    assert told(review(write, files)) == wanted
    assert told(review(write, files, only="responses/b.yaml")) == wanted
    assert told(review(write, files, only="responses/a.yaml")) == wanted
    assert told(review(write, files, only="responses/c.yaml")) == []


def test_a_waiver_holds_for_what_is_found_across_replies(write: Write) -> None:
    """It stands at the reply that the finding is told of, also where another file is checked."""
    waiver = "waivers: [{rule: Catalogue.Duplicates, why: the law wants both, by: jo, until: 2026-12-31}]"
    files = {"responses/a.yaml": f"a: {ONE}\n", "responses/b.yaml": f"b: {{body: '{ONE}', {waiver}}}\n"}
    assert told(review(write, files)) == []
    assert told(review(write, files, only="responses/a.yaml")) == []


def test_what_is_found_beside_the_replies_stands_in_its_file(write: Write) -> None:
    """A fact that nobody prints is told in the file of facts, where the whole catalogue is checked."""
    files = {"facts.yaml": "fax: 555-0190\n", "responses/a.yaml": "a: Hello there\n"}
    assert told(review(write, files, settings=SETTINGS + "facts: facts.yaml\n")) == [
        "Catalogue.UnusedFacts facts.yaml "
    ]
    part = review(write, files, settings=SETTINGS + "facts: facts.yaml\n", only="responses/a.yaml")
    assert told(part) == []


def test_related_places_are_shown(write: Write, run: Run) -> None:
    """A person reads where the other reply stands, and JSON has its place."""
    root = write({"cannedkit.yaml": SETTINGS, "responses/a.yaml": f"a: {ONE}\nb: {ONE}\n"})
    assert "    also: responses/a.yaml:1:4\n" in run("check", cwd=root).out
    (found,) = json.loads(run("check", "--format", "json", cwd=root).out)["findings"]
    assert [(one["path"], one["line"], one["column"]) for one in found["related"]] == [("responses/a.yaml", 1, 4)]


def test_replies_that_nobody_chooses_between_are_no_duplicates(write: Write) -> None:
    """The same words for another mood, on another channel, or in another language are told of nobody."""
    text = f"""\
a: {{channels: chat, body: {{en: '{ONE}'}}}}
b: {{channels: chat, mood: upset, body: {{en: '{ONE}'}}}}
c: {{channels: email, body: {{en: '{ONE}'}}}}
"""
    settings = SETTINGS + "channels: {chat: {}, email: {}}\n"
    assert told(review(write, {"responses/a.yaml": text}, settings=settings)) == []


def test_a_retired_reply_still_needs_its_variables(write: Write) -> None:
    """A variable that a retired reply uses is not called unused, and a fact that only it prints is."""
    files = {
        "facts.yaml": "fax: 555-0190\n",
        "responses/variables.yaml": "name: {type: name}\n",
        "responses/a.yaml": "a: {status: retired, body: 'Hi {{ name }}, fax {{ facts.fax }}'}\nb: Hello there\n",
    }
    found = review(write, files, settings=SETTINGS + "facts: facts.yaml\n")
    assert told(found) == ["Catalogue.UnusedFacts facts.yaml "]


@pytest.mark.parametrize(
    ("replies", "wanted"),
    [
        (["U krijgt bericht.", "Uw geld is er.", "Wij bellen u.", "Kunt u dat zien?", "Kun je dat zien?"], ["je"]),
        (["U krijgt bericht.", "Uw geld is er.", "Wij bellen je.", "Kun je dat zien?"], []),
        (["U krijgt bericht.", "Kun je dat zien?"], []),
        (
            [
                "U krijgt bericht.",
                "Uw geld is er.",
                "Wij bellen u.",
                "Kunt u dat zien?",
                "Kies “Wil je meer?” of wacht.",
            ],
            [],
        ),
    ],
)
def test_the_form_of_the_house(write: Write, replies: list[str], wanted: list[str]) -> None:
    """Nearly all replies of several must keep to a form before one is held to it; what is quoted keeps to none."""
    text = json.dumps({f"r{number}": reply for number, reply in enumerate(replies)}, ensure_ascii=False)
    found = review(write, {"responses/a.yaml": text}, settings=SETTINGS + "locale: nl\n")
    assert [one.text for one in found.findings if one.finding.rule == "Catalogue.Address"] == wanted


def test_a_capital_at_the_start_of_a_sentence_says_nothing(write: Write) -> None:
    """In German "Sie" is polite within a sentence, and may be "they" at its start."""
    text = "a: Deine Schuhe sind da. Sie warten auf dich.\nb: Deine Schuhe sind da. Wir haben Sie erwartet.\n"
    found = review(write, {"responses/a.yaml": text}, settings=SETTINGS + "locale: de\n")
    assert [(one.response, one.text) for one in found.findings] == [("a/b", "Sie")]


def test_words_that_are_typed_alike(write: Write) -> None:
    """Case, accents, spaces and marks do not tell two examples apart; locales and required facts do."""
    text = """\
a: {examples: {en: [Where's my café?], nl: [waar]}, body: Aaa}
b: {examples: {en: [wheres my cafe], nl: [Waar?]}, body: Bbb}
c: {examples: [WHERES MY CAFE], requires: [order], body: Ccc}
"""
    found = review(
        write, {"responses/a.yaml": text}, settings=SETTINGS + "locales: [en, nl]\nlevels: {Catalogue.Locales: off}\n"
    )
    assert [(one.response, one.locale, one.place.line) for one in found.findings] == [
        ("a/b", "en", 2),
        ("a/b", "nl", 2),
    ]
