"""Vale's Views: which texts of a YAML or JSON file are prose. The part of dasel's paths that names keys and lists.

A path is keys and `all()`, `[0]`, `filter(equal(key,value))` with dots between them, such as `replies.all().text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cannedkit.files import Within
from cannedkit.model.errors import InputError, Problem
from cannedkit.vale.ini import ValeError
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence
from cannedkit.yamlsource.read import read_file

_STEP = re.compile(
    r"(?P<all>all\(\))|(?:filter\(equal\((?P<key>[^,()]+),(?P<value>[^()]*)\)\))|\[(?P<index>\d+)\]|(?P<name>[^.()\[\]]+)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """One entry of a View: the name that rules may give as their scope, the path, and how the texts are read."""

    name: str
    path: str
    kind: str = ""


def load(path: Path, within: Within) -> tuple[Scope, ...]:
    """The scopes of a View's file, which must lie `within` something. Raises ValeError."""
    root = _read(path, within)
    keys = dict(_pairs(root))
    engine = keys.get("engine")
    if not isinstance(engine, Scalar) or engine.value != "dasel":
        raise ValeError("cannedkit reads Views of the engine dasel only", path=str(path), line=1, column=1)
    entries = keys.get("scopes")
    found = [dict(_pairs(entry)) for entry in (entries.items if isinstance(entries, Sequence) else ())]
    return tuple(Scope(_text(one.get("name")), _text(one.get("expr")), _text(one.get("type"))) for one in found)


def texts(root: Node | None, path: str) -> Iterator[Scalar]:
    """The texts that a path leads to, in file order. Raises ValeError for a path that is not understood."""
    nodes: Iterable[Node] = [root] if root else []
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if not step:
            raise ValeError(f"the path '{path}' is not understood at '{path[at:]}'", context="view")
        nodes = [found for node in nodes for found in _step(node, step)]
        at = step.end() + path.startswith(".", step.end())
    return (node for node in nodes if isinstance(node, Scalar))


def _step(node: Node, step: re.Match[str]) -> Iterator[Node]:
    if step["all"]:
        yield from node.items if isinstance(node, Sequence) else (value for _, value in _pairs(node))
    elif step["key"]:
        if _text(dict(_pairs(node)).get(step["key"].strip())) == step["value"].strip():
            yield node
    elif step["index"]:
        yield from node.items[int(step["index"]) :][:1] if isinstance(node, Sequence) else ()
    else:
        yield from (value for key, value in _pairs(node) if key == step["name"])


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    return ((key.value, value) for key, value in node.pairs) if isinstance(node, Mapping) else iter(())


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""


def _read(path: Path, within: Within) -> Node | None:
    problems: list[Problem] = []
    root = read_file(path, problems, root=within)
    if problems and not problems[0].line:
        raise ValeError(f"view '{path.stem}' not found: {problems[0].message}", context="view")
    if problems:
        raise stop(InputError(problems))
    return root


def stop(error: InputError) -> ValeError:
    """The first problem of a file, as Vale would stop at it."""
    one = error.problems[0]
    return ValeError(one.message, path=one.path, line=one.line, column=one.column)
