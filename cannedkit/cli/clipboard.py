"""A text put on the clipboard: by the desktop's own program, or by the terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator

from cannedkit.cli.shared import hand_out
from cannedkit.model.errors import CannedkitError

_PROGRAMS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("", ("clip.exe",)),
)
"""The variable of the environment that a program needs, "" for none, and how it is called."""

_SECONDS = 5.0
"""How long a program may take; our own choice: it stays behind, and a desktop that is gone answers never."""


def copy(text: str) -> None:
    """Put a text on the clipboard. Raises CannedkitError where there is none.

    Without a program, the terminal is asked to (OSC 52, as xterm defines it); those that cannot pass over it.
    """
    for command in _there():
        try:
            ran = subprocess.run(  # noqa: S603
                command,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if ran.returncode == 0:
            return
    if not sys.stderr.isatty():
        names = ", ".join(command[0] for _, command in _PROGRAMS)
        raise CannedkitError(f"there is no clipboard: none of {names} can be used, and this is no terminal")
    hand_out(f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07", err=True)


def _there() -> Iterator[list[str]]:
    """The programs that this desktop has, as commands."""
    for needed, (name, *options) in _PROGRAMS:
        if (not needed or os.environ.get(needed)) and (path := shutil.which(name)):
            yield [path, *options]
