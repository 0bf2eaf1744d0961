"""Response files: every key is read, and every fault is reported at its place with the way to mend it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cannedkit import Catalogue, CatalogueError, Kit
from cannedkit.catalogue.load import bodies, locales
from tests.conftest import Write

SETTINGS = """\
engines: {}
packs: []
locale: en
locales: [en, nl]
channels: {chat: {}, email: {}, sms: {}}
offers: offers.yaml
facts: facts.yaml
"""

OFFERS = "late-delivery: {kind: credit, max: €10.00, until: 2026-12-31}\n"

FACTS = "help_url: https://example.org/help\nhours: {value: {en: 8 to 6}}\n"

VARIABLES = """\
customer.first_name: {fallback: {en: there, nl: daar}}
order.id: {type: order-id}
order.note: {optional: true}
"""


def load(write: Write, files: dict[str, str]) -> Catalogue:
    """The catalogue of some response files, by name."""
    root = write(
        {
            "cannedkit.yaml": SETTINGS,
            "offers.yaml": OFFERS,
            "facts.yaml": FACTS,
            "responses/variables.yaml": VARIABLES,
            **{f"responses/{name}": text for name, text in files.items()},
        }
    )
    return Kit.load(root).catalogue


def faults(write: Write, files: dict[str, str], tmp_path: Path) -> list[str]:
    """The faults of some response files, each as `path:line:column: message`."""
    with pytest.raises(CatalogueError) as caught:
        load(write, files)
    return [str(problem).replace(f"{tmp_path.resolve()}/responses/", "") for problem in caught.value.problems]


FULL = """\
short: Got it, thanks.

refund-sent:
  title: {en: Refund is on its way, nl: Je geld komt terug}
  shortcut: refund
  tags: [refund, money]
  examples: {en: [where is my money, has it been sent], nl: waar blijft mijn geld}
  mood: angry
  requires: [identity.verified]
  channels: [chat, sms, email]
  offer: late-delivery
  owner: billing-team
  status: retired
  replaced_by: a/short
  review_by: 2026-09-01
  body:
    en:
    - "  Hi {{ customer.first_name }}  "
    - Hello
    nl:
      any: Hoi
      sms: Kort
      email: {subject: Je geld, body: Beste klant}
  waivers:
  - {rule: Chat.Sentences, why: legal, by: jo@example.org, until: 2026-12-31, text: Hello, locale: en}
  variables:
    order.id: {type: order-id, samples: [A1, B22], max_length: 8}
    order.note: {type: text, optional: true, fallback: none}
  x-desk: {id: 7, tags: [a, no]}
"""


def test_every_key_is_read(write: Write) -> None:
    """Each key of a response comes back in its field, typed, and the bodies in file order."""
    catalogue = load(write, {"a.yaml": FULL, "shop/returns.yaml": "label: Here you go.\n"})
    assert list(catalogue.responses) == ["a/short", "a/refund-sent", "shop/returns/label"]
    found = catalogue.responses["a/refund-sent"]
    assert found.topic == "a"
    assert catalogue.responses["shop/returns/label"].topic == "shop/returns"
    assert found.titles == {"en": "Refund is on its way", "nl": "Je geld komt terug"}
    assert found.examples == {"en": ("where is my money", "has it been sent"), "nl": ("waar blijft mijn geld",)}
    assert (found.shortcut, found.tags, found.mood) == ("refund", ("refund", "money"), "upset")
    assert (found.requires, found.channels) == (("identity.verified",), ("chat", "sms", "email"))
    assert (found.offer, found.owner, found.status, found.replaced_by) == (
        "late-delivery",
        "billing-team",
        "retired",
        "a/short",
    )
    assert found.review_by == date(2026, 9, 1)
    assert [(body.locale, body.channel, body.variation, body.text.value) for body in found.bodies] == [
        ("en", "", 1, "Hi {{ customer.first_name }}"),
        ("en", "", 2, "Hello"),
        ("nl", "", 1, "Hoi"),
        ("nl", "sms", 1, "Kort"),
        ("nl", "email", 1, "Beste klant"),
    ]
    assert found.bodies[4].subject is not None
    assert found.bodies[4].subject.value == "Je geld"
    waiver = found.waivers[0]
    assert (waiver.rule, waiver.why, waiver.by, waiver.until, waiver.text, waiver.locale) == (
        "Chat.Sentences",
        "legal",
        "jo@example.org",
        date(2026, 12, 31),
        "Hello",
        "en",
    )
    assert waiver.place is not None
    assert waiver.place.line == 25
    assert found.extras == {"x-desk": {"id": "7", "tags": ["a", "no"]}}


def test_a_response_overrides_the_variables_of_the_catalogue(write: Write) -> None:
    """A response's own declaration wins, the others stay, and no other response sees it."""
    responses = load(write, {"a.yaml": FULL}).responses
    own = responses["a/refund-sent"].variables
    assert own["customer.first_name"].fallback == {"en": "there", "nl": "daar"}
    assert (own["order.id"].samples, own["order.id"].max_length) == ({"": ("A1", "B22")}, 8)
    assert own["order.note"].fallback == {"": "none"}
    assert responses["a/short"].variables["order.note"].fallback == {}


