"""Vale's own tests of rules, run: `tests:` in a rule file, and the cases of `<Rule>.test.yml` beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cannedkit.lint import linter as lint
from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import Problem
from cannedkit.model.rule import Pack
from cannedkit.rules.file import root_of
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence
from cannedkit.yamlsource.read import read_file
from cannedkit.yamlsource.schema import Problems

_KEYS = ("name", "about", "input", "format", "view", "rule", "want", "contains", "absent")


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what linting it must print, one `line:column:rule:message` a line.

    `rule` is the id of the one rule that looks, "" for the whole pack; `want` None asks for nothing.
    """

    name: str
    input: str
    format: str
    rule: str
    want: str | None
    contains: str
    absent: tuple[str, ...]
    place: Problem


def problems(pack: Pack, linter: lint.Linter) -> tuple[list[Problem], int]:
    """What is wrong with the cases of a pack, and how many ran. `linter` is one over its rules."""
    found: Problems = []
    cases = [case for rule in pack.rules for case in _of_rule(Path(rule.path), rule.id, found)]
    for path in sorted(pack.path.rglob("*.test.yml")):
        cases += _of_file(path, pack, found)
    for case in cases:
        if reason := _reason(case, linter):
            place = case.place
            found.append(Problem(place.path, place.line, place.column, f"{case.rule or pack.name}: {reason}"))
    return found, len(cases)


def _of_rule(path: Path, id: str, found: Problems) -> Iterator[Case]:
    root = read_file(path, found, root=root_of(path.parent)) if os.path.isfile(path) else None
    tests = root.get("tests") if isinstance(root, Mapping) else None
    if tests is not None:
        yield from _cases(tests, id, None, found)


def _of_file(path: Path, pack: Pack, found: Problems) -> Iterator[Case]:
    root = read_file(path, found, root=root_of(path.parent))
    if root is not None:
        yield from _cases(root, "", pack, found)


def _cases(node: Node, id: str, pack: Pack | None, found: Problems) -> Iterator[Case]:
    if not isinstance(node, Sequence):
        found.append(node.problem("tests must be a list of cases: `- name: …`"))
        return
    for item in node.items:
        if case := _case(item, id, pack, found):
            yield case


def _case(item: Node, id: str, pack: Pack | None, found: Problems) -> Case | None:
    if not (mapping := schema.mapping(item, "tests", found)):
        return None
    keys = schema.entries(mapping, _KEYS, found, " in a test")
    if not keys.keys() & {"want", "contains", "absent"}:
        found.append(item.problem("a test needs `want`, `contains` or `absent`"))
        return None

    def text(key: str) -> str:
        node = keys.get(key)
        return node.value if isinstance(node, Scalar) else ""

    if pack and text("rule"):
        wanted = (pack.path / text("rule")).resolve()
        ids = [rule.id for rule in pack.rules if Path(rule.path).resolve() == wanted]
        if not ids:
            found.append(keys["rule"].problem(f"`rule`: there is no rule {text('rule')!r} beside this file"))
            return None
        id = ids[0]
    return Case(
        name=text("name"),
        input=text("input"),
        format=text("format").removeprefix(".") or "md",
        rule=id,
        want=text("want") if "want" in keys else None,
        contains=text("contains"),
        absent=schema.texts(keys["absent"], "absent", found) if "absent" in keys else (),
        place=item.problem(""),
    )


def _reason(case: Case, linter: lint.Linter) -> str:
    """Why a case fails, "" where it passes."""
    draft = Draft(case.input, format="markdown" if case.format in ("md", "markdown") else "text")
    findings, failures = linter.by_rules(draft)
    if failures:
        return f"test {case.name!r}: {failures[0].reason}"
    seen = [finding for finding in sorted(set(findings)) if not case.rule or finding.rule == case.rule]
    printed = "\n".join(_line(case.input, finding) for finding in seen)
    if case.want is not None and printed.strip() != case.want.strip():
        return f"test {case.name!r}: found {printed or 'nothing'!r} where {case.want.strip() or 'nothing'!r} is wanted"
    if case.contains not in printed:
        return f"test {case.name!r}: {case.contains!r} is not in what was found, {printed or 'nothing'!r}"
    held = next((absent for absent in case.absent if absent in printed), None)
    return f"test {case.name!r}: {held!r} is in what was found" if held is not None else ""


def _line(text: str, finding: Finding) -> str:
    before = text[: finding.start]
    column = finding.start - (before.rfind("\n") + 1) + 1
    return f"{before.count(chr(10)) + 1}:{column}:{finding.rule}:{finding.message}"
