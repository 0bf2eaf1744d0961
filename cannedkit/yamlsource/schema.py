"""YAML nodes read as typed values. Every fault is added to a list, with its place and how to mend it.

Each reader takes the node, the name of its key and the list of problems, and returns the value, or an empty
one after a fault, so that all faults of a file are found in one reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from cannedkit.files import Within
from cannedkit.model.errors import Located, Problem
from cannedkit.text.locales import canonical, parents
from cannedkit.text.nearest import conflicts, nearest
from cannedkit.yamlsource import slip
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import (
    Node,
    Scalar,
    Sequence,
    null_problem,
    prose_problem,
    text_problem,
    unspaced_problems,
)

Problems = list[Problem]
Value = TypeVar("Value")


def text(node: Node, key: str, problems: Problems, *, prose: bool = False) -> str:
    """The text of a scalar, "" after a fault.

    Prose may not have a comment behind it, for YAML cuts it there, nor be YAML's word for nothing or in curly quotes;
    and where YAML made a list or a mapping of prose, the quotes that it needs are named.
    """
    if not isinstance(node, Scalar):
        wanted = f"`{key}` must be a text, not {kind_of(node)}"
        problems.append(text_problem(node) if prose else node.problem(wanted))
        return ""
    if prose and (fault := prose_problem(node, key)):
        problems.append(fault)
        return ""
    return node.value.strip()


def word(node: Node, key: str, problems: Problems) -> str:
    """The text of a scalar that is not YAML's word for nothing."""
    value = text(node, key, problems)
    if isinstance(node, Scalar) and (fault := null_problem(node, key)):
        problems.append(fault)
        return ""
    return value


def located(node: Node, key: str, problems: Problems) -> Located | None:
    """The text of a scalar with its places, without the white space at its ends; None after a fault or if empty."""
    found = len(problems)
    value = text(node, key, problems, prose=True)
    if not isinstance(node, Scalar) or len(problems) > found:
        return None
    if not value:
        problems.append(node.problem(f"`{key}` has no text: write one or take the key out"))
        return None
    start = node.value.index(value)
    return node.part(start, start + len(value))


def texts(node: Node, key: str, problems: Problems, *, prose: bool = False) -> tuple[str, ...]:
    """The texts of a list, or the one text that stands alone."""
    if isinstance(node, Sequence):
        return tuple(text(item, key, problems, prose=prose) for item in node.items)
    if isinstance(node, Scalar):
        one = text(node, key, problems, prose=prose)
        return (one,) if one else ()
    problems.append(node.problem(f"`{key}` must be a list of texts, not {kind_of(node)}"))
    return ()


def prose(node: Node, key: str, problems: Problems) -> str:
    """The text of a scalar that people will read."""
    return text(node, key, problems, prose=True)


def proses(node: Node, key: str, problems: Problems) -> tuple[str, ...]:
    """The texts of a list that people will read, or the one that stands alone."""
    return texts(node, key, problems, prose=True)


def boolean(node: Node, key: str, problems: Problems) -> bool:
    """`true` or `false`."""
    return choice(node, key, {"true": True, "false": False}, problems, False)


