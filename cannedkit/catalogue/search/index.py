"""A catalogue made ready to be searched in one locale: what each response has in common with a question, as numbers.

A text is taken apart into features: its words, their letters by threes, which typos, endings and compounds have in
common, the groups of synonyms that it names, and of what customers say the pairs of words. A response is one vector of
its features (tf-idf, of length 1), kept by feature; where there is a table of meanings, it has the mean of its words in
that, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cannedkit.catalogue.search.passages import BODY, EXAMPLE, LABEL, TITLE, Passage, passages
from cannedkit.model.response import Response
from cannedkit.text.terms import terms
from cannedkit.words import vectors
from cannedkit.words.sentences import WIDTH, Encode
from cannedkit.words.synonyms import Fit, Synonyms, fit, spans

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

WORD, GROUP, PAIR = 1.5, 2.0, 1.0
"""What a word, a group of synonyms and a pair of words weigh beside three letters; measured (docs/quality.md)."""

RARITY = 0.8
"""The power of a feature's rarity that it weighs; measured (docs/quality.md)."""

_WEIGHTS = {TITLE: 2.0, EXAMPLE: 2.0}
"""What a passage weighs, 1 where it is not named; measured (docs/quality.md)."""

_LEAST = 0.05
"""What a word weighs at least in the mean of a text; our own choice."""

_CHUNK = 4_000
"""Responses that are counted at a time, so that building takes little more memory than the index."""

Look = Callable[[str], Fit]


