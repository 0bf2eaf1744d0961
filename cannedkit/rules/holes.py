"""Patterns in which `{name}` stands for a list of words that the rule gives once: grammar as data."""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.pattern.alternation import NAME, with_words
from cannedkit.rules.message import problem
from cannedkit.rules.options import patterns
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, mapping


def words(node: Node, key: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    """The lists of a rule's `words` by name: each a list of regular expressions, or one."""
    found = mapping(node, key, problems)
    return {name.value: patterns(value, name.value, problems) for name, value in found.pairs} if found else {}


def groups(lists: Mapping[str, tuple[str, ...]], rule: Rule, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The regular expression that each name stands for; a list may use the names above it. Raises RuleError."""
    made = dict(given or {})
    for name, alternatives in lists.items():
        made[name] = f"(?:{'|'.join(filled(one, made, rule, 'words') for one in alternatives)})"
    return made


def filled(source: str, by_name: Mapping[str, str], rule: Rule, key: str) -> str:
    """The regular expression with its names filled in. Raises RuleError for a name that is not among the words."""
    for name in NAME.findall(source):
        if name not in by_name:
            message = f"`{{{name}}}` is none of the `words` above it{nearest(name, by_name)}"
            raise RuleError([problem(rule, key, message)])
    return with_words(source, by_name)
