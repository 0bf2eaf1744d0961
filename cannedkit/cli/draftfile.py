"""What stands in a draft that a user named on the command line: a file anywhere, a pipe, standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from cannedkit import files
from cannedkit.model.draft import MAX_DRAFT
from cannedkit.model.errors import DraftError

MAX_BYTES = 4 * MAX_DRAFT + 3
"""Bytes of UTF-8 in which the longest draft fits, and the mark that may stand before it."""


def standard_input() -> IO[bytes]:
    """Standard input. Raises DraftError where it is closed."""
    if sys.stdin is None:
        raise DraftError("standard input is closed; give a file, or a pipe")
    return sys.stdin.buffer


def draft_bytes(path: Path, most_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a draft, of standard input for `-`. Raises DraftError, which does not name the file."""
    try:
        return files.limited(standard_input(), most_bytes) if str(path) == "-" else files.typed(path, most_bytes)
    except files.SizeError:
        raise DraftError(f"a draft may hold {MAX_DRAFT:,} characters, this one has more") from None
    except files.FileError as error:
        raise DraftError(str(error)) from None
    except OSError as error:
        raise DraftError(f"cannot be read: {files.why(error)}") from None


def draft_text(path: Path, most_bytes: int = MAX_BYTES) -> str:
    """The text of a draft. Raises DraftError, which does not name the file."""
    if path.suffix in (".yaml", ".yml"):
        raise DraftError("is no draft but YAML: use `cannedkit check` for a catalogue of responses")
    return decoded(draft_bytes(path, most_bytes))


def decoded(data: bytes) -> str:
    """The text of a draft's bytes. Raises DraftError."""
    try:
        return files.decoded(data)
    except files.FileError as error:
        raise DraftError(str(error)) from None
