"""YAML of other systems: read with a place for what is wrong, its values as texts, lists and mappings."""

from __future__ import annotations

from typing import Any

from cannedkit.exchange.model import File
from cannedkit.model.errors import InputError
from cannedkit.yamlsource.node import Mapping, Node, Scalar
from cannedkit.yamlsource.read import read


def values(file: File) -> Any:
    """What a file of YAML holds: each scalar is the text that stands there. Raises InputError with every fault."""
    root = read(file.name, file.text.encode("utf-8", "surrogatepass")).root
    return None if root is None else _value(root)


def maybe(file: File) -> Any:
    """The same, None for a file that is no YAML."""
    try:
        return values(file)
    except InputError:
        return None


def _value(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key.value: _value(one) for key, one in node.pairs}
    return [_value(one) for one in node.items]