def whole(node: Node, key: str, problems: Problems, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = text(node, key, problems)
    if re.fullmatch("-?[0-9]{1,9}", value) and int(value) >= least:
        return int(value)
    if isinstance(node, Scalar):
        problems.append(node.problem(f"`{key}` must be a whole number of at least {least}, not {value!r}"))
    return least


def share(node: Node, key: str, problems: Problems) -> float | None:
    """A number from 0 to 1, None after a fault."""
    return _number(node, key, problems, r"0|1|0?\.[0-9]{1,6}|1\.0{1,6}", "a share from 0 to 1, such as 0.7")


def points(node: Node, key: str, problems: Problems) -> float | None:
    """A number from 0 to 100, None after a fault."""
    written = r"100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?"
    return _number(node, key, problems, written, "a number from 0 to 100, such as 90")


def _number(node: Node, key: str, problems: Problems, written: str, what: str) -> float | None:
    """A number as it may be `written`, None after a fault, which says what it must be."""
    value = text(node, key, problems)
    if re.fullmatch(written, value):
        return float(value)
    if isinstance(node, Scalar):
        problems.append(node.problem(f"`{key}` must be {what}, not {value!r}"))
    return None


def numbers(
    node: Node, key: str, names: Iterable[str], read: Callable[[Node, str, Problems], float | None], problems: Problems
) -> dict[str, float]:
    """Name -> number, of a mapping that may have some names; what has a fault is left out."""
    keys = mapping(node, key, problems)
    known = entries(keys, tuple(names), problems, f" in `{key}`") if keys else {}
    found = {name: read(value, name, problems) for name, value in known.items()}
    return {name: value for name, value in found.items() if value is not None}


def day(node: Node, key: str, problems: Problems) -> date | None:
    """A date, written as 2026-12-31."""
    from cannedkit.template.types import iso_date

    value = text(node, key, problems)
    if found := iso_date(value):
        return found
    if isinstance(node, Scalar):
        problems.append(node.problem(f"`{key}` must be a date such as 2026-12-31, not {value!r}"))
    return None


def choice(node: Node, key: str, choices: Mapping[str, Value], problems: Problems, default: Value) -> Value:
    """The value of one of the words in `choices`."""
    word = text(node, key, problems)
    if word in choices:
        return choices[word]
    if isinstance(node, Scalar):
        problems.append(node.problem(f"`{key}` cannot be {word!r}{nearest(word, choices)}"))
    return default


def mapping(node: Node, key: str, problems: Problems) -> MappingNode | None:
    """The node itself if it is a mapping, else None."""
    if isinstance(node, MappingNode):
        return node
    if isinstance(node, Scalar) and (unspaced := unspaced_problems(node, ())):
        problems.extend(unspaced)
        return None
    problems.append(node.problem(f"`{key}` must be a mapping of names to values, not {kind_of(node)}"))
    return None


def entries(node: MappingNode, known: Collection[str], problems: Problems, where: str = "") -> dict[str, Node]:
    """The values of a mapping by key; a key that is not known is a problem, but for `x-…` keys."""
    found: dict[str, Node] = {}
    for key, value in node.pairs:
        if key.value in known or key.value.startswith("x-"):
            found[key.value] = value
        else:
            problems.append(unknown(key, known, f"unknown key `{key.value}`{where}"))
    return found


def unknown(key: Scalar, known: Collection[str], message: str) -> Problem:
    """The problem of a key that is not among the `known`: the nearest one, or that its colon lacks the space."""
    head, colon, _ = key.value.partition(":")
    unspaced = slip.unspaced(key.value) if colon and head in known else ""
    return key.problem(unspaced or f"{message}{nearest(key.value, known)}")


def clashes(node: MappingNode, names: Collection[str]) -> list[Problem]:
    """The problems of keys that cannot nest beside another of `names`: `a` beside `a.b`."""
    keys = {key.value: key for key, _ in node.pairs}
    message = "`{}` cannot stand beside `{}`: a name is a value or a group, not both"
    return [
        keys[short if short in keys else long].problem(message.format(short, long))
        for short, long in conflicts(names)
        if short in keys or long in keys
    ]


def by_locale(
    node: Node,
    key: str,
    locales: Collection[str],
    problems: Problems,
    read: Callable[[Node, str, Problems], Value],
) -> dict[str, Value]:
    """A value for every locale (under ""), or a mapping from locale to value."""
    if isinstance(node, Scalar) and (unspaced := unspaced_problems(node, locales)):
        problems.extend(unspaced)
        return {}
    if not isinstance(node, MappingNode):
        return {"": read(node, key, problems)}
    found: dict[str, Value] = {}
    for name, value in node.pairs:
        tag = canonical(name.value)
        if tag and any(tag in parents(locale) for locale in locales):
            found[tag] = read(value, key, problems)
        else:
            problems.append(unknown(name, locales, f"`{key}`: unknown locale `{name.value}`"))
    return found


def read_mapping(
    path: Path, problems: Problems, *, most_bytes: int | None = None, empty: str = "", root: Within = None
) -> MappingNode | None:
    """The mapping that a file holds, without its entries that have a fault; None where none is left.

    Never raises: every fault, of the file too, is added to `problems`. `empty` is what is wrong with a file that holds
    nothing, "" where nothing is; `root` is where it must lie.
    """
    found = len(problems)
    from cannedkit.yamlsource.read import MAX_BYTES, read_file  # a run on kept packs reads no YAML

    node = read_file(path, problems, most_bytes or MAX_BYTES, root)
    if node is not None:
        return mapping(node, path.name, problems)
    if empty and len(problems) == found:
        problems.append(Problem(str(path), 1, 1, empty))
    return None


def plain(node: Node) -> Any:
    """The node as plain data: texts, lists and dicts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.pairs}


def kind_of(node: Node) -> str:
    """What a writer would call the node."""
    return {Scalar: "a text", Sequence: "a list", MappingNode: "a mapping"}[type(node)]
