"""What a catalogue has replies for: the table, the checklist, and the command `coverage`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannedkit.catalogue.coverage import Coverage, checklist, coverage
from cannedkit.exchange.lending import lent
from cannedkit.kit import Kit
from cannedkit.model.errors import SettingsError
from cannedkit.settings import shipped
from tests.conftest import Run, Write

SETTINGS = "packs: []\nengines: {}\nlocale: en\nlocales: [en, nl]\nchannels: {chat: {}, sms: {}}\n"
RESPONSES = """
late:
  tags: [order, late]
  body: {en: It is late., nl: Het is laat.}
lost:
  title: {nl: Pakket kwijt, en: Lost parcel}
  tags: [order, lost]
  channels: [chat]
  body: {en: It is lost., nl: Het is kwijt.}
soon:
  status: draft
  tags: [greeting]
  body: {en: Hello., nl: Hallo.}
"""
CHECKLIST = """
late: {title: Late, any: [order late]}
lost: {title: Lost, any: [nothing here, order lost]}
lost-in-chat: {any: [parcels lost], channels: [chat, email]}
order: {}
greeting: {title: Hello}
"""
FILES = {"cannedkit.yaml": SETTINGS, "responses/parcels.yaml": RESPONSES, "list.yaml": CHECKLIST}


def _coverage(folder: Path) -> Coverage:
    kit = Kit.load(folder)
    return coverage(kit.catalogue, kit.settings, checklist(folder / "list.yaml"))


def test_topics_are_counted_by_locale_and_channel(write: Write) -> None:
    """The table counts the replies in use that serve each locale and channel; a draft serves none."""
    found = _coverage(write(FILES))
    assert (found.locales, found.channels) == (("en", "nl"), ("chat", "sms"))
    counts = {("en", "chat"): 2, ("nl", "chat"): 2, ("en", "sms"): 1, ("nl", "sms"): 1}
    assert found.topics == {"parcels": counts}


def test_situations_without_a_reply(write: Write) -> None:
    """A situation is covered by its name as a tag, or by all words of a line among tags, topic and name."""
    found = {one.situation.name: one for one in _coverage(write(FILES)).situations}
    assert found["late"].responses == ("parcels/late",)
    assert found["late"].missing == ()
    assert found["lost"].responses == ("parcels/lost",)
    assert found["lost"].missing == (("en", "sms"), ("nl", "sms"))
    assert found["lost-in-chat"].missing == ()
    assert found["order"].responses == ("parcels/late", "parcels/lost")
    assert len(found["greeting"].missing) == 4


def test_the_starter_catalogue_covers_the_shipped_checklist() -> None:
    """Every situation of the checklist has a reply in English and Dutch, on each channel where it arises."""
    kit = Kit.load(shipped(), with_engines=False)
    found = coverage(kit.catalogue, kit.settings, checklist())
    assert len(found.situations) >= 100
    assert {one.situation.name: one.missing for one in found.situations if one.missing} == {}
    assert [one.situation.name for one in found.situations if not one.responses] == []


def test_the_shipped_checklist_names_each_situation_once_and_says_what_it_is() -> None:
    """Every situation has a title and words to be found by, and its channels are those of the starter catalogue."""
    channels = set(Kit.load(shipped(), with_engines=False).settings.channels)
    for situation in checklist():
        assert situation.title
        assert situation.any
        assert set(situation.channels) <= channels


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no situation"),
        ("- a", "list.yaml` must be a mapping"),
        ("late: [a]", "`late` must be a mapping"),
        (
            "late: {tag: [a]}",
            "unknown key `tag` of the situation `late`; known: any, channels, examples, replies, title",
        ),
        ("late: {replies: [delivery/lat]}", "`delivery/lat` is no reply of the starter catalogue; did you mean"),
        ("late: {any: {a: b}}", "`any` must be a list of texts"),
        ("late: {any: [a}", "list.yaml:1"),
    ],
)
def test_a_checklist_that_is_wrong(write: Write, text: str, message: str) -> None:
    """A fault in a checklist is named with its place."""
    folder = write({"list.yaml": text})
    with pytest.raises(SettingsError, match=message):
        checklist(folder / "list.yaml", ["delivery/late"])


def test_every_situation_has_a_reply_of_the_starter_to_copy() -> None:
    """The shipped checklist names for each situation replies of the starter, of which each covers it by its tags."""
    kit = Kit.load(shipped(), with_engines=False)
    found = coverage(kit.catalogue, kit.settings, checklist(known=kit.catalogue.responses))
    assert [one.situation.name for one in found.situations if not one.situation.replies] == []
    first = {one.situation.name: one.situation.replies[0] for one in found.situations}
    assert {one.situation.name for one in found.situations if first[one.situation.name] not in one.responses} == set()


OWN = """
parcels/late: {replies: [delivery/late], title: Late}
gone: {examples: [where did my lost parcel go], title: Lost parcel}
hours: {replies: [greetings/opening-hours], title: When we open, channels: [sms]}
nothing: {title: Nothing}
"""
UNTOLD = """
behind: {title: The order is late, body: {en: "It comes tomorrow, {{ name }}.", nl: Het komt morgen.}}
gone: {title: Lost parcel, channels: [chat], body: {en: It is lost., nl: Het is kwijt.}}
"""
MEANT = {
    "cannedkit.yaml": SETTINGS,
    "responses/parcels.yaml": UNTOLD,
    "responses/variables.yaml": "name: {type: name}\n",
    "list.yaml": OWN,
}


def test_replies_without_tags_count_by_what_they_say(run: Run, write: Write) -> None:
    """A reply that is like one of the starter covers what that covers, and one that examples find covers that."""
    told = json.loads(run("coverage", "--situations", "list.yaml", "--format", "json", cwd=write(MEANT)).out)
    assert {one["name"]: one["responses"] for one in told["situations"]} == {
        "parcels/late": ["parcels/behind"],
        "gone": ["parcels/gone"],
        "hours": [],
        "nothing": [],
    }
    assert told["like"] == {"parcels/behind": "delivery/late", "parcels/gone": "delivery/lost"}
    assert "suggest" not in told["situations"][2]


def test_what_is_missing_is_suggested(run: Run, write: Write) -> None:
    """`--suggest` prints what was taken for what, and for each open situation the starter's reply, ready to copy."""
    folder = write(MEANT)
    ran = run("coverage", "--situations", "list.yaml", "--suggest", cwd=folder)
    told, _, entry = ran.out.partition(
        "\n# hours: greetings/opening-hours of the starter, for responses/greetings.yaml\n"
    )
    assert "Taken for a reply of the starter by what they say:\n  parcels/behind: delivery/late\n" in told
    assert (
        "hours (When we open): no reply for en on sms and nl on sms; write one, or copy greetings/opening-hours" in told
    )
    assert entry.startswith("# it needs facts.open_days, facts.open_hours, facts.phone\nopening-hours:\n  title: ")
    (folder / "responses" / "greetings.yaml").write_text(entry)
    (folder / "facts.yaml").write_text("open_days: all days\nopen_hours: 8am to 8pm\nphone: 555-0142\n")
    (folder / "cannedkit.yaml").write_text(f"{SETTINGS}facts: facts.yaml\n")
    copied = Kit.load(folder, with_engines=False).catalogue.responses["greetings/opening-hours"]
    assert {body.locale for body in copied.bodies} == {"en", "nl"}
    told_again = run("coverage", "--situations", "list.yaml", "--suggest", "--format", "json", cwd=folder).out
    assert [one["suggest"] for one in json.loads(told_again)["situations"]] == [None, None, None, None]


