"""The tokens of a sentence as Vale 3.22 hands them to `sequence`: words, signs and contracted endings, with places.

After github.com/jdkato/prose (MIT, Joseph Kato).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.prose.words import FACES, WHOLE

_PREFIXES = ("$", "(", '"', "[", "“", "‘")
_SUFFIXES = (",", ")", '"', "]", "!", ";", ".", "?", ":", "'", "”", "’")
_ENDING = re.compile(r"(?:['’](?:ll|s|re|m)|n['’]t)", re.IGNORECASE)
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: its text, and where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    return tuple(token for run in _RUN.finditer(text) for token in _parted(run[0], run.start()))


def _parted(run: str, at: int) -> list[Token]:
    found: list[Token] = []
    behind: list[Token] = []
    while run:
        cut = 0
        if not (run in FACES or WHOLE.match(run)):
            if len(run) > 1 and run.startswith(_PREFIXES):
                cut = 1
            elif (ending := _ENDING.search(run, 1)) is not None:
                cut = ending.start()
            elif len(run) > 1 and run.endswith(_SUFFIXES):
                behind.append(Token(run[-1], at + len(run) - 1, at + len(run)))
                run = run[:-1]
                continue
        cut = cut or len(run)
        found.append(Token(run[:cut], at, at + cut))
        run, at = run[cut:], at + cut
    return found + behind[::-1]
