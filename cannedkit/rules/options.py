"""The keys of a kind, read: patterns keep their white space, booleans have Vale's many spellings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from cannedkit.model.errors import RuleError
from cannedkit.model.rule import Rule
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, choice, kind_of, mapping

_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE", "t", "T", "1"), True),
    **dict.fromkeys(("false", "False", "FALSE", "f", "F", "0", ""), False),
}


def pattern(node: Node, key: str, problems: Problems) -> str:
    """A regular expression, just as written."""
    if isinstance(node, Scalar):
        return node.value
    problems.append(node.problem(f"`{key}` must be a regular expression, not {kind_of(node)}"))
    return ""


def patterns(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    """The regular expressions of a list, or the one that stands alone, just as written."""
    if isinstance(node, SequenceNode):
        return tuple(pattern(item, key, problems) for item in node.items)
    one = pattern(node, key, problems)
    return (one,) if one else ()


def pairs(node: Node, key: str, problems: Problems) -> dict[str, str]:
    """A mapping, or a list of mappings, from regular expression to text or regular expression, in the file's order."""
    if isinstance(node, SequenceNode) and all(isinstance(item, MappingNode) for item in node.items):
        return {wrong: right for item in node.items for wrong, right in pairs(item, key, problems).items()}
    found = mapping(node, key, problems)
    return {name.value: pattern(value, name.value, problems) for name, value in found.pairs} if found else {}


def flag(node: Node, key: str, problems: Problems) -> bool:
    """`true` or `false`."""
    return choice(node, key, _BOOLEANS, problems, False)


def number(node: Node, key: str, problems: Problems) -> float:
    """A number, with or without a fraction; 0 after a fault."""
    value = node.value.strip() if isinstance(node, Scalar) else ""
    try:
        return float(value)
    except ValueError:
        problems.append(node.problem(f"`{key}` must be a number, not {value!r}"))
        return 0.0


COMMON = (
    "extends",
    "message",
    "level",
    "scope",
    "limit",
    "link",
    "description",
    "why",
    "source",
    "instead",
    "where",
    "bad",
    "good",
    "lemma",
    "tests",
    "keeps",
)
"""The keys that every kind shares; all others belong to the kind."""


LENIENT = ("consistency", "spelling")
"""Kinds whose unknown keys Vale lets pass, and so styles hold some."""

BY_EXAMPLE = ("meaning",)
"""Kinds whose rules are made of their examples: `bad` and `good` are keys of theirs, too."""

SHARED = ("action", "matchcase")
"""Keys that Vale takes in every rule, of use or not."""

Reader = Callable[[Node, str, Problems], Any]


_ASKED: Mapping[str, Node] = MappingProxyType({})
"""The options of a rule that is no rule: it asks its kind which keys it reads."""


class _Told(Exception):
    """A kind's own keys, and what reads each."""

    def __init__(self, readers: Mapping[str, Reader]) -> None:
        super().__init__()
        self.readers = readers


def keys(kind: str, read: Callable[[Rule], Any]) -> Mapping[str, Reader] | None:
    """The own keys of a kind and what reads each, as its `read` asks for them; None where it looks at none."""
    try:
        read(Rule("", kind, "", None, "", _ASKED))
    except _Told as told:
        return told.readers
    return None


def options(rule: Rule, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The kind's own keys of a rule, read. Raises RuleError with every fault found."""
    if rule.options is _ASKED:
        raise _Told(readers)
    problems: Problems = []
    known = (*readers, *COMMON)
    values = {}
    for key, node in rule.options.items():
        if key in readers:
            values[key] = readers[key](node, key, problems)
        elif not key.startswith("x-") and rule.kind not in LENIENT and key not in SHARED:
            hint = nearest(key, known)
            problems.append(node.problem(f"`{key}` is no key of a rule that extends {rule.kind}{hint}"))
    if problems:
        raise RuleError(problems)
    return values
