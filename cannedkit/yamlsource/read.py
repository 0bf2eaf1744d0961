"""Strict reading of YAML.

The tree is built from PyYAML's parse events, so nothing is guessed: every scalar is the text that stands there, and
duplicate keys, anchors, aliases, tags, keys that are no texts, and second documents are errors. Nothing is composed:
composing recurses, and libyaml's composer crashes on deep nesting.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from cannedkit import files
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.build import MAX_PROBLEMS
from cannedkit.yamlsource.node import Node, Source
from cannedkit.yamlsource.resume import root_of
from cannedkit.yamlsource.scalar import unprintable

MAX_BYTES = 5_000_000
"""Bytes that a file may hold (design, section 3.5)."""


def read(path: str, data: bytes) -> Source:
    """The file's tree. Raises InputError with every problem found."""
    problems: list[Problem] = []
    source = salvage(path, data, problems)
    if problems:
        raise InputError(problems)
    return source


def read_file(
    path: Path, problems: list[Problem], most_bytes: int = MAX_BYTES, root: files.Within = None
) -> Node | None:
    """What a file holds, without the entries at its top that have a fault; None where nothing is left.

    It must lie in `root`. Never raises: every fault, of the file too, is added to `problems`.
    """
    try:
        data = files.read(path, most_bytes, root)
    except files.FileError as error:
        place = (1, 1) if isinstance(error, files.SizeError) else (0, 0)
        problems.append(Problem(str(path), *place, str(error)))
        return None
    return salvage(str(path), data, problems).root


def salvage(path: str, data: bytes, problems: list[Problem]) -> Source:
    """The file's tree without the entries at its top that have a fault; every fault is added to `problems`."""
    try:
        text, bom = _decoded(path, data)
    except InputError as error:
        problems.extend(error.problems)
        return Source(path, "", False, None)
    source = Source(path, text, bom, None)
    strange = islice(unprintable().finditer(text), MAX_PROBLEMS)
    found = [source.problem(match.start(), _strange(match.group())) for match in strange]
    root = root_of(source, unprintable().sub("\ufffd", text) if found else text, found)
    problems.extend(sorted(found)[:MAX_PROBLEMS])
    # the one write to a frozen object: source and tree refer to each other
    object.__setattr__(source, "root", root)
    return source


def _too_long(path: str, size: int, most: int) -> Problem:
    return Problem(path, 1, 1, f"the file has {size:,} bytes, more than the {most:,} that can be read: split it")


def _decoded(path: str, data: bytes) -> tuple[str, bool]:
    if len(data) > MAX_BYTES:
        raise InputError([_too_long(path, len(data), MAX_BYTES)])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError([Problem(path, 1, 1, "the file is written as UTF-16: save it as UTF-8")])
    bom = data.startswith(b"\xef\xbb\xbf")
    body = data[3:] if bom else data
    try:
        return body.decode("utf-8"), bom
    except UnicodeDecodeError as error:
        before = Source(path, body[: error.start].decode("utf-8"), bom, None)
        number = error.start + 3 * bom + 1
        message = f"byte {number} of the file (0x{body[error.start]:02X}) is not UTF-8: save the file as UTF-8"
        raise InputError([before.problem(len(before.text), message)]) from None


def _strange(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character in "\x85\u2028\u2029":
        return f"an invisible line break ({code}) stands here: put a usual line break or a space in its place"
    return f"an invisible character ({code}) stands here: delete it"
