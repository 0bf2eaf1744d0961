"""Promises of values: samples, checks, locale forms, and what is filled in for sending."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.template.render import TemplateError, check, parse, render
from cannedkit.template.types import ISO_DATES, TYPES, Money, samples
from cannedkit.template.values import format_value, resolve
from cannedkit.text.locales import babel_locale, for_locale, parents

LOCALES = ("en", "en-GB", "en-AU", "en-IE", "en-IN", "nl", "nl-BE", "de", "fr", "es", "th", "te", "zh-Hant-TW", "xx")
CURRENCIES = {"en": "USD", "en-GB": "GBP", "en-AU": "AUD", "en-IN": "INR", "te": "INR", "th": "THB"}

# -- samples ------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("type", TYPES)
def test_samples_are_values_of_their_type(type: str, locale: str) -> None:
    """Every type has at least two different samples for any locale, and each may be sent as it stands."""
    found = samples(type, locale)
    assert len(set(found)) == len(found) >= 2
    assert [format_value(each, Variable("v", type), locale) for each in found] == list(found)


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale not in ("zh-Hant-TW", "xx")])
def test_samples_look_as_formatted_values_do(locale: str) -> None:
    """Built-in amounts, numbers and dates are what formatting the same values for the locale gives."""
    money = [Money(Decimal(amount), CURRENCIES.get(locale, "EUR")) for amount in ("25", "8", "1", "1249")]
    assert {format_value(each, Variable("v", "money"), locale) for each in money} <= set(samples("money", locale))
    numbers = {format_value(each, Variable("v", "number"), locale) for each in (3, 1, 8, 11, 1250)}
    assert numbers == set(samples("number", locale))
    dates = [format_value(date.fromisoformat(each), Variable("v", "date"), locale) for each in ISO_DATES]
    assert dates == list(samples("date", locale))


def test_english_samples_start_with_vowels_and_consonants() -> None:
    """Text, names, numbers and amounts include ones that want `an` and ones that want `a`."""
    for type in ("text", "name"):
        starts = {each[0].lower() in "aeiou" for each in samples(type, "en")}
        assert starts == {True, False}
    assert {"8", "11", "3"} <= set(samples("number", "en"))
    assert "$8.00" in samples("money", "en")


def test_addresses_belong_to_no_one() -> None:
    """Sample e-mail and web addresses are under example.org, which RFC 2606 sets aside."""
    assert all(each.endswith("example.org") for each in samples("email", "en"))
    assert all(each.removeprefix("https://").split("/")[0] == "example.org" for each in samples("url", "en"))


# -- locales ------------------------------------------------------------------------------------


def test_locales_fall_back_to_their_parents() -> None:
    """A lookup tries the tag, its parents, then the entry for any locale."""
    assert parents("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh", "")
    assert for_locale({"nl": "a", "": "b"}, "nl-BE") == "a"
    assert for_locale({"nl-BE": "a", "": "b"}, "nl") == "b"
    assert for_locale({"en": "a"}, "nl") is None


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("en-GB", "en_GB"),
        ("zh-Hant-TW", "zh_Hant_TW"),
        ("nl-XX", "nl"),
        ("xx-YY", "en"),
        ("", "en"),
        ("en-GB-u-ca-iso", "en_GB"),
    ],
)
def test_unknown_locales_are_written_as_their_parent_or_in_english(tag: str, known: str) -> None:
    """A tag that Babel does not know is formatted as its nearest known parent, at last as English."""
    assert str(babel_locale(tag)) == known


# -- one value ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "type", "locale", "text"),
    [
        ("€5.00", "money", "nl", "€5.00"),
        (Money(Decimal("1249.5"), "EUR"), "money", "nl", "€ 1.249,50"),
        (Money(Decimal("1249.5"), "EUR"), "money", "fr", "1 249,50 €"),
        (Money(Decimal("5"), "JPY"), "money", "en", "¥5"),
        (1250, "number", "de", "1.250"),
        (Decimal("0.0001"), "number", "en", "0.0001"),
        (1250, "text", "en", "1,250"),
        (104821, "order-id", "en", "104821"),
        (date(2026, 3, 3), "date", "en-GB", "3 March 2026"),
        (datetime(2026, 3, 3, 23, 59), "date", "nl", "3 maart 2026"),
        (" as given ", "text", "en", " as given "),
        ("first line\nsecond line", "text", "en", "first line\nsecond line"),
        ("Null", "name", "en", "Null"),
        ("👩‍👧 & co", "name", "en", "👩‍👧 & co"),
        ("+31 20 555 01 00", "phone", "nl", "+31 20 555 01 00"),
        ("example.org/t/8", "url", "en", "example.org/t/8"),
    ],
)
def test_values_are_written_for_the_locale(value: object, type: str, locale: str, text: str) -> None:
    """Strings go out as given, other values in the locale's own form with plain spaces."""
    assert format_value(value, Variable("v", type), locale) == text


