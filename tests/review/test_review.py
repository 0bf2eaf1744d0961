"""The review of a catalogue: bodies as customers read them, findings at their places in the file, waivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cannedkit import EngineError, Kit, Level, Review
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.result import Checked, FileFinding, Unread
from cannedkit.review import review
from tests.conftest import Run, Write

TODAY = date(2026, 6, 1)

SETTINGS = "engines: {}\npacks: [Own]\nlocale: en\nchannels: {chat: {}, email: {}, sms: {}}\n"


def rule(word: str, more: str = "") -> str:
    """A rule that finds one word."""
    return f"extends: existence\nmessage: \"no '%s'\"\nlevel: warning\n{more}tokens: [{word}]\n"


RULES = {
    "Bad": rule("awful"),
    "Name": rule("Sam"),
    "Sms": rule("brochure", "where: {channel: sms}\n"),
    "Upset": rule("super", "where: {mood: upset}\n"),
    "Draft": rule("secret", "where: {status: draft}\n"),
    "Topic": rule("parcel", "where: {topic: shop}\n"),
    "Known": rule("identity", "where: {known: identity.verified}\n"),
    "Across": rule("'by \\w+'"),
}


def checked(write: Write, text: str, *, name: str = "a.yaml", variables: str = "", more: str = "") -> Review:
    """The review of one response file; the settings have nl where it has."""
    more += "locales: [en, nl]\n" if "nl:" in text else ""
    files = {f"rules/Own/{id}.yml": source for id, source in RULES.items()}
    root = write(
        {
            "cannedkit.yaml": SETTINGS + more,
            "responses/variables.yaml": variables,
            f"responses/{name}": text,
            **files,
        }
    )
    return Kit.load(root).check(today=TODAY)


def told(found: FileFinding) -> str:
    """A finding as `rule line:column-line:column`."""
    place = found.place
    return f"{found.finding.rule} {place.line}:{place.column}-{place.end_line}:{place.end_column}"


def test_a_body_is_linted_for_each_channel_it_serves(write: Write) -> None:
    """A body is held to the rules of each channel that it serves, and of no other."""
    text = "a:\n  body: {any: A brochure, sms: Short}\nb: Your brochure\n"
    found = checked(write, text).findings
    assert [(told(one), one.channels, one.response) for one in found] == [("Own.Sms 3:9-3:17", ("sms",), "a/b")]


def test_equal_findings_are_merged_over_channels(write: Write) -> None:
    """What is wrong on every channel is one finding that names them all, and no sample set."""
    (found,) = checked(write, "a: That is awful.\n").findings
    assert (told(found), found.channels, found.samples, found.text) == (
        "Own.Bad 1:12-1:17",
        ("chat", "email", "sms"),
        (),
        "awful",
    )


def test_what_only_some_samples_show_names_them(write: Write) -> None:
    """A finding in a branch names the sample sets that reach it, and not the one where the value is missing."""
    text = "a: Hello.{% if note %} That is awful.{% endif %}\n"
    (found,) = checked(write, text, variables="note: {optional: true}\n").findings
    assert told(found) == "Own.Bad 1:32-1:37"
    assert found.samples == ("typical", "shortest", "longest")


def test_a_finding_inside_a_value_is_dropped(write: Write) -> None:
    """A rule that matches a filled value alone says nothing about the body."""
    variables = "name: {samples: [Sam]}\n"
    assert checked(write, "a: Hello {{ name }}.\n", variables=variables).findings == ()
    (found,) = checked(write, "a: Hello Sam.\n", variables=variables).findings
    assert told(found) == "Own.Name 1:10-1:13"


def test_a_finding_across_a_value_covers_its_placeholder(write: Write) -> None:
    """What a value and its neighbours make together is found over the whole placeholder, without a fix."""
    (found,) = checked(write, "a: Sent by {{ name }}.\n", variables="name: {samples: [Sam, Jo]}\n").findings
    assert (told(found), found.text, found.finding.safe) == ("Own.Across 1:9-1:22", "by {{ name }}", False)


def test_subjects_are_linted_once(write: Write) -> None:
    """A finding in a subject says so, and comes once however many variations share it."""
    text = "a:\n  body:\n    subject: An awful day\n    body:\n    - One\n    - An awful one\n"
    found = checked(write, text).findings
    assert [(told(one), one.part, one.variation) for one in found] == [
        ("Own.Bad 3:17-3:22", "subject", 1),
        ("Own.Bad 6:10-6:15", "body", 2),
    ]


def test_conditions_see_the_response(write: Write) -> None:
    """`where` sees the mood, status, topic and known facts of the response that a body belongs to."""
    text = """\
