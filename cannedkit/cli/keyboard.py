"""Keys of a terminal, one at a time: none needs the Enter key, and none that was typed ahead is lost."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

ESCAPE_SECONDS = 0.02
"""How long the rest of an arrow key may take to come; cannedkit's own choice."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keys of the terminal on standard input; `usual` is how it was set before."""

    terminal: int
    usual: list[object]

    def pressed(self) -> str:
        """The next key, "" for one that writes nothing. Raises EOFError, KeyboardInterrupt."""
        key = os.read(self.terminal, 1)
        if key in (b"", b"\x04"):
            raise EOFError
        if key == b"\x1b":  # an arrow: its letter is no key of its own
            while select.select([self.terminal], [], [], ESCAPE_SECONDS)[0] and os.read(self.terminal, 1):
                pass
            return ""
        return key.decode("ascii", "ignore")

    @contextmanager
    def by_line(self) -> Iterator[None]:
        """The terminal as it is everywhere else: whole lines, each shown as it is typed."""
        self._set(self.usual)
        try:
            yield
        finally:
            tty.setcbreak(self.terminal, termios.TCSADRAIN)

    def _set(self, how: list[object]) -> None:
        termios.tcsetattr(self.terminal, termios.TCSADRAIN, how)  # type: ignore[arg-type]


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The keys of the terminal, which is as it was in the end."""
    terminal = sys.stdin.fileno()
    keys = Keyboard(terminal, termios.tcgetattr(terminal))
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        yield keys
    finally:
        keys._set(keys.usual)
