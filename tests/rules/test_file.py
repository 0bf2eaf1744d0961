"""Rule files read, levels, conditions and messages."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cannedkit.lint import linter as lint
from cannedkit.lint.packs import examples, load_packs, read_pack
from cannedkit.model.draft import Draft, Level
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.model.settings import Settings
from cannedkit.rules import file as rules
from cannedkit.rules.levels import level
from cannedkit.rules.message import said
from cannedkit.rules.packs import ids
from tests import rulefiles

FULL = """\
extends: existence
message: "Not '%s'."
tokens: [sorry]
level: error
where: {channel: [chat, sms], mood: angry}
why: One apology, then the fix.
source: "Example Guide, 2024"
instead: Say what happens next.
bad:
  - We're [[sorry]] again.
  - {text: "[[]]sorry", mood: upset, known: [issue]}
good:
  - It's \\[[here]] now.
"""
MINIMAL = "extends: existence\nmessage: m\ntokens: [x]\n"


def _rule(folder: Path, content: str) -> Rule:
    (rule,) = rulefiles.write(folder, {"Rule": content}).rules
    return rule


def _faults(folder: Path, files: dict[str, str]) -> list[str]:
    """The problems of some rule files, whether reading or building finds them, without the folder."""
    with pytest.raises(RuleError) as raised:
        rulefiles.linter(folder, files)
    return [str(problem).replace(f"{folder}/Test/", "") for problem in raised.value.problems]


def test_a_rule_file_is_read_whole(tmp_path: Path) -> None:
    """Every shared key of a rule file has its place in the rule."""
    rule = _rule(tmp_path, FULL)
    assert (rule.id, rule.kind, rule.level) == ("Test.Rule", "existence", Level.ERROR)
    assert (rule.why, rule.source) == ("One apology, then the fix.", "Example Guide, 2024")
    assert rule.instead == "Say what happens next."
    assert [(condition.key, condition.values) for condition in rule.where] == [
        ("channel", ("chat", "sms")),
        ("mood", ("upset",)),
    ]
    tried = examples(read_pack(tmp_path / "Test"))["Test.Rule"]
    first, second = tried.bad
    assert (first.text, first.spans, first.line) == ("We're sorry again.", ((6, 11),), 10)
    assert (second.spans, second.mood, second.known) == (((0, 0),), "upset", ("issue",))
    assert (tried.good[0].text, tried.good[0].spans) == ("It's [[here]] now.", None)


def test_a_rule_without_level_is_a_warning(tmp_path: Path) -> None:
    """As in Vale; and `off` is no level at all."""
    assert _rule(tmp_path / "a", MINIMAL).level == Level.WARNING
    assert _rule(tmp_path / "b", MINIMAL + "level: off\n").level is None


def test_a_rule_of_a_pack_with_a_language_is_for_that_language(tmp_path: Path) -> None:
    """The language in pack.yaml is a condition of every rule that names no locale itself."""
    place = tmp_path / "Test"
    place.mkdir()
    (place / "pack.yaml").write_text("language: nl\n")
    pack = rulefiles.write(tmp_path, {"A": MINIMAL, "B": MINIMAL + "where: {locale: en}\n"})
    assert [rule.where[0].values for rule in pack.rules] == [("nl",), ("en",)]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (MINIMAL + "tokns: [y]\n", "Rule.yml:4:8: `tokns` is no key of a rule that extends existence"),
        (MINIMAL + "tokns: [y]\n", "did you mean `tokens`?"),
        (MINIMAL + "levle: error\n", "did you mean `level`?"),
        (MINIMAL + "level: eror\n", "Rule.yml:4:8: `level` cannot be 'eror'; did you mean `error`?"),
        (MINIMAL + "scope: sentense\n", "Rule.yml:4:8:"),
        (MINIMAL + "limit: many\n", "Rule.yml:4:8: `limit` must be a whole number of at least 0, not 'many'"),
        (MINIMAL + "limit: --5\n", "Rule.yml:4:8: `limit` must be a whole number"),
        (MINIMAL + f"limit: {'9' * 5000}\n", "Rule.yml:4:8: `limit` must be a whole number"),
        (MINIMAL + "lemma: maybe\n", "Rule.yml:4:8: `lemma` cannot be 'maybe'"),
        (MINIMAL + "why: [a, b]\n", "must be put in quotes"),
        (MINIMAL + "where: {chanel: chat}\n", "Rule.yml:4:9: unknown key `chanel` in `where`; did you mean `channel`?"),
        (MINIMAL + "where: {mood: cross}\n", "unknown mood 'cross'"),
        (MINIMAL + "where: {mood: {nott: upset}}\n", "Rule.yml:4:16: unknown key `nott` under `mood`"),
        (MINIMAL + "where: {mood: {nott: upset}}\n", "did you mean `not`?"),
        (MINIMAL + "bad: text\n", "Rule.yml:4:6: `bad` must be a list of examples"),
        (MINIMAL + "bad: [{channel: chat}]\n", "an example under `bad` needs `text`"),
        (MINIMAL + 'bad: ["[[open"]\n', "Rule.yml:4:7: `[[` is not closed by `]]`"),
        (MINIMAL + "tokens: [y]\n", "Rule.yml:4:1:"),
        ("message: m\ntokens: [x]\n", "Rule.yml:1:1: a rule needs `extends`"),
        ("level: error\n", "Rule.yml:1:1: a rule needs `message`"),
        ("", "Rule.yml:1:1: is empty"),
        ("- a\n", "Rule.yml:1:1: `Rule.yml` must be a mapping"),
        ("extends: existance\nmessage: m\n", "is no kind of rule; did you mean `existence`?"),
        ("extends: existence\nmessage: m\n", "an existence rule needs `tokens` or `raw`"),
        ("extends: existence\nmessage: m\ntokens:\n  - fine\n  - '(x'\n", "Rule.yml:4:3: missing )"),
        ("extends: existence\nmessage: m\nraw:\n  - '(x'\n", "Rule.yml:4:3: missing )"),
        (MINIMAL + "exceptions: ['(x']\n", "Rule.yml:4:13: missing )"),
        (MINIMAL + "action: {name: [a]}\n", "`name` must be a text, not a list"),
        ("extends: substitution\nmessage: m\nswap: [a]\n", "Rule.yml:3:7: `swap` must be a mapping"),
        ("extends: substitution\nmessage: m\nswap: {'[': b}\n", "Rule.yml:3:7: "),
        ("extends: occurrence\nmessage: m\ntoken: x\nmax: 0\n", "`max` or `min` above 0"),
        ("extends: length\nmessage: m\nmax: 3\n", "a length rule needs `count` and `max`"),
        ("extends: length\nmessage: m\ncount: wrods\nmax: 3\n", "did you mean `words`?"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, content: str, wanted: str) -> None:
    """A fault in a rule file says path, line, column, what is wrong and the nearest known name."""
    assert any(wanted in fault for fault in _faults(tmp_path, {"Rule": content}))


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """A writer who mends what is printed is done: no second run shows faults of the same sort."""
    read = _faults(tmp_path / "a", {"A": "level: x\n", "B": MINIMAL + "level: x\nlimit: y\n", "C": "a: b: c"})
    assert [fault.partition(":")[0] for fault in read] == ["A.yml", "A.yml", "B.yml", "B.yml", "C.yml"]
    built = _faults(tmp_path / "b", {"A": MINIMAL + "a: b\nc: d\n", "B": "extends: z\nmessage: m\n"})
    assert [fault.partition(":")[0] for fault in built] == ["A.yml", "A.yml", "B.yml"]


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            "{}{}: {}\n".format,
            st.sampled_from(
                [
                    MINIMAL,
                    "extends: substitution\nmessage: m\nswap: {a: b}\n",
                    "extends: occurrence\nmessage: m\ntoken: a\nmax: 1\n",
                    "extends: length\nmessage: m\ncount: words\nmax: 1\n",
                    "message: m\n",
                ]
            ),
            st.sampled_from(
                "extends message level scope limit where bad good lemma tokens raw exceptions ignorecase append action "
                "swap token max min count vocab capitalize why x-own".split()
            ),
            st.sampled_from(
                "|x|'('|[a, '[']|{}|{a: b}|{name: }|{name: {}}|[]|-1|1e9|{x-a: b}|{mood: {not: []}}|[{text: a}]|'[[a]]'"
                "|{a: {b: c}}|true|'\\d'|'$1$9'|[{}]".split("|")
            ),
        ).map(str.encode),
    )
)
@example(b"extends: existence\nmessage: m\ntokens: [a]\naction: {name: }\n")
@example(b"extends: existence\nmessage: m\ntokens: [a]\nwhere: {x-team: b}\n")
@example(b"extends: existence\nmessage: m\ntokens: ['[z-a]']\n")
def test_any_bytes_are_a_rule_or_a_rule_error(data: bytes) -> None:
    """Whatever a rule file holds, it becomes a rule that lints, or a RuleError: never another exception."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "Test"
        folder.mkdir()
        (folder / "Rule.yml").write_bytes(data)
        try:
            linter = lint.build(Settings(root=folder, engines={}), [read_pack(folder)])
        except RuleError as error:
            problems = error.problems
        else:
            linter.results(Draft("a b A, x and (1)"))
            return
    assert problems
    assert all(problem.path.startswith(str(folder)) for problem in problems)


