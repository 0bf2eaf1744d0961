"""Several replies as one message: one greeting, one sign-off, and every other word of each."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from cannedkit import Kit, Reply, ReplyError
from cannedkit.settings import shipped
from cannedkit.text.locales import for_locale
from tests.conftest import Write

SETTINGS = "packs: []\nengines: {}\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\nfacts: facts.yaml\n"
VARIABLES = """
customer.name: {type: name, fallback: {en: there, nl: daar}}
agent.name: {type: name}
order.link: {type: url}
"""
RESPONSES = """
late:
  channels: [email, chat]
  body:
    en:
      any: Hi {{ customer.name }}, it comes on Friday.
      email:
        subject: Your parcel
        body: |
          Hi {{ customer.name }},

          It comes on Friday.

          {{ agent.name }}
          {{ facts.company }}
    nl: Hoi {{ customer.name }}, het komt vrijdag. Groetjes, {{ agent.name }}
refund:
  body:
    en:
      any: Hello {{ customer.name }}! we've sent the shipping costs back.
      email:
        subject: Your refund
        body: |
          Dear {{ customer.name }},

          we've sent the shipping costs back.

          Kind regards,
          {{ agent.name }}
    nl: "Dag {{ customer.name }}, de verzendkosten staan op uw rekening. Groet, {{ agent.name }}"
link: "Follow it here: {{ order.link }}"
hello: Hi {{ customer.name }}!
bye: "{{ customer.name }}, thanks for waiting. Best, {{ agent.name }}"
thanks: "Thanks for the photo. Thanks, {{ customer.name }}"
sent: "{{ facts.company }}: we've sent it."
due: "{{ facts.company }}: Hi {{ customer.name }}, it comes on Friday."
marked: {format: markdown, body: "It is **here**."}
old: {status: retired, replaced_by: a/link, body: Gone.}
chatty: {channels: [chat], body: Only in chat.}
letter: {channels: [email], body: Only by email.}
"""
FILES = {
    "cannedkit.yaml": SETTINGS,
    "facts.yaml": "company: Example Shop\n",
    "responses/variables.yaml": VARIABLES,
    "responses/a.yaml": RESPONSES,
}
VALUES = {"customer.name": "Ana", "agent.name": "Jo", "order.link": "https://example.org/t/7"}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A small catalogue."""
    return Kit.load(write(FILES))


@pytest.mark.parametrize(
    ("ids", "options", "text", "left_out"),
    [
        (
            ["late", "refund"],
            {"channel": "chat"},
            "Hi Ana, it comes on Friday.\n\nWe've sent the shipping costs back.",
            ("Hello Ana!",),
        ),
        (
            ["late", "refund"],
            {},
            "Hi Ana,\n\nIt comes on Friday.\n\nWe've sent the shipping costs back.\n\nKind regards,\nJo",
            ("Jo\nExample Shop", "Dear Ana,"),
        ),
        (
            ["refund", "late"],
            {"locale": "nl", "channel": "chat"},
            "Dag Ana, de verzendkosten staan op uw rekening.\n\nHet komt vrijdag. Groetjes, Jo",
            ("Groet, Jo", "Hoi Ana,"),
        ),
        (
            ["link", "late"],
            {"channel": "chat"},
            "Hi Ana,\n\nFollow it here: https://example.org/t/7\n\nIt comes on Friday.",
            (),
        ),
        (["bye", "link"], {}, "Ana, thanks for waiting.\n\nFollow it here: https://example.org/t/7\n\nBest, Jo", ()),
        (["hello", "link", "hello"], {}, "Hi Ana!\n\nFollow it here: https://example.org/t/7", ("Hi Ana!",)),
        (["hello", "thanks"], {}, "Hi Ana!\n\nThanks for the photo. Thanks, Ana", ()),
        (["sent", "due"], {}, "Example Shop: Hi Ana,\n\nwe've sent it.\n\nIt comes on Friday.", ("Example Shop:",)),
        (["link", "sent"], {}, "Example Shop: Follow it here: https://example.org/t/7\n\nWe've sent it.", ()),
        (["late"], {"channel": "chat"}, "Hi Ana, it comes on Friday.", ()),
    ],
)
def test_what_is_said_once(
    kit: Kit, ids: list[str], options: dict[str, Any], text: str, left_out: tuple[str, ...]
) -> None:
    """The first greeting at the top, the last sign-off at the end; what stood elsewhere moves or is left out."""
    found = kit.stack([f"a/{id}" for id in ids], VALUES, **options)
    assert found.text == str(found) == text
    assert sorted(found.left_out) == sorted(left_out)


def test_the_parts_are_replies(kit: Kit) -> None:
    """Each part is the reply as it would go out alone; the subject is the first that there is."""
    found = kit.stack(["a/late", "a/refund"], VALUES)
    assert [part.id for part in found.replies] == ["a/late", "a/refund"]
    assert found.replies[1] == kit.reply("a/refund", VALUES, channel="email")
    assert (found.subject, found.approved) == ("Your parcel", all(part.approved for part in found.replies))


@pytest.mark.parametrize(
    ("ids", "options", "message"),
    [
        ([], {}, "`ids` is empty"),
        ([], {"channel": "chat"}, "`ids` is empty"),
        (["a/late", "a/linc"], {}, "there is no response `a/linc`; did you mean `a/link`?"),
        (["a/chatty", "a/letter"], {}, "no channel sends all of them: `a/chatty` on chat; `a/letter` on email"),
        (
            ["a/link", "a/marked"],
            {},
            "text and Markdown cannot be one message: `a/link` is text, `a/marked` is markdown",
        ),
        (["a/link", "a/old"], {}, "`a/old` has status retired and cannot be sent; use `a/link`"),
        (["a/link", "a/late"], {"channel": "sms"}, "`a/link` is not for sms"),
    ],
)
def test_what_cannot_be_one_message(kit: Kit, ids: list[str], options: dict[str, Any], message: str) -> None:
    """What no reply may do no stack may: each refusal names the response and what is wrong."""
    with pytest.raises(ReplyError, match=re.escape(message)):
        kit.stack(ids, VALUES, **options)


def _words(text: str) -> Counter[str]:
    return Counter(text.lower().split())


@pytest.mark.parametrize(
    ("locale", "channel"), [("en", "email"), ("nl", "email"), ("en", "sms"), ("nl", "chat"), ("en", "chat")]
)
def test_the_starter_catalogue_in_pairs(locale: str, channel: str) -> None:
    """Each two neighbours of the starter catalogue: no word is lost but those left out, and nothing is said twice."""
    kit = Kit.load(shipped(), with_engines=False)
    sent: list[Reply] = []
    for response in kit.catalogue.responses.values():
        found = {name: for_locale(each.samples, locale) for name, each in response.variables.items()}
        values = {name: samples[0] for name, samples in found.items() if samples}
        if channel in response.channels and not response.status:
            sent.append(kit.reply(response.id, values, locale=locale, channel=channel, known=response.requires))
    assert len(sent) > 50
    for left, right in pairwise(sent):
        values = {name: samples[0] for name, samples in found.items() if samples}
        known = [fact for one in (left, right) for fact in kit.response(one.id).requires]
        stacked = kit.stack([left.id, right.id], values, locale=locale, channel=channel, known=known)
        assert _words(" ".join((stacked.text, *stacked.left_out))) == _words(f"{left} {right}"), (left.id, right.id)
        for once in ("Jo\nExample Shop", "Example Shop: ", "Hi Ana,", "Goedendag Ana,"):
            assert stacked.text.count(once) <= 1, (left.id, right.id)
