"""The kind `personal-data`: numbers by their checksums, questions for secrets, placeholders without a mask; SMS too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.channels.sms import SEPTETS, UNITS, is_short_alphabet, segments
from cannedkit.kit import Kit
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Fact, Settings
from cannedkit.settings import shipped
from cannedkit.text import identifiers
from cannedkit.text.identifiers import FINDERS, is_bsn, is_iban, is_luhn
from tests import rulefiles
from tests.conftest import Write

HEAD = "extends: personal-data\nmessage: 'found %s'\n"


def _numbers(kind: str, text: str, locale: str = "en") -> list[str]:
    """What a finder finds in a text."""
    return [text[start:end] for start, end in FINDERS[kind](text, locale)]


def _privacy(text: str, locale: str = "en", **draft: object) -> set[str]:
    """The rules of the pack Privacy that find something in a text."""
    pack = read_pack(shipped() / "rules" / "Privacy")
    linter = lint.build(Settings(root=Path.cwd(), engines={}), [pack])
    return {found.rule.partition(".")[2] for found in linter.lint(Draft(text, locale, **draft))}  # type: ignore[arg-type]


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("card", "4242 4242 4242 4242"),
        ("card", "5555-5555-5555-4444"),
        ("card", "371449635398431"),
        ("card", "6011 1111 1111 1117"),
        ("iban", "NL91 ABNA 0417 1643 00"),
        ("iban", "DE89370400440532013000"),
        ("iban", "MT84 MALT 0110 0001 2345 MTLC AST0 01S"),
        ("ssn", "219-09-9999"),
        ("bsn", "111222333"),
        ("bsn", "1112.22.333"),
        ("nino", "AB 12 34 56 C"),
        ("email", "ana.field+shop@mail.webshop.com"),
    ],
)
def test_a_real_number_is_found(kind: str, number: str) -> None:
    """A number that is right by its issuer's rules is found, alone or in a sentence, and just there."""
    assert _numbers(kind, number) == [number]
    assert _numbers(kind, f"We have {number}, is that right?") == [number]
    assert _numbers(kind, f"👍🏽 é {number} ok") == [number]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("card", "4242 4242 4242 4241"),
        ("card", "1234567812345670"),
        ("card", "•••• •••• •••• 4242"),
        ("card", "part 14242424242424242"),
        ("card", "4242 4242 4242"),
        ("iban", "NL92 ABNA 0417 1643 00"),
        ("iban", "ZZ91 ABNA 0417 1643 00"),
        ("ssn", "219-09-999"),
        ("ssn", "900-12-3456"),
        ("ssn", "000-12-3456"),
        ("ssn", "212-555-0143"),
        ("bsn", "111222334"),
        ("nino", "QQ 12 34 56 C"),
        ("email", "we are @webshop"),
        ("phone", "order 4821 3377 of 2026-09-30"),
        ("phone", "202-555-0143 or 020 7946 0018"),
    ],
)
def test_what_only_looks_like_one_is_left_alone(kind: str, text: str) -> None:
    """A wrong check digit, a mask, another issuer or a number set aside for fiction is no personal data."""
    assert _numbers(kind, text) == []


def test_a_date_behind_a_card_is_not_part_of_it() -> None:
    """Of a run of groups the card alone is found."""
    assert _numbers("card", "4242 4242 4242 4242 09 27") == ["4242 4242 4242 4242"]


@given(st.text(alphabet="0123456789", min_size=11, max_size=18))
def test_every_digit_has_its_luhn_end(digits: str) -> None:
    """Of the ten numbers that differ in the last digit, just one passes."""
    assert sum(is_luhn(digits + last) for last in "0123456789") == 1


@given(st.from_regex(r"[A-Z]{4}[0-9]{10}", fullmatch=True), st.integers(0, 9), st.integers(0, 13))
def test_one_wrong_digit_breaks_an_iban(account: str, digit: int, at: int) -> None:
    """The check digits of an IBAN fit its account, and no account with one other digit."""
    right = next(f"NL{check:02}{account}" for check in range(2, 99) if is_iban(f"NL{check:02}{account}"))
    place = 8 + at % 10
    other = f"{right[:place]}{digit}{right[place + 1 :]}"
    assert is_iban(other) == (other == right)


@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_breaks_a_bsn(number: int, at: int, more: int) -> None:
    """Of two numbers that differ in one digit at most one passes the eleven-test."""
    one = f"{number:09}"
    other = f"{one[:at]}{(int(one[at]) + more) % 10}{one[at + 1 :]}"
    assert not (is_bsn(one) and is_bsn(other))


