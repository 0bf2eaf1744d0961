"""Lists of common words by name, from the table beside this module, which says what each is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


def common(name: str) -> frozenset[str]:
    """The words of a list: `frequent`, `single`, or `little.` and a language. Raises KeyError for any other name."""
    return lists()[name]


@lru_cache(maxsize=1)
def lists() -> Mapping[str, frozenset[str]]:
    """Every list by its name, in the order of the table."""
    table = Path(__file__).with_name("common.tsv").read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in table if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _, words in rows}
