"""`language`: a text is in another language than its locale says. The span is the whole text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannedkit.model.draft import Draft, Finding
from cannedkit.model.rule import Check, Context, Hits, Rule
from cannedkit.rules.message import finding, said
from cannedkit.rules.options import options
from cannedkit.text.language import LEAST, languages, recognise, speaks
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, whole


@dataclass(frozen=True)
class Options:
    """How many little words of another language a text must hold."""

    least: int


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    return Options(options(rule, {"min": _least}).get("min", LEAST))


def build(rules: Sequence[Rule], context: Context) -> list[Check]:
    """One check a rule."""
    return [_check(rule, rule.options.least) for rule in rules]


def _check(rule: Rule, least: int) -> Check:

    def run(draft: Draft, hits: Hits) -> Iterator[Finding]:
        wanted = draft.locale.partition("-")[0]
        if wanted not in languages() or speaks(draft.text, wanted):
            return
        found = recognise(draft.text, languages(), least=least)
        if found and found != wanted:
            yield finding(rule, 0, len(draft.text), said(rule.message, found, draft.locale))

    return Check(rule, run)


def _least(node: Node, key: str, problems: Problems) -> int:
    return whole(node, key, problems, least=1)