def test_the_smallest_response_serves_every_channel(write: Write) -> None:
    """A response that is only its body is in the default locale, on every channel of the settings."""
    found = load(write, {"a.yaml": "short: Got it.\n"}).responses["a/short"]
    assert (found.channels, locales(found)) == (("chat", "email", "sms"), ("en",))
    assert [body.text.value for body in bodies(found, "en", "sms")] == ["Got it."]
    assert bodies(found, "nl", "sms") == []


def test_a_channel_prefers_its_own_body(write: Write) -> None:
    """`any` serves only the channels without a body of their own."""
    found = load(write, {"a.yaml": FULL}).responses["a/refund-sent"]
    served = {channel: bodies(found, "nl", channel)[0].text.value for channel in found.channels}
    assert served == {"chat": "Hoi", "sms": "Kort", "email": "Beste klant"}


@pytest.mark.parametrize("text", ["no", "on", "true", "12:30", "1.10", "2026-01-01", "0x1F"])
def test_what_looks_like_a_value_is_text(write: Write, text: str) -> None:
    """A plain body that YAML could take for a boolean, a time or a number is the text that was written."""
    found = load(write, {"a.yaml": f"short: {text}\nlong:\n  body: {text}\n"}).responses
    assert [found[id].bodies[0].text.value for id in ("a/short", "a/long")] == [text, text]


SLIPS = [
    ("Your order #{{ order.id }} is on its way.", 11, "the text stops at #: put it in quotes or under |"),
    ("{{ name }}, thanks", 0, 'a text that starts with "{{" must be put in quotes: "{{ name }}, thanks"'),
    ("Note: call us", 0, 'a text with ": " in it must be put in quotes: "Note: call us"'),
    (
        "*Hello*",
        0,
        'a text that starts with "*" must be put in quotes: "*Hello*" (YAML aliases are not allowed)',
    ),
    ("[ORDER] is late", 0, 'a text that starts with "[" must be put in quotes: "[ORDER] is late"'),
    ("[Hello, Hi]", 0, 'a text that starts with "[" must be put in quotes: "[Hello, Hi]"'),
    (
        'Hi {{ x | default: "you" }}',
        0,
        """a text with ": " in it must be put in quotes: 'Hi {{ x | default: "you" }}'""",
    ),
    ("[]", 0, 'a text that starts with "[" must be put in quotes: "[]"'),
    (
        "%name%",
        0,
        'a text that starts with "%" must be put in quotes: "%name%"; cannedkit writes a placeholder as {{ name }}',
    ),
    ("@acme", 0, 'a text that starts with "@" must be put in quotes: "@acme"'),
    ('"  "', 0, "`body` has no text: write one or take the key out"),
    (
        "Hi {{ customer.frist_name }}",
        3,
        "`customer.frist_name` is not declared; add it to variables.yaml; did you mean customer.first_name?",
    ),
    ("Hi {{ customer }}", 3, "`customer` is not declared; add it to variables.yaml"),
    (
        "See {{ order.note }}",
        4,
        "`order.note` is optional: put this inside {% if order.note %} … {% endif %}, or give it a default",
    ),
    (
        "Hi {{ order.id | upper }}",
        17,
        "unknown filter `upper`; filters are default, upcase, downcase, capitalize, date",
    ),
    ("Hi {{ order.id", 3, "`{{` is never closed; add `}}`"),
    ("See {{ facts.help_ur }}", 4, "there is no fact `help_ur`; add it to facts.yaml; did you mean help_url?"),
]


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [("short: ", 1, 8), ("long:\n  body: ", 2, 9), ("a:\n  body:\n  - ", 3, 5), ("a:\n  body:\n    nl: ", 3, 9)],
)
@pytest.mark.parametrize(("text", "offset", "message"), SLIPS)
def test_a_slip_in_a_body(
    write: Write, tmp_path: Path, text: str, offset: int, message: str, before: str, line: int, column: int
) -> None:
    """The commonest slips of a writer, wherever a body may stand, end in one fault that says what to write."""
    assert faults(write, {"a.yaml": f"{before}{text}\n"}, tmp_path) == [f"a.yaml:{line}:{column + offset}: {message}"]


