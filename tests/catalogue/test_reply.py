"""Replies: what goes out is whole, in the right language, and never a template."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cannedkit import Kit, Missing, Money, ReplyError
from tests.conftest import Write

FILES = {
    "cannedkit.yaml": """\
engines: {}
packs: []
locale: en
locales: [en, nl, de]
channels: {chat: {}, email: {}}
facts: facts.yaml
""",
    "facts.yaml": "hours: {value: {en: 8am to 6pm, nl: 8 tot 18 uur, de: 8 bis 18 Uhr}}\n",
    "responses/variables.yaml": """\
customer.first_name: {fallback: {en: there, nl: daar}}
refund.amount: {type: money}
refund.day: {type: date}
order.code: {max_length: 4}
order.count: {type: number}
order.note: {optional: true}
""",
    "responses/a.yaml": """\
hello: Hi {{ customer.first_name }}, thanks.
default: 'Hi {{ customer.first_name | default: "friend" }}, thanks.'
code: Order {{ order.code }} is on its way.
note: All done.{% if order.note %} You wrote {{ order.note }}.{% endif %}
refund:
  body:
    en: "{{ refund.amount }} on {{ refund.day }} for {{ order.count }}."
    nl: "{{ refund.amount }} op {{ refund.day }} voor {{ order.count }}."
hours:
  body: {en: "We are here {{ facts.hours }}.", nl: "We zijn er {{ facts.hours }}."}
dutch:
  body: {nl: Hoi}
two:
  channels: [email]
  body:
    subject: About {{ order.code }}
    body:
    - First
    - Second
old: {status: retired, replaced_by: a/hello, body: Hi}
new: {status: draft, body: Hi}
""",
}


@pytest.fixture
def kit(write: Write) -> Kit:
    """The kit of the responses above."""
    return Kit.load(write(FILES))


@pytest.mark.parametrize(
    ("id", "values", "locale", "text"),
    [
        ("a/hello", {}, "en", "Hi there, thanks."),
        ("a/hello", {"customer.first_name": None}, "en", "Hi there, thanks."),
        ("a/hello", {"customer.first_name": "Ana"}, "en", "Hi Ana, thanks."),
        ("a/default", {}, "en", "Hi friend, thanks."),
        ("a/note", {}, "en", "All done."),
        ("a/note", {"order.note": "call me"}, "en", "All done. You wrote call me."),
        ("a/hours", {}, "en", "We are here 8am to 6pm."),
        ("a/hours", {}, "nl", "We zijn er 8 tot 18 uur."),
        ("a/hours", {}, "nl-BE", "We zijn er 8 tot 18 uur."),
        ("a/refund", {"refund.amount": "5 euro", "refund.day": "1 May"}, "en", "5 euro on 1 May for 1,250."),
        (
            "a/refund",
            {"refund.amount": Money(Decimal("1249.50"), "EUR"), "refund.day": date(2026, 5, 1)},
            "en",
            "€1,249.50 on May 1, 2026 for 1,250.",
        ),
        (
            "a/refund",
            {"refund.amount": Money(Decimal("1249.50"), "EUR"), "refund.day": date(2026, 5, 1)},
            "nl",
            "€ 1.249,50 op 1 mei 2026 voor 1.250.",
        ),
    ],
)
def test_what_is_sent(kit: Kit, id: str, values: dict[str, object], locale: str, text: str) -> None:
    """Strings go out as given; what is missing by right is filled; amounts and days are written for the locale."""
    if id == "a/refund":
        values = {**values, "order.count": 1250}
    assert str(kit.reply(id, values, locale=locale)) == text


REFUSED = [
    ({"id": "a/code"}, "`a/code`: order.code: the value is missing; give one, or declare a fallback for en"),
    (
        {"id": "a/code", "given": {"order.code": "12345"}},
        "`a/code`: order.code: the value is 5 characters long; at most 4 are allowed",
    ),
    (
        {"id": "a/hello", "given": {"customer.frist_name": "Ana"}},
        "`a/hello`: customer.frist_name: no such variable; did you mean customer.first_name?",
    ),
    (
        {"id": "a/code", "given": {"order.code": ["x"]}},
        "`a/code`: order.code: a list cannot be a text; give one of: str, int, Decimal, date, Money",
    ),
    (
        {"id": "a/code", "given": {"order.code": "None"}},
        "`a/code`: order.code: 'None' is what a program prints for a missing value; leave it out instead",
    ),
    ({"id": "a/old"}, "`a/old` has status retired and cannot be sent; use `a/hello`"),
    ({"id": "a/new"}, "`a/new` has status draft and cannot be sent"),
    ({"id": "a/hello", "locale": "nl"}, "`a/hello` has no body in nl; it has en"),
    ({"id": "a/dutch", "locale": "de"}, "`a/dutch` has no body in de; it has nl"),
    ({"id": "a/two", "channel": "chat"}, "`a/two` is not for chat; known: email"),
    ({"id": "a/hello", "variation": 2}, "`a/hello` has no variation 2; it has 1 to 1"),
    ({"id": "a/hello", "variation": 0}, "`a/hello` has no variation 0; it has 1 to 1"),
    ({"id": "a/helo"}, "there is no response `a/helo`; did you mean `a/hello`?"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_what_is_refused(kit: Kit, call: dict[str, object], message: str) -> None:
    """A reply that cannot be sent whole is an error that names the response, the value and what is wrong."""
    with pytest.raises(ReplyError, match=f"^{re.escape(message)}$"):
        kit.reply(**call)  # type: ignore[arg-type]


def test_another_language_only_when_asked(kit: Kit) -> None:
    """`fallback_locale` gives the body of the default locale, else of any, and says which it is."""
    assert kit.reply("a/hello", locale="nl", fallback_locale=True).locale == "en"
    reply = kit.reply("a/dutch", locale="de", fallback_locale=True)
    assert (reply.text, reply.locale) == ("Hoi", "nl")


def test_a_reply_carries_what_it_is(kit: Kit) -> None:
    """A reply names its subject, wording, channel and the values that went out."""
    reply = kit.reply("a/two", {"order.code": "A1"}, variation=2)
    assert (reply.text, reply.subject, reply.channel, reply.variation) == ("Second", "About A1", "email", 2)
    assert (reply.id, reply.locale, reply.values, reply.approved) == ("a/two", "en", {"order.code": "A1"}, False)


def test_the_digest_is_that_of_the_body(kit: Kit) -> None:
    """The digest is the same whatever values went in, and another for another body."""
    assert kit.reply("a/note").digest == kit.reply("a/note", {"order.note": "x"}).digest
    assert kit.reply("a/note").digest != kit.reply("a/hello").digest
    assert re.fullmatch("[0-9a-f]{64}", kit.reply("a/note").digest)


PROMISES = {
    "cannedkit.yaml": "engines: {}\npacks: []\nfacts: facts.yaml\noffers: offers.yaml\n"
    "known: [identity.verified, name]\n",
    "facts.yaml": "hours: {value: 9 to 5, until: 2026-06-30, owner: care-team}\n",
    "offers.yaml": "credit: {kind: credit, until: 2026-06-30}\n",
    "responses/a.yaml": """\
