"""How often a search is right: each example left out once and asked, or the questions of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from cannedkit.catalogue.search.index import Index, counted, read
from cannedkit.catalogue.search.passages import EXAMPLE
from cannedkit.catalogue.search.question import hear
from cannedkit.catalogue.search.rank import Instead, Wanted, rank
from cannedkit.words.synonyms import fit

DEPTH = 10
"""Places that are looked at: what comes later is not found (MRR@10, as in TREC and MS MARCO)."""

ALL = ""
"""The topic that stands for all of them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that one response should be found by, and the ids found, best first, at most DEPTH.

    `written` are those found with all examples in place; the same as `found` where none was left out.
    """

    question: str
    response: str
    locale: str
    found: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def place(self) -> int:
        """The place that the right one came in, from 1; 0 where it is not among them."""
        return self.found.index(self.response) + 1 if self.response in self.found else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 of the questions of a locale and a topic: right one first, among three, 1/place on average.

    `written3` is `top3` with all examples in place.
    """

    locale: str
    topic: str
    count: int
    top1: float
    top3: float
    mrr: float
    written3: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a file, with the id of the response that it should find, and what is known of the conversation."""

    text: str
    response: str
    locale: str
    wanted: Wanted


def leave_one_out(index: Index, step: Callable[[], object]) -> Iterator[Tried]:
    """Each example of the responses that may be found, asked of an index without it. `step` is called after each."""
    look = cache(partial(fit, index.synonyms))
    for row, entry in enumerate(index.entries):
        texts = read(entry)
        for example in (passage for passage, _ in texts if passage.kind == EXAMPLE and not entry.off):
            heard = hear(index, example.text)
            rest = (text for text in texts if text[0] is not example)
            without = Instead(counted(rest, index.synonyms, look), index.sentences[row] - heard.sentence)
            found, written = (
                tuple(one.entry.response.id for one in rank(index, heard, Wanted(limit=DEPTH), instead))
                for instead in ({row: without}, {})
            )
            yield Tried(example.text, entry.response.id, index.locale, found, written)
            step()


def asked(index: Index, questions: Iterable[Question]) -> Iterator[Tried]:
    """Each question of a file, asked as it is."""
    for one in questions:
        found = rank(index, hear(index, one.text), one.wanted)
        ids = tuple(each.entry.response.id for each in found)
        yield Tried(one.text, one.response, index.locale, ids, ids)


def figures(tried: Sequence[Tried]) -> list[Figures]:
    """The figures of each locale, of all its questions first and then by topic."""
    groups: dict[tuple[str, str], list[Tried]] = {}
    for one in tried:
        for topic in (ALL, one.response.rpartition("/")[0]):
            groups.setdefault((one.locale, topic), []).append(one)
    return [_figures(*key, groups[key]) for key in sorted(groups)]


def _figures(locale: str, topic: str, tried: Sequence[Tried]) -> Figures:
    count = len(tried)
    return Figures(
        locale,
        topic,
        count,
        sum(one.place == 1 for one in tried) / count,
        sum(1 <= one.place <= 3 for one in tried) / count,
        sum(1 / one.place for one in tried if one.place) / count,
        sum(one.response in one.written[:3] for one in tried) / count,
    )


def stolen(tried: Iterable[Tried]) -> dict[tuple[str, str], list[Tried]]:
    """The examples that another response comes first for, by locale and that one's id, most first."""
    found: dict[tuple[str, str], list[Tried]] = {}
    for one in tried:
        if one.found and one.place != 1:
            found.setdefault((one.locale, one.found[0]), []).append(one)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def unfound(index: Index, tried: Iterable[Tried]) -> list[str]:
    """The responses that none of their examples finds among three, or that have none, in the order of the index."""
    right = {one.response for one in tried if 1 <= one.place <= 3 and one.locale == index.locale}
    return [one.response.id for one in index.entries if not one.off and one.response.id not in right]


def missed(found: Iterable[Figures], least: Mapping[str, float]) -> Iterator[tuple[Figures, str]]:
    """The figures of whole locales that are below what the settings ask, each with the name of the figure."""
    for one in found:
        if one.topic == ALL:
            yield from ((one, name) for name, share in least.items() if getattr(one, name) < share)
