r"""Texts with the line ends of Windows, read as if they had `\n` alone, and the places found in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

_PAIR = re.compile("\r\n")

Back = Callable[[int], int]
"""An offset in the plain text -> the offset in the text as it was."""


def plain(text: str) -> tuple[str, Back]:
    r"""The text with `\n` for each `\r\n` and lone `\r`, and the way back from its offsets."""
    pairs = [match.start() - index for index, match in enumerate(_PAIR.finditer(text))]
    return text.replace("\r\n", "\n").replace("\r", "\n"), lambda offset: offset + bisect_left(pairs, offset)
