"""The keys of Vale's kinds, read as Vale reads them: patterns keep their white space, booleans have many spellings."""

from __future__ import annotations

from cannedkit.literals import Required, required
from cannedkit.model import Context
from cannedkit.schema import Problems, choice, kind_of, mapping
from cannedkit.yamlsource import Mapping as MappingNode
from cannedkit.yamlsource import Node, Scalar
from cannedkit.yamlsource import Sequence as SequenceNode

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


def literals(source: str, context: Context) -> tuple[str, ...]:
    """Texts of which one must occur where a pattern matches; () where none is known."""
    known: Required = context.literals.get(source) or required(source)
    return known.texts
