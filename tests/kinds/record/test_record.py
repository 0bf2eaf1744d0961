"""Kinds that read a response: what their rules' own examples do not show."""

from __future__ import annotations

from datetime import date

import pytest

from cannedkit import Kit, Review
from tests.conftest import Write

TODAY = date(2026, 6, 1)
SETTINGS = "engines: {}\npacks: [Catalogue]\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n"


def review(write: Write, text: str, *, settings: str = SETTINGS, **files: str) -> Review:
    """The review of a catalogue with one file of responses; `files` by name without its ending."""
    more = {f"{'responses/' if name == 'variables' else ''}{name}.yaml": found for name, found in files.items()}
    named = "".join(f"{name}: {name}.yaml\n" for name in files if name != "variables")
    root = write({"cannedkit.yaml": settings + named, "responses/a.yaml": text, **more})
    return Kit.load(root).check(today=TODAY)


def told(found: Review) -> list[str]:
    """Rules and places of what was found."""
    assert found.errors == ()
    return [f"{one.finding.rule} {one.place.line}:{one.place.column} {one.part}" for one in found.findings]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("extends: ended\n", "an ended rule needs `of`: review_by or offer"),
        ("extends: ended\nof: owner\n", "`of` cannot be 'owner'"),
        ("extends: parity\nof: link\n", "a parity rule needs `of` and `across`"),
        ("extends: parity\nof: links\nacross: locales\n", "`of` cannot be 'links'; did you mean `link`?"),
        ("extends: parity\nof: link\nacross: topics\n", "`across` cannot be 'topics'"),
        ("extends: requires\nof: link\n", "`of` is no key of a rule that extends requires"),
        ("extends: alike\nmin: many\n", "`min` must be a whole number"),
        ("extends: untranslated\nmin: 0\n", "`min` must be a whole number"),
        ("extends: wordings\n", "a wordings rule needs `like`"),
    ],
)
def test_a_rule_with_a_fault_is_refused(write: Write, rule: str, why: str) -> None:
    """What is wrong with a rule's keys is told at its place, with what is meant."""
    write({"rules/Own/Bad.yml": f"message: m\n{rule}"})
    (error,) = review(write, "a: {status: draft, body: Hi}\n", settings="engines: {}\npacks: [Own]\n").errors
    assert why in error.reason
    assert error.path.endswith("rules/Own/Bad.yml")


def test_what_lacks_in_a_locale_points_to_where_it_stands(write: Write) -> None:
    """A finding at the end of the text that lacks something is also about the place in the other locale that has it."""
    text = "a:\n  body:\n    en: It comes at 8pm.\n    nl: Het komt.\n"
    (found,) = review(write, text).findings
    assert (found.finding.rule, found.place.line, found.place.column, found.text) == ("Catalogue.Dates", 4, 18, "")
    assert [(place.line, place.column, place.end_column) for place in found.related] == [(3, 21, 24)]


def test_a_subject_is_compared_with_the_subject(write: Write) -> None:
    """The numbers of a letter's subject are held against those of the other locale's subject."""
    text = """\
a:
  channels: email
  body:
    en: {subject: Your 3 lamps, body: They left today.}
    nl: {subject: Uw 4 lampen, body: Ze zijn vandaag vertrokken.}
"""
    assert told(review(write, text)) == ["Catalogue.Numbers 5:22 subject"]


def test_each_pair_of_texts_is_compared_once(write: Write) -> None:
    """A body that serves several channels is not told once for each of them."""
    text = """\
a:
  body:
    en: Within 14 days.
    nl: {any: Binnen 10 dagen., email: {subject: S, body: Binnen 14 dagen.}}
"""
    assert told(review(write, text)) == ["Catalogue.Numbers 4:22 body"]


def test_a_figure_that_stands_twice_is_told_once(write: Write) -> None:
    """A value that the other text lacks is one finding, where it stands first."""
    text = """\
a:
  body:
    en: It is free at first.
    nl: De eerste 30 dagen gratis, en na die 30 dagen niet.
"""
    assert told(review(write, text)) == ["Catalogue.Numbers 4:19 body"]


def test_a_placeholder_in_a_branch_is_not_missed(write: Write) -> None:
    """What a text tests it may print or not; a name that it uses in a condition is used."""
    text = """\
a:
  body:
    en: It is {{ colour }}.
    nl: Het is {% if colour == 'red' %}rood{% else %}grijs{% endif %}.
"""
    assert told(review(write, text, variables="colour: {samples: [red, grey]}\n")) == []


def test_a_link_that_is_another_fact_is_no_slip(write: Write) -> None:
    """Two addresses of the company may be one letter apart."""
    facts = "one: https://example.org/a1\ntwo: https://example.org/a2\n"
    text = "a: {body: {en: 'See {{ facts.one }} and https://example.org/a2.', nl: 'Zie {{ facts.one }}, https://example.org/a2.'}}\n"
    assert told(review(write, text, facts=facts)) == ["Catalogue.UnusedFacts 2:1 response"]


def test_a_fact_speaks_in_its_locale(write: Write) -> None:
    """A value by locale is compared with the text of that locale."""
    facts = "open_hours: {value: {en: 8am to 8pm, nl: van 8.00 tot 20.00 uur}}\n"
    text = """\
a: {body: {en: We are open 9am to 8pm., nl: Wij zijn open van 8.00 tot 20.00 uur.}}
b: {body: {en: '{{ facts.open_hours }}', nl: '{{ facts.open_hours }}'}}
"""
    found = review(write, text, facts=facts).findings
    assert [(one.finding.rule, one.locale, one.text) for one in found if one.finding.rule == "Catalogue.Facts"] == [
        ("Catalogue.Facts", "en", "9am to 8pm")
    ]


def test_a_draft_may_be_replaced_by_nothing(write: Write) -> None:
    """A successor that is a draft cannot be sent yet, and a reply cannot replace itself."""
    text = """\
a: {status: retired, replaced_by: a/b, body: Old}
b: {status: draft, body: New}
c: {status: retired, replaced_by: a/c, body: Old}
"""
    found = review(write, text).findings
    assert [one.finding.message for one in found] == [
        "What replaces it, `a/b`, has status draft, and nothing in use replaces it.",
        "What replaces it, `a/c`, is this reply itself: name another, or take the key out.",
    ]