a: super secret parcel identity
b: {mood: angry, body: super}
c: {status: draft, body: secret}
d: {requires: [identity.verified], body: identity}
"""
    assert [(one.response, one.finding.rule) for one in checked(write, text).findings] == [
        ("a/b", "Own.Upset"),
        ("a/c", "Own.Draft"),
        ("a/d", "Own.Known"),
    ]
    found = checked(write, "label: parcel\n", name="shop/returns.yaml").findings
    assert [one.finding.rule for one in found if one.response == "shop/returns/label"] == ["Own.Topic"]


def test_retired_responses_are_left_alone(write: Write) -> None:
    """What is no longer sent is neither linted nor asked about its waivers."""
    text = "a: {status: retired, body: awful, waivers: [{rule: X.Y, why: w, by: b, until: 2020-01-01}]}\nb: Fine\n"
    review = checked(write, text)
    assert review.findings == ()
    assert review.checked.responses == 2


PLACES = [
    ("a: >\n  Hi 👋🏽 {{ name }},\n  that is\n  awful.\n", "4:3-4:8"),
    ('a: "Hi \\U0001F600 {{ name }}, \\"that\\"\n  is awful."\n', "2:6-2:11"),
    ("a: 'It''s {{ name }}, that is awful.'\n", "1:31-1:36"),
    ("a: |\n  👩‍👩‍👧 {{ name }}\n\n    {{ name }} is awful\n", "4:19-4:24"),
    ("a: |\r\n  Hi {{ name }}\r\n  awful\r\n", "3:3-3:8"),
    ("\ufeffa: Hi {{ name }} awful\n", "1:18-1:23"),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_places(write: Write, text: str, place: str) -> None:
    """A finding behind emoji, escapes, folds and placeholders stands where the word stands in the file."""
    (found,) = checked(write, text, variables="name: {type: name}\n").findings
    assert told(found) == f"Own.Bad {place}"
    assert found.text == "awful"


def waived(more: str, until: str = "2026-12-31") -> str:
    """A response with two findings in two locales, and a waiver."""
    waiver = f"{{rule: Own.Bad, why: quoted, by: jo, until: {until}{more}}}"
    return f"a:\n  body: {{en: An awful day, nl: Een awful dag}}\n  waivers: [{waiver}]\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (waived(""), []),
        (waived(", text: awful"), []),
        (waived(", locale: en"), ["Own.Bad nl"]),
        (waived(", text: other"), ["Own.Bad en", "Own.Bad nl", "Waiver.Unused "]),
        (waived("", "2026-06-01"), []),
        (waived("", "2026-05-31"), ["Own.Bad en", "Own.Bad nl", "Waiver.Expired "]),
        (waived("").replace("Own.Bad", "Own.Bed"), ["Own.Bad en", "Own.Bad nl"]),
    ],
)
def test_waivers(write: Write, text: str, wanted: list[str]) -> None:
    """A waiver allows what it names up to its last day; one that is over or of no use is a finding itself."""
    found = checked(write, text).findings
    assert [f"{one.finding.rule} {one.locale}" for one in found] == wanted


def test_what_waivers_say(write: Write) -> None:
    """The finding about a waiver stands at the waiver and says what to do; its level can be set."""
    text = waived("", "2026-05-31")
    found = checked(write, text).findings[-1]
    assert told(found) == "Waiver.Expired 3:13-3:68"
    assert found.finding.message == (
        "The waiver for Own.Bad (quoted) ended on 2026-05-31. Mend the text, or ask jo again."
    )
    (found,) = checked(write, waived("").replace("awful", "fine")).findings
    assert found.finding.message == "The waiver for Own.Bad allows nothing that is found. Take it out."
    assert (found.part, found.finding.level) == ("response", Level.WARNING)
    levels = "levels: {Waiver.Unused: off, Waiver.Expired: error}\n"
    assert checked(write, waived("").replace("awful", "fine"), more=levels).findings == ()
    assert checked(write, text, more=levels).findings[-1].finding.level == Level.ERROR


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("Own.Bed", "a waiver: there is no rule `Own.Bed`; did you mean `Own.Bad`?"),
        ("Onw.Bad", "a waiver: there is no pack `Onw`; did you mean `Own`?"),
        ("Care.Unfortunatly", "a waiver: there is no rule `Care.Unfortunatly`; did you mean `Care.Unfortunately`?"),
    ],
)
def test_a_waiver_for_no_rule_is_an_error(write: Write, rule: str, reason: str) -> None:
    """A misspelt rule in a waiver is an error at the waiver with the nearest name, and not called unused."""
    review = checked(write, waived("").replace("Own.Bad", rule))
    assert [one.finding.rule for one in review.findings] == ["Own.Bad", "Own.Bad"]
    assert [(error.rule, error.reason, error.line, error.column) for error in review.errors] == [("", reason, 3, 13)]
    assert review.errors[0].path.endswith("responses/a.yaml")


def test_a_rule_that_cannot_be_read_is_no_misspelling(write: Write) -> None:
    """Where a rule's file is broken that is told once: its waiver and its level are not said to name no rule."""
    write({"rules/Own/Broken.yml": "extends: existence\n\tmessage: x\n"})
    review = checked(write, waived("").replace("Own.Bad", "Own.Broken"), more="levels: {Own.Broken: error}\n")
    assert [error.reason for error in review.errors] == ["a tab stands where YAML wants spaces: indent with spaces"]


