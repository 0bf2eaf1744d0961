"""Arguments of the library: any value of any type gives a result or an error of ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import CannedkitError, DraftError, InputError, Kit, Money, ReplyError, RuleError, SettingsError
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: [Own]\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\n",
    "rules/Own/Awful.yml": "extends: existence\nmessage: m\ntokens: [awful]\nwhere: {mood: upset, known: issue}\n",
    "responses/variables.yaml": "amount: {type: money}\ncount: {type: number}\nday: {type: date}\nname: {}\n",
    "responses/a.yaml": "x: '{{ amount }}, {{ count }}, {{ day }}, {{ name }}.'\n"
    "y: {shortcut: why, body: {en: Yo, nl: Hoi}}\n",
}

GIVEN = {"amount": "£5.00", "count": 3, "day": date(2026, 9, 1), "name": "Jo"}

CALLS: dict[str, Callable[[Kit, Any], object]] = {
    "lint text": lambda kit, value: kit.lint(value),
    "lint locale": lambda kit, value: kit.lint("awful", locale=value),
    "lint channel": lambda kit, value: kit.lint("awful", channel=value),
    "lint mood": lambda kit, value: kit.lint("awful", mood=value),
    "lint known": lambda kit, value: kit.lint("awful", known=value, mood="upset"),
    "lint history": lambda kit, value: kit.lint("awful", history=value),
    "lint turn": lambda kit, value: kit.lint("awful", history=[value]),
    "lint by": lambda kit, value: kit.lint("awful", history=[{"by": value, "text": "Hi"}]),
    "lint said": lambda kit, value: kit.lint("awful", history=[{"by": "agent", "text": value}]),
    "lint topic": lambda kit, value: kit.lint("awful", topic=value),
    "lint part": lambda kit, value: kit.lint("awful", part=value),
    "lint status": lambda kit, value: kit.lint("awful", status=value),
    "draft": lambda kit, value: kit.draft(value, locale=value, channel=value, mood=value, known=value),
    "locale_of": lambda kit, value: kit.locale_of(value),
    "packs": lambda kit, value: kit.packs(value),
    "linter": lambda kit, value: kit.linter(value),
    "read_by": lambda kit, value: kit.read_by(value),
    "unread": lambda kit, value: kit.unread(value),
    "check today": lambda kit, value: kit.check(today=value),
    "check step": lambda kit, value: kit.check(step=value),
    "explain": lambda kit, value: kit.explain(value),
    "response": lambda kit, value: kit.response(value),
    "renderings": lambda kit, value: kit.renderings(value),
    "renderings locale": lambda kit, value: kit.renderings("a/y", locale=value),
    "renderings channel": lambda kit, value: kit.renderings("a/y", channel=value),
    "reply id": lambda kit, value: kit.reply(value),
    "reply given": lambda kit, value: kit.reply("a/y", value),
    "reply amount": lambda kit, value: kit.reply("a/x", {**GIVEN, "amount": value}),
    "reply money": lambda kit, value: kit.reply("a/x", {**GIVEN, "amount": Money(value, value)}),
    "reply count": lambda kit, value: kit.reply("a/x", {**GIVEN, "count": value}),
    "reply day": lambda kit, value: kit.reply("a/x", {**GIVEN, "day": value}),
    "reply text": lambda kit, value: kit.reply("a/x", {**GIVEN, "name": value}),
    "reply locale": lambda kit, value: kit.reply("a/y", locale=value),
    "reply channel": lambda kit, value: kit.reply("a/y", channel=value),
    "reply variation": lambda kit, value: kit.reply("a/y", variation=value),
    "reply fallback_locale": lambda kit, value: kit.reply("a/y", fallback_locale=value),
    "reply known": lambda kit, value: kit.reply("a/y", known=value),
    "reply today": lambda kit, value: kit.reply("a/y", today=value),
    "approve ids": lambda kit, value: kit.approve(value, by="jo"),
    "approve by": lambda kit, value: kit.approve(["a/y"], by=value),
    "approve locale": lambda kit, value: kit.approve(["a/y"], by="jo", locale=value),
    "approve note": lambda kit, value: kit.approve(["a/y"], by="jo", note=value),
    "approve on": lambda kit, value: kit.approve(["a/y"], by="jo", on=value),
    "prove text": lambda kit, value: kit.prove(value),
    "prove subject": lambda kit, value: kit.prove("Yo", subject=value),
    "prove locale": lambda kit, value: kit.prove("Yo", locale=value),
    "prove channel": lambda kit, value: kit.prove("Yo", channel=value),
    "load start": lambda kit, value: Kit.load(value),
    "load with_engines": lambda kit, value: Kit.load(kit.settings.root, with_engines=value),
}
"""A name for each argument -> a call that passes a value there."""


class Nameless:
    """A thing of no use, whose text cannot be had."""

    def __repr__(self) -> str:
        raise RuntimeError("no text")


TEXTS = st.one_of(
    st.text(alphabet=st.characters(codec=None), max_size=20),
    st.sampled_from(
        ["", "\ud800", "a\x00b", "en-gb", "EN", "zh-hant-tw", "chat", "upset", "agent", "a/x", "why", ".."]
    ),
    st.from_regex(r"\A[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-[a-zA-Z]{2}|-[0-9]{3})?\Z"),
)
PLAIN = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**400), 0, 1]),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.sampled_from([Decimal("1E+1000000"), Decimal("-1E+999999"), Decimal("1E-1000000"), Decimal("sNaN"), Decimal(7)]),
    st.fractions(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.binary(max_size=5),
    st.builds(Money, st.decimals() | st.integers() | st.none(), TEXTS | st.sampled_from(["EUR", "JPY"])),
    st.builds(Nameless),
    st.sampled_from([object(), object, Path(), Path("/nope/x"), ..., NotImplemented, lambda: None, range(3)]),
)
TURN_KEYS = st.sampled_from(["by", "text", "at", "amount", "name", "x"])
ANY = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(TURN_KEYS | st.integers() | st.none(), inner, max_size=3),
        st.frozensets(TEXTS | st.integers(), max_size=2),
        st.lists(inner, max_size=2).map(iter),
    ),
    max_leaves=5,
)
"""Any value of any type that a caller may pass."""


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit with two responses in two languages, and a rule."""
    return Kit.load(write(FILES))