UNSPACED = [
    ("a:\n  body:Your order left today.\n", ["2:7: “body: Your order left today.”"]),
    ("a:\n  body:\n    en:Your order\n    nl:Je bestelling\n", ["3:7: “en: Your order”", "4:7: “nl: Je bestelling”"]),
    ("a:\n  body:\n    en:\n      chat:Hello\n", ["4:11: “chat: Hello”"]),
    ("a:\n  body:\n    subject:Hello\n", ["3:12: “subject: Hello”"]),
    ("a:\n  body:\n  - any:Hello\n", ["3:8: “any: Hello”"]),
    ("a:\n  bdoy:Hello\n", ["2:7: “bdoy: Hello”"]),
    ("a: body:Hello\n", ["1:8: “body: Hello”"]),
    ("a: {body:Hello}\n", ["1:5: “body: Hello”"]),
    ("a: {body: {en:Hello, nl:Hoi}}\n", ["1:12: “en: Hello”", "1:22: “nl: Hoi”"]),
    ("a:\n  title:Late\n  body: Hello\n", ["2:8: “title: Late”"]),
    ("a:\n  title:\n    en:Late\n  body: Hello\n", ["3:7: “en: Late”"]),
    ("a:\n  body: Hello\n  variables:\n    n:\n      type:name\n", ["5:11: “type: name”"]),
    ("a:\n  body: Hello\n  variables: {n: {fallback: {en:you}}}\n", ["3:30: “en: you”"]),
    ("body:Your order left today.\n", ["1:5: “body: Your order left today.”"]),
]


@pytest.mark.parametrize(("text", "wanted"), UNSPACED)
def test_a_key_without_the_space_behind_its_colon(write: Write, tmp_path: Path, text: str, wanted: list[str]) -> None:
    """A key whose colon lacks its space is no text for a customer: the fault says what to write, wherever it stands."""
    told = [
        fault.removeprefix("a.yaml:").removesuffix(", or all in quotes if it is a text")
        for fault in faults(write, {"a.yaml": text}, tmp_path)
    ]
    assert told == [re.sub("“(.*)”", r'put a space behind the colon: "\1"', one) for one in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Note:this",
        "http://example.org",
        "mailto:jo@example.org",
        "|\n    body:this",
        "'body:this'",
        "Hi body:this",
        "\n    Note:this",
    ],
)
def test_a_colon_in_a_text_is_text(write: Write, text: str) -> None:
    """A text that merely has a colon without a space, an address, and one in quotes or under | are left alone."""
    assert load(write, {"a.yaml": f"a:\n  body: {text}\n"}).responses.keys() == {"a/a"}


@pytest.mark.parametrize("text", ["“It left today.”", "‘We’ll be there.’", "„Hallo“", "«Salut»", "»Hallo«", "”Hej”"])
@pytest.mark.parametrize(
    "before", ["a: ", "a:\n  body: ", "a:\n  body: x\n  title: ", "a:\n  body: x\n  examples:\n  - "]
)
def test_typographic_quotes_around_a_text(write: Write, tmp_path: Path, text: str, before: str) -> None:
    """Quotes that are not YAML's would go out with the text: the fault names the straight ones."""
    (fault,) = faults(write, {"a.yaml": f"{before}{text}\n"}, tmp_path)
    assert fault.endswith(
        f'{text[0]} and {text[-1]} are sent as they stand; YAML\'s quotes are straight: "{text[1:-1]}"'
    )


