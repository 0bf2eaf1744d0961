"""Which prepositions a word takes behind it: "interested in", "depends on"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from cannedkit.words.inflection import tagged_form

_FORMS = ("VBZ", "VBD", "VBN", "VBG")


def taken(word: str) -> frozenset[str]:
    """The prepositions that stand behind an English word in small letters; none where the table says nothing of it."""
    return _table().get(word, frozenset())


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    return {form: prepositions for word, prepositions in _rows() for form in _forms(word)}


def _rows() -> Iterator[tuple[str, frozenset[str]]]:
    from importlib import resources

    for line in resources.files(__package__).joinpath("valency.en.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, prepositions = line.partition("\t")
            yield word, frozenset(prepositions.split())


def _forms(word: str) -> tuple[str, ...]:
    base = word.removesuffix("~")
    return (base, *(form for tag in _FORMS if word != base and (form := tagged_form(base, tag))))
