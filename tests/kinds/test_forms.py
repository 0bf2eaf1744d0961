"""The kind `forms`: a form that the words around it do not allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.errors import RuleError
from tests import rulefiles

RULE = """\
extends: forms
message: "'%s': '%s'"
words:
  det: <article|poss>
  noun: '{det} <bent>? <noun>'
find:
  - pattern: '^ helaas [{noun} <be>]'
    write: $> $<
  - pattern: '^ ik [<apart first> <object|u>]'
    write: $1:verb $2+ $1:particle
  - pattern: 'ik <adv>* [<third -first>]'
    write: $1:first
  - pattern: '[de] <bent>? <noun neuter -common>'
    write: het
  - pattern: '( uw | het ) [<joins> <noun|nouns>]'
    write: $1~$2
  - pattern: '^ morgen [wij <infinitive>]'
    write: $2 $1
  - pattern: 'omdat u [<be> <noun> <prep> <number>]'
    write: $2+ $1
  - pattern: 'heeft [pakket]'
    write: [$1:article $1, een $1]
  - pattern: '[vreemd]'
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ik vindt dat goed.", [("vindt", ("vind",))]),
        ("Dat denk ik nu niet heeft.", [("heeft", ("heb",))]),
        ("De formulier is er.", [("De", ("Het",))]),
        ("Waar is uw bank pas?", [("bank pas", ("bankpas",))]),
        ("Morgen wij komen langs.", [("wij komen", ("komen wij",))]),
        ("Dat kan, omdat u bent klant sinds 2010.", [("bent klant sinds 2010", ("klant sinds 2010 bent",))]),
        ("Hij heeft pakket nog.", [("pakket", ("het pakket", "een pakket"))]),
        ("Dat is vreemd.", [("vreemd", ())]),
        ("Helaas uw nieuwe bril is stuk.", [("uw nieuwe bril is", ("is uw nieuwe bril",))]),
        ("Ik terugbel u.", [("terugbel u", ("bel u terug",))]),
        ("Ik doorverbind u.", [("doorverbind u", ("verbind u door",))]),
        ("Ik ontvang u.", []),
        ("Ik vind dat het formulier er is.", []),
        ("Ik, Bram, denkt.", []),
    ],
)
def test_what_is_found_and_written(tmp_path: Path, text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    """The target alone is found, with the form, the order or the article that fits, in its case; nothing else is."""
    found = rulefiles.findings(tmp_path, RULE, text, locale="nl")
    assert [(text[one.start : one.end], one.fixes) for one in found] == wanted


def test_a_language_without_tables_is_left_alone(tmp_path: Path) -> None:
    """Where no table is for the language nothing is said."""
    assert rulefiles.findings(tmp_path, RULE, "Ik vindt dat vreemd.", locale="fr") == []


@pytest.mark.parametrize(
    ("find", "said"),
    [
        ("find: []", "needs `find`"),
        ("find: ik", "must be a list"),
        ("find:\n  - write: x", "needs a `pattern`"),
        ("find:\n  - pattern: 'ik'", "needs [ ] once"),
        ("find:\n  - pattern: '[<verbs>]'", "<verbs> is no class"),
        ("words: {noun: <noun>}\nfind:\n  - pattern: '[{nuon}]'", "`{nuon}` is none of the `words`"),
        ("words: [noun]\nfind:\n  - pattern: '[ik]'", "`words` must be"),
        ("find:\n  - pattern: '[ik]'\n    wirte: x", "unknown key `wirte`"),
    ],
)
def test_a_fault_of_a_rule_is_named(tmp_path: Path, find: str, said: str) -> None:
    """A rule that cannot be read says why."""
    with pytest.raises(RuleError) as caught:
        rulefiles.findings(tmp_path, f"extends: forms\nmessage: x\n{find}\n", "Ik.", locale="nl")
    assert said in str(caught.value)
