"""Rules that read responses: which run, on what, and where their findings stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cannedkit import Kit, Review
from cannedkit.model.result import FileFinding
from tests.conftest import Run, Write

TODAY = date(2026, 6, 1)
LOCALES = "locale: en\nlocales: [en, nl]\nengines: {}\n"


def review(write: Write, files: dict[str, str], *, settings: str = LOCALES, only: str = "") -> Review:
    """The review of a small catalogue."""
    root = write({"cannedkit.yaml": settings, **files})
    return Kit.load(root).check(today=TODAY, only=root / only if only else None)


def told(found: FileFinding) -> tuple[str, str, int]:
    """The rule of a finding, its file and its line."""
    return found.finding.rule, Path(found.place.path).name, found.place.line


RULE = "extends: unserved\nmessage: 'no %s'\n"


@pytest.mark.parametrize("packs", ["", "packs: []\n", "packs: [Care]\n", "packs: [Catalogue]\n"])
def test_what_a_key_promises_is_reported_whatever_packs_says(write: Write, packs: str) -> None:
    """A rule that keeps the promise of a key runs with every `packs`, once, and not where `levels` turns it off."""
    files = {"responses/a.yaml": "a: {body: {en: Hello Ana}}\n"}
    found = review(write, files, settings=LOCALES + packs).findings
    assert [told(one) for one in found] == [("Catalogue.Locales", "a.yaml", 1)]
    off = LOCALES + packs + "levels: {Catalogue.Locales: off}\n"
    assert review(write, files, settings=off).findings == ()


def test_a_rule_that_reads_responses_may_stand_in_any_pack(write: Write) -> None:
    """Beside rules for drafts it runs too, in `check` alone, and `rules` knows it."""
    files = {
        "rules/Own/Nl.yml": RULE,
        "rules/Own/Bad.yml": "extends: existence\nmessage: no\ntokens: [awful]\n",
        "responses/a.yaml": "a: {body: {en: An awful day}}\n",
    }
    settings = LOCALES + "packs: [Own]\nlevels: {Catalogue: off}\n"
    found = review(write, files, settings=settings).findings
    assert [told(one)[0] for one in found] == ["Own.Nl", "Own.Bad"]
    kit = Kit.load(write({}))
    assert [one.rule for one in kit.lint("An awful day", locale="en")] == ["Own.Bad"]
    assert kit.explain("Own.Nl").kind == "unserved"


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("{topic: shop}", ["shop/a"]),
        ("{status: draft}", []),
        ("{mood: upset}", ["b/b"]),
        ("{known: order}", ["b/b"]),
        ("{locale: nl}", []),
    ],
)
def test_where_asks_of_the_response_and_of_the_finding(write: Write, where: str, ids: list[str]) -> None:
    """Topic, status, mood and what is required are those of the response; locale and channel those of the finding."""
    files = {
        "rules/Own/Nl.yml": f"{RULE}where: {where}\n",
        "responses/shop.yaml": "a: {body: {en: Hi}}\n",
        "responses/b.yaml": "b: {mood: angry, requires: [order], body: {en: Hi}}\n",
    }
    found = review(write, files, settings=LOCALES + "packs: [Own]\nlevels: {Catalogue: off}\n").findings
    assert [one.response for one in found] == ids


def test_a_waiver_allows_what_is_found_in_the_record(write: Write) -> None:
    """Findings about a record are waived as those in a body are, and the waiver is called unused where none is."""
    waiver = "waivers: [{rule: Catalogue.Locales, why: Dutch comes in June, by: jo, until: 2026-06-30}]"
    files = {"responses/a.yaml": f"a: {{body: {{en: Hi}}, {waiver}}}\n"}
    assert review(write, files, settings=LOCALES + "packs: []\n").findings == ()
    files = {"responses/a.yaml": f"a: {{body: {{en: Hi, nl: Hoi}}, {waiver}}}\n"}
    assert [told(one)[0] for one in review(write, files, settings=LOCALES + "packs: []\n").findings] == [
        "Waiver.Unused"
    ]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("extends: existence\nmessage: m\ntokens: [a]\n", "reads drafts and the pack says `reads: catalogue`"),
        (RULE + "scope: sentence\n", "a rule that reads a response or the catalogue has no `scope`"),
        (RULE + "keeps: locale\n", "`keeps`: 'locale' is no key that promises something; did you mean `locales`?"),
        (RULE + "tokens: [a]\n", "`tokens` is no key of a rule that extends unserved"),
    ],
)
def test_a_rule_that_cannot_run_is_an_error(write: Write, rule: str, why: str) -> None:
    """What is wrong with a rule of a pack that reads the catalogue is told by `check`; the others run."""
    files = {
        "rules/Own/pack.yaml": "reads: 'catalogue'\n",
        "rules/Own/Bad.yml": rule,
        "rules/Own/Nl.yml": RULE,
        "responses/a.yaml": "a: {body: {en: Hi}}\n",
    }
    found = review(write, files, settings=LOCALES + "packs: [Own]\nlevels: {Catalogue: off}\n")
    assert [told(one)[0] for one in found.findings] == ["Own.Nl"]
    (error,) = found.errors
    assert why in error.reason
    assert error.path.endswith("rules/Own/Bad.yml")


def test_keeps_is_for_rules_that_read_responses(write: Write) -> None:
    """A rule for drafts keeps no promise of a key: the key is refused there."""
    rule = "extends: existence\nmessage: m\ntokens: [a]\nkeeps: locales\n"
    files = {"rules/Own/Bad.yml": rule, "responses/a.yaml": "a: {body: {en: Hi, nl: Hoi}}\n"}
    (error,) = review(write, files, settings=LOCALES + "packs: [Own]\n").errors
    assert "`keeps` is for rules that read a response or the catalogue" in error.reason


def test_a_level_for_no_rule_of_the_pack_is_an_error(write: Write) -> None:
    """A misspelt id in `levels` is told though the linter of drafts never reads the pack."""
    files = {"responses/a.yaml": "a: {body: {en: Hi, nl: Hoi}}\n"}
    (error,) = review(write, files, settings=LOCALES + "packs: []\nlevels: {Catalogue.Locale: off}\n").errors
    assert error.reason.startswith("`levels`: there is no rule `Catalogue.Locale`; did you mean `Catalogue.Locales`?")


EXAMPLES = """
bad:
  - {response: {body: {en: "%s"}}, settings: {locales: [en, nl]}}
  - responses: {shop/a: {body: {en: Hi}}, b: {body: {en: Hi, nl: Hoi}}}
    settings: {locales: [en, nl], facts: {days: 3}}
    variables: {name: {type: name}}
