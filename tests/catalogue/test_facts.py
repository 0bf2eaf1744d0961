"""What uses a fact: every place in every body and subject, with the reply, locale and channels."""

from __future__ import annotations

import json
import re

import pytest

from cannedkit import InputError, Kit
from tests.conftest import Run, Write

FILES = {
    "cannedkit.yaml": "packs: []\nengines: {}\nlocales: [en, nl]\nchannels: {chat: {}, email: {}}\nfacts: facts.yaml\n",
    "facts.yaml": """\
days: {value: {en: 5 days, nl: 5 dagen}, owner: care-team, until: 2026-12-31}
hours: 8 to 6
spare: x
""",
    "responses/a.yaml": """\
sent:
  title: It is on its way
  body:
    en:
      any: ["Within {{ facts.days }}.", "{% if facts.hours %}We're there {{ facts.hours }}.{% endif %} Ok"]
      email:
        subject: "{{ facts.days }}"
        body: ["🎉 {{facts.days | upcase}}", "One more", "Two"]
    nl: Binnen {{ facts.days }}.
old: {status: retired, body: "{{ facts.days }}"}
""",
}


def _uses(kit: Kit, name: str) -> list[tuple[object, ...]]:
    return [
        (use.response, use.locale, use.channels, use.variation, use.part, use.status, use.place.line, use.place.column)
        for use in kit.facts_used(name)[name]
    ]


def test_every_place_is_found(write: Write) -> None:
    """Text, subject (once for all variations), tags and filters; a retired reply is said to be."""
    kit = Kit.load(write(FILES))
    assert _uses(kit, "days") == [
        ("a/sent", "en", ("chat",), 1, "body", "", 5, 21),
        ("a/sent", "en", ("email",), 1, "subject", "", 7, 19),
        ("a/sent", "en", ("email",), 1, "body", "", 8, 19),
        ("a/sent", "nl", ("chat", "email"), 1, "body", "", 9, 16),
        ("a/old", "en", ("chat", "email"), 1, "body", "retired", 10, 31),
    ]
    assert [use[3:6] for use in _uses(kit, "hours")] == [(2, "body", ""), (2, "body", "")]


def test_the_places_are_those_of_the_names(write: Write) -> None:
    """What stands at each place, cut from the file, names the fact."""
    root = write(FILES)
    lines = (root / "responses/a.yaml").read_text().splitlines()
    for name, uses in Kit.load(root).facts_used().items():
        for use in uses:
            cut = lines[use.place.line - 1][use.place.column - 1 : use.place.end_column - 1]
            assert re.search(rf"facts\.{name}\b", cut)


def test_a_fact_that_nothing_uses(write: Write) -> None:
    """It is listed with no use, in the order of the file."""
    found = Kit.load(write(FILES)).facts_used()
    assert list(found) == ["days", "hours", "spare"]
    assert found["spare"] == ()


def test_an_unknown_fact(write: Write) -> None:
    """The nearest one is named, with or without `facts.` before it."""
    kit = Kit.load(write(FILES))
    assert list(kit.facts_used("facts.days")) == ["days"]
    for name in ("dais", "facts.dais"):
        with pytest.raises(InputError, match="there is no fact `dais`; did you mean `days`\\?"):
            kit.facts_used(name)


def test_the_command(run: Run, write: Write) -> None:
    """Without a name each fact with how many replies use it; with one, its places."""
    root = write(FILES)
    assert run("facts", cwd=root).out == (
        "days = en: 5 days, nl: 5 dagen (care-team, until 2026-12-31): 2 replies\n"
        "hours = 8 to 6: 1 reply\n"
        "spare = x: no reply uses it\n"
    )
    ran = run("facts", "hours", cwd=root)
    assert ran.out == (
        "hours = 8 to 6: 1 reply\n"
        "  responses/a.yaml:5:48: a/sent (It is on its way) · en · chat · variation 2\n"
        "  responses/a.yaml:5:74: a/sent (It is on its way) · en · chat · variation 2\n"
    )
    assert ran.code == 0
    told = json.loads(run("facts", "days", "--format", "json", cwd=root).out)["facts"]["days"]
    assert (told["owner"], told["until"], told["values"]["nl"], len(told["uses"])) == (
        "care-team",
        "2026-12-31",
        "5 dagen",
        5,
    )
    assert told["uses"][0] == {
        "response": "a/sent",
        "title": "It is on its way",
        "status": "",
        "locale": "en",
        "channels": ["chat"],
        "variation": 1,
        "part": "body",
        "path": "responses/a.yaml",
        "line": 5,
        "column": 21,
    }


def test_mistakes(run: Run, write: Write) -> None:
    """An unknown name is exit 2 and names the nearest; a broken reply is said, and the others are listed."""
    root = write({**FILES, "responses/b.yaml": "a: {bdy: x}\n"})
    ran = run("facts", "ours", cwd=root)
    assert (ran.out, ran.code) == ("", 2)
    assert "did you mean `hours`?" in ran.err
    ran = run("facts", cwd=root)
    assert "days = " in ran.out
    assert "responses/b.yaml:1:5: unknown key `bdy`" in ran.err
    assert ran.code == 2


def test_no_facts(run: Run, write: Write) -> None:
    """Where the settings name none the command says how to."""
    ran = run("facts", cwd=write({"cannedkit.yaml": "", "responses/a.yaml": "a: b\n"}))
    assert (ran.code, ran.out) == (
        0,
        "There are no facts: `facts: facts.yaml` in cannedkit.yaml names a file of them.\n",
    )
