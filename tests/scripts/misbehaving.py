"""Targets whose inputs do what none may, each in its way."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable

from cannedkit.model.errors import CannedkitError
from scripts.fuzz.targets import Target


def raises() -> None:
    """A traceback."""
    raise KeyError("x")


def crashes() -> None:
    """A fault of a library that is not Python."""
    os.kill(os.getpid(), 11)


def returns() -> None:
    """Nothing amiss."""


def leaves() -> None:
    """The end of the program."""
    raise SystemExit(0)


def fills() -> None:
    """More memory than an input may take."""
    bytes(5_000_000_000)


def says_nothing() -> None:
    """An error without words."""
    raise CannedkitError


def warns() -> None:
    """A warning that Python would print."""
    warnings.warn("w", FutureWarning, stacklevel=1)


def refuses() -> None:
    """An error of the reader's own."""
    raise CannedkitError("it is wrong")


def waits() -> None:
    """Something that never comes."""
    time.sleep(99)


WAYS: tuple[Callable[[], None], ...] = (
    *(raises, crashes, returns, leaves, fills, says_nothing, warns, refuses, waits),
)


def _target(way: Callable[[], None]) -> Target:
    return Target(lambda folder: _after_one(way), lambda: [b"a"], {"start": ["a"]})


def _after_one(way: Callable[[], None]) -> Callable[[bytes], None]:
    """It does nothing the first time: a process tries a seed before its first input."""
    first = iter([returns])
    return lambda data: next(first, way)()


TARGETS = {way.__name__: _target(way) for way in WAYS}
