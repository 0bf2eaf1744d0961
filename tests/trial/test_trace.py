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


OVERRIDES = (
    "packs: [Own]\nengines: {}\nlevels: {Own.Asleep: off}\nchannels: {chat: {}, email: {}}\noverrides:\n"
    "- {topic: legal, levels: {Own.Fires: off}}\n- {channel: email, levels: {Own.Asleep: error}}\n"
)


def test_overrides_are_told(run: Run, write: Write) -> None:
    """A rule that one of the `overrides` turns off here says so; one that it gives another level says that."""
    rules = {f"rules/Own/{name}.yml": f"{RULE}tokens: [acme]\n" for name in ("Fires", "Asleep")}
    root = write({"cannedkit.yaml": OVERRIDES, **rules})
    given = ("rules", "trace", "With Acme.")
    assert run(*given, cwd=root).out.splitlines()[0] == "Own.Fires: fired: 'Acme'"
    assert run(*given, "--topic", "legal/terms", "--channel", "email", cwd=root).out.splitlines() == [
        "Own.Asleep: fired: 'Acme'",
        "Own.Asleep: its level is error on channel email",
        "Own.Fires: did not look: it is off in topic legal",
        "Looked and found nothing: none.",
        "Did not look, for none of their words is there: 0 rules.",
    ]


def test_overrides_are_listed_and_explained(run: Run, write: Write) -> None:
    """`rules list` and `rules explain` say the level of a rule, then where another holds."""
    rules = {f"rules/Own/{name}.yml": f"{RULE}tokens: [acme]\nwhy: w\n" for name in ("Fires", "Asleep")}
    root = write(
        {
            "cannedkit.yaml": OVERRIDES + "- {topic: [a, b], path: responses/x.yaml, levels: {Own: suggestion}}\n",
            **rules,
        }
    )
    listed = run("rules", "list", cwd=root).out.splitlines()
    other = "suggestion in topic a or b, in file responses/x.yaml"
    assert [" ".join(line.split()) for line in listed] == [
        f"Own.Asleep off w ({other}; error on channel email)",
        f"Own.Fires warning w ({other}; off in topic legal)",
    ]
    assert run("rules", "explain", "Own.Fires", cwd=root).out.splitlines()[:3] == [
        "Own.Fires: warning",
        f"  {other} (set by `Own` under `overrides`)",
        "  off in topic legal (set by `Own.Fires` under `overrides`)",
    ]
