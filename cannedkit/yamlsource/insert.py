"""What is added to a YAML file, and nothing else changed: an item of a list, an entry of a mapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cannedkit.model.errors import InputError
from cannedkit.text.edits import Edit, edited
from cannedkit.yamlsource.edit import EditRefused, shape
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence, Source
from cannedkit.yamlsource.read import read
from cannedkit.yamlsource.scalar import BREAK, escaped, quoted

STEP = 2
"""Spaces by which an entry stands further in than the one above; as in our own replies."""

_PLAIN = re.compile(r"[^\W_]|[^\W_][\w.+@/ -]*[\w.+/-]")
"""A text that no reader of YAML takes for anything else, in brackets too."""

_LINE = re.compile(r"(?<=[\r\n])(?=[^\r\n])")
"""The start of a line that holds something, but for the first line."""


def flow(data: Mapping[str, str]) -> str:
    """The keys and their texts as one line of YAML, in braces."""
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in data.items()) + "}"


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return quoted(value) if value.isprintable() else f'"{escaped(value)}"'


def with_item(sequence: Sequence, raw: str) -> str:
    """The file's text with `raw`, one line of YAML, as one more item of a list. Raises EditRefused."""
    source = sequence.source
    if sequence.flow:
        at = sequence.items[-1].end if sequence.items else sequence.start + 1
        edit = (at, at, f", {raw}" if sequence.items else raw)
    else:
        edit = _line(sequence, source.position(sequence.start)[1] - 1, f"- {raw}")
    return _made(source, [edit], sequence, lambda old: (old[0], (*old[1], _shape(raw))))


def with_entry(mapping: MappingNode, key: str, raw: str) -> str:
    """The file's text with a further entry in a mapping that has some, `raw` one line of YAML. Raises EditRefused."""
    source = mapping.source
    if mapping.flow:
        at = mapping.pairs[-1][1].end
        edit = (at, at, f", {key}: {raw}")
    else:
        edit = _line(mapping, source.position(mapping.start)[1] - 1, f"{key}: {raw}")
    return _made(source, [edit], mapping, lambda old: (old[0], (*old[1], (_shape(key), _shape(raw)))))


def with_first(mapping: MappingNode, key: str, raw: str) -> str:
    """The file's text with an entry before the first one of a mapping, `raw` one line of YAML. Raises EditRefused."""
    source = mapping.source
    if mapping.flow:
        at, line = mapping.start + 1, f"{key}: {raw}, "
    else:
        start = mapping.pairs[0][0].start
        margin = source.position(start)[1] - 1
        at, line = start - margin, f"{' ' * margin}{key}: {raw}{_newline(source)}"
    return _made(source, [(at, at, line)], mapping, lambda old: (old[0], ((_shape(key), _shape(raw)), *old[1])))


def as_entry(key: Scalar, node: Node, name: str, other: str, raw: str, braces: bool) -> str:
    """The file's text in which the value of `key` is a mapping: `name` has what it was, `other` has `raw`.

    `braces`: all of it stands in a mapping in braces. Raises EditRefused.
    """
    source = key.source
    if braces:
        edits = [(node.start, node.start, f"{{{name}: "), (node.end, node.end, f", {other}: {raw}}}")]
    else:
        margin = source.position(key.start)[1] - 1 + STEP
        colon = source.text.index(":", key.end) + 1
        start, end, line = _line(node, margin, f"{other}: {raw}")
        value = _LINE.sub(" " * STEP, source.text[colon:start])
        edits = [(colon, end, f"{_newline(source)}{' ' * margin}{name}:{value}{line}")]
    added = (_shape(other), _shape(raw))
    return _made(source, edits, node, lambda old: (braces, ((_shape(name), old), added)))


def _line(node: Node, margin: int, line: str) -> Edit:
    """The edit that puts a line of its own behind the last line of a node."""
    source, last = node.source, _last(node)
    text, newline = source.text, _newline(source)
    at = last.end
    if isinstance(last, Scalar) and last.style in ("literal", "folded"):
        at = last.between(len(last.value)) if last.value else last.start
    if text[at - 1 : at] not in ("\n", "\r"):
        ends = BREAK.search(text, at)
        at = ends.end() if ends else len(text)
    whole = text[at - 1 : at] in ("\n", "\r")
    return at, at, f"{' ' * margin}{line}{newline}" if whole else f"{newline}{' ' * margin}{line}"


def _last(node: Node) -> Node:
    """The last text, or the last list or mapping in brackets, in a node."""
    while not isinstance(node, Scalar) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else node.pairs[-1][1]
    return node


def _newline(source: Source) -> str:
    found = BREAK.search(source.text)
    return found.group() if found else "\n"


def _shape(raw: str) -> Any:
    return shape(read("", raw.encode()).root, {})


def _made(source: Source, edits: list[Edit], grown: Node, grow: Callable[[Any], Any]) -> str:
    """The file's text with the edits made, if it then reads as it did but for one node that has grown."""
    text = edited(source.text, edits)
    try:
        after = read(source.path, text.encode("utf-8", "surrogatepass"))
    except InputError:
        after = None
    if after is None or shape(after.root, {}) != shape(source.root, {}, (grown, grow)):
        raise EditRefused(grown.place_of(), "nothing can be added to the way this is written: add it by hand")
    return text
