"""Braces of texts in which `{name}` is a placeholder, and a brace that means itself is doubled, as in Python."""

from __future__ import annotations

import re

_HOLE = re.compile(r"(\{[A-Za-z_][\w-]*(?:\.[\w-]+)*\})|[{}]")


def doubled(text: str) -> str:
    """The text with each brace doubled that is no part of a placeholder."""
    return _HOLE.sub(lambda found: found[1] or found[0] * 2, text)


def single(text: str) -> str | None:
    """The text with doubled braces as one; None where they do not say by themselves what is a placeholder."""
    made = re.sub(r"\{\{|\}\}", lambda found: found[0][0], text)
    return made if doubled(made) == text else None
