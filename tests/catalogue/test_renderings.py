"""Renderings: a response as its customers will read it, subject and text filled alike."""

from __future__ import annotations

import re

import pytest

from cannedkit import Kit, Rendering, ReplyError
from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "engines: {}\npacks: []\nlocale: en\nlocales: [en, nl]\n"
    "channels: {chat: {}, email: {}, sms: {}}\nfacts: facts.yaml\n",
    "facts.yaml": "hours: {value: {en: 8 to 6, nl: 8 tot 18}}\n",
    "responses/variables.yaml": 'amount: {type: money, samples: ["£1.00", "£249.00", "£1,249.00"]}\n'
    "name: {fallback: {en: there, nl: daar}, samples: [Jo, Maximilian]}\n"
    "day: {type: date}\nnote: {optional: true, samples: [fragile]}\n",
    "responses/a.yaml": """\
sent:
  shortcut: refund
  body:
    en:
      any: "We've sent {{ amount }}, {{ name }}."
      email: {subject: "{{ amount }} for {{ name }}", body: "We've sent {{ amount }}."}
    nl:
      chat:
        - "Terug: {{ amount }}."
        - "Weer: {{ amount }}."
      email: Terug.
      sms: Ja.
mixed:
  channels: [email]
  body:
    subject: 'Hi {{ name | default: "you" }} on {{ day | date: "%Y" }}'
    body: "Dear {{ name }}, {{ day }}, {{ facts.hours }}.{% if note %} It is {{ note }}.{% endif %}"
needs:
  channels: [email]
  body: {subject: "{% if note %}{{ note }}{% else %}About it{% endif %}", body: "See you, {{ name }}."}
""",
}


@pytest.fixture
def kit(write: Write) -> Kit:
    """A kit with three responses."""
    return Kit.load(write(FILES))


def _named(found: list[Rendering]) -> dict[str, Rendering]:
    return {each.samples: each for each in found}


def test_the_subject_has_the_samples_of_the_body(kit: Kit) -> None:
    """In each rendering subject and text are filled with the same values, which it lists."""
    found = _named(kit.renderings("a/sent", locale="en", channel="email"))
    shown = {name: (found[name].subject, found[name].text) for name in ("typical", "longest", "fallback")}
    assert shown == {
        "typical": ("£1.00 for Jo", "We've sent £1.00."),
        "longest": ("£1,249.00 for Maximilian", "We've sent £1,249.00."),
        "fallback": ("£1.00 for there", "We've sent £1.00."),
    }
    assert all(f"We've sent {(each.subject or '').partition(' ')[0]}." == each.text for each in found.values())
    assert found["longest"].values == {"amount": "£1,249.00", "name": "Maximilian"}


def test_each_part_is_filled_as_for_sending(kit: Kit) -> None:
    """Where subject and body treat one name differently, each shows what would go out."""
    found = _named(kit.renderings("a/mixed"))
    assert re.fullmatch(r"Hi \w+ on \d{4}", found["typical"].subject or "")
    assert re.fullmatch(r"Dear Jo, \w+ \d+, \d{4}, 8 to 6\. It is fragile\.", found["typical"].text)
    assert (found["fallback"].subject or "").startswith("Hi you on ")
    assert found["fallback"].text.startswith("Dear there, ")


def test_a_branch_of_the_subject_is_shown(kit: Kit) -> None:
    """The branches of a subject are renderings too."""
    assert {each.subject for each in kit.renderings("a/needs")} >= {"fragile", "About it"}


def test_what_a_rendering_says_of_itself(kit: Kit) -> None:
    """A rendering names its locale, the channels that send it, its variation and its samples."""
    found = [(each.locale, each.channels, each.variation, each.samples) for each in kit.renderings("a/sent")]
    assert found[0] == ("en", ("chat", "sms"), 1, "typical")
    assert [each for each in found if each[0] == "nl" and each[3] == "typical"] == [
        ("nl", ("chat",), 1, "typical"),
        ("nl", ("chat",), 2, "typical"),
        ("nl", ("email",), 1, "typical"),
        ("nl", ("sms",), 1, "typical"),
    ]


def test_a_shortcut_finds_its_response(kit: Kit) -> None:
    """A response is found by its shortcut as by its id."""
    assert kit.response("refund") is kit.response("a/sent")
    with pytest.raises(ReplyError, match=r"there is no response `refnd`; did you mean `refund`\?"):
        kit.response("refnd")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"id": "a/mixed", "locale": "nl"}, "`a/mixed` has no body in nl; it has en on email"),
        ({"id": "a/mixed", "channel": "sms"}, "`a/mixed` has no body on sms; it has en on email"),
        (
            {"id": "a/mixed", "locale": "nl", "channel": "chat"},
            "`a/mixed` has no body in nl on chat; it has en on email",
        ),
        ({"id": "a/sent", "locale": "de"}, "unknown locale 'de'; known: en, nl"),
        ({"id": "a/sent", "channel": "emial"}, "unknown channel 'emial'; did you mean `email`?"),
    ],
)
def test_what_is_not_there(kit: Kit, call: dict[str, str], message: str) -> None:
    """What the settings lack is an error with the nearest name; what the response lacks, one that says what it has."""
    with pytest.raises(ReplyError) as caught:
        kit.renderings(**call)
    assert str(caught.value) == message