@pytest.mark.parametrize(
    ("value", "type", "reason"),
    [
        ("", "text", "blank"),
        (" \u200b\u00a0", "text", "blank"),
        ("Hi {{ name }}", "text", "brace"),
        ("{name}", "text", "brace"),
        ("{% if %}", "text", "brace"),
        ("None", "text", "missing value"),
        ("null", "name", "missing value"),
        ("-", "text", "missing value"),
        ("– –", "text", "missing value"),
        ("[[NAME]]", "text", "holds \\[\\[ and \\]\\]"),
        ("<%= name %>", "text", "holds <%"),
        ("*|FNAME|*", "text", "holds \\*\\|"),
        ("%first_name%", "name", "holds %first_name%"),
        ("[Name]", "name", "was to replace"),
        (" <insert date> ", "text", "was to replace"),
        ("XXX", "order-id", "was to replace"),
        ("____", "text", "was to replace"),
        ("Аnna", "name", "'Аnna' mixes alphabets"),
        ("https://exаmple.org", "url", "'exаmple' mixes alphabets"),
        ("jο@example.org", "email", "'jο' mixes alphabets"),
        ("a\x00b", "text", "U\\+0000"),
        ("a\u2066b", "text", "U\\+2066"),
        ("a\ufeffb", "text", "U\\+FEFF"),
        ("a\ue000b", "text", "U\\+E000"),
        ("a\U000e0041b", "text", "U\\+E0041"),
        ("a\u202eb", "text", "U\\+202E"),
        ("a\ud800", "text", "U\\+D800"),
        ("a\nb", "name", "U\\+000A"),
        ("x" * 2001, "text", "at most 2000"),
        (None, "text", "a NoneType cannot be a text"),
        (True, "number", "a bool cannot be a number"),
        (1.5, "number", "give one of: str, int, Decimal"),
        (5, "money", "give one of: str, Money"),
        (Money(Decimal("5"), "XYZ"), "money", "ISO 4217"),
        (Money(Decimal("5.005"), "EUR"), "money", "more than 2 decimals"),
        (Money(5.5, "EUR"), "money", "give a Decimal"),  # type: ignore[arg-type]
        (Money(Decimal("NaN"), "EUR"), "money", "not a number"),
        (Decimal("Infinity"), "number", "not a number"),
        (Decimal("1e9999"), "number", "too many digits"),
        (Decimal("1e-9999"), "number", "too many digits"),
        (10**20, "number", "too many digits"),
        (["a"], "text", "a list cannot be a text"),
        ("free", "money", "with a number in it"),
        ("a few", "number", "a number in digits"),
        ("soon", "date", "with a digit in it"),
        ("12345", "name", "with a letter in it"),
        ("jo@example", "email", "an e-mail address"),
        ("jo example@example.org", "email", "an e-mail address"),
        ("javascript:alert(1)", "url", "a web address"),
        ("call me", "phone", "a phone number"),
        ("10 482", "order-id", "without spaces"),
        ("x", "tect", "did you mean text?"),
    ],
)
def test_unfit_values_are_refused(value: object, type: str, reason: str) -> None:
    """A value that must not reach a customer is an error that names the variable and the reason."""
    with pytest.raises(ReplyError, match=f"^customer.value: .*{reason}"):
        format_value(value, Variable("customer.value", type), "en")


@pytest.mark.parametrize(
    ("value", "type"),
    [
        ("Анна Smith", "name"),
        ("a 4.7 kΩ resistor", "text"),
        ("50% off, 20% less", "text"),
        ("[sic] as written", "text"),
        ("size XXXL", "text"),
        ("5 < 6 > 4", "text"),
        ("Zoë Ångström", "name"),
        ("กมลวรรณ Smith", "name"),
    ],
)
def test_what_only_looks_unfit_goes_out(value: str, type: str) -> None:
    """Two alphabets in two words, a unit, per cent, brackets inside a text and sizes are values as any other."""
    assert format_value(value, Variable("customer.value", type), "en") == value


def test_an_endless_integer_is_refused() -> None:
    """An integer too long for Python to print is refused like any other with too many digits."""
    for type in ("number", "order-id", "text"):
        with pytest.raises(ReplyError, match="too many digits"):
            format_value(10**5000, Variable("v", type), "en")


def test_max_length_counts_code_points() -> None:
    """`max_length` holds for strings and for formatted values, in code points."""
    variable = Variable("v", "money", max_length=7)
    assert format_value("€100,00", variable, "nl") == "€100,00"
    with pytest.raises(ReplyError, match="9 characters long; at most 7"):
        format_value(Money(Decimal("1249"), "EUR"), variable, "en")


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(), st.integers(), st.decimals(), st.dates(), st.floats(), st.binary(), st.none(), st.booleans()),
    st.sampled_from(sorted(TYPES)),
    st.sampled_from(LOCALES),
)
def test_any_value_is_written_or_refused(value: object, type: str, locale: str) -> None:
    """Any value gives a text without braces that shows something, or a ReplyError; never another exception."""
    try:
        text = format_value(value, Variable("v", type), locale)
    except ReplyError:
        return
    assert text.strip()
    assert "{" not in text
    assert "}" not in text
    text.encode()
    assert not isinstance(value, str) or text == value