def test_every_reply_of_the_starter_can_be_lent(tmp_path: Path, write: Write) -> None:
    """Each reply, written for a shop with one language and one channel, is read there as it stands."""
    starter = Kit.load(shipped(), with_engines=False)
    names = dict.fromkeys(
        name for one in starter.catalogue.responses.values() for body in one.bodies for name in body.names
    )
    facts = {name.partition(".")[2]: "x" for name in names if name.startswith("facts.")}
    folder = write(
        {
            "cannedkit.yaml": "locale: en-GB\nchannels: {chat: {}}\nfacts: facts.yaml\nengines: {}\n",
            "facts.yaml": "".join(f"{name}: x\n" for name in facts),
            "responses/variables.yaml": "".join(f"{name}: {{}}\n" for name in names if not name.startswith("facts.")),
            "responses/a.yaml": "hello: Hello\n",
        }
    )
    settings = Kit.load(folder, with_engines=False).settings
    loans = {id: lent(one, settings) for id, one in starter.catalogue.responses.items()}
    for id, loan in loans.items():
        if loan:
            path = folder / "responses" / f"{id}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(loan.text)
    there = Kit.load(folder, with_engines=False).catalogue
    assert there.refused == ()
    assert len(there.responses) == 1 + sum(loan is not None for loan in loans.values()) > 150
    assert {loan.missing for loan in loans.values() if loan} == {()}


def test_the_table_and_the_gaps(run: Run, write: Write) -> None:
    """The command prints replies by topic, channel and locale, and for each gap how to mend it."""
    ran = run("coverage", "--situations", "list.yaml", cwd=write(FILES))
    assert ran.code == 0
    assert ran.out == (
        "topic (en/nl)  chat  sms\n"
        "parcels        2/2   1/1\n"
        "\n"
        "3 of 5 situations covered.\n"
        "lost (Lost): no reply for en on sms and nl on sms; add it to parcels/lost (Lost parcel)\n"
        "greeting (Hello): no reply for en on chat, sms and nl on chat, sms; write one, and give it the tag greeting\n"
    )


def test_json_for_programs(run: Run, write: Write) -> None:
    """`--format json` holds the same facts."""
    told = json.loads(run("coverage", "--situations", "list.yaml", "--format", "json", cwd=write(FILES)).out)
    assert told["topics"]["parcels"]["sms"] == {"en": 1, "nl": 1}
    assert told["covered"] == 3
    assert told["situations"][1] == {
        "name": "lost",
        "title": "Lost",
        "responses": ["parcels/lost"],
        "titles": {"parcels/lost": "Lost parcel"},
        "missing": [{"locale": "en", "channel": "sms"}, {"locale": "nl", "channel": "sms"}],
    }


def test_exit_codes(run: Run, write: Write) -> None:
    """With `--fail` a gap is exit 1; without a catalogue or with a broken checklist the command is broken, exit 2."""
    folder = write({**FILES, "bad.yaml": "late: {tag: [a]}\n", "whole.yaml": "late: {any: [order late]}\n"})
    assert run("coverage", "--situations", "list.yaml", "--fail", cwd=folder).code == 1
    assert run("coverage", "--situations", "whole.yaml", "--fail", cwd=folder).code == 0
    ran = run("coverage", "--situations", "bad.yaml", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown key `tag`" in ran.err
