"""What a draft must have besides literals before a check can find something in it, told without running the check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cannedkit.model.draft import Draft
from cannedkit.pattern.marks import is_odd

_DIGIT = re.compile(r"\d")
_ACRONYM = re.compile("[A-Z]{2}")


NEEDS: Mapping[str, Callable[[Draft], bool]] = {
    "history": lambda draft: bool(draft.history),
    "knowledge": lambda draft: bool(draft.known or draft.history),
    "values": lambda draft: bool(draft.filled),
    "more than ASCII": lambda draft: not draft.text.isascii(),
    "odd characters": lambda draft: is_odd(draft.text),
    "digit": lambda draft: _DIGIT.search(draft.text) is not None,
    "acronym": lambda draft: _ACRONYM.search(draft.text) is not None,
}
"""What `Check.needs` may say -> whether a draft has it: earlier messages, those or facts, values of placeholders, a
character beyond ASCII, one that few texts hold (see `pattern.marks`), a digit of any script, two capital letters of
English in a row."""


def lacking(draft: Draft) -> frozenset[str]:
    """What a draft does not have."""
    return frozenset(name for name, has in NEEDS.items() if not has(draft))
