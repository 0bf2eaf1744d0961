"""Files of responses with entries added, or with some keys of one entry written anew; all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannedkit.exchange.writing import braces, indented, mapped
from cannedkit.model.errors import InputError
from cannedkit.yamlsource.edit import EditRefused, replace, shape
from cannedkit.yamlsource.insert import as_entry, with_entry
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.read import read
from cannedkit.yamlsource.scalar import BREAK


def appended(path: Path, text: str, lines: str, *, apart: bool = True) -> str:
    """A file's text with entries behind it; `apart`: after a blank line. Raises EditRefused where that cannot be."""
    before = text if not text or text.endswith("\n") else f"{text}\n"
    made = f"{before}\n{lines}" if before and apart else f"{before}{lines}"
    was, now = _pairs(path, text), _pairs(path, made)
    if now[: len(was)] != was or len(now) == len(was):
        raise EditRefused(path, "nothing can be added to the way this file is written: write it as lines of `name:`")
    return made


def _pairs(path: Path, text: str) -> tuple[Any, ...]:
    root = read(str(path), text.encode("utf-8", "surrogatepass")).root
    found: tuple[Any, ...] = shape(root, {})[1] if isinstance(root, MappingNode) else ()
    return found


def rewritten(path: Path, text: str, name: str, values: Mapping[str, str | None]) -> str:
    """A file's text in which an entry has these values, as `writing.fields` writes them; None takes a key out.

    A text that replaces a text keeps its style. Raises EditRefused where another key would change.
    """
    made = text
    for key, value in values.items():
        made = _with(path, made, name, key, value)
    was, now = _others(path, text, name, values), _others(path, made, name, values)
    if was != now:
        raise EditRefused(path, f"`{name}` is written in a way in which nothing can be changed alone: edit it by hand")
    return made


def noted(path: Path, text: str, name: str, key: str, told: Mapping[str, str | tuple[str, ...]]) -> str:
    """A file's text in which an entry, in whatever form it stands there, has a mapping of texts under a key.

    {} takes the key out. Raises EditRefused where another key would change, or nothing can be added.
    """
    source = read(str(path), text.encode("utf-8", "surrogatepass"))
    pairs = source.root.pairs if isinstance(source.root, MappingNode) else ()
    found = next(((one, node) for one, node in pairs if one.value == name), None)
    if found is None or source.root is None:
        raise EditRefused(path, f"`{name}` is there no more")
    entry, raw = found[1], braces(told)
    if not isinstance(entry, MappingNode):
        return as_entry(found[0], entry, "body", key, raw, isinstance(source.root, MappingNode) and source.root.flow)
    there = entry.get(key)
    if there is None:
        return with_entry(entry, key, raw) if told else text
    if not entry.flow:
        lines = f" {raw}" if isinstance(there, MappingNode) and there.flow else mapped(told)
        return rewritten(path, text, name, {key: lines if told else None})
    if not told:
        raise EditRefused(there.place_of(), f"`{key}` cannot be taken out of braces: take it out by hand")
    made = f"{text[: there.start]}{raw}{text[there.end :]}"
    if _others(path, text, name, {key: None}) != _others(path, made, name, {key: None}):
        raise EditRefused(there.place_of(), f"`{key}` is written in a way in which it cannot be changed alone")
    return made


def _others(path: Path, text: str, name: str, values: Mapping[str, object]) -> tuple[Any, ...]:
    """All that stands in a file but for the values of some keys of an entry."""
    root = read(str(path), text.encode("utf-8", "surrogatepass")).root
    found = []
    for key, node in root.pairs if isinstance(root, MappingNode) else ():
        if key.value != name or not isinstance(node, MappingNode):
            found.append((key.value, shape(node, {})))
            continue
        found.append((key.value, [(one.value, shape(each, {})) for one, each in node.pairs if one.value not in values]))
    return tuple(found)


def _with(path: Path, text: str, name: str, key: str, value: str | None) -> str:
    source = read(str(path), text.encode("utf-8", "surrogatepass"))
    node = source.root.get(name) if isinstance(source.root, MappingNode) else None
    if not isinstance(node, MappingNode) or not node.pairs:
        raise EditRefused(path, f"`{name}` is no mapping: edit it by hand")
    margin = source.position(node.pairs[0][0].start)[1] - 1
    there = next(((one, each) for one, each in node.pairs if one.value == key), None)
    line = "" if value is None else f"{key}:{indented(value, margin)}"
    if node.flow:
        return _in_braces(path, text, name, there[1] if there else None, line)
    if there is None:
        at = next((one.start for one, _ in node.pairs if one.value == "body"), node.pairs[0][0].start)
        return f"{text[:at]}{line}\n{' ' * margin}{text[at:]}" if line else text
    meant = _meant(line) if line else None
    if line and shape(there[1], {}) == shape(meant, {}):
        return text
    if isinstance(there[1], Scalar) and isinstance(meant, Scalar):
        if there[1].value == meant.value:
            return text
        try:
            return replace(there[1], [(0, len(there[1].value), meant.value)])
        except EditRefused:
            pass
    start, end = there[0].start, _end(there[1], text)
    if line:
        return f"{text[:start]}{line}{text[end:]}"
    rest = BREAK.match(text, end)
    return f"{text[: start - margin]}{text[rest.end() if rest else end :]}"


def _in_braces(path: Path, text: str, name: str, there: Node | None, line: str) -> str:
    """The same for an entry in braces, in which a text can be another one, and nothing else changes."""
    meant = _meant(line) if line else None
    if shape(there, {}) == shape(meant, {}):
        return text
    if isinstance(there, Scalar) and isinstance(meant, Scalar):
        return replace(there, [(0, len(there.value), meant.value)])
    raise EditRefused(path, f"`{name}` is no mapping on lines of its own: edit it by hand")


def _meant(line: str) -> Node:
    try:
        root = read("", line.encode("utf-8", "surrogatepass")).root
    except InputError as error:
        raise EditRefused("", str(error)) from None
    assert isinstance(root, MappingNode)  # noqa: S101
    return root.pairs[0][1]


def _end(node: Node, text: str) -> int:
    """Where the lines of a node end, before the last line break."""
    while not isinstance(node, Scalar) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else node.pairs[-1][1]
    at = node.end
    if isinstance(node, Scalar) and node.style in ("literal", "folded"):
        at = node.between(len(node.value)) if node.value else node.start
    found = BREAK.search(text, at)
    return found.start() if found else len(text)
