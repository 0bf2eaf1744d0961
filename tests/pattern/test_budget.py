"""Patterns that are not ours take their time from one budget, and no pattern is larger than memory allows."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from cannedkit import Kit
from cannedkit.model.draft import Draft
from cannedkit.pattern.alternation import MAX_ALL_REPEATED, MAX_PATTERN, PatternError, compiled, search
from cannedkit.pattern.budget import MOMENT, SHARE, BudgetSpent, counted, spending
from cannedkit.pattern.kept import repeated
from cannedkit.pattern.size import spelled_out
from tests import rulefiles

SLOW = r"(?:a|aa)+\b[^ ]"
TEXT = "a" * 60 + " b."


def test_a_pattern_of_ours_is_not_counted() -> None:
    """What we ship has been measured."""
    with spending(0.05) as budget:
        with pytest.raises(TimeoutError):
            search(compiled(SLOW, True), TEXT)
        assert not budget.spent


def test_who_has_spent_its_part_is_stopped_at_once_and_others_are_not() -> None:
    """A slow rule leaves the others their time; there is enough that Python may collect its garbage meanwhile."""
    with spending(0.8) as budget:
        with counted("Slow.Rule"):
            with pytest.raises(TimeoutError):
                search(compiled(SLOW, True), TEXT)
            with pytest.raises(BudgetSpent):
                search(compiled("b+", True), TEXT)
        with counted("Other.Rule"):
            assert search(compiled("b+", True), TEXT)
        assert 0.8 / SHARE <= budget.spent["Slow.Rule"] < 0.6


def test_short_choices_are_counted_too() -> None:
    """Six choices of three that follow one another are tried in 729 ways at each place."""
    with spending(0.1), counted("Slow.Rule"), pytest.raises(TimeoutError):
        search(compiled("(?:a|[ab]|.)" * 6 + "[^ab]", True), "ab" * 50_000)


def _catalogue(folder: Path, rules: int, replies: int) -> Kit:
    (folder / "rules" / "Slow").mkdir(parents=True)
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text("packs: [Slow]\nengines: {}\n")
    for number in range(rules):
        rule = f"extends: existence\nmessage: no\nnonword: true\ntokens: ['{SLOW}']\n"
        (folder / "rules" / "Slow" / f"R{number}.yml").write_text(rule)
    bodies = "".join(f"r{number}: {TEXT}\n" for number in range(replies))
    (folder / "responses" / "a.yaml").write_text(bodies)
    return Kit.load(folder)


def test_twenty_slow_rules_on_twenty_replies_end_with_the_budget(tmp_path: Path) -> None:
    """The whole run ends near its limit, and each rule that was stopped is told once."""
    kit = _catalogue(tmp_path, 20, 20)
    began = time.process_time()
    review = kit.check(time_limit=1)
    assert time.process_time() - began < 5
    said = [error for error in review.errors if "--time-limit" in error.reason]
    assert sorted(error.rule for error in said) == sorted(f"Slow.R{number}" for number in range(20))


def test_a_rule_that_is_off_is_one_error_and_the_next_run_begins_anew(tmp_path: Path) -> None:
    """A limit is that of one run."""
    kit = _catalogue(tmp_path, 1, 30)
    for _ in range(2):
        errors = kit.check(time_limit=1).errors
        assert len([error for error in errors if "--time-limit" in error.reason]) == 1
        assert len(errors) == 2


def test_a_draft_has_a_second_of_its_own(tmp_path: Path) -> None:
    """What one draft spends is not taken from the next."""
    kit = _catalogue(tmp_path, 20, 1)
    draft = kit.draft(TEXT)
    for _ in range(2):
        began = time.process_time()
        _, failures = kit.linter("en").results(draft)
        assert time.process_time() - began < 3
        assert {failure.rule for failure in failures} == {f"Slow.R{number}" for number in range(20)}


@pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf"), "1", True])
def test_a_time_limit_is_a_number_of_seconds(tmp_path: Path, limit: object) -> None:
    """Zero, nothing and words are no time."""
    from cannedkit import InputError

    with pytest.raises(InputError, match="time_limit"):
        _catalogue(tmp_path, 1, 1).check(time_limit=limit)  # type: ignore[arg-type]


def test_a_slow_word_of_the_vocabulary_is_counted(tmp_path: Path) -> None:
    """A term of the vocabulary is a pattern of somebody else's, in our rules too."""
    (tmp_path / "cannedkit.yaml").write_text(f"packs: [Care]\nvocabulary: {{accept: ['{SLOW}']}}\n")
    kit = Kit.load(tmp_path)
    began = time.process_time()
    _, failures = kit.linter("en").results(kit.draft(f"Unfortunately {TEXT} Unfortunately. " * 20))
    assert time.process_time() - began < 5
    assert failures


