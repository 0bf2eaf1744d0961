"""A text without case, as the `regex` module compares."""

from __future__ import annotations

import re


def fold(text: str) -> str:
    """`text` without case, of the same length: two characters that match without case fold to the same one."""
    if text.isascii():
        return text.lower()
    folded = (text.translate(_ODD) if _HOLDS_ODD.search(text) else text).casefold()
    return folded if len(folded) == len(text) else "".join(map(_fold_character, text))


_ODD = {0x130: "i", 0x131: "i", 0x1FD3: "\u0390", 0x1FE3: "\u03b0", 0xFB06: "\ufb05"}
"""Characters that Python's case folding and the `regex` module see differently (a test tries every character)."""

_HOLDS_ODD = re.compile(f"[{''.join(map(chr, _ODD))}]")


def _fold_character(character: str) -> str:
    character = _ODD.get(ord(character), character)
    folded = character.casefold()
    if len(folded) == 1:
        return folded
    folded = character.lower()
    return folded if len(folded) == 1 else character