@pytest.mark.parametrize(
    "text", ["He said “soon” today", "“Yes” and “no”", '"“Yes”"', "“Yes", "‘Tis late", "|\n  “Yes”"]
)
def test_typographic_quotes_within_a_text(write: Write, text: str) -> None:
    """Quotes within a text, and around one that YAML's own quotes hold, are the writer's."""
    assert load(write, {"a.yaml": f"a: {text}\n"}).responses.keys() == {"a/a"}


@pytest.mark.parametrize("word", ["null", "~", "Null", "NULL", ""])
@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("a: {}\n", "body", "1:4"),
        ("a:\n  body: {}\n", "body", "2:9"),
        ("a:\n  body:\n    nl: {}\n", "body", "3:9"),
        ("a:\n  body:\n  - {}\n", "body", "3:5"),
        ("a:\n  body:\n    body: x\n    subject: {}\n", "subject", "4:14"),
        ("a:\n  body: x\n  title: {}\n", "title", "3:10"),
        ("a:\n  body: x\n  shortcut: {}\n", "shortcut", "3:13"),
        ("a:\n  body: x\n  variables:\n    n: {{fallback: {}}}\n", "fallback", "4:19"),
        ("a:\n  body: x\n  variables:\n    n:\n      samples:\n      - {}\n", "samples", "6:9"),
    ],
)
def test_nothing_is_no_text(write: Write, tmp_path: Path, word: str, text: str, key: str, place: str) -> None:
    """YAML's words for nothing are no reply: where a text must stand they are a fault, in quotes they are text."""
    (fault,) = faults(write, {"a.yaml": text.format(word)}, tmp_path)
    line, column = place.split(":")
    found = f"a.yaml:{line}:{column}" if word else fault.partition(": ")[0]
    what = f"is {word}, which is no text" if word else "has no text"
    assert fault == f"{found}: `{key}` {what}: write one or take the key out"
    if word:
        assert load(write, {"a.yaml": text.format("'none'")}).refused == ()


def test_texts_in_brackets_are_variations(write: Write, tmp_path: Path) -> None:
    """A list on one line is a list of variations if each text is in quotes; `[name]` is a text that lacks them."""
    text = 'a:\n  body: ["Hi there, Jo here.", \'Hello, Jo here.\']\nb: ["One"]\n'
    found = load(write, {"a.yaml": text}).responses
    assert [(body.variation, body.text.value) for body in found["a/a"].bodies] == [
        (1, "Hi there, Jo here."),
        (2, "Hello, Jo here."),
    ]
    assert found["a/b"].bodies[0].text.value == "One"
    assert faults(write, {"a.yaml": "a: ['x', y, [z]]\nb: [name]\n"}, tmp_path) == [
        'a.yaml:1:10: put each text of a list in quotes: "y"',
        'a.yaml:1:13: a text that starts with "[" must be put in quotes: "[z]]"',
        'a.yaml:2:4: a text that starts with "[" must be put in quotes: "[name]"',
    ]


def test_locales_are_read_in_any_case(write: Write, tmp_path: Path) -> None:
    """`NL` in a body is the locale nl of the settings; both of them in one body are one too many."""
    waiver = "{rule: X.Y, why: w, by: b, until: 2026-12-31, locale: NL}"
    text = f"a:\n  title: {{NL: Hoi}}\n  body: {{EN: Hi, Nl: Hoi}}\n  waivers: [{waiver}]\n"
    found = load(write, {"a.yaml": text}).responses["a/a"]
    assert (locales(found), found.titles, found.waivers[0].locale) == (("en", "nl"), {"nl": "Hoi"}, "nl")
    assert faults(write, {"a.yaml": "a:\n  body: {nl: Hi, NL: Hoi}\n"}, tmp_path) == [
        "a.yaml:2:18: `NL` is nl, which stands here already: remove one"
    ]


BLANK = "a.b: the value is blank; give a text, or leave it out where the variable may be missing"

