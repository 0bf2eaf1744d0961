"""The `bad` and `good` of rules, run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit.model.settings import Settings
from cannedkit.trial import selftest
from tests import rulefiles

HEAD = "extends: existence\nmessage: m\n"


def _problems(folder: Path, files: dict[str, str]) -> list[str]:
    problems, _ = selftest.test([rulefiles.write(folder, files)], Settings(root=folder, engines={}))
    return [str(problem).replace(f"{folder}/Test/", "") for problem in problems]


@pytest.mark.parametrize(
    "rest",
    [
        "tokens: [sorry]\nbad: ['So [[sorry]], [[sorry]].']\ngood: [Sorted.]",
        "tokens: [sorry]\nbad: [sorry]",
        "tokens: ['\\[\\[']\nnonword: true\nbad: ['a [[\\[[]] b']",
        "tokens: [sorry]\nwhere: {channel: sms, mood: angry, known: issue, locale: nl}\nbad: ['[[sorry]]']",
        "tokens: [sorry]\nwhere: {channel: sms}\nbad: ['[[sorry]]']\ngood: [{text: sorry, channel: chat}]",
        "tokens: [sorry]\nwhere: {known: issue}\nbad: ['[[sorry]]']\ngood: [{text: sorry, known: []}]",
        "tokens: [sorry]\nlevel: off\nbad: ['[[sorry]]']",
        "tokens: [sorry]\nwhere: {topic: shop, status: draft}\nbad: ['[[sorry]]']",
    ],
)
def test_a_rule_that_does_what_it_says_has_no_problems(tmp_path: Path, rest: str) -> None:
    """Examples run under the rule's own `where`, at any level; a bad one is found just where it is marked."""
    assert _problems(tmp_path, {"Rule": f"{HEAD}{rest}\n"}) == []


def test_a_place_is_marked_by_empty_brackets(tmp_path: Path) -> None:
    """`[[]]` marks the place where something is missing."""
    rule = "extends: occurrence\nmessage: m\ntoken: thanks\nmin: 1\nbad: [{text: '[[]]'}]\ngood: [thanks]\n"
    assert _problems(tmp_path, {"Rule": rule}) == []


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ("bad: ['So sorry']", "Rule.yml:4:1: Test.Rule: `bad` example: found 'sorry' where 'So sorry' is marked"),
        ("bad: ['[[So]] it is']", "`bad` example: found nothing where 'So' is marked"),
        ("bad: ['[[sorry]], sorry']", "`bad` example: found 'sorry', 'sorry' where 'sorry' is marked"),
        ("bad: ['[[sorry]]']\ngood:\n- fine\n- so sorry", "Rule.yml:7:1: Test.Rule: `good` example: flags 'sorry'"),
        ("", "Rule.yml:1:1: Test.Rule has no examples: add `bad` and `good`"),
    ],
)
def test_a_problem_says_what_was_found(tmp_path: Path, rest: str, wanted: str) -> None:
    """An example that fails is named with its line, what was found and what is marked."""
    (problem,) = _problems(tmp_path, {"Rule": f"{HEAD}tokens: [sorry]\n{rest}\n"})
    assert wanted in problem


def test_rules_of_a_pack_may_not_quarrel(tmp_path: Path) -> None:
    """What one rule calls good, no other rule of the pack may warn of, unless it only suggests or is off."""
    good = f"{HEAD}tokens: [sorry]\nbad: ['[[sorry]]']\ngood: [We apologise.]\n"
    for level, wanted in [
        ("error", ["Good.yml:5:1: Test.Good: `good` example: Test.Other flags 'apologise'"]),
        ("suggestion", []),
        ("off", []),
    ]:
        other = f"{HEAD}tokens: [apologise]\nlevel: {level}\nbad: ['[[apologise]]']\n"
        assert _problems(tmp_path / level, {"Good": good, "Other": other}) == wanted


def test_a_rule_that_runs_out_of_time_is_a_problem(tmp_path: Path) -> None:
    """A pattern too slow for its own examples does not pass."""
    rule = f"{HEAD}nonword: true\ntokens: ['(?:a|aa)+$']\nbad: ['{'a' * 60}b']\ngood: [{'a' * 60}c]\n"
    problems = _problems(tmp_path, {"Rule": rule})
    assert [problem.rpartition(": ")[2] for problem in problems] == [
        "ran out of time on its `bad` example",
        "ran out of time on its `good` example",
    ]


def test_the_number_of_examples_is_told(tmp_path: Path) -> None:
    """The count is of all examples, so that nobody takes no examples for a pass."""
    rule = f"{HEAD}tokens: [sorry]\nbad: ['[[sorry]]', 'a [[sorry]]']\ngood: [fine]\n"
    assert selftest.test([rulefiles.write(tmp_path, {"A": rule, "B": rule})], Settings(root=tmp_path)) == ([], 6)


def test_a_token_that_can_never_match_is_reported(tmp_path: Path) -> None:
    """A token whose last mark stands before a word boundary cannot match, and is named at its line."""
    files = {
        "Rule": "extends: existence\nmessage: m\ntokens:\n  - fine\n  - etc,\nbad: ['[[fine]] now']\ngood: [well]\n"
    }
    problems, _ = selftest.test([rulefiles.write(tmp_path, files)], Settings(tmp_path))
    assert [(problem.line, problem.message) for problem in problems] == [
        (5, "Test.Rule: `etc,` never matches a text of its own; try `nonword: true`")
    ]