money: {requires: [identity.verified], offer: credit, body: The credit is yours.}
open: We are here {{ facts.hours }}.
named: {requires: [name], body: Hi.}
""",
}


def test_what_it_requires_must_be_known(write: Write) -> None:
    """A reply whose `requires` is not known is refused and says which fact; a fact with a value counts by its name."""
    kit = Kit.load(write(PROMISES))
    day = date(2026, 6, 30)
    with pytest.raises(
        ReplyError, match=r"`a/money` cannot be sent: it requires `identity\.verified`, which is not kn"
    ):
        kit.reply("a/money", today=day)
    assert kit.reply("a/money", today=day, known=["identity.verified"]).text == "The credit is yours."
    assert kit.reply("a/named", known=["name: Mr Field"]).text == "Hi."


def test_a_known_fact_is_one_of_the_settings(write: Write) -> None:
    """Where the settings say what may be known, another fact is refused, with the nearest one."""
    kit = Kit.load(write(PROMISES))
    with pytest.raises(ReplyError, match=r"no fact 'identity\.verifed'; did you mean `identity\.verified`"):
        kit.reply("a/money", known=["identity.verifed"])


def test_what_has_ended_is_not_sent(write: Write) -> None:
    """An offer and a fact hold on their last day; on the next the reply is refused and says which ended when."""
    kit = Kit.load(write(PROMISES))
    known, last, next_day = ["identity.verified"], date(2026, 6, 30), date(2026, 7, 1)
    assert kit.reply("a/money", today=last, known=known)
    with pytest.raises(ReplyError, match="its offer `credit` ended on 2026-06-30"):
        kit.reply("a/money", today=next_day, known=known)
    assert kit.reply("a/open", today=last).text == "We are here 9 to 5."
    with pytest.raises(ReplyError, match="its fact `hours` held until 2026-06-30; care-team must look at it"):
        kit.reply("a/open", today=next_day)


def test_approval_required(write: Write) -> None:
    """Where approval is required, a text goes out only once it is approved, and not any more once it has changed."""
    files = {**FILES, "cannedkit.yaml": FILES["cannedkit.yaml"] + "approval: required\n"}
    root = write(files)
    kit = Kit.load(root)
    with pytest.raises(ReplyError, match=r"`a/hello` cannot be sent: approval is required\. Nobody has approved it"):
        kit.reply("a/hello")
    [approval] = kit.approve(["a/hello"], by="jo@example.org")
    reply = kit.reply("a/hello")
    assert (reply.approved, reply.digest) == (True, approval.digest)
    write({**files, "responses/a.yaml": FILES["responses/a.yaml"].replace("thanks", "thank you")})
    with pytest.raises(ReplyError, match=r"is required. Changed since jo@example.org approved it on \S+ Read it"):
        Kit.load(root).reply("a/hello")


NASTY: st.SearchStrategy[object] = st.sampled_from(
    [None, "", " ", "\u200b", "None", "null", "{{ x }}", "{% if %}", "}}", "a\nb", "\x00", True, 1.5, [], b"x", {}]
)
VALUES: st.SearchStrategy[object] = st.one_of(
    NASTY, st.text(st.characters(categories=("L", "N")), max_size=6), st.integers(), st.dates()
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    id=st.sampled_from(["a/hello", "a/default", "a/code", "a/note", "a/refund", "a/two"]),
    values=st.dictionaries(
        st.sampled_from(["customer.first_name", "order.code", "order.note", "refund.amount", "refund.day"]), VALUES
    ),
    locale=st.sampled_from(["en", "nl", "en-GB"]),
)
def test_nothing_unfilled_is_ever_sent(kit: Kit, id: str, values: dict[str, object], locale: str) -> None:
    """Whatever is given, a reply has no brace, no `None` and no gap where a value should be, or there is no reply."""
    try:
        reply = kit.reply(id, values, locale=locale)
    except ReplyError:
        return
    for text in (reply.text, reply.subject or ""):
        assert not re.search(r"\{\{|\}\}|\{%|None|Hi ,| \.|  ", text)


def test_the_catalogue_is_not_read_again(kit: Kit, tmp_path: Path) -> None:
    """A kit keeps what it read: a file that changes under it changes nothing."""
    assert kit.reply("a/note").text == "All done."
    (tmp_path / "responses" / "a.yaml").write_text("note: Changed.\n")
    assert kit.reply("a/note").text == "All done."


def test_a_value_is_no_markup_in_a_markdown_body(write: Write) -> None:
    """A name with Markdown or HTML comes out as that text in a Markdown body; a subject has it as it is."""
    email = "{subject: 'For {{ n }}', body: 'Hi **{{ n }}**, [see]({{ u }}).'}"
    kit = Kit.load(
        write(
            {
                "cannedkit.yaml": "engines: {}\npacks: []\nchannels: {email: {}}\n",
                "responses/variables.yaml": "n: {type: name}\nu: {type: url}\n",
                "responses/a.yaml": f"m: {{format: markdown, body: {{email: {email}}}}}\np: Hi {{{{ n }}}}.\n",
            }
        )
    )
    for name, written in (
        ("**x**", "\\*\\*x\\*\\*"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("[a](b)", "\\[a\\](b)"),
        ("Jan-Willem O'Brien", "Jan-Willem O'Brien"),
    ):
        reply = kit.reply("a/m", {"n": name, "u": "example.org/a_(b)"})
        assert reply.text == f"Hi **{written}**, [see](example.org/a_%28b%29)."
        assert reply.subject == f"For {name}"
        assert reply.values["n"] == name
        assert kit.reply("a/p", {"n": name}).text == f"Hi {name}."


@pytest.mark.parametrize(
    ("id", "name", "value"),
    [
        ("a/refund", "order.count", Decimal("1E+1000000")),
        ("a/refund", "order.count", Decimal("1E-1000000")),
        ("a/refund", "order.count", Decimal("0E+1000000")),
        ("a/refund", "order.count", Decimal("sNaN")),
        pytest.param("a/refund", "order.count", 10**5_000, id="int"),
        ("a/refund", "order.count", 1.5),
        ("a/refund", "order.count", True),
        ("a/refund", "refund.amount", Money(Decimal("1E+1000000"), "EUR")),
        ("a/refund", "refund.amount", Money(Decimal("Infinity"), "EUR")),
        ("a/code", "order.code", b"A1"),
        ("a/code", "order.code", ["A1"]),
    ],
)
def test_a_value_that_no_reply_can_hold_is_refused(kit: Kit, id: str, name: str, value: object) -> None:
    """Numbers of a million digits, what is no number, and other types are an error that names the variable."""
    given = {"refund.amount": "5 euro", "refund.day": "1 May", "order.count": 3} if id == "a/refund" else {}
    with pytest.raises(ReplyError, match=f"^`{id}`: {name}: "):
        kit.reply(id, {**given, name: value})


@pytest.mark.parametrize("given", [5, "x", [1], [("order.code", "A1")], {1: "A1"}, {None: "A1"}, {b"order.code": "A1"}])
def test_values_that_are_no_mapping_of_names_are_refused(kit: Kit, given: Any) -> None:
    """The values of a reply are a mapping whose keys are texts; anything else is a ReplyError."""
    with pytest.raises(ReplyError):
        kit.reply("a/code", given)


def test_a_subject_has_one_line(write: Write) -> None:
    """A value with a line break is refused where it stands in a subject, with its name, and goes out in a body."""
    text = 'a: {body: {email: {subject: "About {{ note }}", body: "{{ note }}"}, chat: "{{ note }}"}}\n'
    settings = "engines: {}\npacks: []\nchannels: {chat: {}, email: {}}\n"
    files = {"cannedkit.yaml": settings, "responses/variables.yaml": "note: {}\n", "responses/x.yaml": text}
    kit = Kit.load(write(files))
    assert kit.reply("x/a", {"note": "one\ntwo"}, channel="chat").text == "one\ntwo"
    with pytest.raises(ReplyError, match="`x/a`: note: a line break cannot stand in a subject"):
        kit.reply("x/a", {"note": "one\ntwo"}, channel="email")


# -- which of several variations, and what to ask for --

SEVERAL = {
    "cannedkit.yaml": "engines: {}\npacks: []\nlocale: en\nlocales: [en]\nchannels: {chat: {}, sms: {}}\n",
    "responses/variables.yaml": """\
