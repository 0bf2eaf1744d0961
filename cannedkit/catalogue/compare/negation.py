"""Whether a draft denies what an approved sentence says, or says what it denies.

What a negator denies is the word behind it that says something: in `we can't refund shipping costs` it is `refund`, so
that `shipping costs stay with you` is no contradiction and `we refund shipping costs` is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cannedkit.catalogue.compare.align import like
from cannedkit.catalogue.compare.side import Sentence
from cannedkit.catalogue.compare.terms import Word, listed, reverses, stems, turned

Clause = tuple[Word, ...]

_NONE = ("no", "geen", "zonder", "without")
"""Negators of a thing: with the word behind it they deny what is said of it (no room available)."""

_LACK = ("without", "zonder")
"""Negators that deny nothing beside another one: cannot go on without the code."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of the draft, or a stretch of it, at which its sense differs; `what` says how, `word` of what."""

    start: int
    end: int
    what: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Denied:
    """The words that are denied; those `around` them are not said for sure either. `conditional`: under an `if`."""

    scope: Clause
    around: Clause
    conditional: bool


def turned_round(
    approved: Sequence[Sentence], draft: Sequence[Sentence], unsaid: Sequence[Sentence], language: str
) -> Turn | None:
    """Where the draft denies what the approved sentences say, or says what they deny.

    What the draft denies may also be one of the approved sentences that it seems to leave out (`unsaid`).
    """
    mine, theirs, spare = (list(_denied(one, language)) for one in (approved, draft, unsaid))
    said = next(_plain(mine, draft, theirs, language), None)
    denied = next(_plain(theirs, approved, mine, language), None)
    if said and (denied or len(mine) > len(theirs)):
        return Turn(said[1].start, said[1].end, "says", said[0].said)
    if denied and len(mine) + len(spare) < len(theirs):
        return Turn(denied[0].start, denied[0].end, "denies", denied[0].said)
    return None


def _plain(
    scopes: Iterable[_Denied], sentences: Sequence[Sentence], denied: Sequence[_Denied], language: str
) -> Iterator[tuple[Word, Word]]:
    """What is denied on one side and said on the other, whole: the first word of it there, and here."""
    clauses = [clause for sentence in sentences for clause in sentence.clauses()]
    for one in scopes:
        words = [
            word
            for clause in clauses
            for word in clause
            if _is_conditional(clause, language) == one.conditional and _is_said(word, clause, language)
        ]
        hits = [next((each for each in words if like(word, each, language)), None) for word in one.scope]
        plain = [hit for hit in hits if hit and not _is_denied(hit, one.scope, denied, language)]
        if one.scope and len(plain) == len(one.scope):
            yield one.scope[0], plain[0]


def _is_said(word: Word, clause: Clause, language: str) -> bool:
    """Whether a word says something, and not only what for: `to check it`."""
    at = clause.index(word)
    aimed = at > 0 and clause[at - 1].said in ("to", "te")
    return not word.empty and not (aimed and (at < 2 or clause[at - 2].said not in listed("bound", language)))


def _is_denied(hit: Word, scope: Clause, denied: Iterable[_Denied], language: str) -> bool:
    """Whether a word is denied where it stands, by a word before it or by what it begins with."""
    if any(turned(one.stem, hit.said, language) for one in scope):
        return True
    return any(like(hit, word, language) for one in denied for word in one.around)


def _is_conditional(clause: Clause, language: str) -> bool:
    return any(word.said in listed("condition", language) for word in clause)


def _denied(sentences: Iterable[Sentence], language: str) -> Iterator[_Denied]:
    """What each negator denies: the first word behind it that says something, or all before it in its clause.

    A word such as `unavailable` denies itself.
    """
    affirming = stems("affirms", language)
    for clause in (clause for sentence in sentences for clause in sentence.clauses()):
        conditional = _is_conditional(clause, language)
        for at, word in enumerate(clause):
            if reverses(word.said, language):
                yield _Denied((word,), tuple(one for one in clause if not one.empty), conditional)
            elif _negates(at, clause, affirming):
                scope = tuple(_behind(at, clause))[: 2 if word.said in _NONE else 1]
                scope = scope or tuple(one for one in clause[:at] if not one.empty)
                yield _Denied(scope, scope, conditional)


def _negates(at: int, clause: Clause, affirming: Collection[str]) -> bool:
    """Whether a word denies what follows; `free of` does too."""
    said = clause[at].said
    if said in ("free", "vrij") and at + 1 < len(clause) and clause[at + 1].said in ("of", "van"):
        return True
    others = any(word.does == "negator" for number, word in enumerate(clause) if number != at)
    return clause[at].does == "negator" and not (others and said in _LACK) and not _affirms(at, clause, affirming)


def _behind(at: int, clause: Clause) -> Iterator[Word]:
    """The words behind a negator that say something, up to the next negator."""
    for word in clause[at + 1 :]:
        if word.does == "negator":
            return
        if not word.empty:
            yield word


def _affirms(at: int, clause: Clause, affirming: Collection[str]) -> bool:
    """Whether a negator denies nothing: `do not hesitate`, `no problem`, and `No, I found it` without its comma."""
    behind = clause[at + 1 : at + 3]
    begins = at == 0 and clause[at].said == "no" and bool(behind) and behind[0].empty
    return begins or any(one.stem in affirming for one in behind)
