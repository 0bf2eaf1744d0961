"""What a draft does to what an approved sentence says: turned round, bound more or less, promised, named otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cannedkit.catalogue.compare.align import like
from cannedkit.catalogue.compare.side import Sentence, Side
from cannedkit.catalogue.compare.terms import HOLE, Word, found, listed, stems, turned
from cannedkit.text.common import lists

MOST_NEW = 0.6
"""The part of a clause's own words that must be new for it to be a promise of its own; our own choice."""

_VERB_LAST = ("nl", "de")
"""Languages in which the verb that belongs to a modal stands at the end of its clause."""

Clause = tuple[Word, ...]
_Denied = tuple[Clause, bool]

_FIRMER: Mapping[str, frozenset[str]] = {
    "hedge": frozenset({"will", "must", ""}),
    "must": frozenset({"can", "hedge"}),
    "can": frozenset({"must"}),
    "will": frozenset({"hedge"}),
    "": frozenset({"hedge"}),
}
"""How sure, bound or free an approved sentence says something is -> what a draft may not make of it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of the draft, or a stretch of it, at which its sense differs; `what` says how, `word` of what."""

    start: int
    end: int
    what: str
    word: str = ""


# -- negation -----------------------------------------------------------------------------------


def turned_round(approved: Sequence[Sentence], draft: Sequence[Sentence], language: str) -> Turn | None:
    """Where the draft denies what the approved sentences say, or says what they deny."""
    mine, theirs = _denied(approved, language), _denied(draft, language)
    said = next(_plain(mine, draft, theirs, language), None)
    denied = next(_plain(theirs, approved, mine, language), None)
    if said and (denied or len(mine) > len(theirs)):
        return Turn(said[1].start, said[1].end, "says", said[0].said)
    if denied and len(mine) < len(theirs):
        return Turn(denied[0].start, denied[0].end, "denies", denied[0].said)
    return None


def _plain(
    scopes: Iterable[_Denied], sentences: Sequence[Sentence], denied: Sequence[_Denied], language: str
) -> Iterator[tuple[Word, Word]]:
    """What is denied on one side and said on the other, whole: the first word of it there, and here."""
    clauses = [clause for one in sentences for clause in one.clauses()]
    for scope, conditional in scopes:
        words = [
            word for one in clauses for word in one if _is_conditional(one, language) == conditional and not word.empty
        ]
        hits = [next((each for each in words if like(word, each, language)), None) for word in scope]
        plain = [hit for hit in hits if hit and not _is_denied(hit, scope, denied, language)]
        if scope and len(plain) == len(scope):
            yield scope[0], plain[0]


def _is_denied(hit: Word, like_it: Clause, scopes: Iterable[_Denied], language: str) -> bool:
    """Whether a word is denied where it stands, by a word before it or by what it begins with."""
    if any(turned(one.stem, hit.said, language) or turned(hit.stem, one.said, language) for one in like_it):
        return True
    return any(like(hit, word, language) for scope, _ in scopes for word in scope)


def _is_conditional(clause: Clause, language: str) -> bool:
    return any(word.said in listed("condition", language) for word in clause)


def _denied(sentences: Iterable[Sentence], language: str) -> list[_Denied]:
    """What each negator denies: the first word behind it that says something, or all before it in its clause.

    With each whether it stands in a condition (`if you don't see it`), which says nothing of what is.
    """
    affirming = stems("affirms", language)
    found_scopes: list[_Denied] = []
    for sentence in sentences:
        for clause in sentence.clauses():
            for at, word in enumerate(clause):
                behind = clause[at + 1 :]
                if word.does != "negator" or (behind and _next_stem(behind) in affirming):
                    continue
                terms = tuple(one for one in behind if not one.empty)
                scope = terms[:1] or tuple(one for one in clause[:at] if not one.empty)
                found_scopes.append((scope, _is_conditional(clause, language)))
    return found_scopes


def _next_stem(words: Sequence[Word]) -> str:
    """The stem of the next word that is no pronoun or the like."""
    return next((one.stem for one in words if not one.empty), words[0].stem)


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
            for word in clause:
                kind = "can" if word.stem == "can" else word.does
                if kind and kind != "negator":
                    does = kind
                elif not word.empty:
                    yield word, does
                    does = does if does == "hedge" or language in _VERB_LAST else ""


# -- promises -----------------------------------------------------------------------------------


def promises(sentence: Sentence, approved: Side) -> Iterator[Turn]:
    """What a sentence of the draft promises and the approved text nowhere says."""
    if sentence.asks or sentence.free:
        return
    language = approved.language
    own = [word.stem for one in approved.sentences for word in one.terms]
    own += [word.stem for one in approved.sentences for word in one.words if word.does == "can"]
    vows = {one.stem for each in approved.sentences for clause in each.clauses() for one in _vows(clause, language)}
    costly, idle = stems("promise", language), stems("courtesy", language)
    for clause in sentence.clauses():
        terms = [word for word in clause if not word.empty]
        dear = next((word for word in clause if word.stem in costly or word.said in listed("promise", language)), None)
        denied = any(word.does == "negator" and (not dear or word.start < dear.start) for word in clause)
        if dear and not denied and (not found(dear.stem, own) or _is_vow(clause, dear, vows, language)):
            yield Turn(clause[0].start, clause[-1].end, "promise", dear.said)
        elif not denied and _commits(clause, language):
            new = [word for word in terms if not found(word.stem, own) and word.stem not in idle]
            if new and len(new) >= MOST_NEW * len(terms) and new[0] is _first_behind(clause):
                yield Turn(clause[0].start, clause[-1].end, "promise", new[0].said)


def _is_vow(clause: Clause, dear: Word, vows: Collection[str], language: str) -> bool:
    """Whether somebody gives their word (`we guarantee`, where a guarantee is none) and the approved text does not."""
    return dear in _vows(clause, language) and dear.stem not in vows


def _vows(clause: Clause, language: str) -> list[Word]:
    """The words such as `guarantee` that somebody does."""
    words, persons = listed("vow", language), listed("person", language)
    return [word for at, word in enumerate(clause) if at and word.said in words and clause[at - 1].said in persons]


def _commits(clause: Clause, language: str) -> bool:
    """Whether a person of the company, or the customer, will do or get something."""
    persons = listed("person", language)
    return any(word.said in persons for word in clause) and any(word.does == "will" for word in clause)


def _first_behind(clause: Clause) -> Word | None:
    """The first word behind `will` that says something."""
    at = next(at for at, word in enumerate(clause) if word.does == "will")
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
