"""YAML of other systems whose layout goes out as it came: where its values stand, and how a new one is written."""

from __future__ import annotations

import json

from cannedkit.exchange.model import File
from cannedkit.exchange.pieces import Part
from cannedkit.exchange.writing import scalar
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence
from cannedkit.yamlsource.read import read


def opened(file: File) -> Mapping:
    """The mapping that a file holds. Raises InputError with every fault, or for a file of another shape."""
    root = read(file.name, file.text.encode("utf-8", "surrogatepass")).root
    if not isinstance(root, Mapping):
        raise InputError([Problem(file.name, 1, 1, "holds no mapping of names to values")])
    return root


def maybe(file: File) -> Mapping | None:
    """The same, None for a file that is none."""
    try:
        return opened(file)
    except InputError:
        return None


def under(node: Node | None, *keys: str) -> Node | None:
    """What stands in mappings under one key after the other; None where nothing does."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def text_at(node: Node | None, key: str) -> str | None:
    """The text under a key of a mapping, None where there is none."""
    found = under(node, key)
    return found.value if isinstance(found, Scalar) else None


def texts(node: Node | None) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(one.value for one in node.items if isinstance(one, Scalar)) if isinstance(node, Sequence) else ()


def column(node: Node) -> int:
    """How far a node stands in from the left."""
    return node.source.position(node.start)[1] - 1


def part(name: str, node: Node, value: str, margin: int) -> Part:
    """A node as a part of a reply."""
    source = node.source.text[node.start : node.end].rstrip("\r\n ")
    return Part(name, node.start, node.start + len(source), value, margin)


def listed(values: tuple[str, ...]) -> str:
    """A list as the value of a part."""
    return json.dumps(values, ensure_ascii=False)


def flow(value: str) -> str:
    """The same as YAML on one line."""
    return f"[{', '.join(scalar(one, inside=True) for one in (json.loads(value) if value else ()))}]"


def block(text: str, margin: int) -> str:
    """A text as YAML: on lines of its own where it has several, which stand two spaces behind the `margin`."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) == 1 or not all(line.isprintable() for line in lines) or lines[0][:1] in ("", " "):
        return scalar(text)
    if text.endswith("\n\n"):
        return scalar(text)
    inner = "".join(f"\n{' ' * (margin + 2)}{line}" if line else "\n" for line in lines)
    return f"|{'' if text.endswith(chr(10)) else '-'}{inner}"
