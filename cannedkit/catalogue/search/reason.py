"""Why a response was found, in a line: which words of the question it has, and in which of its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cannedkit.catalogue.search.index import Entry, Index, letters, rarity
from cannedkit.catalogue.search.passages import BODY, LABEL, Passage, passages
from cannedkit.catalogue.search.question import Heard
from cannedkit.text.terms import terms
from cannedkit.words.synonyms import Fit, spans

MAX_QUOTED = 60
"""Code points of a text that a reason quotes; our own choice."""

_ALIKE = 0.5
"""The share of letters by threes that two forms of a word have in common (Dice, 1945) at least; our own choice."""


_LEAST = 4
"""Letters that two forms of a word have at least; our own choice."""

_SLIGHT = 0.2
"""The share of the weightiest word's weight that a word must have to be named; our own choice."""

_SHORT = 5
"""Words that a text has more than it has, so that one word is no better than a sentence; our own choice."""


_NOTHING = Fit()


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a response taken apart; `groups` maps a group of synonyms to the words that name it."""

    passage: Passage
    words: tuple[str, ...]
    groups: Mapping[int, str]


def why(index: Index, heard: Heard, entry: Entry) -> str:
    """What of a question a response has, and the text of it that has most; "" where nothing of it shows."""
    if index.names.get(heard.name) is not None and heard.name in (
        entry.response.id,
        entry.response.shortcut.casefold(),
    ):
        return "that is its shortcut" if heard.name != entry.response.id else "that is its id"
    texts = [_read(passage, index) for passage in passages(entry.response, entry.locale)]
    shared = [(tuple(_shared(index, heard, text)), text) for text in texts]
    hits, best = max(shared, key=lambda one: _telling(*one))
    if not hits:
        return "like in letters" if index.table is None else "like in letters and meaning"
    most = max(weight for weight, _ in hits)
    said = dict.fromkeys(said for weight, said in hits if weight >= most * _SLIGHT)
    return f"{_place(best.passage)}: {', '.join(said)}"


def _telling(hits: tuple[tuple[float, str], ...], text: _Text) -> float:
    """How much a text shows why: what was asked in few words more than in many, one of a person more than tags."""
    return sum(weight for weight, _ in hits) / (_SHORT + len(text.words)) / (1 + (text.passage.kind in (LABEL, BODY)))


def _read(passage: Passage, index: Index) -> _Text:
    words = tuple(terms(passage.text))
    fits = [index.fits.get(word, _NOTHING) for word in words]
    groups = {group: " ".join(words[start:end]) for start, end, group in spans(index.synonyms, fits)}
    groups |= {group: word for word, one in zip(words, fits, strict=True) for group in one.groups}
    return _Text(passage, words, groups)


def _shared(index: Index, heard: Heard, text: _Text) -> Iterator[tuple[float, str]]:
    """What a text has of a question, with what that weighs: the same word, the one meant, a synonym, another form."""
    count = len(index.entries)
    named: dict[str, str] = {}
    for start, end, group in heard.groups:
        if group in text.groups:
            said = " ".join(heard.words[start:end])
            named.setdefault(said, text.groups[group])
    for word in dict.fromkeys(heard.words):
        weight = float(rarity(index.terms.get(word, 0), count))
        same = word if word in text.words else next((one for one in heard.meant.get(word, ()) if one in text.words), "")
        if same:
            yield weight, word if word == same else f"{word} ~ {same}"
        elif other := _form(word, text):
            yield weight / 2, f"{word} ~ {other}"
    for said, other in named.items():
        if said != other:
            yield float(rarity(0, count)) / 2, f"{said} ~ {other}"


def _form(word: str, text: _Text) -> str:
    """A word of a text that has most letters of another one in common; "" where none has."""
    if len(word) < _LEAST:
        return ""
    mine = set(letters(word))
    for other in text.words:
        if len(other) >= _LEAST and (word[0] == other[0] or word in other or other in word):
            theirs = set(letters(other))
            if 2 * len(mine & theirs) >= _ALIKE * (len(mine) + len(theirs)):
                return other
    return ""


def _place(passage: Passage) -> str:
    if passage.kind == BODY:
        return "its text"
    if passage.kind == LABEL:
        return "its name and tags"
    text = passage.text if len(passage.text) <= MAX_QUOTED else f"{passage.text[: MAX_QUOTED - 1]}…"
    return f"its {passage.kind} “{text}”"
