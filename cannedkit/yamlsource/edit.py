"""Edits of a YAML file that touch one text and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cannedkit.model.errors import CannedkitError, InputError
from cannedkit.yamlsource.node import Mapping, Node, Part, Scalar, Sequence
from cannedkit.yamlsource.read import read
from cannedkit.yamlsource.scalar import BREAK, block_margin, encode

Edit = tuple[int, int, str]
"""`value[start:end]` becomes the text; code points, half open."""


class EditRefused(CannedkitError):
    """An edit would change more than the one text, or something other than was asked; the file is as it was."""


def replace(target: Scalar | Part, edits: Iterable[Edit]) -> str:
    """The file's text (without byte order mark) in which `target`'s value has the edits made and all else is as it was.

    Edits are in offsets of `target.value` and may not overlap; insertions at one place keep their order. The new text
    is read again and compared. Raises EditRefused where that cannot be had.
    """
    scalar, shift = (target.scalar, target.start) if isinstance(target, Part) else (target, 0)
    moved = sorted(((start + shift, end + shift, text) for start, end, text in edits), key=lambda edit: edit[:2])
    limits = [shift, *(at for start, end, _ in moved for at in (start, end)), shift + len(target.value)]
    if limits != sorted(limits):
        raise EditRefused(f"{scalar.place_of()}: the edits overlap or go past the text")
    wanted = _edited(scalar.value, moved, 0, len(scalar.value))
    if wanted == scalar.value:
        return scalar.source.text
    for changes in (moved, _widened(scalar.value, moved)) if scalar.mapped else ():
        text = _spliced(scalar, changes)
        if _holds(scalar, text, wanted):
            return text
    if scalar.style == "plain":
        raise EditRefused(f"{scalar.place_of()}: the new text is not safe without quotes: put it in quotes or under |")
    raise EditRefused(f"{scalar.place_of()}: the new text does not fit the way this one is written: edit it by hand")


def save(source_path: Path, text: str, bom: bool) -> None:
    """Put `text` in the file's place at once or not at all; its mode stays, and a link stays a link."""
    import tempfile

    path = Path(os.path.realpath(source_path))
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _edited(value: str, edits: Iterable[Edit], start: int, end: int) -> str:
    """`value[start:end]` with those edits made that lie in it."""
    pieces = []
    for first, last, text in edits:
        if start <= first and last <= end:
            pieces += [value[start:first], text]
            start = last
    return "".join(pieces) + value[start:end]


def _widened(value: str, edits: Iterable[Edit]) -> list[Edit]:
    """The same edits, each with the white space around it written anew: next to a fold it may not stay as it is."""
    ranges: list[tuple[int, int]] = []
    for start, end, _ in edits:
        while start > 0 and value[start - 1] in " \n":
            start -= 1
        while end < len(value) and value[end] in " \n":
            end += 1
        if ranges and start <= ranges[-1][1]:
            start = ranges.pop()[0]
        ranges.append((start, end))
    return [(start, end, _edited(value, edits, start, end)) for start, end in ranges]


def _spliced(scalar: Scalar, edits: Iterable[Edit]) -> str:
    """The file's text with the edits written in the scalar's own style."""
    source, value = scalar.source, scalar.value
    block = scalar.style in ("literal", "folded")
    margin = block_margin(source.text, scalar.start, scalar.end, scalar.indent) if block else max(scalar.indent, 0) + 2
    found = BREAK.search(source.text, scalar.start) or BREAK.search(source.text)
    newline = found.group() if found else "\n"
    pieces, done = [], 0
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
    return "".join(pieces) + source.text[done:]


def _holds(scalar: Scalar, text: str, wanted: str) -> bool:
    """Whether `text` reads as the scalar's file with that one value changed to `wanted`."""
    try:
        # a lone surrogate in an edit ends as an InputError, not as a traceback
        after = read(scalar.source.path, text.encode("utf-8", "surrogatepass"))
    except InputError:
        return False
    same: bool = _shape(after.root, None, "") == _shape(scalar.source.root, scalar, wanted)
    return same


def _shape(node: Node | None, changed: Scalar | None, wanted: str) -> Any:
    """The tree as plain tuples, with `wanted` for the value of `changed`."""
    if isinstance(node, Scalar):
        return node.style, wanted if node is changed else node.value, node.comment
    if isinstance(node, Sequence):
        return node.flow, tuple(_shape(item, changed, wanted) for item in node.items)
    if isinstance(node, Mapping):
        return node.flow, tuple(
            (_shape(key, changed, wanted), _shape(item, changed, wanted)) for key, item in node.pairs
        )
    return None
