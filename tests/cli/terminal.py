"""A real terminal for a command: what it shows is read, and keys are pressed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import sys
import termios
import time
from pathlib import Path
from subprocess import Popen

PROGRAM = "from cannedkit.cli.main import main; main()"


def _own() -> None:
    """Make the terminal on standard input that of the process, so that Ctrl-C reaches it, and is heeded.

    A shell lets a job in the background, as a run of tests may be, pass over it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """`cannedkit ARGS` on a terminal of its own, without colours."""

    def __init__(self, folder: Path, *args: str, **environment: str) -> None:
        self._master, slave = pty.openpty()
        self._process = Popen(
            [sys.executable, "-c", PROGRAM, *args],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "NO_COLOR": "1", "TERM": "xterm", **environment},
            start_new_session=True,
            preexec_fn=_own,
        )
        os.close(slave)
        self.shown = ""

    def wait(self, text: str, seconds: float = 20) -> str:
        """All that is shown up to and with a text that was not waited for yet."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} was not shown; this was: {self.shown!r}"
            if not self._read():
                raise AssertionError(f"ended without {text!r}: {self.shown!r}")
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def press(self, keys: str) -> None:
        """Press some keys."""
        os.write(self._master, keys.encode())

    def end(self, seconds: float = 20) -> tuple[str, int]:
        """What is shown until the program ends, and its exit code."""
        end = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < end, self.shown
        return self.shown, self._process.wait(timeout=seconds)

    def close(self) -> None:
        """Let go of the terminal; a program that is still there is ended."""
        os.close(self._master)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], 1)
        if not ready:
            return self._process.poll() is None
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)
