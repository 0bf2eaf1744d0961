"""Vale's own tests of rules."""

from __future__ import annotations

from pathlib import Path

from cannedkit.lint import linter as lint
from cannedkit.model.settings import Settings
from cannedkit.trial import cases as valecases
from tests import rulefiles

RULE = """extends: existence
message: "no '%s'"
tokens: [lamp]
tests:
  - name: is found
    input: A lamp.
    want: "1:3:Test.Rule:no 'lamp'"
  - name: stays alone
    input: |
      # Lights

      All `lamp` lights.
    absent: [Test.Rule]
"""


def _problems(folder: Path, files: dict[str, str], cases: str = "") -> tuple[list[str], int]:
    pack = rulefiles.write(folder, files)
    (pack.path / "Rule.test.yml").write_text(cases or "[]\n", encoding="utf-8")
    found, ran = valecases.problems(pack, lint.build(Settings(root=folder, engines={}), [pack]))
    return [str(problem).removeprefix(f"{pack.path}/") for problem in found], ran


def test_cases_of_a_rule_run(tmp_path: Path) -> None:
    """Cases in a rule file are about that rule, and pass where it prints what they want."""
    assert _problems(tmp_path, {"Rule": RULE}) == ([], 2)


def test_a_case_that_fails_says_what_was_found(tmp_path: Path) -> None:
    """A wrong case gives its place, its name, what was found and what was wanted."""
    found, _ = _problems(tmp_path, {"Rule": RULE.replace("1:3:", "1:4:")})
    (problem,) = found
    assert problem.startswith("Rule.yml:5:5: Test.Rule: test 'is found': found \"1:3:Test.Rule:no 'lamp'\" where")


def test_cases_beside_a_rule(tmp_path: Path) -> None:
    """Cases in a file of their own name their rule by its path; without a name the whole pack looks."""
    other = 'extends: existence\nmessage: "%s?"\ntokens: [red]\n'
    cases = """- name: one rule
  rule: ./Rule.yml
  format: txt
  input: A red lamp.
  want: "1:7:Test.Rule:no 'lamp'"
- name: the pack
  input: A red lamp.
  contains: "1:3:Test.Other:red?"
- name: no such rule
  rule: Rul.yml
  input: x
  want: ""
- name: asks nothing
  input: x
"""
    found, ran = _problems(tmp_path, {"Rule": RULE, "Other": other}, cases)
    assert ran == 4
    assert found == [
        "Rule.test.yml:10:9: `rule`: there is no rule 'Rul.yml' beside this file",
        "Rule.test.yml:13:3: a test needs `want`, `contains` or `absent`",
    ]
