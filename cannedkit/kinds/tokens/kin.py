"""How the words of a text hang together: each on one other, and by which relation one is found from another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_SENTENCE = 300
"""Words of a sentence that is looked at: our own choice, above what a person writes between two stops."""


@dataclass(frozen=True, slots=True)
class Kin:
    """For each word its head (its own number at the top), its children in order, and its sentence: first, last + 1."""

    heads: Sequence[int]
    children: Sequence[Sequence[int]]
    sentences: Sequence[tuple[int, int]]


def kin(doc: Any) -> Kin:
    """The kin of the words of a Doc that was parsed."""
    heads = [token.head.i for token in doc]
    children: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if word != head:
            children[head].append(word)
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents for _ in range(len(sentence))]
    return Kin(heads, children, sentences)


def _ancestors(own: Kin, word: int) -> Iterator[int]:
    while own.heads[word] != word:
        word = own.heads[word]
        yield word


def _descendants(own: Kin, word: int) -> Iterator[int]:
    waiting = list(own.children[word])
    while waiting:
        found = waiting.pop()
        yield found
        waiting += own.children[found]


def _siblings(own: Kin, word: int) -> Iterator[int]:
    """The other children of its head; for the top of a sentence, which is its own head, its children (as spaCy)."""
    return (one for one in own.children[own.heads[word]] if one != word)


def _head(own: Kin, word: int) -> Iterator[int]:
    if own.heads[word] != word:
        yield own.heads[word]


def _before(own: Kin, word: int) -> Iterator[int]:
    return iter(range(word - 1, own.sentences[word][0] - 1, -1))


def _behind(own: Kin, word: int) -> Iterator[int]:
    return iter(range(word + 1, own.sentences[word][1]))


def _children(own: Kin, word: int) -> Iterator[int]:
    return iter(own.children[word])


Relation = Callable[[Kin, int], Iterator[int]]
"""From a word of a text to others."""


def _at(relation: Relation, fits: Callable[[int], bool]) -> Relation:
    """The words of a relation whose distance from the first word, negative before it, is right."""
    return lambda own, word: (found for found in relation(own, word) if fits(found - word))


def _sided(sign: str, relation: Relation) -> Mapping[str, Relation]:
    """A relation on one side: just behind (`+`), just before (`-`), anywhere behind (`++`), anywhere before (`--`)."""
    return {
        f"{sign}+": _at(relation, lambda way: way == 1),
        f"{sign}-": _at(relation, lambda way: way == -1),
        f"{sign}++": _at(relation, lambda way: way > 0),
        f"{sign}--": _at(relation, lambda way: way < 0),
    }


RELATIONS: Mapping[str, Relation] = {
    "<": _head,
    ">": _children,
    "<<": _ancestors,
    ">>": _descendants,
    ".": _at(_behind, lambda way: way == 1),
    ".*": _behind,
    ";": _at(_before, lambda way: way == -1),
    ";*": _before,
    **_sided("$", _siblings),
    **_sided(">", _children),
    **_sided("<", _head),
}
"""REL_OP of spaCy's DependencyMatcher -> the words that stand in that relation to a word (spaCy 3.8)."""
