"""`readability`: a text is harder to read than a school grade allows. Vale's semantics: of Markdown, all prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannedkit.model import Check, Context, Draft, Finding, Hits, Rule, RuleError
from cannedkit.names import nearest
from cannedkit.rules import finding, options, problem
from cannedkit.vale.actions import action
from cannedkit.vale.blocks import measured
from cannedkit.vale.counts import GRADES, counts
from cannedkit.vale.message import formatted
from cannedkit.vale.options import number, patterns


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule. Raises RuleError."""
    return [_check(rule) for rule in rules]


def _check(rule: Rule) -> Check:
    values = options(rule, {"metrics": patterns, "grade": number, "action": action})
    names: tuple[str, ...] = values.get("metrics", ())
    if not names:
        raise RuleError([problem(rule, "metrics", f"a readability rule needs `metrics`: {', '.join(GRADES)}")])
    for name in names:
        if name not in GRADES:
            raise RuleError([problem(rule, "metrics", f"unknown metric {name!r}{nearest(name, GRADES)}")])
    most: float = values.get("grade", 0.0)

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        for text, start in measured(draft, rule):
            found = counts(text)
            if found.words:
                grade = sum(GRADES[name](found) for name in set(names)) / len(names)
                if grade > most:
                    yield finding(rule, start, start, formatted(rule.message, f"{grade:.2f}"))

    return Check(rule, run)