def test_a_file_too_large_is_a_fault(tmp_path: Path) -> None:
    """A rule file has a limit, and the message names it."""
    (fault,) = _faults(tmp_path, {"Rule": MINIMAL + "# " + "x" * rules.MAX_FILE})
    assert "more than the 1,000,000 that can be read: split it" in fault


def test_packs_are_looked_up_by_name(tmp_path: Path) -> None:
    """A pack of one's own goes before a shipped one; a name that is nowhere is an error with the nearest."""
    rulefiles.write(tmp_path / "rules", {"Mine": MINIMAL}, pack="Care")
    own = Settings(root=tmp_path, rules=tmp_path / "rules", packs=("Care",), engines={})
    assert ids(load_packs(own)) == ["Care.Mine"]
    with pytest.raises(RuleError, match=r"there is no pack `Cara`; did you mean `Care`\?"):
        load_packs(Settings(root=tmp_path, rules=tmp_path / "rules", packs=("Cara",)))


def test_shipped_packs_follow_the_language(tmp_path: Path) -> None:
    """Without names, the shipped packs of the locale's language are used, and no others."""
    packs = load_packs(Settings(root=tmp_path, locale="en-GB"))
    assert packs
    assert {pack.language for pack in packs} <= {"", "en"}
    assert all(pack.language == "" for pack in load_packs(Settings(root=tmp_path), "xx"))


