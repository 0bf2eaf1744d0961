"""A kit's comparison: which reply and wording a draft is held against, and what the settings make of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cannedkit import DraftError, Kit, ReplyError, Wording
from cannedkit.catalogue.compare.hold import hold
from cannedkit.catalogue.compare.side import side
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": (
        "engines: {}\npacks: []\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\nfacts: facts.yaml\n"
    ),
    "facts.yaml": "days: 5\nhelp: https://example.org/help\n",
    "responses/variables.yaml": (
        "amount: {type: money, max_length: 12}\nname: {type: name, optional: true, fallback: {en: there, nl: daar}}\n"
    ),
    "responses/money.yaml": """\
sent:
  shortcut: sent
  body:
    en:
      chat: ["Hi {{ name }}, {{ amount }} is on its way. It takes {{ facts.days }} days.",
             "We sent {{ amount }} to your card, {{ name }}. Expect it within {{ facts.days }} days."]
      email: {subject: Money, body: "Hi {{ name }}, we've sent {{ amount }} to your card. See {{ facts.help }}."}
    nl: Hoi {{ name }}, {{ amount }} komt eraan. Het duurt {{ facts.days }} dagen.
late:
  body:
    en: >-
      {% if name %}Sorry, {{ name }}.{% endif %} The parcel is late.
      {% if amount %}You get {{ amount }} back.{% else %}You get nothing back.{% endif %}
    nl: Het pakket is te laat.
  variables: {amount: {type: money, optional: true}}
seat:
  body:
    en: Your seat is booked. {% tailor %}{% endtailor %} Show the code at the door.
    nl: Uw plaats is geboekt.
old: {status: retired, body: {en: We used to send parrots by bicycle., nl: We stuurden papegaaien per fiets.}}
""",
}


@pytest.fixture
def root(write: Write) -> Path:
    """A small catalogue in two languages."""
    return write(FILES)


def test_the_best_wording_is_taken(root: Path) -> None:
    """A draft is held against the variation, channel and language that it is least apart from."""
    kit = Kit.load(root)
    second = kit.compare("We sent €12 to your card, Ana. Expect it within 5 days.", "money/sent")
    assert (second.wording, second.departures) == (Wording("money/sent", "en", "chat", 2), ())
    letter = kit.compare("Hi Ana, we've sent €12 to your card. See https://example.org/help.", "sent")
    assert (letter.wording, letter.departures, letter.likeness) == (Wording("money/sent", "en", "email"), (), 1.0)
    dutch = kit.compare("Hoi Ana, €12 komt eraan. Het duurt 5 dagen.", "money/sent", locale="nl")
    assert (dutch.wording.locale, dutch.departures, dutch.chosen) == ("nl", (), False)


@pytest.mark.parametrize("end", ["You get €5 back.", "You get nothing back."])
def test_each_way_through_the_tags_is_tried(root: Path, end: str) -> None:
    """A draft may come from any branch of a body."""
    assert Kit.load(root).compare(f"The parcel is late. {end}", "money/late").departures == ()


def test_a_fact_must_be_as_it_is(root: Path) -> None:
    """The company's facts are known: another value is altered, with the approved sentence beside it."""
    [one] = Kit.load(root).compare("Hi Ana, €12 is on its way. It takes 8 days.", "sent").departures
    assert (one.finding.rule, one.approved) == ("Compare.Altered", "It takes 5 days.")
    assert (one.finding.start, one.finding.end, one.finding.fixes, one.finding.safe) == (36, 42, ("5 days",), False)


def test_values_that_are_known(root: Path) -> None:
    """A placeholder takes any value of its type; one that is given must stand as it was given."""
    kit = Kit.load(root)
    draft = "Hi Ana, €12 is on its way. It takes 5 days."
    assert kit.compare(draft, "sent", values={"amount": "€12", "name": "Ana"}).departures == ()
    [one] = kit.compare(draft, "sent", values={"amount": "€21", "name": "Ana"}).departures
    assert (one.finding.rule, draft[one.finding.start : one.finding.end]) == ("Compare.Altered", "€12")


def test_placeholders_are_shown_by_name(root: Path) -> None:
    """The approved text and sentence have the placeholders in braces."""
    found = Kit.load(root).compare("Hi Ana. It takes 5 days.", "sent", channel="chat")
    assert found.text == "Hi {{ name }}, {{ amount }} is on its way. It takes 5 days."
    assert [one.approved for one in found.departures] == ["{{ amount }} is on its way."]


