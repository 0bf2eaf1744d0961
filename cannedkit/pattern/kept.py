"""Compiled patterns, kept between runs: compiling takes longer than all else that a short run does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cannedkit import cache

MOST, MOST_LENGTH = 512, 10_000
"""Patterns that are kept, and the code points of one with its repetitions written out; cannedkit's own choice."""

Key = tuple[str, bool, bool, str]
"""A pattern as written, and how it is read: without regard to case, with `^` and `$` at lines, in which syntax."""

_SUBJECT = "patterns"


@lru_cache(maxsize=1)
def kept() -> Mapping[Key, cache.Packed]:
    """The patterns that earlier runs compiled, each packed: a short run needs few of them."""
    found = cache.recall(_SUBJECT, Path(__file__).parent, cache.stamp([]))
    return found if isinstance(found, dict) else {}


@lru_cache(maxsize=1)
def made() -> dict[Key, Any]:
    """The patterns that this run compiled."""
    return {}


@lru_cache(maxsize=1)
def repeated() -> dict[str, int]:
    """The patterns that this run compiled which repeat a part, and the code points that this adds to each."""
    return {}


def remember() -> None:
    """Keep what this run compiled for the next one."""
    if made():
        every = (*kept().items(), *((key, cache.packed(one)) for key, one in made().items()))
        light = (one for one in every if len(one[0][0]) + repeated().get(one[0][0], 0) <= MOST_LENGTH)
        newest = list(light)[-MOST:]
        cache.keep(_SUBJECT, Path(__file__).parent, cache.stamp([]), dict(newest))
