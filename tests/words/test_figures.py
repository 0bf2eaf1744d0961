"""Figures of a text: what they are, where they stand, and which of two languages mean the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.words.calendar import months, spelled, units, weekdays
from cannedkit.words.figures import bare_link, figures, same


def told(text: str, locale: str) -> list[tuple[str, str]]:
    """The figures of a text as it writes them, with their kinds."""
    return [(text[one.start : one.end], one.kind) for one in figures(text, locale)]


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("en", "within 14 days, or two weeks", [("14 days", "duration"), ("two weeks", "duration")]),
        ("en", "3-5 working days", [("3", "duration"), ("5 working days", "duration")]),
        ("en", "2 or 3 weeks, a 2-year plan", [("2", "duration"), ("3 weeks", "duration"), ("2-year", "duration")]),
        ("nl", "binnen 5 werkdagen", [("5 werkdagen", "duration")]),
        ("de", "vor 10 Tagen", [("10 Tagen", "duration")]),
        ("fr", "5 jours ouvrés", [("5 jours", "duration")]),
        ("es", "24 horas", [("24 horas", "duration")]),
        ("th", "ภายใน 3 วัน", [("3 วัน", "duration")]),
        ("en", "$10.50, 10% or 5 euros", [("$10.50", "money"), ("10%", "percent"), ("5 euros", "money")]),
        ("pt-BR", "até R$ 1000 por mês", [("R$ 1000", "money")]),
        ("en", "CA$5, AU$6 or NZ$7", [("CA$5", "money"), ("AU$6", "money"), ("NZ$7", "money")]),
        ("en", "on May 4, 2026 and 2026-05-04", [("May 4, 2026", "date"), ("2026-05-04", "date")]),
        ("de", "am 3. März und 30.09.2026", [("3. März", "date"), ("30.09.2026", "date")]),
        ("en", "by Friday. May I?", [("Friday", "weekday")]),
        ("en", "9 to 11am, 8:30 and 8 p.m.", [("9", "time"), ("11am", "time"), ("8:30", "time"), ("8 p.m.", "time")]),
        ("nl", "van 8.00 tot 20.00 uur", [("8.00", "time"), ("20.00 uur", "time")]),
        ("fr", "de 9 h à 17 h", [("9 h", "time"), ("17 h", "time")]),
        ("en", "+1 (202) 555-0199 or 555-0142", [("+1 (202) 555-0199", "phone"), ("555-0142", "phone")]),
        ("en", "See www.example.org, example.org/help.", [("www.example.org", "link"), ("example.org/help", "link")]),
        ("en", "(https://example.org/a?b=1)", [("https://example.org/a?b=1", "link")]),
        ("en", "jo@example.org.", [("jo@example.org", "email")]),
        ("fr", "1 250,5 grammes et trois tasses", [("1 250,5", "number"), ("trois", "number")]),
        ("en", "1. Off\n2. On\n(3) Wait 4 minutes", [("4 minutes", "duration")]),
        ("en", "version 2.5.1, order AB-12, 24/7, card 4111111111111111", []),
        ("en", "one of them, the other one", []),
    ],
)
def test_figures_of_a_text(locale: str, text: str, found: list[tuple[str, str]]) -> None:
    """Each figure is told with its kind and no more than it; codes, versions and numbers of lists are none."""
    assert told(text, locale) == found


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("en", "two weeks"), ("nl", "14 dagen"), True),
        (("en", "24 hours"), ("de", "1 Tag"), True),
        (("en", "5 days"), ("en", "5 hours"), False),
        (("en", "8pm"), ("nl", "20.00 uur"), True),
        (("en", "May 4"), ("nl", "4 mei 2026"), True),
        (("en-GB", "04/05/2026"), ("nl", "4 mei"), True),
        (("en", "04/05/2026"), ("nl", "4 mei"), False),
        (("en", "€1,249.00"), ("nl", "€ 1.249"), True),
        (("en", "10%"), ("nl", "10 procent"), True),
        (("en", "10%"), ("nl", "15 procent"), False),
        (("en", "Tuesday"), ("es", "martes"), True),
        (("en", "https://example.org/en/help"), ("nl", "https://www.example.nl/nl/hulp"), True),
        (("en", "https://example.org/help"), ("nl", "https://elsewhere.com/help"), False),
        (("en", "555-0142"), ("nl", "555 01 42"), True),
    ],
)
def test_what_means_the_same(one: tuple[str, str], other: tuple[str, str], agree: bool) -> None:
    """Values agree over languages, units and ways of writing; in digits or not."""
    (left,), (right,) = figures(one[1], one[0]), figures(other[1], other[0])
    assert same(left, right) is agree
    assert same(right, left) is agree


@pytest.mark.parametrize(
    ("link", "bare"),
    [
        ("https://www.example.org/nl-nl/help/", "example.org/help"),
        ("http://example.org/help?lang=nl", "example.org/help"),
        ("https://example.org/help?page=2&hl=en", "example.org/help?page=2"),
        ("example.org/it/support", "example.org/support"),
        ("https://example.org", "example.org"),
    ],
)
def test_a_link_without_its_language(link: str, bare: str) -> None:
    """What differs between the pages of one company in two languages is left out of a link."""
    assert bare_link(link) == bare


@given(
    st.text(alphabet="0123456789 .,:-/€$%amphdysnoetwuMJ@w\n", max_size=80), st.sampled_from(["en", "nl", "de", "th"])
)
def test_any_text_has_figures(text: str, locale: str) -> None:
    """Figures are inside the text, in order, and none overlaps another."""
    found = figures(text, locale)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("language", ["en", "nl", "de", "fr", "es", "it", "th", "te", "pl"])
def test_every_language_has_its_names(language: str) -> None:
    """CLDR knows units, months and days in each language that is written here, and numbers where ICU spells them."""
    assert {"day", "hour", "week"} <= set(units(language).values())
    assert set(months(language).values()) == set(range(1, 13))
    assert set(weekdays(language).values()) == set(range(7))
    assert len(spelled(language)) >= 20