guest.name: {fallback: there}
room.number: {type: number, samples: ["12"]}
stay.note: {optional: true}
bill.amount: {type: money}
""",
    "responses/s.yaml": """\
wait:
- Hi {{ guest.name }}, one moment.
- I am looking, {{ guest.name }}.
- Still with you, {{ guest.name }}.
one: Thanks, {{ guest.name }}.
room:
  requires: [identity.verified, issue]
  body:
    chat: 'Room {{ room.number }}, {{ guest.name }}{% if stay.note %}, {{ stay.note }}{% endif %}.'
    sms: 'Room {{ room.number }}, {{ bill.amount }} for {{ bill.payer | default: "you" }}.'
  variables: {bill.payer: {type: name}}
""",
}


@pytest.fixture
def several(write: Write) -> Kit:
    """A kit with a response of three variations."""
    return Kit.load(write(SEVERAL))


def test_a_seed_chooses_a_variation(several: Kit) -> None:
    """The same seed gives the same variation each time; over many seeds each has about its share; none: the first."""
    counts = dict.fromkeys((1, 2, 3), 0)
    for seed in range(300):
        found = several.reply("s/wait", seed=seed)
        assert several.reply("s/wait", seed=str(seed)) == found
        counts[found.variation] += 1
    assert min(counts.values()) > 70
    assert {several.reply("s/wait").variation for _ in range(5)} == {1}


def test_what_was_sent_is_not_said_again(several: Kit) -> None:
    """Each variation goes out once in a conversation, whatever the seed; then the reply is refused."""
    for seed in (None, "talk 7", 12):
        sent: list[str] = []
        for _ in range(3):
            sent.append(several.reply("s/wait", {"guest.name": "Ana"}, seed=seed, sent=sent).text)
        assert len(set(sent)) == 3
        with pytest.raises(ReplyError, match="`s/wait`: all of its variations were sent in this conversation before"):
            several.reply("s/wait", {"guest.name": "Ana"}, seed=seed, sent=sent)
    with pytest.raises(ReplyError, match="`s/one`: it was sent in this conversation before; find another reply"):
        several.reply("s/one", sent=["thanks,\n There."])
    with pytest.raises(ReplyError, match="`s/wait`: it was sent"):
        several.reply("s/wait", variation=2, sent=["I am looking, there."])
    assert several.reply("s/one", {"guest.name": "Ana"}, sent=["Thanks, there."]).text == "Thanks, Ana."


def test_a_variation_that_is_not_approved_is_passed_over(write: Write) -> None:
    """A seed chooses among what may be sent; without one the first variation is refused where it may not be."""
    kit = Kit.load(write({**SEVERAL, "cannedkit.yaml": SEVERAL["cannedkit.yaml"] + "approval: required\n"}))
    kit.approve(["s/wait"], by="jo")
    path = kit.settings.root / "responses" / "s.yaml"
    path.write_text(path.read_text().replace("one moment", "a moment"))
    kit.reread()
    assert {kit.reply("s/wait", seed=seed).variation for seed in range(40)} == {2, 3}
    with pytest.raises(ReplyError, match="approval is required"):
        kit.reply("s/wait")
    with pytest.raises(ReplyError, match="approval is required"):
        kit.reply("s/one", seed=1)


@pytest.mark.parametrize("seed", [1.5, True, ["a"], b"a", 10**9])
def test_a_seed_is_a_text_or_a_whole_number(several: Kit, seed: Any) -> None:
    """Any other seed is a ReplyError that names it."""
    with pytest.raises(ReplyError, match="`seed` must be"):
        several.reply("s/wait", seed=seed)


@pytest.mark.parametrize("sent", ["a text", 5, [1], [None]])
def test_what_was_sent_is_a_list_of_texts(several: Kit, sent: Any) -> None:
    """Anything else is a ReplyError that names `sent`."""
    with pytest.raises(ReplyError, match="`sent` must be"):
        several.reply("s/wait", sent=sent)


def test_what_is_missing_is_named(several: Kit) -> None:
    """Values with nothing to stand for them, each with its type and a sample, then facts; in the order of the body."""
    facts = (Missing("identity.verified", "fact"), Missing("issue", "fact"))
    room = Missing("room.number", "number", "12")
    assert several.missing("s/room") == (room, *facts)
    assert several.missing("s/room", channel="sms") == (room, Missing("bill.amount", "money", "$25.00"), *facts)
    assert several.missing("s/room", ["issue"], {"room.number": 12}) == (facts[0],)
    assert several.missing("s/room", ["identity.verified", "issue: late", "room.number: 12"]) == ()
    assert several.missing("s/one") == ()


def test_what_is_not_missing_can_be_sent(several: Kit) -> None:
    """With what `missing` names, and nothing else, the reply goes out; without any one of it, it is refused."""
    for channel in ("chat", "sms"):
        asked = several.missing("s/room", channel=channel)
        values = {one.name: one.sample for one in asked if one.type != "fact"}
        known = [one.name for one in asked if one.type == "fact"]
        assert several.reply("s/room", values, channel=channel, known=known).text
        for one in asked:
            with pytest.raises(ReplyError, match=one.name):
                several.reply(
                    "s/room",
                    {name: value for name, value in values.items() if name != one.name},
                    channel=channel,
                    known=[name for name in known if name != one.name],
                )


def test_what_is_missing_of_nothing_is_an_error(several: Kit) -> None:
    """An unknown id names the nearest; a channel or a locale that the response has not is a ReplyError."""
    with pytest.raises(ReplyError, match="did you mean `s/room`"):
        several.missing("s/rom")
    with pytest.raises(ReplyError, match="not for email"):
        several.missing("s/room", channel="email")
    with pytest.raises(ReplyError, match="has no body in nl"):
        several.missing("s/room", locale="nl")


def test_names_without_end_are_told_in_short(several: Kit) -> None:
    """A long id or name is cut, and of many names of no variable the first 20 are told and the others counted."""
    with pytest.raises(ReplyError) as told:
        several.reply("s/one", {f"{'x' * 1_000}{number}": 1 for number in range(3_000)})
    assert len(str(told.value)) < 20 * 100
    assert str(told.value).endswith("; and 2,980 more names of no variable")
    with pytest.raises(ReplyError) as told:
        several.reply("y" * 100_000)
    assert len(str(told.value)) < 200
