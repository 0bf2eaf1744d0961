"""A written date back to the day that the `date` filter was given."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.template.dates import readings
from cannedkit.template.render import parse, render

WHOLE = ("%Y-%m-%d", "%-d %B %Y", "%A, %B %-d, %Y", "%d%%%m%%%Y", "%a %-d %b %Y", "on %d.%m.%Y")


@given(
    day=st.dates(min_value=date(1000, 1, 1)),
    form=st.sampled_from(WHOLE),
    locale=st.sampled_from(["en", "nl", "de", "th"]),
)
def test_a_day_comes_back(day: date, form: str, locale: str) -> None:
    """A form that names day, month and year gives back the one day that was given."""
    written = render(parse(f'{{{{ d | date: "{form}" }}}}'), {"d": day.isoformat()}, locale).text
    assert readings(written, form, locale) == ([day.isoformat()], True)


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("03/04/26", "%d/%m/%y", (["2026-04-03", "1926-04-03"], True)),
        ("29 February", "%-d %B", (["2000-02-29"], False)),
        ("Monday", "%A", (["2000-01-03"], False)),
        ("Monday 3 March", "%A %-d %B", (["2003-03-03"], False)),
        ("30 February 2026", "%-d %B %Y", ([], True)),
        ("3 Maart 2026", "%-d %B %Y", ([], True)),
        ("soon", "%-d %B %Y", ([], True)),
    ],
)
def test_what_a_form_leaves_open(text: str, form: str, wanted: tuple[list[str], bool]) -> None:
    """Where a form leaves the day open one of many comes back, and it is said; what is no such day gives none."""
    assert readings(text, form, "en") == wanted
