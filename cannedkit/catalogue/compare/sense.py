"""What a draft does to what an approved sentence says: bound more or less, promised, named otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cannedkit.catalogue.compare.align import like
from cannedkit.catalogue.compare.negation import Clause, Turn
from cannedkit.catalogue.compare.side import Sentence, Side
from cannedkit.catalogue.compare.terms import HOLE, Word, found, listed, stems
from cannedkit.text.common import lists

MOST_NEW = 0.6
"""The part of a clause's own words that must be new for it to be a promise of its own; our own choice."""

_VERB_LAST = ("nl", "de")
"""Languages in which the verb that belongs to a modal stands at the end of its clause."""


_FIRMER: Mapping[str, frozenset[str]] = {
    "hedge": frozenset({"will", "must", ""}),
    "must": frozenset({"can", "hedge"}),
    "can": frozenset({"must"}),
    "will": frozenset({"hedge"}),
    "": frozenset({"hedge"}),
}
"""How sure, bound or free an approved sentence says something is -> what a draft may not make of it."""


# -- how sure, bound or free --------------------------------------------------------------------


def rebound(approved: Sequence[Sentence], draft: Sequence[Sentence], language: str) -> Turn | None:
    """Where the draft makes more or less of what the approved sentences say is possible, allowed or asked."""
    if any(one.asks for one in (*approved, *draft)):
        return None
    mine, theirs = list(_bound(approved, language)), list(_bound(draft, language))
    for word, does in mine:
        for other, now in theirs:
            if like(word, other, language):
                again = any(like(word, each, language) and now == kind for each, kind in mine)
                back = any(like(other, each, language) and does == kind for each, kind in theirs)
                if now in _FIRMER[does] and not again and not back:
                    return Turn(other.start, other.end, f"{does}>{now}", other.said)
    return None


def _bound(sentences: Iterable[Sentence], language: str) -> Iterator[tuple[Word, str]]:
    """Each word that says something, and the list of the modal before it in its clause, "" for none."""
    for sentence in sentences:
        for clause in sentence.clauses():
            does = ""
            if any(word.does == "negator" for word in clause):
                continue
            for word in clause:
                kind = "can" if word.stem == "can" else word.does
                if kind and kind != "negator":
                    does = kind
                elif not word.empty:
                    yield word, does
                    does = does if does == "hedge" or language in _VERB_LAST else ""


# -- promises -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Own:
    """What an approved text says of its own: the stems of its words, and those of the vows in it."""

    stems: frozenset[str]
    vows: frozenset[str]
    language: str


def promises(draft: Side, approved: Side) -> Iterator[Turn]:
    """What a draft promises and the approved text nowhere says."""
    language = approved.language
    said = (word for one in approved.sentences for word in one.words if not word.empty or word.does == "can")
    vows = (one.stem for each in approved.sentences for clause in each.clauses() for one in _vows(clause, language))
    own = _Own(frozenset(word.stem for word in said), frozenset(vows), language)
    for sentence in draft.sentences:
        for clause in () if sentence.asks or sentence.free else sentence.clauses():
            if word := _promised(clause, sentence, own):
                yield Turn(clause[0].start, clause[-1].end, "promise", word.said)


def _promised(clause: Clause, sentence: Sentence, own: _Own) -> Word | None:
    """The word of a clause that promises something, None where it does not: what costs, or what somebody will do."""
    language = own.language
    costly, idle = stems("promise", language), stems("courtesy", language) | stems("idle", language)
    dear = next((word for word in clause if word.stem in costly or word.said in listed("promise", language)), None)
    if any(word.does == "negator" and (not dear or word.start < dear.start) for word in clause):
        return None
    dear = dear if dear and not _is_counted(dear, sentence) else None
    if dear and (not found(dear.stem, own.stems) or _is_vow(clause, dear, own.vows, language)):
        return dear
    if not _commits(clause, language):
        return None
    terms = [word for word in clause if not word.empty]
    new = [word for word in terms if not found(word.stem, own.stems) and word.stem not in idle]
    return new[0] if new and len(new) >= MOST_NEW * len(terms) and new[0] is _first_behind(clause) else None


def _is_counted(dear: Word, sentence: Sentence) -> bool:
    """Whether a bare number stands before a word: of 40 credits the price is told."""
    return any(one.kind == "number" and one.end <= dear.start <= one.end + 1 for one in sentence.figures)


def _is_vow(clause: Clause, dear: Word, vows: Collection[str], language: str) -> bool:
    """Whether somebody gives their word (`we guarantee`, where a guarantee is none) and the approved text does not."""
    return dear in _vows(clause, language) and dear.stem not in vows


def _vows(clause: Clause, language: str) -> list[Word]:
    """The words such as `guarantee` that somebody does."""
    words, persons = listed("vow", language), listed("person", language)
    return [word for at, word in enumerate(clause) if at and word.said in words and clause[at - 1].said in persons]


def _commits(clause: Clause, language: str) -> bool:
    """Whether somebody of the company will do something, or the customer will get something."""
    for at, word in enumerate(clause):
        if word.does == "will":
            beside = {one.said for one in clause[max(0, at - 1) : at + 2]}
            gains = {one.said for one in clause[at + 1 : at + 3]} & listed("gain", language)
            if beside & listed("person", language) or (gains and beside & listed("served", language)):
                return True
    return any(
        mine.said in listed("served", language) and theirs.said in listed("gain", language)
        for mine, theirs in pairwise(clause)
        if language in _VERB_LAST
    )


def _first_behind(clause: Clause) -> Word | None:
    """The first word behind `will` that says something."""
    at = next((at for at, word in enumerate(clause) if word.does == "will"), 0)
    return next((word for word in clause[at + 1 :] if not word.empty), None)


# -- names --------------------------------------------------------------------------------------


def renamed(approved: Sequence[Sentence], draft: Sequence[Sentence], whole: Side, text: str) -> Turn | None:
    """Where another name stands in the draft than in the approved sentences, beside those that placeholders take."""
    if whole.language == "de":
        return None
    mine = list(_names(approved, whole.text))
    gone = [word for word in mine if word.said not in text.lower()]
    holes = sum(len(one.holes) for one in approved)
    came = [word for word in _names(draft, text) if word.said not in whole.text.lower()]
    runs = [word for at, word in enumerate(came) if at == 0 or word.start - came[at - 1].end > 1]
    if gone and len(runs) > holes:
        return Turn(runs[-1].start, runs[-1].end, "name", gone[0].said)
    return None


def _names(sentences: Iterable[Sentence], text: str) -> Iterator[Word]:
    """The words with a capital that are not the first of their sentence, nor stand behind a placeholder there."""
    frequent = lists()["frequent"]
    for one in sentences:
        for at, word in enumerate(one.words):
            is_first = at == 0 or not text[one.start : word.start].strip(f"{HOLE} \"'“‘(*_-•")
            if text[word.start].isupper() and not is_first and not word.empty and word.said not in frequent:
                yield word
