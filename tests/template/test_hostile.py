"""Hostile values: what customers and programs send all the same, and never what a declaration forbids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.model.response import Variable
from cannedkit.template.hostile import LONG, SETS, hostile
from cannedkit.template.types import TYPES
from cannedkit.template.values import format_value

LOCALES = ("en", "en-GB", "nl", "th", "te", "xx")


@given(st.sampled_from(sorted(TYPES)), st.sampled_from(LOCALES), st.none() | st.integers(1, 80))
def test_no_value_that_the_declaration_forbids(type: str, locale: str, most: int | None) -> None:
    """Whatever is tried could be sent: it fits its type and length, and ends in no mark of its own."""
    variable = Variable("it", type, max_length=most)
    for value in hostile(variable, locale):
        assert format_value(value, variable, locale) == value
        assert len(value) <= (most or LONG)
        assert "{" not in value
        assert not value.endswith((",", ".", " "))


@pytest.mark.parametrize("type", ["text", "name"])
def test_words_of_every_kind(type: str) -> None:
    """Sixty characters, an apostrophe, letters from right to left, an emoji; two lines where the type has lines."""
    found = hostile(Variable("it", type), "en")
    assert len(found) == len(SETS)
    assert max(map(len, found)) == LONG
    assert any("'" in value for value in found)
    assert any("’" in value for value in found)
    assert any("ש" in value for value in found)
    assert any("😀" in value for value in found)
    assert any("\n" in value for value in found) == (type == "text")


def test_amounts_of_every_kind() -> None:
    """Huge, below nought and nought, in the writing of the locale; what is too long for its variable is left out."""
    assert hostile(Variable("it", "money"), "nl") == ("€ 999995,00", "-€ 25,00", "€ 00,00")
    assert hostile(Variable("it", "number"), "en") == ("99999", "-3", "0")
    assert hostile(Variable("it", "number", max_length=3), "en") == ("-3", "0")


def test_other_types_have_none() -> None:
    """A day, an address, a phone number or an order number is what it is."""
    assert {type: hostile(Variable("it", type), "en") for type in ("date", "url", "email", "phone", "order-id")} == (
        dict.fromkeys(("date", "url", "email", "phone", "order-id"), ())
    )
