"""Edits of a YAML file that touch some texts and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cannedkit.files import put
from cannedkit.model.errors import CannedkitError, InputError
from cannedkit.text.edits import Edit, edited
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Part, Scalar, Sequence, Source
from cannedkit.yamlsource.read import read, salvage
from cannedkit.yamlsource.scalar import BREAK, block_margin, encode

Target = Scalar | Part
"""A text of a file, or a part of one."""


Values = Mapping[tuple[int, int], str]
"""What the scalars of a file should hold, by where each stands: `[start, end)`."""

Grown = tuple[Node, Callable[[Any], Any]]
"""A node, and a function from its shape to the one that it should have."""


class EditRefused(CannedkitError):
    """An edit would change more than the one text, or something other than was asked; the file is as it was.

    `reason` is the message without the place.
    """

    def __init__(self, place: object, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar that has another `value`: `raw` is what the file then holds in the place of the scalar."""

    scalar: Scalar
    value: str
    raw: str


def replace(target: Target, edits: Iterable[Edit]) -> str:
    """The file's text (without byte order mark) in which `target`'s value has the edits made and all else is as it was.

    Edits are in offsets of `target.value` and may not overlap; insertions at one place keep their order. The new text
    is read again and compared. Raises EditRefused where that cannot be had.
    """
    return together([written(target, edits)])


def together(changes: Iterable[Written]) -> str:
    """The file's text in which some of its scalars, at least one, have their new values. Raises EditRefused."""
    made = list(changes)
    source = made[0].scalar.source
    text = edited(source.text, [(one.scalar.start, one.scalar.end, one.raw) for one in made])
    wanted = {(one.scalar.start, one.scalar.end): one.value for one in made}
    if text != source.text and not _reads_as(source.path, text, _root(source), wanted):
        raise EditRefused(source.path, "with these edits the file would not read as it should; it is as it was")
    return text


def written(target: Target, edits: Iterable[Edit]) -> Written:
    """`target`'s scalar with the edits made, in its own style; only its own entry of the file is read again.

    Raises EditRefused where the new value cannot be written so.
    """
    scalar, shift = (target.scalar, target.start) if isinstance(target, Part) else (target, 0)
    moved = sorted(((start + shift, end + shift, text) for start, end, text in edits), key=lambda edit: edit[:2])
    limits = [shift, *(at for start, end, _ in moved for at in (start, end)), shift + len(target.value)]
    if limits != sorted(limits):
        raise EditRefused(scalar.place_of(), "the edits overlap or go past the text")
    wanted = edited(scalar.value, moved)
    if wanted == scalar.value:
        return Written(scalar, wanted, scalar.source.text[scalar.start : scalar.end])
    for changes in (moved, _widened(scalar.value, moved)) if scalar.mapped else ():
        raw = _spliced(scalar, changes)
        if _holds(scalar, raw, wanted):
            return Written(scalar, wanted, raw)
    if scalar.style == "plain":
        raise EditRefused(scalar.place_of(), "the new text is not safe without quotes: put it in quotes or under |")
    raise EditRefused(scalar.place_of(), "the new text does not fit the way this one is written: edit it by hand")


def save(path: Path, text: str, bom: bool, before: str | None = None) -> None:
    """Put `text` in the place of a file that held `before`: see `files.put`. Raises ChangedError, OSError."""
    put(path, _bytes(text, bom), None if before is None else _bytes(before, bom))


def _bytes(text: str, bom: bool) -> bytes:
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8")


def _widened(value: str, edits: Iterable[Edit]) -> list[Edit]:
    """The same edits, each with the white space around it written anew: next to a fold it may not stay as it is."""
    ranges: list[tuple[int, int]] = []
    known = list(edits)
    for start, end, _ in known:
        while start > 0 and value[start - 1] in " \n":
            start -= 1
        while end < len(value) and value[end] in " \n":
            end += 1
        if ranges and start <= ranges[-1][1]:
            start = ranges.pop()[0]
        ranges.append((start, end))
    return [(start, end, _within(value, known, start, end)) for start, end in ranges]