FAULTS = [
    (
        "an unknown key",
        "a:\n  boddy: Hi\n  body: Hi\n",
        [
            "a.yaml:2:3: unknown key `boddy` in `a`; did you mean `body`?",
        ],
    ),
    (
        "no body",
        "a:\n  title: Hi\n",
        [
            "a.yaml:1:1: `a` has no `body`",
        ],
    ),
    (
        "empty response",
        "a: {}\n",
        [
            "a.yaml:1:1: `a` has no `body`",
        ],
    ),
    (
        "a list for a text",
        "a:\n  shortcut: [x]\n  owner: {a: b}\n  body: Hi\n",
        [
            "a.yaml:2:13: `shortcut` must be a text, not a list",
            "a.yaml:3:10: `owner` must be a text, not a mapping",
        ],
    ),
    (
        "prose that needs quotes",
        "a:\n  title: [Order] # late\n  examples:\n  - Note: call us\n  body: Hi\n",
        [
            'a.yaml:2:10: a text that starts with "[" must be put in quotes: "[Order] # late"',
            'a.yaml:4:5: a text with ": " in it must be put in quotes: "Note: call us"',
        ],
    ),
    (
        "words that are not choices",
        "a:\n  mood: angy\n  status: retird\n  body: Hi\n",
        [
            "a.yaml:2:9: `mood` cannot be 'angy'; did you mean `angry`?",
            "a.yaml:3:11: `status` cannot be 'retird'; did you mean `retired`?",
        ],
    ),
    (
        "days",
        """\
a:
  review_by: 31-12-2026
  body: Hi
b:
  review_by: 2026-02-30
  body: Hi
c:
  review_by: 2026-W01-1
  body: Hi
""",
        [
            "a.yaml:2:14: `review_by` must be a date such as 2026-12-31, not '31-12-2026'",
            "a.yaml:5:14: `review_by` must be a date such as 2026-12-31, not '2026-02-30'",
            "a.yaml:8:14: `review_by` must be a date such as 2026-12-31, not '2026-W01-1'",
        ],
    ),
    (
        "a locale that the settings lack",
        "a:\n  title: {de: Hallo}\n  body: {en: Hi, de: Hallo}\n",
        [
            "a.yaml:2:11: `title`: unknown locale `de`; known: en, nl",
            "a.yaml:3:18: `de` is no locale or channel of the settings; known: any, chat, email, en, nl, sms",
        ],
    ),
    (
        "a word in braces where a text must stand",
        "a:\n  body: {Name}\nb:\n  body: {en: {Name}, nl: Hoi}\n",
        [
            'a.yaml:2:9: a text that starts with "{" must be put in quotes: "{Name}"; '
            "cannedkit writes a placeholder as {{ name }}",
            'a.yaml:4:14: a text that starts with "{" must be put in quotes: "{Name}"; '
            "cannedkit writes a placeholder as {{ name }}",
        ],
    ),
    (
        "a channel that the settings lack",
        "a:\n  channels: [chat, smss]\n  body: Hi\n",
        [
            "a.yaml:2:20: unknown channel `smss`; did you mean `sms`?",
        ],
    ),
    (
        "a body for a channel that the settings lack",
        "a:\n  body: {any: Hi, smss: Hi}\n",
        [
            "a.yaml:2:19: unknown channel `smss`; did you mean `sms`?",
        ],
    ),
    (
        "a channel unknown under a locale",
        "a:\n  body:\n    en: {any: Hi, emial: Hi}\n",
        [
            "a.yaml:3:19: unknown channel `emial`; did you mean `email`?",
        ],
    ),
    (
        "a locale under a locale",
        "a:\n  body:\n    en: {any: Hi, nl: Hoi}\n",
        [
            "a.yaml:3:19: `nl` is a locale, and stands under another: locales come first",
        ],
    ),
    (
        "locales and channels mixed",
        "a:\n  body: {en: Hi, sms: Hi}\n",
        [
            "a.yaml:2:9: `body` mixes locales and channels: put the channels under each locale, or use one of the two",
        ],
    ),
    (
        "a body that is never sent",
        "a:\n  channels: [chat]\n  body: {any: Hi, sms: Yo}\n",
        [
            "a.yaml:3:24: never sent: sms is not among its channels (chat)",
        ],
    ),
    (
        "channels without a body",
        "a:\n  body: {chat: Hi}\n",
        [
            "a.yaml:1:1: no body in en for email, sms: add it, or `any`, or name its `channels`",
        ],
    ),
    (
        "channels without a body in one locale",
        "a:\n  body:\n    en: Hi\n    nl: {chat: Hoi, sms: Hoi}\n",
        [
            "a.yaml:1:1: no body in nl for email: add it, or `any`, or name its `channels`",
        ],
    ),
    (
        "no channels",
        "a:\n  channels: []\n  body: Hi\n",
        [
            "a.yaml:2:13: `channels` is empty: name one, or take the key out to serve all",
        ],
    ),
    (
        "empty bodies",
        "a:\n  body: {}\nb:\n  body: {nl: {}}\n",
        [
            "a.yaml:2:9: `body` has no text",
            "a.yaml:4:14: the body for nl has no text",
        ],
    ),
    (
        "a subject alone",
        "a:\n  body: {subject: Hi}\n",
        [
            "a.yaml:2:9: a body with a subject needs `body` beside it",
        ],
    ),
    (
        "a misspelt subject",
        "a:\n  body: {subjet: Hi, body: Hi}\n",
        [
            "a.yaml:2:10: unknown key `subjet` in a body; did you mean `subject`?",
        ],
    ),
    (
        "an unknown offer",
        "a:\n  offer: late-delivry\n  body: Hi\n",
        [
            "a.yaml:2:10: unknown offer `late-delivry`; did you mean `late-delivery`?",
        ],
    ),
    (
        "a successor that does not exist",
        "a:\n  status: retired\n  replaced_by: a/bb\n  body: Hi\nb: Hi\n",
        [
            "a.yaml:1:1: `replaced_by`: there is no response `a/bb`; did you mean `a/b`?",
        ],
    ),
    (
        "a shortcut used twice",
        "a:\n  shortcut: hi\n  body: Hi\nb:\n  shortcut: hi\n  body: Hi\n",
        [
            "a.yaml:4:1: shortcut `hi` belongs to `a/a` (a.yaml:1:1)",
        ],
    ),
    (
        "a shortcut that differs in case only",
        "a:\n  shortcut: Late\n  body: Hi\nb:\n  shortcut: late\n  body: Hi\n",
        [
            "a.yaml:4:1: shortcut `late` belongs to `a/a` (a.yaml:1:1)",
        ],
    ),
    (
        "a misspelt body",
        "a:\n  boddy: Hi\n",
        [
            "a.yaml:2:3: unknown key `boddy` in `a`; did you mean `body`?",
        ],
    ),
    (
        "a waiver without its reason",
        "a:\n  body: Hi\n  waivers:\n  - {rule: Chat.Emoji, wy: x, by: '', until: soon, locale: de}\n",
        [
            "a.yaml:4:5: a waiver needs `by`",
            "a.yaml:4:5: a waiver needs `why`",
            "a.yaml:4:24: unknown key `wy` in a waiver; did you mean `why`?",
            "a.yaml:4:46: `until` must be a date such as 2026-12-31, not 'soon'",
            "a.yaml:4:60: unknown locale `de`; known: en, nl",
        ],
    ),
    (
        "a waiver that is a text",
        "a:\n  body: Hi\n  waivers: Chat.Emoji\n",
        [
            "a.yaml:3:12: `waivers` must be a mapping of names to values, not a text",
        ],
    ),
    (
        "a fact without a value in the locale",
        "a:\n  body: {en: 'From {{ facts.hours }}', nl: 'Van {{ facts.hours }}'}\n",
        [
            "a.yaml:2:49: the fact `hours` has no value in nl; add one",
        ],
    ),
    (
        "a shared subject is faulted once",
        "a:\n  body:\n    subject: Hi {{ x }}\n    body:\n    - One\n    - Two\n",
        [
            "a.yaml:3:17: `x` is not declared; add it to variables.yaml",
        ],
    ),
    (
        "variables",
        """\
a:
  body: Hi
  variables:
    a.b: {type: mony, fallback: '', samples: ['']}
    a: {optional: maybe, max_length: 0}
    order: {}
    facts.x: {}
    1x: {}
    c: [x]
    d: {sample: x}
    e: {type: money, samples: [free]}
    f: {max_length: 3, fallback: there}
    g: {fallback: {de: da}}
    h: {max_length: --5}
""",
        [
            "a.yaml:4:17: `type` cannot be 'mony'; did you mean `money`?",
            f"a.yaml:4:33: fallback '': {BLANK}",
            f"a.yaml:4:46: sample '': {BLANK}",
            "a.yaml:5:5: `a` cannot stand beside `a.b`: a name is a value or a group, not both",
            "a.yaml:5:19: `optional` cannot be 'maybe'; known: false, true",
            "a.yaml:5:38: `max_length` must be a whole number of at least 1, not '0'",
            "a.yaml:6:5: `order` cannot stand beside `order.id`: a name is a value or a group, not both",
            "a.yaml:6:5: `order` cannot stand beside `order.note`: a name is a value or a group, not both",
            "a.yaml:7:5: `facts.…` are declared in the file that `facts` names in the settings",
            "a.yaml:8:5: '1x' is not a name of a variable: use letters, digits, `_`, `.`",
            "a.yaml:9:8: `c` must be a mapping of names to values, not a list",
            "a.yaml:10:9: unknown key `sample` of variable d; did you mean `samples`?",
            "a.yaml:11:31: sample 'free': e: 'free' is not an amount, with a number in it (type money)",
            "a.yaml:12:34: fallback 'there': f: the value is 5 characters long; at most 3 are allowed",
            "a.yaml:13:20: `fallback`: unknown locale `de`; known: en, nl",
            "a.yaml:14:21: `max_length` must be a whole number of at least 1, not '--5'",
        ],
    ),
    (
        "a name that is none",
        "a b: Hi\n",
        [
            "a.yaml:1:1: 'a b' is not a name: use letters, digits, `-` and `_`",
        ],
    ),
    (
        "a name used twice",
        "a: Hi\na: Hi\n",
        [
            'a.yaml:2:1: "a" stands here a second time (first in line 1): rename or remove one',
        ],
    ),
    (
        "a list for a file",
        "- Hi\n",
        [
            "a.yaml:1:1: `a.yaml` must be a mapping of names to values, not a list",
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault(write: Write, tmp_path: Path, text: str, wanted: list[str]) -> None:
    """Each fault of a response file is reported where it stands, with the way to mend it, and nothing beside it."""
    assert faults(write, {"a.yaml": text}, tmp_path) == wanted


def test_all_faults_of_all_files_at_once(write: Write, tmp_path: Path) -> None:
    """One run shows the faults of every file, in file order, also where one of them cannot be read at all."""
    files = {
        "b.yaml": "x:\n  moood: upset\n  body: Hi {{ nobody }}\n",
        "a.yaml": "x: [unclosed\n",
        "c/d.yaml": "x:\n  replaced_by: a/gone\n  status: retired\n  body: Hi\n",
    }
    found = faults(write, files, tmp_path)
    assert [fault.partition(": ")[0] for fault in found] == ["a.yaml:1:4", "b.yaml:2:3", "b.yaml:3:12"]


def test_unreadable_declarations_do_not_make_every_placeholder_a_fault(write: Write, tmp_path: Path) -> None:
    """Where variables.yaml cannot be read, that is the fault, and not each placeholder that it declares."""
    files = {"variables.yaml": "order.id: @x\n", "a.yaml": "x: Order {{ order.id }}\n"}
    assert faults(write, files, tmp_path) == [
        'variables.yaml:1:11: a text that starts with "@" must be put in quotes: "@x"'
    ]


def test_the_same_id_in_two_files(write: Write, tmp_path: Path) -> None:
    """`a.yaml` and `a.yml` make the same ids; the second is refused and names the first."""
    assert faults(write, {"a.yaml": "x: Hi\n", "a.yml": "x: Hi\n"}, tmp_path) == [
        "a.yml:1:1: `a/x` stands in a.yaml:1:1 already"
    ]


def test_a_catalogue_of_no_responses(write: Write, tmp_path: Path) -> None:
    """A folder without a response, and no folder at all, are errors that name `init`."""
    folder = tmp_path.resolve() / "responses"
    with pytest.raises(CatalogueError) as caught:
        load(write, {"empty.yaml": ""})
    assert str(caught.value) == f"{folder}: holds no response; write one or copy the starter: cannedkit init"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "cannedkit.yaml").write_text("")
    with pytest.raises(CatalogueError, match=r"there is no such folder; `cannedkit init` makes one"):
        _ = Kit.load(tmp_path / "other").catalogue


def test_a_body_beyond_the_limit(write: Write, tmp_path: Path) -> None:
    """A body of 20,000 characters is read, one of 20,001 is refused."""
    assert load(write, {"a.yaml": f"x: {'a' * 20_000}\n"}).responses.keys() == {"a/x"}
    assert faults(write, {"a.yaml": f"x: {'a' * 20_001}\n"}, tmp_path) == [
        "a.yaml:1:4: a body may hold 20,000 characters, this one has more"
    ]
