"""Values in a Markdown body, written so that a reader sees them as they were given and none is markup.

What has no meaning where it stands is left as it is: an order number with `_` in it, a name with a hyphen.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_TICKS = re.compile("`+")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")

_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\n]|\Z)"  # a backslash that would hide what comes behind it
    r"|[*`~|\[\]]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between letters and digits it is no markup
)
_ENTITY = re.compile(r"&(?=#?\w+;)|<")
_OPENING = re.compile(
    r"^([ \t]*)(?:(?=[-+](?:[ \t]|$)|#{1,6}(?:[ \t]|$)|[>=:]|-[- \t]*$)|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE
)
"""What makes a list, a heading, a quotation or a rule of a line that begins with it."""

_BEGINNING = re.compile(r"[ \t>*+-]*(?:\d{1,9}[.)][ \t]*)?")
_ADDRESS = re.compile(r"""[\s()<>\[\]"\\`*|^]""")
_CODE_END = re.compile("[`~\n]")


def escaped(values: Sequence[str], skeleton: str, places: Sequence[int]) -> Iterator[str]:
    """Each value as it is written at its place in a body.

    `skeleton` is the rendered body with one letter for each value, at `places`, in code points, ascending.
    """
    codes = tuple(_codes(skeleton))
    starts = [start for start, _ in codes]
    for value, at in zip(values, places, strict=True):
        inside = bisect_right(starts, at) - 1
        is_code = inside >= 0 and at < codes[inside][1]
        yield value if is_code and not _CODE_END.search(value) else _written(value, skeleton, at)


def _written(value: str, skeleton: str, at: int) -> str:
    if _is_address(skeleton, at):
        return _ENTITY.sub("&amp;", _ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", value))
    if _is_attribute(skeleton, at):
        return html.escape(value)
    text = _MARKS.sub(r"\\\g<0>", _ENTITY.sub(lambda found: html.escape(found[0]), value))
    line = skeleton[skeleton.rfind("\n", 0, at) + 1 : at]
    if _BEGINNING.fullmatch(line):
        return _inert(text)
    head, end, rest = text.partition("\n")
    return head + end + (_inert(rest) if rest else "")


def _inert(text: str) -> str:
    """The text, of which no line opens a block."""
    return _OPENING.sub(lambda found: f"{found[1]}{found[2] or ''}\\", text)


def _is_address(skeleton: str, at: int) -> bool:
    """Whether a place is in the address of a link: `](…` or `<https:…`."""
    opened = skeleton.rfind("](", 0, at)
    if opened >= 0 and max(skeleton.rfind(mark, 0, at) for mark in ") \n") < opened:
        return True
    opened = skeleton.rfind("<", 0, at)
    return (
        opened >= 0
        and (opened == at - 1 or skeleton.startswith(("http:", "https:", "mailto:"), opened + 1))
        and (max(skeleton.rfind(mark, 0, at) for mark in "> \n") < opened)
    )


def _is_attribute(skeleton: str, at: int) -> bool:
    """Whether a place is in a tag of HTML."""
    opened, closes = skeleton.rfind("<", 0, at), skeleton.find(">", at)
    if opened < 0 or closes < 0 or skeleton.rfind(">", 0, at) > opened:
        return False
    return skeleton[opened + 1].isalpha() and not 0 <= skeleton.find("<", at) < closes


def _codes(skeleton: str) -> Iterator[Span]:
    """Code in a text, fenced or in a line, in order."""
    at, opened = 0, None
    for found in _FENCE.finditer(skeleton):
        mark, info = found.groups()
        if opened is None:
            if mark[0] == "`" and "`" in info:
                continue
            yield from _ticked(skeleton, at, found.start())
            opened = (found.end(), mark)
        elif mark.startswith(opened[1]) and not info.strip():
            yield opened[0], found.start()
            at, opened = found.end(), None
    if opened is None:
        yield from _ticked(skeleton, at, len(skeleton))
    else:
        yield opened[0], len(skeleton)


def _ticked(skeleton: str, start: int, end: int) -> Iterator[Span]:
    """Code between as many backticks on both sides, in one paragraph."""
    runs = [found.span() for found in _TICKS.finditer(skeleton, start, end)]
    blanks = [found.start() for found in _BLANK.finditer(skeleton, start, end)]
    following: dict[int, int] = {}
    closers = [-1] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closers[index] = following.get(length, -1)
        following[length] = index
    index = 0
    while index < len(runs):
        (first, last), closer = runs[index], closers[index]
        if (
            closer < 0
            or _is_hidden(skeleton, first)
            or bisect_right(blanks, last) != bisect_right(blanks, runs[closer][0])
        ):
            index += 1
            continue
        yield last, runs[closer][0]
        index = closer + 1


def _is_hidden(skeleton: str, at: int) -> bool:
    """Whether a backslash takes the meaning from a character."""
    before = at
    while before and skeleton[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
