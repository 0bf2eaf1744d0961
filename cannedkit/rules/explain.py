"""What a rule is for, in words."""

from __future__ import annotations

from cannedkit.model.draft import Level
from cannedkit.model.result import Explanation
from cannedkit.model.rule import Rule
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar

MAX_OPTION = 80
"""Characters of an option that is shown: a limit is short, a pattern is not; our own choice."""


def explanation(rule: Rule, level: Level | None) -> Explanation:
    """What a rule says of itself; `level` is the one in force."""
    return Explanation(
        rule.id,
        level,
        why=rule.why,
        instead=rule.instead,
        source=rule.source,
        message=rule.message,
        kind=rule.kind,
        pack=rule.pack,
        path=rule.path,
        link=rule.link,
        options={key: said for key, node in rule.options.items() if (said := _limit(node))},
    )


def _limit(node: Node) -> str:
    """An option in words, "" where it is no limit: a number or a word, or numbers by name."""
    if isinstance(node, Scalar):
        return node.value if len(node.value) <= MAX_OPTION and "\n" not in node.value else ""
    if not isinstance(node, MappingNode):
        return ""
    limits = [(name.value, value.value) for name, value in node.pairs if isinstance(value, Scalar)]
    numbers = all(value.replace(".", "", 1).isdigit() for _, value in limits) and len(limits) == len(node.pairs)
    return ", ".join(f"{name} {value}" for name, value in limits) if numbers else ""
