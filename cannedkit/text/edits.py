"""Edits of a text: made, followed by others, and what it takes to leave a phrase out. Offsets are code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

Edit = tuple[int, int, str]
"""`text[start:end]` becomes the third; code points, half open."""

_BLANKS = " \t\u00a0"
_ENDS = ".!?…。।"
_BEHIND_OPENING = re.compile(
    rf"(?:\A|[\r\n]|[{_ENDS}][\"'”’)\]]*[{_BLANKS}])[{_BLANKS}]*(?:(?:[-*•]|\d+[.)])[{_BLANKS}]+)?\Z"
)
"""Text behind which a sentence begins: nothing, a line end, the mark of a list, the end of another sentence."""

_CLOSING = re.compile(rf"[{_BLANKS}]*[{_ENDS}]+")
_LINE_ENDS = re.compile(r"[ \t\u00a0]*(?:\r\n|\r|\n)")
_LOOK_BACK = 80
"""Code points before a phrase that are looked at to tell whether it opens a sentence; cannedkit's own choice."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, which do not overlap."""
    pieces, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[done:start], new]
        done = end
    return "".join(pieces) + text[done:]


def shifted(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Where the span `[start:end)` stands once the edits are made; an edge inside an edit goes to the edit's own."""
    return shifts(edits)(start, end)


def shifts(edits: Iterable[Edit]) -> Callable[[int, int], tuple[int, int]]:
    """`shifted` for many spans."""
    made = sorted(edits, key=lambda edit: edit[:2])
    starts, ends = [edit[0] for edit in made], [edit[1] for edit in made]
    longer = [0, *accumulate(len(new) - (end - start) for start, end, new in made)]

    def moved(at: int, outwards: bool) -> int:
        """Where an offset stands: `outwards`, behind what takes the place of a span that holds it."""
        passed = bisect_right(ends, at) if outwards else min(bisect_right(ends, at), bisect_left(starts, at))
        if passed < len(made) and starts[passed] < at < ends[passed]:
            return starts[passed] + longer[passed] + (len(made[passed][2]) if outwards else 0)
        return at + longer[passed]

    return lambda start, end: (moved(start, False), moved(end, True))


def origins(text: str) -> list[int]:
    """For each character of a text where it stood at first: what `follow` keeps up to date, -1 for a new one."""
    return list(range(len(text)))


def follow(known: Sequence[int], edits: Iterable[Edit]) -> list[int]:
    """The origins of the characters once edits are made."""
    followed = list(known)
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        followed[start:end] = [-1] * len(new)
    return followed


def net(length: int, text: str, known: Sequence[int]) -> list[Edit]:
    """The edits that make `text` of a first text of so many characters, given where its characters stood in that."""
    edits: list[Edit] = []
    done, new = 0, ""
    for character, origin in zip(text, known, strict=True):
        if origin < 0:
            new += character
            continue
        if new or origin > done:
            edits.append((done, origin, new))
        done, new = origin + 1, ""
    return [*edits, (done, length, new)] if new or done < length else edits


def without(text: str, start: int, end: int) -> Edit | None:
    """The edit that leaves `text[start:end]` out and closes the gap: blanks, commas, the capital of a sentence.

    None where what is left would not be sure to read well: a capital is due and no letter follows.
    """
    before, after = text[max(0, start - _LOOK_BACK) : start], text[end:]
    if start > _LOOK_BACK:
        before = "x" + before
    if _BEHIND_OPENING.search(before):
        return _opening(text, start, end)
    left = start
    while left > 0 and text[left - 1] in _BLANKS:
        left -= 1
    comma = left > 0 and text[left - 1] == ","
    if text[left - 1 : left] in ("–", "—", "-", "("):
        return None
    rest = after.lstrip(_BLANKS)
    right = end + len(after) - len(rest)
    if comma and (not rest or rest[0] in f",;:{_ENDS}\r\n"):
        return left - 1, right + (rest[:1] == ","), ""
    if not rest or rest[0] in f",;:){_ENDS}\r\n":
        return left, end, ""
    return (start, right, "") if left < start else (start, end, "")


def _opening(text: str, start: int, end: int) -> Edit | None:
    """Leave out what opens a sentence, or all of one; signs take no other sign along."""
    words = any(character.isalnum() for character in text[start:end])
    whole = text[end - 1 : end] in tuple(_ENDS)
    if words and not whole and (closing := _CLOSING.match(text, end)):
        end, whole = closing.end(), True
    elif words and not whole and text[end : end + 1] in (",", ";", ":", "–", "—"):
        end += 1
    while text[end : end + 1] in tuple(_BLANKS):
        end += 1
    if end == len(text) or text[end] in "\r\n":
        return _line_end(text, start, end)
    if whole or not text[end].isalpha() or text[end].upper() == text[end] or not text[start].isupper():
        return (start, end, "") if whole or not words or text[end].isalnum() else None
    return start, end + 1, text[end].upper()


def _line_end(text: str, start: int, end: int) -> Edit:
    """Leave out what ends a line: with the blanks before it, and with the line where nothing else stands on it."""
    while start > 0 and text[start - 1] in _BLANKS:
        start -= 1
    if start > 0 and text[start - 1] not in "\r\n":
        return start, end, ""
    while found := _LINE_ENDS.match(text, end):
        end = found.end()
    if end == len(text):
        start = len(text[:start].rstrip("\r\n" + _BLANKS))
    return start, end, ""