def _within(value: str, edits: Iterable[Edit], start: int, end: int) -> str:
    """`value[start:end]` with those edits made that lie in it."""
    inside = [(first - start, last - start, text) for first, last, text in edits if start <= first and last <= end]
    return edited(value[start:end], inside)


def _spliced(scalar: Scalar, edits: Iterable[Edit]) -> str:
    """What the file holds in the scalar's place once the edits are written in its own style."""
    source, value = scalar.source, scalar.value
    block = scalar.style in ("literal", "folded")
    margin = block_margin(source.text, scalar.start, scalar.end, scalar.indent) if block else max(scalar.indent, 0) + 2
    found = BREAK.search(source.text, scalar.start) or BREAK.search(source.text)
    newline = found.group() if found else "\n"
    pieces, done = [], scalar.start
    for start, end, text in edits:
        first = scalar.between(start)
        if start == end:
            last = first
        elif block and value[end - 1] == "\n" and end < len(value):
            last = scalar.between(end)
        else:
            last = scalar.spans[end - 1][1]
        pieces += [source.text[done:first], encode(text, scalar.style, newline, margin, value[end : end + 1])]
        done = last
    return "".join(pieces) + source.text[done : scalar.end]


def _holds(scalar: Scalar, raw: str, wanted: str) -> bool:
    """Whether the entry of the file around a scalar reads as it should with `raw` in the scalar's place."""
    source = scalar.source
    start, end, entry = _entry(scalar)
    text = source.text[start : scalar.start] + raw + source.text[scalar.end : end]
    return _reads_as(source.path, text, entry, {(scalar.start, scalar.end): wanted})


def _entry(scalar: Scalar) -> tuple[int, int, Node | None]:
    """The lines of the entry at the top of the file that holds a scalar, and what it is; else the whole file."""
    source = scalar.source
    root = _root(source)
    if isinstance(root, MappingNode) and not root.flow:
        starts = [key.start - source.position(key.start)[1] + 1 for key, _ in root.pairs]
        for number, (key, node) in enumerate(root.pairs):
            if key.start <= scalar.start < max(node.end, key.end + 1):
                end = starts[number + 1] if number + 1 < len(starts) else len(source.text)
                return starts[number], end, MappingNode(source, key.start, node.end, ((key, node),))
    return 0, len(source.text), root


@lru_cache(maxsize=2)
def _root(source: Source) -> Node | None:
    """The tree of a file, read again where only texts of it were kept; without the entries that have a fault."""
    return source.root or salvage(source.path, source.text.encode("utf-8", "surrogatepass"), []).root


def _reads_as(path: str, text: str, root: Node | None, wanted: Values) -> bool:
    """Whether a text reads as `root` with those values changed."""
    try:
        # a lone surrogate in an edit ends as an InputError, not as a traceback
        after = read(path, text.encode("utf-8", "surrogatepass"))
    except InputError:
        return False
    same: bool = shape(after.root, {}) == shape(root, wanted)
    return same


def shape(node: Node | None, wanted: Values, grown: Grown | None = None) -> Any:
    """The tree as plain tuples, each scalar with its style and whether a comment cuts it; with the values `wanted`.

    `grown` is a node and what becomes of its shape.
    """
    if isinstance(node, Scalar):
        made: Any = (node.style, wanted.get((node.start, node.end), node.value), node.comment)
    elif isinstance(node, Sequence):
        made = (node.flow, tuple(shape(item, wanted, grown) for item in node.items))
    elif isinstance(node, MappingNode):
        pairs = ((shape(key, wanted, grown), shape(item, wanted, grown)) for key, item in node.pairs)
        made = (node.flow, tuple(pairs))
    else:
        return None
    return grown[1](made) if grown and node is grown[0] else made