@pytest.mark.parametrize(
    ("pattern", "size"),
    [("a{3}", 3), ("(?:ab){2,4}", 12), (r"\{3}[{}]{2}", 12), ("a{0,5}b{2,}", 8), ("(a{10}){10}", 120), ("ab", 2)],
)
def test_the_size_of_a_pattern_is_that_of_its_repetitions_written_out(pattern: str, size: int) -> None:
    """Escapes and classes count as one, groups with all that is in them."""
    assert spelled_out(pattern) == size


@pytest.mark.parametrize(
    "pattern",
    [
        "a{99999999}",
        "(a{1000}){1000}",
        "((a{900,}){900})x",
        "(?<=[a-z]{999999})b",
        "a{99999999999999999999}",
        "a{99999999,}",
        "b{99999,999999}",
    ],
)
def test_a_pattern_that_would_fill_the_memory_is_refused(pattern: str) -> None:
    """It is refused before it is compiled."""
    with pytest.raises(PatternError, match="repeat less"):
        compiled(pattern, True)


def test_many_patterns_that_each_are_allowed_fill_no_memory_together(tmp_path: Path) -> None:
    """The hundredth pattern of ten thousand repetitions is refused as one of a million is."""
    before = dict(repeated())
    try:
        repeated()["many more"] = MAX_ALL_REPEATED - 10_000
        with pytest.raises(PatternError, match="all of a run"):
            compiled(f"a{{15000}}{tmp_path.name}", True)
    finally:
        repeated().clear()
        repeated().update(before)


@pytest.mark.parametrize("text", ["{a} {a}", "({a}|{a})", "{a}" * 20])
def test_word_lists_that_double_are_refused_where_they_grow_too_long(tmp_path: Path, text: str) -> None:
    """Thirty lists of which each names the one above twice would have a thousand million words."""
    from cannedkit.lint.packs import read_pack

    names = ["x", *("x" * n for n in range(2, 32))]
    lists = [f"  {names[0]}: [one, two]\n"]
    lists += [f"  {new}: '{text.replace('a', old)}'\n" for old, new in pairwise(names)]
    rule = f"extends: personal-data\nmessage: no\nasks: ['{{{names[-1]}}}']\nwords:\n" + "".join(lists)
    (tmp_path / "R.yml").write_text(rule)
    (problem,) = read_pack(tmp_path, forgiving=True).refused
    assert f"{MAX_PATTERN:,}" in problem.message


def test_a_pattern_that_is_compiled_late_is_refused_alone(tmp_path: Path) -> None:
    """Patterns that together are too large are told when a text needs them; the other rules look."""
    many = ", ".join(f"'(?:x{{9000}}|awful|n{number})'" for number in range(150))
    rules = {
        "Many": f"extends: existence\nmessage: m\ntokens: [{many}]\n",
        "One": "extends: existence\nmessage: m\ntokens: [awful]\n",
    }
    findings, failures = rulefiles.linter(tmp_path, rules).results(Draft("It is awful."))
    assert [found.rule for found in findings] == ["Test.One"]
    assert [failed.rule for failed in failures] == ["Test.Many"]
    assert "for all of a run" in failures[0].reason


def test_the_clock_of_a_thread_is_read_once_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What many rules take within a moment is told by the wall's clock; then by its own, which may say less."""
    wall, used, reads = [10.0], [1.0], []

    def thread_time() -> float:
        reads.append(used[0])
        return used[0]

    clocks = SimpleNamespace(perf_counter=lambda: wall[0], thread_time=thread_time)
    monkeypatch.setattr("cannedkit.pattern.budget.time", clocks)
    part = MOMENT / 4
    with spending(60.0) as budget:
        for name in ("A.B", "A.C", "A.D"):
            with counted(name):
                wall[0] += part
        assert len(reads) == 1
        assert budget.spent == pytest.approx({"A.B": part, "A.C": part, "A.D": part, "": 3 * part})
        with counted("A.E"):
            wall[0], used[0] = wall[0] + 5, used[0] + 2
        assert budget.spent["A.E"] == pytest.approx(2, abs=MOMENT)
        assert budget.spent[""] == pytest.approx(2, abs=MOMENT)