def test_a_locale_without_a_body_is_found(write: Write) -> None:
    """A response in use that lacks a locale of the settings is a warning at its name; drafts and retired ones pass."""
    text = """a: {body: {en: Hello}}
b: {body: {en: Hello, nl: Hallo}}
c: {body: {nl-BE: Hallo, en: Hello}}
d: {status: draft, body: Hello}
e: {status: retired, body: Hello}
"""
    settings = "locales: [en, NL, nl-be]\n"
    found = checked(write, text.replace("nl:", "NL :"), more=settings).findings
    assert [(told(one), one.response, one.part) for one in found] == [("Catalogue.Locales 1:1-1:2", "a/a", "response")]
    assert found[0].finding.message == "It has no body in nl, nl-BE. Write one, or take the locale out of `locales`."
    assert found[0].finding.level == Level.WARNING
    quiet = checked(write, text.replace("nl:", "NL :"), more=settings + "levels: {Catalogue.Locales: off}\n")
    assert (quiet.findings, quiet.errors) == ((), ())


def test_a_waiver_of_an_engine_that_is_off_is_not_called_unused(write: Write) -> None:
    """Nobody is told to take out the waiver of a proofreader that was not asked."""
    text = waived("").replace("Own.Bad", "Harper.SpellCheck").replace("awful", "fine")
    assert checked(write, text).findings == ()


def test_today_on_the_command_line(write: Write, run: Run) -> None:
    """`check --today` decides which waivers hold."""
    checked(write, waived(""))
    root = write({})
    assert run("check", "--today", "2026-12-31", cwd=root).out.startswith("Nothing found.")
    assert "Waiver.Expired" in run("check", "--today", "2027-01-01", cwd=root).out


def test_a_hole_that_an_empty_branch_leaves_is_found(write: Write) -> None:
    """Marks that meet where a branch is empty are found, and the finding names the branch."""
    text = "a: 'Hi {{ n }}, {% if note %}{{ note }}{% endif %}.'\n"
    variables = "n: {type: name}\nnote: {optional: true, samples: [it is here, it left]}\n"
    checked(write, text, variables=variables)
    root = write({"cannedkit.yaml": "engines: {}\npacks: [Typography]\n"})
    (found,) = Kit.load(root).check(today=TODAY).findings
    assert (found.finding.rule, found.samples) == ("Typography.DoubledMark", ("branch 2: else of if note",))