def test_show_prints_them(run: Run, kit: Kit) -> None:
    """`show` prints a head and the letter of each rendering, finds shortcuts, and takes a locale in any case."""
    folder = kit.settings.root
    ran = run("show", "refund", "--locale", "EN", "--channel", "email", cwd=folder)
    assert "refund · en · email · longest\nSubject: £1,249.00 for Maximilian\n\nWe've sent £1,249.00.\n" in ran.out
    assert (ran.err, ran.code) == ("", 0)
    ran = run("show", "a/sent", "--channel", "emial", cwd=folder)
    assert (ran.err, ran.code) == ("cannedkit: unknown channel 'emial'; did you mean `email`?\n", 2)


def test_commands_that_check_nothing_say_nothing_of_checks(run: Run, write: Write) -> None:
    """What goes unchecked is told by commands that check, once, and by no other."""
    expression = "extends: weir\nmessage: m\nexpression: [awful]\n"
    settings = "engines: {}\npacks: [Own]\n"
    folder = write({"cannedkit.yaml": settings, "rules/Own/Weir.yml": expression, "responses/a.yaml": "x: Hi\n"})
    for command in (("show", "a/x"), ("rules", "list"), ("rules", "explain", "Own.Weir")):
        assert run(*command, cwd=folder).err == ""
    assert run("lint", "-", cwd=folder, stdin=b"Hi").err.count("Own") == 1


USES = {
    "cannedkit.yaml": "engines: {}\npacks: []\nfacts: facts.yaml\n"
    "channels: {chat: {}, sms: {}, x: {}, email: {subject: {max_bytes: 20}}}\n",
    "facts.yaml": "hours: 8 to 6\n",
    "responses/variables.yaml": "item: {samples: [lamp], max_length: 300}\n"
    "name: {type: name, samples: [Jo], max_length: 8}\n"
    "count: {type: number, samples: ['3'], max_length: 2}\n",
    "responses/a.yaml": """\
ready:
  body:
    any: "{{ name }}, {{ item }}: {{ facts.hours }}"
    sms: "{{ count }} of {{ count }} – {{ facts.hours }}"
    email: {subject: "{{ name }}: {{ count }}", body: "{{ item }}"}
plain: {channels: [sms], body: "{{ name }} {{ count }}"}
""",
}


def test_what_a_rendering_takes_of_its_channels(write: Write) -> None:
    """Each limit of a channel is told with what the text takes, at most, and which variables decide; facts never do."""
    renderings = [one for one in Kit.load(write(USES)).renderings("a/ready") if one.samples == "typical"]
    assert [
        (use.channel, use.part, use.unit, use.limit, use.used, use.most, use.variables) for use in renderings[0].uses
    ] == [("x", "body", "weighted", 280, 16, 318, ("item",))]
    sms, email = (one.uses for one in renderings if one.channels in (("sms",), ("email",)))
    assert [(use.unit, use.limit, use.used, use.most, use.variables, use.note) for use in sms] == [
        ("segments", 0, 1, 1, (), "UCS-2 for –, 15 of 70"),
        ("characters", 1600, 15, 17, ("count",), ""),
    ]
    assert [(use.part, use.unit, use.limit, use.used, use.most, use.variables) for use in email] == [
        ("subject", "graphemes", 50, 5, 12, ("name", "count")),
        ("subject", "bytes", 20, 5, 12, ("name", "count")),
    ]


def test_show_prints_what_each_takes(run: Run, write: Write) -> None:
    """Below each rendering stands what it takes of its channels, and what a value in other letters makes of it."""
    folder = write(USES)
    assert run("show", "a/plain", cwd=folder).out == "".join(
        f"a/plain · en · sms · {samples}\nJo {count}\n"
        "sms: 1 SMS segment (GSM-7, 4 of 160; 1 with a letter such as ł in name)\n"
        "sms: 4 of 1,600 characters, at most 11 with the longest name, count\n\n"
        for samples, count in (("typical", 3), ("count: 1", 1), ("count: 2", 2))
    )
    assert "x: 16 of 280 characters as X counts them, at most 318 with the longest item: too long\n" in (
        run("show", "a/ready", "--channel", "x", cwd=folder).out
    )
