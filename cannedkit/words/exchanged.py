"""What is written for what by mistake: the changes of the word lists `confusion`, `homophones` and `little`.

A line has the sort of the mistake and the words: "|" between those that may each stand for the others, ">" from what
is written to what is meant. Nothing written: the words fell out; nothing meant: they are too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LISTS = ("homophones", "confusion", "little")
"""The lists, those of a script first: what a later one has too is called after that."""


class Exchanged(NamedTuple):
    """A sort of mistake, what is written and what is meant, and the list that says so."""

    sort: str
    written: tuple[str, ...]
    meant: tuple[str, ...]
    listed: str


@lru_cache(maxsize=4)
def exchanged(language: str, lists: tuple[str, ...] = LISTS) -> tuple[Exchanged, ...]:
    """The changes of a language that has these lists, each pair of words once."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Exchanged] = {}
    for name in lists:
        for sort, words in _lines(f"{name}.{language}.tsv"):
            found |= {pair: Exchanged(sort, *pair, name) for pair in pairs(words)}
    return tuple(found.values())


def pairs(words: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is written and what is meant, for the words of a line."""
    if ">" in words:
        written, meant = (tuple(side.split()) for side in words.split(">"))
        yield written, meant
        return
    sides = [tuple(side.split()) for side in words.split("|")]
    yield from ((one, other) for one in sides for other in sides if one != other)


def _lines(file: str) -> Iterator[tuple[str, str]]:
    from importlib import resources

    for line in resources.files(__package__).joinpath(file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sort, _, words = line.partition("\t")
            yield sort, words
