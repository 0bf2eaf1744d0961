"""What stands in a draft that a user named on the command line: a file anywhere, a folder, a pipe, standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path
from typing import IO, Any

from cannedkit import files
from cannedkit.cli.shared import shown_path
from cannedkit.markdown.documents import formats
from cannedkit.markdown.documents.document import Document
from cannedkit.markdown.documents.formats import FORMATS, MAX_BYTES
from cannedkit.model.draft import MAX_DRAFT
from cannedkit.model.errors import DraftError, Failure


def standard_input() -> IO[bytes]:
    """Standard input. Raises DraftError where it is closed."""
    if sys.stdin is None:
        raise DraftError("standard input is closed; give a file, or a pipe")
    return sys.stdin.buffer


def draft_bytes(path: Path, most_bytes: int = MAX_BYTES, root: Path | None = None) -> bytes:
    """The bytes of a draft, of standard input for `-`. Raises DraftError, which does not name the file.

    `root` is the folder that it was found in, and must lie in; None for a path that was typed.
    """
    try:
        if root:
            return files.read(path, most_bytes, root)
        return files.limited(standard_input(), most_bytes) if str(path) == "-" else files.typed(path, most_bytes)
    except files.SizeError as error:
        many = f"a draft may hold {MAX_DRAFT:,} characters, this one has more"
        raise DraftError(many if most_bytes <= MAX_BYTES else str(error)) from None
    except files.FileError as error:
        raise DraftError(str(error)) from None
    except OSError as error:
        raise DraftError(f"cannot be read: {files.why(error)}") from None


def document(path: Path, root: Path | None = None, name: Path | None = None) -> Document:
    """A draft, read by how its file ends; `name` is that of standard input. Raises DraftError, without the file."""
    ending = name or path
    if ending.suffix in (".yaml", ".yml"):
        raise DraftError("is no draft but YAML: use `cannedkit check` for a catalogue of responses")
    return formats.read(ending, draft_bytes(path, formats.of(ending).most_bytes, root))


def draft_text(path: Path, most_bytes: int = MAX_BYTES) -> str:
    """The text of a draft, whatever its file is called but YAML. Raises DraftError, which does not name the file."""
    if path.suffix in (".yaml", ".yml"):
        raise DraftError("is no draft but YAML: use `cannedkit check` for a catalogue of responses")
    return decoded(draft_bytes(path, most_bytes))


def decoded(data: bytes) -> str:
    """The text of a draft's bytes. Raises DraftError."""
    try:
        return files.decoded(data)
    except files.FileError as error:
        raise DraftError(str(error)) from None


# -- several at once ----------------------------------------------------------------------------


def documents_of(typed: Iterable[Path], name: Path | None = None) -> tuple[dict[str, Document], list[Failure]]:
    """Drafts by their paths as shown, and what could not be read; `name` is that of standard input.

    A folder stands for the drafts in it and below, and what no file is called for the paths that it matches.
    """
    documents: dict[str, Document] = {}
    failures: list[Failure] = []
    for one in typed:
        found = list(_found(one))
        if not found:
            failures.append(Failure("", f"holds no draft: none ends in {', '.join(SUFFIXES)}", shown_path(str(one))))
        for path, root in found:
            shown = shown_path(str(name if name and str(path) == "-" else path))
            try:
                documents[shown] = document(path, root, name)
            except DraftError as error:
                failures.append(Failure("", str(error), shown))
    return documents, failures


def _found(typed: Path) -> Iterator[tuple[Path, Path | None]]:
    """The files that a path stands for, each with the folder that it was found in, None for one that was typed."""
    matched = has_magic(str(typed)) and not os.path.lexists(typed)
    for path in map(Path, sorted(glob(str(typed), recursive=True))) if matched else [typed]:
        if matched and _LEFT_OUT & set(path.parts):
            continue
        if os.path.isdir(path):
            yield from ((each, path) for each in _below(path))
        else:
            yield path, None


def _below(folder: Path) -> Iterator[Path]:
    """The drafts in a folder and below, sorted in each; what begins with a dot is left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _LEFT_OUT)
        yield from (Path(here, name) for name in sorted(names) if name[0] != "." and name.lower().endswith(SUFFIXES))


SUFFIXES = tuple(FORMATS)
"""How the files end that a folder stands for."""

_LEFT_OUT = frozenset({"node_modules"})


def turns(path: Path) -> list[Any]:
    """The conversation that a file holds: a list of JSON, or an object a line. Raises DraftError, naming the file."""
    try:
        text = decoded(draft_bytes(path))
        return _turns(text)
    except DraftError as error:
        raise DraftError(f"{path}: {error}") from None


def _turns(text: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        return whole
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            wanted = '[{"by": "customer", "text": "…"}], or such an object a line'
            raise DraftError(f"line {number} is not JSON: {error}; a conversation is {wanted}") from None
    return found
