"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_COMPARED = 4_000
"""Words and marks, behind what both begin and end with, that are compared; beyond it all of it is one change."""

AROUND = 6
"""Pieces of the new text that are shown on each side of a change: a word, the space beside it, a word."""

MAX_SHOWN = 3
"""Changes that are shown; our own choice, as is the next: a message of three lines."""

MAX_PART = 80
"""Code points of either side of a change that are shown."""

_PIECE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\w+|\s+|[^\w\s]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """`old[old_start:old_end)` became `new[start:end)`, both in pieces."""

    old_start: int
    old_end: int
    start: int
    end: int


def pieces(text: str) -> list[str]:
    """Words, white space, marks and placeholders, which together are the text."""
    return _PIECE.findall(text)


def changes(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Where two sequences of pieces differ, in order; none where they are the same."""
    from difflib import SequenceMatcher

    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    olds, news = old[first : len(old) - last], new[first : len(new) - last]
    if not olds and not news:
        return ()
    if len(olds) + len(news) > MAX_COMPARED:
        return (Change(first, len(old) - last, first, len(new) - last),)
    codes = SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
    return tuple(
        Change(first + one, first + two, first + three, first + four)
        for tag, one, two, three, four in codes
        if tag != "equal"
    )


def shown(old: Sequence[str], new: Sequence[str], found: Sequence[Change]) -> str:
    """The changes in words, as `git diff --word-diff` shows them: `we [-'ve-] {+have+} sent`, the first few of them."""
    said = []
    for one in found[:MAX_SHOWN]:
        before, after = new[max(0, one.start - AROUND) : one.start], new[one.end : one.end + AROUND]
        gone, came = "".join(old[one.old_start : one.old_end]), "".join(new[one.start : one.end])
        parts = [f"[-{_cut(gone)}-]" if gone else "", f"{{+{_cut(came)}+}}" if came else ""]
        said.append(f"{''.join(before)}{''.join(parts)}{''.join(after)}".strip())
    more = len(found) - MAX_SHOWN
    return " … ".join(said) + (f" … and {more} more" if more > 0 else "")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_PART else f"{text[: MAX_PART - 1]}…"