def test_a_sample_in_the_middle_shows_what_the_others_hide(write: Write) -> None:
    """An article that is wrong before one sample of several is found, and the sample is named."""
    root = write(
        {
            "cannedkit.yaml": "packs: []\nengines: {harper: {}}\n",
            "responses/variables.yaml": "product: {samples: [table, orange lamp, mug, wooden writing desk]}\n",
            "responses/a.yaml": "sent: We've packed a {{ product }} for you.\n",
        }
    )
    (found,) = Kit.load(root).check().findings
    assert (found.finding.rule, found.samples) == ("Harper.AnA", ("product: orange lamp",))


class Broken:
    """An engine that fails."""

    name = "broken"
    languages = ("en",)
    mark = None

    def check(self, draft: Draft) -> list[Finding]:
        """Nothing but an error."""
        raise EngineError("it is gone")


def test_a_failing_engine_hides_nothing(write: Write) -> None:
    """An engine that fails is an error of the review; what the rules found stands beside it."""
    checked(write, "a: That is awful.\nb: Fine.\n")
    kit = Kit.load(write({}))
    broken = replace(kit.linter("en"), engines=(Broken(),))

    def linter(locale: str) -> Linter:
        return broken

    found = review.check(kit.settings, kit.catalogue, linter, TODAY)
    assert [told(one) for one in found.findings] == ["Own.Bad 1:12-1:17"]
    assert [(error.rule, error.reason) for error in found.errors] == [
        ("broken", "it is gone (a/a)"),
        ("broken", "it is gone (a/b)"),
    ]
    assert found.checked.engines == {"en": ()}
    assert found.checked.unread == (Unread("en", "spelling and grammar", "broken failed"),)


def test_an_article_that_fits_some_values_only(write: Write) -> None:
    """The real proofreader finds "a" before umbrella, and names the sample set with umbrella only."""
    root = write(
        {
            "cannedkit.yaml": "packs: []\nengines: {harper: {}}\n",
            "responses/variables.yaml": "product: {samples: [lamp, box, umbrella]}\n",
            "responses/a.yaml": "sent: We sent a {{ product }} this morning.\n",
        }
    )
    (found,) = Kit.load(root).check().findings
    assert found.finding.rule == "Harper.AnA"
    assert found.samples == ("longest",)
    assert found.text.startswith("a")


def test_what_was_checked(write: Write, tmp_path: Path) -> None:
    """A review counts responses, bodies and renderings, and lists locales, channels and engines."""
    review = checked(write, "a: Hi\nb:\n  body: {en: x, nl: y}\n")
    assert review.checked == Checked(
        responses=2,
        bodies=3,
        renderings=9,
        locales=("en", "nl"),
        channels=("chat", "email", "sms"),
        engines={"en": (), "nl": ()},
        passed=("a/b",),
        unread=tuple(Unread(tag, "spelling and grammar", f"no engine reads {tag}") for tag in ("en", "nl")),
    )


MARKDOWN = """\
steps:
  {format}body: |
    1. An *awful* `awful` [link](https://awful.example)

    🎉 Café {{{{ customer.first_name }}}}, awful
"""


@pytest.mark.parametrize(
    ("format", "places"),
    [("format: markdown\n  ", ["4:12-4:17", "6:39-6:44"]), ("", ["3:12-3:17", "3:20-3:25", "3:42-3:47", "5:39-5:44"])],
)
def test_a_markdown_body(write: Write, format: str, places: list[str]) -> None:
    """Code and link targets of a body in Markdown are not prose; what is found has its place in the file."""
    found = checked(write, MARKDOWN.format(format=format), variables="customer.first_name: {type: name}\n").findings
    assert [told(one) for one in found] == [f"Own.Bad {place}" for place in places]


def test_a_sample_is_no_markup(write: Write) -> None:
    """A sample with Markdown in it hides nothing of the body around it, and places stay those of the file."""
    body = "steps:\n  format: markdown\n  body: |\n    Dear {{ customer.first_name }}, awful `code` awful\n"
    variables = "customer.first_name: {type: name, samples: ['`a', '[a](', '<a b=', '**a_']}\n"
    found = checked(write, body, variables=variables).findings
    assert [told(one) for one in found] == ["Own.Bad 4:37-4:42", "Own.Bad 4:50-4:55"]
