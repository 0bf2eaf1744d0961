"""The kind `promise`: what is a commitment, and what an approved offer covers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.kit import Kit
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import read_pack
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.settings import Fact, Offer, Settings
from cannedkit.settings import shipped
from cannedkit.text.amounts import amounts
from tests import rulefiles
from tests.conftest import Write

OFFERS = {
    "late-delivery": Offer("late-delivery", "credit", "€10.00", "over 3 days late", date(2026, 12, 31)),
    "autumn": Offer("autumn", "discount", "15%"),
    "lost": Offer("lost", "refund"),
}
RULE = """
extends: promise
message: "'%s': %s"
words:
  who: ['\\bi', '\\bwe']
  will: ["['’]ll", ' will']
commitments: ['{who}{will} refund', '{who}{will} give you {amount}', '{who}{will} write']
unless: ['\\bif\\b', 'n[''’]t\\b']
unlimited: ['\\ball\\b']
"""


def _english(text: str, **draft: object) -> list[str]:
    """What the rules of the pack Promise call a promise of money in a text."""
    pack = read_pack(shipped() / "rules" / "Promise")
    linter = lint.build(Settings(root=Path.cwd(), engines={}), [pack])
    found = linter.lint(Draft(text, **draft))  # type: ignore[arg-type]
    return [text[one.start : one.end] for one in found if one.rule == "Promise.Money"]


def _dutch(text: str) -> list[str]:
    """What the pack Belofte calls a promise of money in a text."""
    pack = read_pack(shipped() / "rules" / "Belofte")
    linter = lint.build(Settings(root=Path.cwd(), engines={}), [pack])
    return [text[one.start : one.end] for one in linter.lint(Draft(text, "nl")) if one.rule == "Belofte.Geld"]


def _found(folder: Path, text: str, today: date | None = None, rule: str = RULE, **draft: object) -> list[Finding]:
    """What a small rule finds in a text, beside the offers above."""
    linter = rulefiles.linter(folder, {"Rule": rule}, offers=OFFERS, facts={"fee": Fact("fee", {"": "€4.95"})})
    return linter.lint(Draft(text, today=today, **draft))  # type: ignore[arg-type]


# -- what is a commitment -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "We'll refund €20 by Friday.",
        "You will get a full refund.",
        "I can offer you 10 % off.",
        "Sorry about the noise. We're going to credit your account with £15.",
        "The late fee will be waived.",
        "Our billing team will reimburse the taxi.",
        "You’ll receive a $25 voucher for the delay.",
        "I'll take 20 dollars off your next bill.",
        "The first month is on us.",
        "You won't have to pay a cent for the visit.",
        "I guarantee we'll refund the whole amount.",
        "You'll be fully reimbursed.",
        "I've credited your account with £15.",
        "We will not charge you.",
    ],
)
def test_a_promise_of_money_is_found(text: str) -> None:
    """However it is put, a sentence that commits the company to money is found, whole."""
    [found] = _english(text)
    assert text.rstrip(".").endswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "We refunded the €20 on Monday.",
        "We can't promise a refund before May.",
        "If the parcel isn't there on Friday, you may ask for a refund.",
        "Shall I refund the $20?",
        "Would you like a refund or a voucher?",
        "I'll ask Lee whether the fee can go.",
        "You wrote “we'll refund everything”, and I've found that message.",
        "The refund of €20 was approved by Lou and sent right after.",
        "Your plan costs €20 a month.",
        "I'll send a new lamp on Friday.",
        "We'll credit nothing without your word.",
        "You can get a refund on the page example.org/returns.",
        "I can send it again for $6.",
    ],
)
def test_what_promises_nothing_is_left_alone(text: str) -> None:
    """What is long done, a condition, a question, a "not", a price and somebody's words commit nobody."""
    assert _english(text) == []


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("Wij vergoeden de schade.", True),
        ("Ik ga het bedrag vandaag nog terugstorten.", True),
        ("Daarom krijgt u van ons 15% korting.", True),
        ("Dan betalen wij u het hele bedrag terug.", True),
        ("De verzendkosten worden kwijtgescholden.", True),
        ("Ik kan u een gratis maand aanbieden.", True),
        ("Wij hebben de schade vergoed.", False),
        ("Wij vergoeden de schade niet.", False),
        ("Als de doos zoek is, krijgt u uw geld terug.", False),
        ("Krijgt u liever een tegoedbon?", False),
        ("U betaalt 15 euro per maand.", False),
        ("Ik vraag Kim of wij de kosten vergoeden.", False),
    ],
)
def test_the_same_in_dutch(text: str, promises: bool) -> None:
    """The Dutch pack finds promises in either order of words, and leaves alone what promises nothing."""
    assert bool(_dutch(text)) == promises


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, the places of promises lie inside it and are the same twice."""
    assert _english(f"I'll refund {text}") == _english(f"I'll refund {text}")


# -- offers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "offer", "said"),
    [
        ("We'll give you €10.", "late-delivery", ""),
        ("We'll give you 8,50 euro.", "late-delivery", ""),
        ("We'll give you €10.01.", "late-delivery", "late-delivery goes no higher than €10.00"),
        ("We'll give you € 1.249,00.", "late-delivery", "goes no higher"),
        ("We'll give you $8.", "late-delivery", "in another currency: at most €10.00"),
        ("We'll give you 15 %.", "autumn", ""),
        ("We'll give you 16%.", "autumn", "goes no higher than 15%"),
        ("We'll refund it all.", "late-delivery", "name the amount, at most €10.00"),
        ("We'll refund it all.", "lost", ""),
        ("We'll refund it.", "late-delivery", ""),
        ("We'll give you €4.95.", "", ""),
        ("We'll give you €5.", "", "no approved offer"),
        ("We'll give you €5.", "late", "there is no offer `late`"),
    ],
)
def test_an_offer_covers_what_it_allows(tmp_path: Path, text: str, offer: str, said: str) -> None:
    """A promise within its offer is quiet; beyond it, in another currency or without one, it says so."""
    found = _found(tmp_path, text, known=(f"offer: {offer}",) if offer else ())
    assert [said in one.message for one in found] == ([True] if said else [])


def test_one_of_two_offers_is_enough(tmp_path: Path) -> None:
    """Where a draft names two offers, the promise may rest on either."""
    assert _found(tmp_path, "We'll give you 15%.", known=("offer: late-delivery", "offer: autumn")) == []


def test_an_offer_ends(tmp_path: Path) -> None:
    """An offer holds on its last day and not on the next, and without a day it is not asked when."""
    text, known = "We'll give you €8.", ("offer: late-delivery",)
    assert _found(tmp_path, text, date(2026, 12, 31), known=known) == []
    [ended] = _found(tmp_path, text, date(2027, 1, 1), known=known)
    assert "ended on 2026-12-31" in ended.message
    assert _found(tmp_path, text, None, known=known) == []


def test_an_ended_offer_is_not_proposed(tmp_path: Path) -> None:
    """Where an offer is missing, the message names those that are open."""
    [before] = _found(tmp_path, "We'll refund it.", date(2026, 12, 31))
    [after] = _found(tmp_path, "We'll refund it.", date(2027, 1, 1))
    assert "`offer: late-delivery` up to €10.00" in before.message
    assert "late-delivery" not in after.message


def test_a_sample_is_no_amount(tmp_path: Path) -> None:
    """The amount in a placeholder is not known yet; that of a fact is published."""
    text = "We'll give you €99.00."
    span = ((15, 21),)
    known = ("offer: late-delivery",)
    assert _found(tmp_path, text, filled=span, placeholders=("refund.amount",), known=known) == []
    assert len(_found(tmp_path, text, filled=span, placeholders=("refund.amount",))) == 1
    assert _found(tmp_path, text, filled=span, placeholders=("facts.price",)) == []


def test_a_date_may_stand_in_the_next_sentence(tmp_path: Path) -> None:
    """A commitment that needs a date has one in its sentence or the next."""
    rule = RULE + "needs: date\ndates: ['\\bfriday\\b']\n"
    assert _found(tmp_path, "We'll write to you by Friday.", rule=rule) == []
    assert _found(tmp_path, "We'll write to you. It's done on Friday.", rule=rule) == []
    [late] = _found(tmp_path, "We'll write to you. Thanks. Friday is fine.", rule=rule)
    assert "Say by when" in late.message


def test_a_response_names_its_offer(write: Write) -> None:
    """`check` holds a body against the offer of its response, on the day of `--today`."""
    body = "    body: We'll give you €8 for the wait.\n"
    files = {
        "cannedkit.yaml": "packs: [Promise]\nengines: {}\noffers: offers.yaml\n",
        "offers.yaml": "late: {kind: credit, max: €10.00, until: 2026-12-31}\n",
        "responses/pay.yaml": f"none:\n{body}named:\n    offer: late\n{body}".replace("    ", "  "),
    }
    kit = Kit.load(write(files))

    def flagged(today: date) -> list[str]:
        return [found.response for found in kit.check(today=today).findings if found.finding.rule == "Promise.Money"]

    assert flagged(date(2026, 12, 31)) == ["pay/none"]
    assert flagged(date(2027, 1, 1)) == ["pay/none", "pay/named"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("commitments: ['{whoo} will']\nwords: {who: [i]}\n", "`{whoo}` is none of the `words` above it"),
        ("words: {who: [i]}\n", "has `commitments`"),
        ("commitments: [i will]\nneeds: date\n", "has `dates`"),
        ("commitments: [i will]\nneeds: offr\n", "did you mean `offer`"),
        ("commitments: [i will]\nreasons: {nonne: x}\n", "did you mean `none`"),
        ("commitments: ['(i will']\n", "regular expression"),
    ],
)
def test_a_bad_rule_is_refused(tmp_path: Path, options: str, said: str) -> None:
    """A fault in a promise rule is reported with what would be right."""
    with pytest.raises(RuleError, match=r".") as refused:
        rulefiles.check(tmp_path, f"extends: promise\nmessage: m\n{options}")
    assert said in str(refused.value)


# -- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("€10.00", ("10.00", "EUR")),
        ("€ 1.249,00", ("1249.00", "EUR")),
        ("1 249,00 €", ("1249.00", "EUR")),
        ("$1,249", ("1249", "$")),
        ("US$ 5", ("5", "USD")),
        ("20 USD", ("20", "USD")),
        ("€25,-", ("25", "EUR")),
        ("12,50 euro", ("12.50", "EUR")),
        ("Rs. 500", ("500", "INR")),
        ("₹1,00,000", ("100000", "INR")),
        ("10 %", ("10", "%")),
        ("5 per cent", ("5", "%")),
        ("7,5 procent", ("7.5", "%")),
    ],
)
def test_an_amount_is_read(text: str, wanted: tuple[str, str]) -> None:
    """An amount is read as people of either decimal mark write it."""
    [found] = amounts(f"It is {text} today.")
    assert (found.value, found.currency) == (Decimal(wanted[0]), wanted[1])
    assert f"It is {text} today."[found.start : found.end] == text


@pytest.mark.parametrize("text", ["order 48213", "at 10.30", "room 4, floor 2", "v1.249", "5 people"])
def test_other_numbers_are_no_amounts(text: str) -> None:
    """A number without a currency beside it is no amount."""
    assert amounts(text) == ()


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(["en", "nl", "fr"]))
def test_amounts_come_back(whole: int, cents: int, form: str) -> None:
    """An amount that is written in the manner of a language is read as the same value."""
    group, decimal = {"en": (",", "."), "nl": (".", ","), "fr": ("\u202f", ",")}[form]
    written = f"{whole:,}".replace(",", group) + f"{decimal}{cents:02}"
    [found] = amounts(f"€{written}")
    assert found.value == Decimal(f"{whole}.{cents:02}")


@given(st.text(alphabet="0123456789.,€$% -eur", max_size=60))
def test_amounts_stand_in_the_text(text: str) -> None:
    """Amounts lie in the text, in order and apart."""
    found = amounts(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