def test_where_a_personal_line_may_stand(root: Path) -> None:
    """Between empty tailor tags anything may stand; elsewhere the same line is a promise."""
    kit = Kit.load(root)
    line = "We'll keep you the best seat, tomorrow and for €5."
    free = kit.compare(f"Your seat is booked. {line} Show the code at the door.", "money/seat")
    bound = kit.compare(f"{line} Your seat is booked. Show the code at the door.", "money/seat")
    assert free.departures == ()
    assert {one.rule for one in bound.findings} == {"Compare.Added"}


def test_the_nearest_reply(root: Path) -> None:
    """Without an id the reply most like the draft is taken, no retired one, and of nothing near that is an error."""
    kit = Kit.load(root)
    found = kit.compare("Your seat is booked, show that code at the door please.")
    assert (found.wording.id, found.chosen) == ("money/seat", True)
    assert kit.compare("Het pakket is te laat.").wording == Wording("money/late", "nl")
    for stranger in ("Parrots love bicycles.", "Zebra 7."):
        with pytest.raises(ReplyError, match="like no reply of the catalogue; name the one"):
            kit.compare(stranger)


def test_the_nearest_reply_after_a_change(root: Path) -> None:
    """What is nearest is looked up in the catalogue as it was last read."""
    kit = Kit.load(root)
    assert kit.compare("Your seat is booked.").wording.id == "money/seat"
    (root / "responses" / "zoo.yaml").write_text("seal: {body: {en: The seal is fed at noon., nl: De zeehond eet.}}\n")
    kit.reread()
    assert kit.compare("Is the seal fed at noon?").wording.id == "zoo/seal"


def test_levels_of_the_settings(write: Write) -> None:
    """`levels` set what the program itself reports: one rule, or all of them."""
    draft = "Hi Ana, €12 is on its way."
    for levels, wanted in (
        ("{Compare.Dropped: error}", ["error"]),
        ("{Compare.Dropped: off}", []),
        ("{Compare: suggestion}", ["suggestion"]),
    ):
        kit = Kit.load(write({**FILES, "cannedkit.yaml": f"{FILES['cannedkit.yaml']}levels: {levels}\n"}))
        assert [str(one.level) for one in kit.compare(draft, "sent", channel="chat").findings] == wanted


def test_it_says_whether_the_text_is_approved(root: Path) -> None:
    """A comparison says whether somebody approved the wording as it stands."""
    assert not Kit.load(root).compare("Hi, €12 is on its way.", "sent").approved
    Kit.load(root).approve(["money/sent"], by="jo@example.org")
    assert Kit.load(root).compare("Hi, €12 is on its way.", "sent").approved


def test_wrong_arguments(root: Path) -> None:
    """An unknown reply, values that are no texts, a draft that is none: each an error that says so."""
    kit = Kit.load(root)
    with pytest.raises(ReplyError, match=r"did you mean `sent`\?"):
        kit.compare("Hello", "sen")
    with pytest.raises(ReplyError, match=r"`values.amount` must be a text, not an int"):
        kit.compare("Hello", "sent", values={"amount": 5})  # type: ignore[dict-item]
    with pytest.raises(DraftError, match="a draft is a str"):
        kit.compare(None, "sent")  # type: ignore[arg-type]


@pytest.mark.parametrize("draft", ["", " ", "\n\n", "{{", "[", "😀" * 500, "a" * 3000, "not " * 2000, "1 " * 2000])
def test_any_text_can_be_compared(root: Path, draft: str) -> None:
    """Whatever a draft holds, it is compared, and the findings lie in it."""
    for one in Kit.load(root).compare(draft, "sent", locale="en").findings:
        assert 0 <= one.start <= one.end <= len(draft)


def test_a_draft_that_is_too_long(root: Path) -> None:
    """A draft longer than any body may be is told so."""
    with pytest.raises(DraftError, match="a draft beside a reply may hold 20,000 characters, this one has 20,001"):
        Kit.load(root).compare("a" * 20_001, "sent", locale="en")


@pytest.mark.parametrize("sentence", ["We refund it. ", "You can't refund €5 in 3 days. ", "1 ", "not ", "[a] "])
def test_the_longest_texts_are_compared_in_seconds(sentence: str) -> None:
    """One sentence over and over on both sides, as long as may be, takes seconds and no minutes."""
    text = (sentence * 20_000)[:20_000]
    began = time.thread_time()
    hold(side(text, "en"), side(text, "en"), {})
    assert time.thread_time() - began < 20