# -- where --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "draft", "holds"),
    [
        ("{channel: chat}", Draft("x", channel="chat"), True),
        ("{channel: [sms, email]}", Draft("x", channel="chat"), False),
        ("{channel: {not: [sms, email]}}", Draft("x", channel="chat"), True),
        ("{channel: {not: chat}}", Draft("x", channel="chat"), False),
        ("{locale: en}", Draft("x", locale="en-GB"), True),
        ("{locale: en}", Draft("x", locale="en"), True),
        ("{locale: en}", Draft("x", locale="eng"), False),
        ("{locale: en-GB}", Draft("x", locale="en"), False),
        ("{locale: {not: en}}", Draft("x", locale="en-GB"), False),
        ("{mood: angry}", Draft("x", mood="upset"), True),
        ("{mood: upset}", Draft("x", mood="grieving"), True),
        ("{mood: happy}", Draft("x", mood="pleased"), True),
        ("{mood: neutral}", Draft("x", mood="unheard of"), True),
        ("{mood: {not: worried}}", Draft("x", mood="angry"), False),
        ("{known: name}", Draft("x", known=("name: Mr Field",)), True),
        ("{known: name}", Draft("x", known=("issue", "name")), True),
        ("{known: name}", Draft("x", known=("names",)), False),
        ("{known: 'name: Mr Field'}", Draft("x", known=("name: Mr Field",)), True),
        ("{known: 'name: Mr Field'}", Draft("x", known=("name: Ms Grey",)), False),
        ("{known: {not: issue}}", Draft("x"), True),
        ("{topic: shop}", Draft("x", topic="shop/returns"), True),
        ("{topic: shop}", Draft("x", topic="shop"), True),
        ("{topic: shop}", Draft("x", topic="shopping"), False),
        ("{topic: shop/returns}", Draft("x", topic="shop"), False),
        ("{topic: {not: shop}}", Draft("x"), True),
        ("{status: draft}", Draft("x", status="draft"), True),
        ("{status: {not: [draft, retired]}}", Draft("x", status="retired"), False),
        ("{channel: sms, mood: upset}", Draft("x", channel="sms"), False),
        ("{channel: sms, mood: upset}", Draft("x", channel="sms", mood="angry"), True),
        ("{x-team: billing}", Draft("x"), True),
    ],
)
def test_where(tmp_path: Path, where: str, draft: Draft, holds: bool) -> None:
    """A rule runs where every condition holds: one of its values, or none of them under `not`."""
    found = rulefiles.linter(tmp_path, {"Rule": f"{MINIMAL}where: {where}\n"}).lint(draft)
    assert bool(found) == holds


# -- levels and messages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        ({}, (Level.WARNING, "")),
        ({"Care": Level.ERROR}, (Level.ERROR, "Care")),
        ({"Care": Level.ERROR, "Care.*": Level.SUGGESTION}, (Level.SUGGESTION, "Care.*")),
        ({"Care.B*": Level.ERROR, "Care.*": Level.SUGGESTION}, (Level.ERROR, "Care.B*")),
        ({"Care.Blame": None, "Care.Blam*": Level.ERROR, "Care": Level.ERROR}, (None, "Care.Blame")),
        ({"*": None}, (None, "*")),
        ({"Carefree": Level.ERROR, "care.blame": Level.ERROR, "Blame": Level.ERROR}, (Level.WARNING, "")),
    ],
)
def test_levels(levels: dict[str, Level | None], wanted: tuple[Level | None, str]) -> None:
    """The id goes before a longer pattern, that before a shorter, and any pattern before the pack."""
    assert level("Care.Blame", Level.WARNING, levels) == wanted


@pytest.mark.parametrize(
    ("message", "arguments", "wanted"),
    [
        ("plain", ("a",), "plain"),
        ("'%s' for '%s'", ("a", "b"), "'a' for 'b'"),
        ("%[2]s, not %[1]s", ("a", "b"), "b, not a"),
        ("%d of %s", (3, 2), "3 of 2"),
        ("100%% of %s", ("a",), "100% of a"),
        ("%s %s", ("a",), "a "),
        ("%[9]s", ("a",), ""),
        ("50 % of", ("a",), "50 % of"),
        ("%s", ("100%s",), "100%s"),
    ],
)
def test_messages(message: str, arguments: tuple[object, ...], wanted: str) -> None:
    """A message is filled as Vale fills it; what the customer's text holds is never read as a verb."""
    assert said(message, *arguments) == wanted