@given(st.text(max_size=120), st.sampled_from(sorted(FINDERS)))
def test_any_text_is_searched(text: str, kind: str) -> None:
    """Whatever the text, what is found lies inside it, in order."""
    spans = list(FINDERS[kind](text, "en"))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_phones_by_plan_and_by_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library the numbering plan decides, without it the shape."""
    plan, shape = "Call +44 20 7183 8750 now.", "Call +1 100 200 3000 now."
    pytest.importorskip("phonenumbers")
    assert _numbers("phone", plan) == ["+44 20 7183 8750"]
    assert _numbers("phone", shape) == []
    monkeypatch.setattr(identifiers, "find_spec", lambda name: None)
    assert _numbers("phone", plan) == ["+44 20 7183 8750"]
    assert _numbers("phone", shape) == ["+1 100 200 3000"]


def test_a_rule_that_goes_by_the_shape_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library a note says what is not checked, and how to mend it."""
    from cannedkit.kinds import personal_data

    monkeypatch.setattr(personal_data, "find_spec", lambda name: None)
    linter = rulefiles.linter(tmp_path, {"Rule": f"{HEAD}data: [phone]\n"})
    assert [note for note in linter.notes if "cannedkit[privacy]" in note] == list(linter.notes) != []


def test_a_national_number_needs_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-stdnum a rule that needs it is off, and a note says so; with it the number is found."""
    content = f"{HEAD}data: [be.nn]\nnear: [register]\n"
    pytest.importorskip("stdnum")
    assert rulefiles.matches(tmp_path, content, "Your register number is 85.07.30-033-28.") == ["85.07.30-033-28"]

    monkeypatch.setattr(identifiers, "find_spec", lambda name: None)
    linter = rulefiles.linter(tmp_path, {"Rule": content})
    assert linter.checks == ()
    assert "needs python-stdnum" in linter.notes[0]


# -- rules --------------------------------------------------------------------------------------


def test_near_and_allow(tmp_path: Path) -> None:
    """`near` must stand within a line of the number, `allow` lets a number pass, and a fact is published."""
    near = f"{HEAD}data: [bsn]\nnear: ['\\bbsn\\b']\n"
    assert rulefiles.matches(tmp_path, near, "Uw bsn is 111222333.") == ["111222333"]
    assert rulefiles.matches(tmp_path, near, "Bestelling 111222333 is onderweg.") == []
    assert rulefiles.matches(tmp_path, near, f"Uw bsn{' ' * 60}111222333.") == []
    allow = f"{HEAD}data: [email]\nallow: ['info@.*']\n"
    assert rulefiles.matches(tmp_path, allow, "info@shop.com, jo@shop.com") == ["jo@shop.com"]
    facts = {"mail": Fact("mail", {"": "jo@shop.com"})}
    linter = rulefiles.linter(tmp_path, {"Rule": allow}, facts=facts)
    assert linter.lint(Draft("jo@shop.com")) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("It went to 5555 5555 5555 4444 today.", "•••• 4444"),
        ("It went to 3782-822463-10005 today.", "•••• 0005"),
        ("It went to DE89 3704 0044 0532 0130 00 today.", "•••• 3000"),
    ],
)
def test_a_mask_shows_four(tmp_path: Path, text: str, masked: str) -> None:
    """A card and an account number may be written with their last four digits, which is no safe fix, and then pass."""
    kit = Kit.load(tmp_path, with_engines=False)
    (found,) = (one for one in kit.lint(text) if one.rule.startswith("Privacy"))
    assert (found.fixes, found.safe) == ((masked,), False)
    assert [
        one for one in kit.lint(text[: found.start] + masked + text[found.end :]) if one.rule[:7] == "Privacy"
    ] == []


def test_a_message_does_not_repeat_the_number(tmp_path: Path) -> None:
    """What is found is not printed in full into a log."""
    [found] = rulefiles.findings(tmp_path, f"{HEAD}data: [card]\n", "It is 4242 4242 4242 4242.")
    assert found.message == "found …42"
    [found] = rulefiles.findings(tmp_path, f"{HEAD}data: [email]\n", "It is jo@shop.com.")
    assert found.message == "found j…@shop.com"


@pytest.mark.parametrize(
    ("text", "locale", "asked"),
    [
        ("Could you give me the long card number?", "en", True),
        ("Please text us your online banking password.", "en", True),
        ("I need your social security number to go on.", "en", True),
        ("What is the security code on your debit card?", "en", True),
        ("What's your one-time passcode?", "en", True),
        ("We never ask you to send your password.", "en", False),
        ("Don't tell me your PIN.", "en", False),
        ("Enter your card number on the secure payment page.", "en", False),
        ("Your PIN arrives by post.", "en", False),
        ("Mag ik uw pincode?", "nl", True),
        ("Kunt u mij uw wachtwoord mailen?", "nl", True),
        ("Wij vragen nooit om uw wachtwoord.", "nl", False),
        ("Vul uw creditcardnummer in op de betaalpagina.", "nl", False),
    ],
)
def test_questions_for_secrets(text: str, locale: str, asked: bool) -> None:
    """A question for a secret is found, a warning or a way to the safe page is not."""
    assert bool({"AsksForSecret", "VraagtGeheim"} & _privacy(text, locale)) == asked


def test_a_placeholder_shows_four(write: Write) -> None:
    """`check` finds a placeholder that prints a whole card number, at its place, and lets a masked one pass."""
    files = {
        "cannedkit.yaml": "packs: [Privacy]\nengines: {}\n",
        "responses/variables.yaml": (
            'card.number: {samples: ["4242424242424242", "5555555555554444"]}\n'
            'customer.iban: {samples: ["•••• 4300", "•••• 0013"]}\n'
            'card.last_four: {samples: ["4242", "4444"]}\n'
        ),
        "responses/pay.yaml": (
            "whole: It went to card {{ card.number }}.\n"
            "masked: It went to {{ customer.iban }}.\n"
            "four: It went to the card ending in {{ card.last_four }}.\n"
        ),
    }
    found = Kit.load(write(files)).check().findings
    assert [(one.response, one.finding.rule, one.place.column) for one in found] == [
        ("pay/whole", "Privacy.Unmasked", 24)
    ]


def test_a_filled_value_is_no_data(tmp_path: Path) -> None:
    """The number that stands where a placeholder stood is a sample, and left alone."""
    linter = rulefiles.linter(tmp_path, {"Rule": f"{HEAD}data: [email]\n"})
    assert linter.lint(Draft("It is jo@shop.com.", filled=((6, 17),))) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "has one of `data`, `asks` and `placeholders`"),
        ("data: [card]\nasks: [x]\n", "has one of `data`, `asks` and `placeholders`"),
        ("data: [crad]\n", "did you mean `card`"),
        ("data: [be.xx]\n", "no module of python-stdnum"),
        ("asks: ['send {secret}']\n", "`{secret}` is none of the `words` above it"),
        ("asks: ['(send']\n", "regular expression"),
        ("data: [card]\nnear: ['(x']\n", "regular expression"),
    ],
)
def test_a_bad_rule_is_refused(tmp_path: Path, options: str, said: str) -> None:
    """A fault in a personal-data rule is reported with what would be right."""
    pytest.importorskip("stdnum")
    with pytest.raises(RuleError, match=r".") as refused:
        rulefiles.check(tmp_path, f"{HEAD}{options}")
    assert said in str(refused.value)


# -- SMS ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 69 + "’", 1),
        ("a" * 70 + "’", 2),
        ("🎉" * 35, 1),
        ("🎉" * 36, 2),
        ("ส" * 71, 2),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, count: int) -> None:
    """160 septets or 70 units fit alone, 153 or 67 in each of several; signs of the extension and emoji count twice."""
    assert len(segments(text)) == count


@given(st.text(alphabet="ab€~’é🎉ส\n", max_size=400))
def test_segments_cover_the_text(text: str) -> None:
    """Segments follow each other without a gap, and none holds more than fits."""
    found = segments(text)
    assert "".join(text[start:end] for start, end in found) == text
    cost = (lambda one: 1 + (one in "€~")) if is_short_alphabet(text) else (lambda one: 1 + (one > "\uffff"))
    single, each = SEPTETS if is_short_alphabet(text) else UNITS
    room = single if len(found) < 2 else each
    assert all(sum(map(cost, text[start:end])) <= room for start, end in found)


def test_the_settings_allow_more_segments(tmp_path: Path) -> None:
    """`max_segments` of a channel goes before the limit of the rule."""
    content = "extends: length\nmessage: '%s of %s on %s'\ncount: segments\nmax: 1\n"
    assert [one.message for one in rulefiles.findings(tmp_path, content, "a" * 161)] == ["2 of 1 on chat"]
    linter = rulefiles.linter(tmp_path, {"Rule": content}, channels=rulefiles.channels(max_segments=2))
    assert linter.lint(Draft("a" * 161)) == []