good:
  - {response: Hi}
  - {response: {body: {en: Hi, nl: Hoi}}, settings: {locales: [en, nl]}, today: 2026-01-01}
"""


def test_the_examples_of_a_rule_are_catalogues(write: Write, run: Run) -> None:
    """`rules test` loads each example as a catalogue and holds findings against its marks."""
    root = write({"cannedkit.yaml": "packs: [Own]\nengines: {}\n", "rules/Own/Nl.yml": RULE + EXAMPLES % "Hi"})
    assert run("rules", "test", "Own", cwd=root).out == "1 rule, 4 examples: no problems.\n"
    for text, told in (
        ("[[Hi]] there", "`bad` example: found 'reply' where 'Hi' is marked"),
        ("Hi {{ nobody }}", "the example cannot be read: `nobody` is not declared"),
    ):
        root = write({"rules/Own/Nl.yml": RULE + EXAMPLES % text})
        assert f"rules/Own/Nl.yml:5:1: Own.Nl: {told}" in run("rules", "test", "Own", cwd=root).out
    root = write({"rules/Own/Nl.yml": RULE + "bad: [Hi]\ngood: [{response: {body: {en: Hi}}}]\n"})
    assert "its examples are `{response: …}` or `{responses: …}`" in run("rules", "test", "Own", cwd=root).out
    root = write({"rules/Own/Nl.yml": "extends: existence\nmessage: m\ntokens: [a]\nbad: [{response: {body: a}}]\n"})
    assert "reads drafts: its examples are texts" in run("rules", "test", "Own", cwd=root).out
