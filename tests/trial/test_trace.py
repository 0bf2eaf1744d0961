"""`rules trace`: what each rule did with a text."""

from __future__ import annotations

from cannedkit.kit import Kit
from cannedkit.trial.trace import Trace, trace
from tests.conftest import Run, Write

RULE = "extends: existence\nmessage: m\nignorecase: true\n"
FILES = {
    "cannedkit.yaml": "packs: [Own]\nengines: {}\nvocabulary: {accept: [Acme Basics]}\n",
    "rules/Own/Fires.yml": f"{RULE}tokens: [basics]\nvocab: false\n",
    "rules/Own/Accepted.yml": f"{RULE}tokens: [basics]\n",
    "rules/Own/Excepted.yml": f"{RULE}tokens: [acme]\nvocab: false\nexceptions: [Acme]\n",
    "rules/Own/Absent.yml": f"{RULE}tokens: [nothing]\n",
    "rules/Own/Elsewhere.yml": f"{RULE}tokens: [acme]\nwhere: {{channel: sms}}\n",
}


def _traces(write: Write, text: str) -> dict[str, Trace]:
    kit = Kit.load(write(FILES))
    return {one.rule.id: one for one in trace(kit.linter(), kit.settings, kit.draft(text))}


def test_each_rule_says_what_it_did(write: Write) -> None:
    """A rule fired, was silenced by its exceptions or the vocabulary, had no word there, or did not apply."""
    found = _traces(write, "With Acme Basics you start.")
    assert found["Own.Fires"].found == ((10, 16),)
    assert (found["Own.Accepted"].found, found["Own.Accepted"].accepted) == ((), ((10, 16),))
    assert (found["Own.Excepted"].found, found["Own.Excepted"].excepted) == ((), ((5, 9),))
    assert (found["Own.Absent"].looked, found["Own.Absent"].unmet) == (False, None)
    unmet = found["Own.Elsewhere"].unmet
    assert unmet is not None
    assert (unmet.key, unmet.values) == ("channel", ("sms",))


def test_the_command_prints_it(run: Run, write: Write) -> None:
    """`rules trace TEXT` prints a line for each rule that fired or was silenced, and counts the others."""
    ran = run("rules", "trace", "With Acme Basics you start.", cwd=write(FILES))
    assert ran.out == (
        "Own.Accepted: silenced by the vocabulary: 'Basics'\n"
        "Own.Elsewhere: did not look: channel is sms does not hold\n"
        "Own.Excepted: silenced by its exceptions: 'Acme'\n"
        "Own.Fires: fired: 'Basics'\n"
        "Looked and found nothing: none.\n"
        "Did not look, for none of their words is there: 1 rule.\n"
    )
    assert ran.code == 0


def test_rules_that_need_harper_are_traced_too(write: Write) -> None:
    """A rule that extends weir says what it found, as the others do."""
    files = {
        "cannedkit.yaml": "packs: [Own]\n",
        "rules/Own/Advice.yml": "extends: weir\nmessage: m\nexpression: please advice\n",
        "rules/Own/Verb.yml": "extends: weir\nmessage: m\nexpression: please VERB us\n",
    }
    kit = Kit.load(write(files))
    found = {one.rule.id: one for one in trace(kit.linter(), kit.settings, kit.draft("Please advice when you can."))}
    assert (found["Own.Advice"].found, found["Own.Verb"].looked, found["Own.Verb"].found) == (((0, 13),), True, ())
