"""`readability`: a text is harder to read than a school grade allows. Vale's semantics: of Markdown, all prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.prose.counts import GRADES, counts
from cannedkit.rules.action import Action, action
from cannedkit.rules.message import finding, formatted, problem
from cannedkit.rules.options import number, options, patterns
from cannedkit.rules.scope import measured
from cannedkit.text.nearest import nearest


@dataclass(frozen=True)
class Options:
    """The measures of which the mean is taken, and the highest grade that it may have."""

    names: tuple[str, ...]
    grade: float
    action: Action


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"metrics": patterns, "grade": number, "action": action})
    names: tuple[str, ...] = values.get("metrics", ())
    if not names:
        raise RuleError([problem(rule, "metrics", f"a readability rule needs `metrics`: {', '.join(GRADES)}")])
    for name in names:
        if name not in GRADES:
            raise RuleError([problem(rule, "metrics", f"unknown metric {name!r}{nearest(name, GRADES)}")])
    return Options(names, values.get("grade", 0.0), values.get("action", Action()))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options) for rule in rules]


def _check(rule: Rule, own: Options) -> Check:
    names, most = own.names, own.grade

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for text, start in measured(draft, rule):
            found = counts(text)
            if found.words:
                grade = sum(GRADES[name](found) for name in set(names)) / len(names)
                if grade > most:
                    yield finding(rule, start, start, formatted(rule.message, f"{grade:.2f}"))

    return Check(rule, run)
