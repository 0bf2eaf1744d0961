"""`overrides`: levels that hold in a topic, on a channel or in a file; every door tells the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.model.errors import SettingsError
from tests.conftest import Run, Write

DAY = date(2026, 6, 1)
RULE = (
    'extends: existence\nmessage: "Not %s."\nlevel: warning\ntokens: [awful]\naction: {name: replace, params: [bad]}\n'
)
SETTINGS = "packs: [Own, Catalogue]\nengines: {}\nchannels: {chat: {}, email: {}}\nlevels: {Own.Quiet: off}\n"
FILES = {
    "rules/Own/Awful.yml": RULE,
    "rules/Own/Quiet.yml": RULE.replace("awful", "hush"),
    "responses/orders.yaml": "one: An awful day.\n",
    "responses/legal.yaml": "one: An awful day.\n",
    "responses/legal/terms.yaml": "one: An awful day.\n",
    "responses/legalese.yaml": "one: An awful day.\n",
}
WAIVER = "{rule: Own.Awful, why: quoted, by: jo, until: 2027-01-01}"
ALL = {"legal/one", "legal/terms/one", "legalese/one", "orders/one"}

Told = dict[str, tuple[str, tuple[str, ...]]]


def _catalogue(write: Write, overrides: str, **more: str) -> Path:
    files = {name.replace("__", "/"): text for name, text in more.items()}
    return write({**FILES, "cannedkit.yaml": f"{SETTINGS}overrides: {overrides}\n", **files})


def _told(root: Path, rule: str = "Own.Awful") -> Told:
    """Response -> the level of what one rule finds there, and its channels."""
    review = Kit.load(root).check(today=DAY, cache=False)
    assert review.errors == ()
    return {one.response: (str(one.finding.level), one.channels) for one in review.findings if one.finding.rule == rule}


BOTH = ("chat", "email")


@pytest.mark.parametrize(
    ("override", "changed"),
    [
        ("{topic: legal, levels: {Own.Awful: off}}", {"legal/one", "legal/terms/one"}),
        ("{topic: legal/terms, levels: {Own: off}}", {"legal/terms/one"}),
        ("{topic: [orders, legalese], levels: {'Own.A*': off}}", {"orders/one", "legalese/one"}),
        ("{path: 'responses/legal/*', levels: {Own.Awful: off}}", {"legal/terms/one"}),
        ("{path: responses/orders.yaml, levels: {Own.Awful: off}}", {"orders/one"}),
        ("{path: 'responses/*', topic: orders, levels: {Own.Awful: off}}", {"orders/one"}),
        ("{channel: [chat, email], levels: {Own.Awful: off}}", ALL),
    ],
)
def test_levels_hold_where_they_say(write: Write, override: str, changed: set[str]) -> None:
    """In a topic and those below it, on a channel, in the files of a pattern; everywhere else nothing changes."""
    assert _told(_catalogue(write, f"[{override}]")) == dict.fromkeys(ALL - changed, ("warning", BOTH))


def test_a_finding_keeps_the_channels_where_it_is_on(write: Write) -> None:
    """Off on one of two channels it is told of the other; with two levels it has the higher, on both."""
    assert _told(_catalogue(write, "[{channel: email, levels: {Own.Awful: off}}]"))["orders/one"] == (
        "warning",
        ("chat",),
    )
    assert _told(_catalogue(write, "[{channel: email, levels: {Own.Awful: error}}]"))["orders/one"] == ("error", BOTH)


def test_the_last_override_that_names_a_rule_counts(write: Write) -> None:
    """Before `levels` and before those above it; one that does not name the rule leaves it as it was."""
    levels = "{Own.Awful: error}}, {topic: legal, levels: {Own.Quiet: error}}, {topic: legal/terms, levels: {Own: off}}"
    told = _told(_catalogue(write, f"[{{topic: legal, levels: {levels}]"))
    assert told == {
        "legal/one": ("error", BOTH),
        "legalese/one": ("warning", BOTH),
        "orders/one": ("warning", BOTH),
    }


def test_a_rule_that_is_off_is_turned_on(write: Write) -> None:
    """It runs where the override holds, in catalogue and draft, and nowhere else."""
    root = _catalogue(
        write,
        "[{topic: legal, levels: {Own.Quiet: error}}]",
        **{"responses__legal.yaml": "one: Now hush.\n", "responses__orders.yaml": "one: Now hush.\n"},
    )
    assert _told(root, "Own.Quiet") == {"legal/one": ("error", BOTH)}
    kit = Kit.load(root)
    drafts = [kit.lint("Now hush.", topic=topic) for topic in ("legal/terms", "orders", None)]
    assert [[str(one.level) for one in found] for found in drafts] == [["error"], [], []]
    assert [one.rule for one in kit.guide(topic="legal")] != [one.rule for one in kit.guide(topic="orders")]


def test_drafts_go_by_topic_and_channel(run: Run, write: Write) -> None:
    """The library, `lint`, JSONL and `fix` of a draft agree with what `check` says of a reply."""
    root = _catalogue(write, "[{topic: legal, channel: email, levels: {Own: off}}]", **{"draft.txt": "An awful day."})
    kit = Kit.load(root)
    for topic, channel, count in (("legal", "email", 0), ("legal/terms", "email", 0), ("legal", "chat", 1)):
        assert len(kit.lint("An awful day.", topic=topic, channel=channel)) == count
        given = ("draft.txt", "--topic", topic, "--channel", channel)
        assert ("Own.Awful" in run("lint", *given, "--format", "concise", cwd=root).out) == bool(count)
        assert len(kit.fix_draft(kit.draft("An awful day.", topic=topic, channel=channel)).made) == count
        line = json.dumps({"id": 1, "text": "An awful day.", "topic": topic, "channel": channel})
        answer = json.loads(run("lint", "--jsonl", "-", cwd=root, stdin=line.encode()).out)
        assert len(answer["findings"]) == count


def test_fix_leaves_what_is_off(write: Write) -> None:
    """A reply of the topic keeps its words; one beside it is mended."""
    root = _catalogue(write, "[{topic: legal, levels: {Own.Awful: off}}]")
    Kit.load(root).fix(all=True, today=DAY)
    texts = {name: (root / name).read_text() for name in ("responses/legal.yaml", "responses/orders.yaml")}
    assert texts == {"responses/legal.yaml": "one: An awful day.\n", "responses/orders.yaml": "one: An bad day.\n"}


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        ("Catalogue.ReviewBy", {"responses__legal.yaml": "one: {body: Hi., review_by: 2026-05-31}\n"}),
        (
            "Waiver.Unused",
            {"responses__legal.yaml": f"one: {{body: Hi., waivers: [{WAIVER}]}}\n"},
        ),
        ("Approval.Missing", {"cannedkit.yaml": f"{SETTINGS}approval: required\n"}),
    ],
)
def test_what_the_program_and_records_report_has_levels_too(write: Write, rule: str, files: dict[str, str]) -> None:
    """Rules that read replies, waivers and approvals: told, and with an override not told of that topic."""
    root = _catalogue(write, "[]", **files)
    assert "legal/one" in _told(root, rule)
    path = root / "cannedkit.yaml"
    path.write_text(
        f"{path.read_text().replace('overrides: []', '')}overrides: [{{topic: legal, levels: {{{rule}: off}}}}]\n"
    )
    assert "legal/one" not in _told(root, rule)


def test_comparing_has_levels_too(write: Write) -> None:
    """What a draft leaves out of a reply of a topic is told at the level of the topic."""
    long = "one: We'll send it on Monday. You can pay until 5 June.\n"
    root = _catalogue(
        write,
        "[{topic: legal, levels: {Compare: off}}]",
        **{"responses__legal.yaml": long, "responses__orders.yaml": long},
    )
    kit = Kit.load(root)
    found = {id: kit.compare("We'll send it on Monday.", id).findings for id in ("legal/one", "orders/one")}
    assert [bool(one) for one in found.values()] == [False, True]


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        (
            "{topic: a, levels: {}}",
            "5:12: `overrides` must be a list of {topic, channel, path, levels}: write - before one",
        ),
        ("[{topc: a, levels: {Own: off}}]", "5:14: unknown key `topc` in `overrides`; did you mean `topic`?"),
        (
            "[{levels: {Own: off}}]",
            "5:13: `overrides`: say where it holds (topic, channel or path); `levels` hold everywhere",
        ),
        ("[{topic: a}]", "5:13: `overrides`: it has no `levels`, so it changes nothing"),
        ("[{channel: emial, levels: {Own: off}}]", "5:23: `channel`: unknown channel `emial`; did you mean `email`?"),
        ("[{channel: [chat, fax], levels: {Own: off}}]", "5:30: `channel`: unknown channel `fax`; known: chat, email"),
        (
            "[{path: ../x, levels: {Own: off}}]",
            "5:20: `path` begins at the folder of cannedkit.yaml and stays in it: '../x'",
        ),
        ("[{topic: [], levels: {Own: off}}]", "5:21: `topic` has no text: write one or take the key out"),
        ("[{topic: a, levels: {Own: of}}]", "5:38: `Own` cannot be 'of'; did you mean `off`?"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(write: Write, overrides: str, told: str) -> None:
    """Keys, channels, paths and levels: line, column, and the nearest name."""
    with pytest.raises(SettingsError) as caught:
        Kit.load(_catalogue(write, overrides))
    assert f"cannedkit.yaml:{told}" in [
        f"{Path(one.path).name}:{one.line}:{one.column}: {one.message}" for one in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Own.Awfl", "there is no rule `Own.Awfl`; did you mean `Own.Awful`?"),
        ("Owm", "there is no pack `Owm`; did you mean `Own`?"),
        ("'Own.Z*'", "`Own.Z*` matches no rule of `Own`"),
    ],
)
def test_a_rule_that_is_not_there_is_told(run: Run, write: Write, name: str, told: str) -> None:
    """As in `levels`: an error at its place, exit 2."""
    ran = run("check", "--format", "concise", cwd=_catalogue(write, f"[{{topic: legal, levels: {{{name}: off}}}}]"))
    assert (f"cannedkit.yaml:5:37: error: `overrides`: {told}" in f"{ran.out}{ran.err}", ran.code) == (True, 2)