@dataclass(frozen=True, slots=True)
class Entry:
    """A response, the locale of it that is searched, and why it is never found, "" where it may be."""

    response: Response
    locale: str
    off: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What is searched; `locale` is that of the questions.

    `fits` has what words of the entries may be in the groups of `synonyms`, `terms` says how many entries have a word,
    or the group of a phrase. `columns` numbers the features, `idf` has what each weighs; the entries that have one are
    `rows[starts[column]:starts[column + 1]]`, with the weights of the same stretch of `values`. `meanings` has a row
    for each entry, of no length where there is no `table`, `sentences` the sum of what its texts mean as sentences, of
    no length where there is no `encode`. `says` maps the words of a title or an example to the numbers of its entries,
    `names` an id or a shortcut (in small letters) to one, `alike` a first letter and a length to words.
    """

    locale: str
    entries: tuple[Entry, ...]
    synonyms: Synonyms
    fits: Mapping[str, Fit]
    terms: Mapping[str, int]
    columns: Mapping[str, int]
    idf: Array
    starts: Array
    rows: Array
    values: Array
    meanings: Array
    table: vectors.Table | None
    sentences: Array
    encode: Encode | None
    says: Mapping[tuple[str, ...], tuple[int, ...]]
    names: Mapping[str, int]
    alike: Mapping[tuple[str, int], Sequence[str]]


# -- texts taken apart --------------------------------------------------------------------------


Read = tuple[Passage, list[str]]
"""A passage and its words."""


def read(entry: Entry) -> list[Read]:
    """The passages of an entry, each with its words."""
    return [(passage, terms(passage.text)) for passage in passages(entry.response, entry.locale)]


def counted(texts: Iterable[Read], synonyms: Synonyms, look: Look) -> dict[str, float]:
    """The terms of some passages, with what they weigh: words, pairs of them, and the groups that their phrases name.

    Of bodies, which say the same on many channels, the one that has a word most often counts, and no pairs.
    """
    found: dict[str, float] = {}
    of_bodies: Counter[str] = Counter()
    for passage, words in texts:
        named = [*words, *(group_term(group) for _, _, group in spans(synonyms, [look(word) for word in words]))]
        if passage.kind == BODY:
            of_bodies |= Counter(named)
        else:
            weight = _WEIGHTS.get(passage.kind, 1.0)
            for term in (*named, *pairs(words)):
                found[term] = found.get(term, 0.0) + weight
    for term, count in of_bodies.items():
        found[term] = found.get(term, 0.0) + count
    return found


def pairs(words: Sequence[str]) -> Iterator[str]:
    """Each word with the one behind it."""
    return map(" ".join, pairwise(words))


def group_term(group: int) -> str:
    """How a group of synonyms is written among words; no word holds its sign."""
    return f"={group}"


def features(term: str, look: Look) -> Iterator[str]:
    """What a term has in common with others: a word itself (`#go`), its letters by threes, and its groups."""
    if not is_word(term):
        yield term
        return
    yield f"#{term}"
    yield from letters(term)
    yield from map(group_term, look(term).groups)


def is_word(term: str) -> bool:
    """Whether a term is neither a pair of words nor a group."""
    return term[0] != "=" and " " not in term


def weight(one: str) -> float:
    """What a feature weighs by its kind."""
    if one[0] in _KINDS:
        return _KINDS[one[0]]
    return PAIR if " " in one.strip() else 1.0


_KINDS = {"#": WORD, "=": GROUP}


def letters(word: str) -> list[str]:
    """The letters of a word by threes, a space for each end: " go", "go "."""
    whole = f" {word} "
    return [whole[at : at + 3] for at in range(len(whole) - 2)]


def rarity(frequency: Any, count: int) -> Any:
    """What a feature or term weighs that so many of `count` entries have: the inverse document frequency."""
    import numpy as np

    return np.log((count + 1) / (frequency + 0.5))


def damped(counts: Array) -> Array:
    """What counts weigh: each further one less than the one before."""
    import numpy as np

    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(np.float32)


def meaning(index: Index, counts: Mapping[str, float]) -> Array:
    """The mean of what some terms mean, rare ones first, at length 1; of length 0 where none is known."""
    import numpy as np

    if index.table is None or not counts:
        return np.zeros(index.meanings.shape[1], np.float32)
    frequency = np.array([index.terms.get(term, 0) for term in counts])
    weights = damped(np.array(list(counts.values()))) * _telling(frequency, len(index.entries))
    return vectors.unit(weights @ vectors.vectors(index.table, counts))


def _telling(frequency: Array, count: int) -> Array:
    import numpy as np

    found: Array = np.maximum(rarity(frequency, count), _LEAST).astype(np.float32)
    return found


# -- the index ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counts:
    """What an entry has, by the number of the term."""

    terms: Array
    weights: Array


@dataclass(frozen=True, slots=True)
class _Postings:
    """Which entry has which feature how often, by column and then by entry."""

    columns: Array
    rows: Array
    counts: Array


def build(entries: Iterable[Entry], synonyms: Synonyms, locale: str, encode: Encode | None = None) -> Index:
    """The index of some responses, each in its locale; `encode` says what sentences mean."""
    import numpy as np

    listed = tuple(entries)
    look = cache(partial(fit, synonyms))
    numbers: dict[str, int] = {}
    says: dict[tuple[str, ...], tuple[int, ...]] = {}
    counts = []
    for row, entry in enumerate(listed):
        texts = read(entry)
        counts.append(_numbered(counted(texts, synonyms, look), numbers))
        for said in {tuple(words) for passage, words in texts if passage.kind in (TITLE, EXAMPLE)}:
            says[said] = (*says.get(said, ()), row)
    columns: dict[str, int] = {}
    owned = [np.array([columns.setdefault(one, len(columns)) for one in features(term, look)]) for term in numbers]
    chunks = [_postings(counts, first, owned) for first in range(0, len(listed), _CHUNK)]
    frequency = np.zeros(len(columns), np.int64)
    for chunk in chunks:
        frequency += np.bincount(chunk.columns, minlength=len(columns))
    idf = (np.array([*map(weight, columns)]) * rarity(frequency, len(listed)) ** RARITY).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(frequency)])
    rows, values = _joined(chunks, idf, starts, len(listed))
    having = np.bincount(
        np.concatenate([np.zeros(0, np.int64), *(one.terms for one in counts)]), minlength=len(numbers)
    )
    table = vectors.table(locale.partition("-")[0])
    return Index(
        locale,
        listed,
        synonyms,
        {term: one for term in filter(is_word, numbers) if (one := look(term)) != Fit()},
        dict(zip(numbers, having.tolist(), strict=True)),
        columns,
        idf,
        starts,
        rows,
        values,
        _meanings(table, counts, numbers, having),
        table,
        _sentences(listed, encode),
        encode,
        says,
        {name.casefold(): row for row, one in enumerate(listed) for name in _names(one.response)},
        _alike(numbers),
    )


def _sentences(entries: Sequence[Entry], encode: Encode | None) -> Array:
    """For each entry the sum of what its titles, examples and bodies mean as sentences."""
    import numpy as np

    if encode is None:
        return np.zeros((len(entries), 0), np.float32)
    texts = [[one.text for one in passages(entry.response, entry.locale) if one.kind != LABEL] for entry in entries]
    rows = np.repeat(np.arange(len(entries)), [len(each) for each in texts])
    found = np.zeros((len(entries), WIDTH), np.float32)
    np.add.at(found, rows, encode([text for each in texts for text in each]))
    return found


def _names(response: Response) -> tuple[str, ...]:
    return (response.id, response.shortcut) if response.shortcut else (response.id,)


def _alike(words: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in filter(is_word, words):
        found.setdefault((word[0], len(word)), []).append(word)
    return found


def _numbered(counts: Mapping[str, float], numbers: dict[str, int]) -> _Counts:
    import numpy as np

    found = [numbers.setdefault(term, len(numbers)) for term in counts]
    return _Counts(np.array(found, np.int64), np.array(list(counts.values()), np.float32))


def _postings(counts: Sequence[_Counts], first: int, owned: Sequence[Array]) -> _Postings:
    """Those of a chunk of the entries, from `first` on; `owned` are the columns of each term."""
    import numpy as np

    columns, rows, values = [], [], []
    for row, one in enumerate(counts[first : first + _CHUNK]):
        mine = [owned[term] for term in one.terms]
        lengths = [len(each) for each in mine]
        columns += mine
        values.append(np.repeat(one.weights, lengths))
        rows.append(np.full(sum(lengths), row))
    keys = np.concatenate(columns) * _CHUNK + np.concatenate(rows)
    order = np.argsort(keys)
    keys = keys[order]
    heads = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(np.concatenate(values)[order], heads)
    return _Postings((keys[heads] // _CHUNK).astype(np.int32), (keys[heads] % _CHUNK + first).astype(np.int32), sums)


def _joined(chunks: Sequence[_Postings], idf: Array, starts: Array, count: int) -> tuple[Array, Array]:
    """The entries that have each feature, column after column, and its weight in each, at length 1 an entry."""
    import numpy as np

    rows = np.zeros(starts[-1], np.int32)
    values = np.zeros(starts[-1], np.float32)
    ahead = starts[:-1].copy()
    for chunk in chunks:
        mine = np.bincount(chunk.columns, minlength=len(ahead))
        places = np.arange(len(chunk.columns)) + (ahead - (np.cumsum(mine) - mine))[chunk.columns]
        weights = damped(chunk.counts) * idf[chunk.columns]
        lengths = np.sqrt(np.bincount(chunk.rows, weights * weights, minlength=count))
        rows[places] = chunk.rows
        values[places] = weights / lengths[chunk.rows]
        ahead += mine
    return rows, values


def _meanings(table: vectors.Table | None, counts: Sequence[_Counts], words: Iterable[str], having: Array) -> Array:
    """For each entry the mean of what its words mean, rare ones first, at length 1."""
    import numpy as np

    if table is None or not counts:
        return np.zeros((len(counts), 0), np.float32)
    known = vectors.vectors(table, words) * _telling(having, len(counts))[:, None]
    return vectors.unit(np.stack([damped(one.weights) @ known[one.terms] for one in counts]))