# -- all values of a reply ----------------------------------------------------------------------

DECLARED = {
    "name": Variable("name", "name", fallback={"en": "there", "nl": "daar"}),
    "amount": Variable("amount", "money"),
    "note": Variable("note", optional=True),
    "day": Variable("day", "date"),
}


def _send(body: str, given: dict[str, object], locale: str = "en", facts: dict[str, str] | None = None) -> str:
    template = parse(body)
    return render(template, resolve(template, DECLARED, given, locale, facts or {}), locale).text


def test_missing_values_are_filled_or_left_out() -> None:
    """A fallback of the locale or its parent fills in, the body's default wins over it, an optional may be None."""
    assert _send("Hoi {{ name }}", {}, "nl-BE") == "Hoi daar"
    assert _send("Hi {{ name }}", {"name": None}) == "Hi there"
    assert _send('Hi {{ name | default: "friend" }}', {}) == "Hi friend"
    assert _send('Hi {{ name | default: "friend" }}', {"name": "Jo"}) == "Hi Jo"
    assert _send("Hi{% if note %}: {{ note }}{% endif %}.", {"note": None}) == "Hi."
    assert _send("{{ facts.days }} days", {}, facts={"days": "14"}) == "14 days"


@pytest.mark.parametrize(
    ("body", "values", "locale", "message"),
    [
        ("{{ amount }}", {}, "en", "amount: the value is missing"),
        ("{{ amount }}", {"amount": None}, "en", "amount: the value is missing"),
        ("{{ name }}", {}, "de", "name: the value is missing; give one, or declare a fallback for de"),
        ("{{ name }}", {"name": "Jo", "amuont": "€5"}, "en", "amuont: no such variable; did you mean amount?"),
        ("{{ unknown }}", {}, "en", "unknown: the body uses it but it is not declared"),
        ("{{ facts.days }}", {}, "en", "facts.days: no such fact"),
        ("{{ name }}", {"facts.days": "3"}, "en", "read from facts.yaml"),
        ('{{ day | date: "%d" }}', {"day": "3 March"}, "en", "give a date or YYYY-MM-DD"),
        ('{{ day | date: "%d" }}', {"day": "2026-02-30"}, "en", "give a date or YYYY-MM-DD"),
        ('{{ day | date: "%d" }}', {"day": 20260303}, "en", "not a int"),
    ],
)
def test_what_cannot_be_sent_is_named(body: str, values: dict[str, object], locale: str, message: str) -> None:
    """A missing, unknown or unfit value stops the reply with its name and the cure."""
    with pytest.raises(ReplyError) as caught:
        _send(body, values, locale)
    assert message in str(caught.value)


def test_all_unfit_values_are_named_at_once() -> None:
    """One error lists every problem of a reply."""
    with pytest.raises(ReplyError, match=r"nmae: .*amount: .*day: "):
        _send("{{ amount }}{{ day }}", {"nmae": "Jo", "amount": "{{ x }}"})


def test_a_date_with_a_filter_is_written_by_the_filter() -> None:
    """A date object or YYYY-MM-DD reaches the date filter whole, and comes out in the locale's language."""
    for value in (date(2026, 3, 3), "2026-03-03", datetime(2026, 3, 3, 12)):
        assert _send('{{ day | date: "%-d %B" }}', {"day": value}, "nl") == "3 maart"
    assert _send("{{ day }}", {"day": date(2026, 3, 3)}, "nl") == "3 maart 2026"


PIECES = st.sampled_from(
    [
        "Hi {{ name }}, ",
        'Hi {{ name | default: "you" }}, ',
        "{{ amount }} ",
        "{% if note %}({{ note }}){% endif %}",
        "{% unless note %}no note{% else %}{{ note | upcase }}{% endunless %}",
        '{{ day | date: "%-d %b" }} ',
        "bye",
    ]
)
GIVEN = st.dictionaries(
    st.sampled_from(["name", "amount", "note", "day"]),
    st.one_of(
        st.none(), st.text(max_size=5), st.sampled_from(["€5", "2026-03-03", "None", "{{ a }}", date(2026, 3, 3)])
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=4).map("".join), GIVEN, st.sampled_from(["en", "nl", "de"]))
def test_nothing_raw_is_ever_sent(body: str, values: dict[str, object], locale: str) -> None:
    """A checked body with any values is sent whole or not at all: no braces, no `None`, no greeting of no one."""
    try:
        template = parse(body)
    except TemplateError:
        return
    assert check(template, DECLARED, {}) == ()
    try:
        filled = resolve(template, DECLARED, values, locale, {})
    except ReplyError:
        return
    text = render(template, filled, locale).text
    assert "{" not in text
    assert "None" not in text
    assert "Hi ," not in text
    assert all(each.strip() for each in filled.values())