@pytest.mark.parametrize("call", CALLS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=ANY)
def test_any_value_gives_a_result_or_an_error_of_ours(kit: Kit, call: str, value: object) -> None:
    """Whatever a caller passes, the answer is a result or an error of ours with a message of bounded length."""
    refused: CannedkitError | None = None
    try:
        CALLS[call](kit, value)
    except CannedkitError as error:
        refused = error
    assert refused is None or 0 < len(str(refused)) < 2_000


@pytest.mark.parametrize(
    ("call", "value", "error", "message"),
    [
        ("lint locale", 5, DraftError, "`locale` must be a text, not an int"),
        ("lint channel", 5, DraftError, "`channel` must be a text, not an int"),
        ("lint mood", b"upset", DraftError, "`mood` must be a text, not a bytes"),
        ("lint known", [1], DraftError, "`known` must be a text, not an int"),
        ("lint known", "x", DraftError, "`known` is a list of facts: write ['x']"),
        ("lint known", 5, DraftError, "`known` must be a list of facts, not an int"),
        (
            "lint history",
            {"by": "agent"},
            DraftError,
            '`history` must be a list of messages such as {"by": "customer", "text": "…"}, not a dict',
        ),
        ("lint by", "agnet", DraftError, "a turn of `history`: unknown speaker 'agnet'; did you mean `agent`?"),
        ("lint said", None, DraftError, "a turn of `history`: `text` must be a text, not None"),
        ("lint known", ["\ud800"], DraftError, "character 0 of `known`, U+D800, is half of one: not text"),
        ("lint topic", ["legal"], DraftError, "`topic` must be a text, not a list"),
        ("check today", "2026", InputError, "`today` must be a date such as date(2026, 9, 1), not a str"),
        ("check step", 5, InputError, "`step` must be a function, not an int"),
        ("explain", None, RuleError, "`id` must be a text, not None"),
        ("reply id", None, ReplyError, "`id` must be a text, not None"),
        ("reply given", [1], ReplyError, "the values of a reply are a mapping from name to value, not a list"),
        ("reply given", {1: 1}, ReplyError, "`a value's name` must be a text, not an int"),
        ("reply variation", True, ReplyError, "`variation` must be a whole number, not a bool"),
        ("reply variation", 10**30, ReplyError, "`variation` must be a whole number of at most 999,999"),
        ("reply fallback_locale", "no", ReplyError, "`fallback_locale` must be True or False, not a str"),
        (
            "reply locale",
            "english",
            ReplyError,
            "'english' is not a locale; write a BCP 47 tag such as en, en-GB or nl",
        ),
        ("reply channel", "emial", ReplyError, "`a/y` is not for emial; did you mean `email`?"),
        (
            "reply count",
            Decimal("1E+1000000"),
            ReplyError,
            "`a/x`: count: 1.000000E+1000000 has too many digits for a reply",
        ),
        ("reply count", Decimal("NaN"), ReplyError, "`a/x`: count: NaN is not a number"),
        ("load start", "/nope/x", SettingsError, "there is no file or folder '/nope/x'"),
        ("load start", 5, SettingsError, "`start` must be a path, not an int"),
        ("load with_engines", 0, SettingsError, "`with_engines` must be True or False, not an int"),
    ],
)
def test_what_is_refused(kit: Kit, call: str, value: object, error: type[CannedkitError], message: str) -> None:
    """A wrong argument is an error that says what is wanted and what was given."""
    with pytest.raises(error) as caught:
        CALLS[call](kit, value)
    assert str(caught.value) == message


@pytest.mark.parametrize("call", CALLS)
def test_a_number_of_thousands_of_digits(kit: Kit, call: str) -> None:
    """A whole number that Python does not write out gives a result or an error of ours."""
    with suppress(CannedkitError):
        CALLS[call](kit, -(10**5000))


def test_a_time_of_day_is_a_date(kit: Kit) -> None:
    """A datetime will do for a day: its date counts."""
    assert kit.check(today=datetime(2026, 9, 1, 12, tzinfo=UTC)).findings == kit.check(today=date(2026, 9, 1)).findings
