"""A draft held against one approved text: what it leaves out, adds, alters, and has not filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cannedkit.catalogue.compare.align import TAKES, Pair, aligned, size
from cannedkit.catalogue.compare.blanks import blanks
from cannedkit.catalogue.compare.negation import Turn, turned_round
from cannedkit.catalogue.compare.numbers import Shift, shifts
from cannedkit.catalogue.compare.sense import promises, rebound, renamed
from cannedkit.catalogue.compare.side import Sentence, Side
from cannedkit.model.comparison import Departure
from cannedkit.model.draft import Finding, Level
from cannedkit.sources import ADDED, ALTERED, DROPPED, REPORTED, UNFILLED

MOST_SHOWN = 80
"""Code points of a sentence that a message quotes; our own choice."""

Levels = Mapping[str, Level | None]

_SAID: Mapping[str, str] = {
    "says": "'{there}' stands here without the 'not' of the approved reply: it says the reverse of '{approved}'.",
    "denies": "'{there}' is denied here: it says the reverse of '{approved}'.",
    "name": "'{there}' stands where '{word}' was approved.",
    "": "'{there}' binds more or less than what was approved: '{approved}'.",
}
"""What may be the matter with a sentence's sense -> what the message says of it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What was found of a draft beside one approved text, and how much of that it says, from 0 to 1."""

    departures: tuple[Departure, ...]
    likeness: float

    @property
    def apart(self) -> int:
        """How far the draft is from the text: the levels of all findings together."""
        return sum(one.finding.level for one in self.departures)


def hold(draft: Side, approved: Side, levels: Levels) -> Held:
    """What a draft does to an approved text, in the order of the draft; `levels` are those in force, by rule."""
    pairs = aligned(approved, draft)
    draft = _freed(draft, approved, pairs)
    found = [
        *_dropped(draft, approved, pairs),
        *(_shift(one, draft, approved, pairs) for one in shifts(approved, draft, pairs)),
        *_senses(draft, approved, pairs),
        *_promises(draft, approved),
        *(
            _departure(UNFILLED, start, end, f"'{draft.text[start:end]}' is still to be filled in.")
            for start, end in blanks(draft.text, approved.text)
            if not (draft.text[start] == "_" and _is_free(draft, start))  # a form or a quiz that somebody else wrote
        ),
    ]
    found = [one for one in found if not _is_told(one, found)]
    kept = (one for each in found if (one := _levelled(each, levels)))
    return Held(tuple(sorted(kept, key=lambda one: one.finding)), _likeness(approved, pairs))


def _likeness(approved: Side, pairs: Sequence[Pair]) -> float:
    """How much of what must be said is said: the mean of its sentences, by what each has to say."""
    said = [(pair.likeness, approved.sentences[pair.approved]) for pair in pairs]
    bound = [(likeness, size(one)) for likeness, one in said if not (one.courtesy or one.free)]
    return sum(likeness * own for likeness, own in bound) / max(1, sum(own for _, own in bound))


def _is_told(one: Departure, found: Sequence[Departure]) -> bool:
    """Whether a figure that was added stands in a promise that was: one is to be taken out with the other."""
    own = one.finding
    return own.rule == ADDED and any(
        each.finding.rule == ADDED
        and each.finding.start <= own.start
        and own.end <= each.finding.end
        and each.finding.end - each.finding.start > own.end - own.start
        for each in found
    )


def _levelled(one: Departure, levels: Levels) -> Departure | None:
    in_force = levels.get(one.finding.rule, one.finding.level)
    return None if in_force is None else replace(one, finding=replace(one.finding, level=in_force))


def _departure(
    rule: str, start: int, end: int, message: str, approved: str = "", fixes: tuple[str, ...] = ()
) -> Departure:
    finding = Finding(start, end, rule, REPORTED[rule].level, message, fixes, sources=(rule,))
    return Departure(finding, approved)


def _shown(side: Side, one: Sentence) -> str:
    return " ".join(side.shown(one.start, one.end).split())


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


# -- what is free -------------------------------------------------------------------------------


def _freed(draft: Side, approved: Side, pairs: Sequence[Pair]) -> Side:
    """The draft, with what stands in place of the approved text's free parts free too."""
    bound = {d for pair in pairs if not approved.sentences[pair.approved].free for d in pair.partners}
    free: set[int] = set()
    places = [one.start for one in approved.sentences if one.free or _is_value(one)]
    for at in (*places, *approved.gaps):
        before = [pair for pair in pairs if approved.sentences[pair.approved].start < at and _binds(pair, approved)]
        behind = [pair for pair in pairs if approved.sentences[pair.approved].start > at and _binds(pair, approved)]
        first = max((max(pair.partners) for pair in before), default=-1)
        last = min((min(pair.partners) for pair in behind), default=len(draft.sentences))
        free |= set(range(first + 1, last)) - bound
    marked = (replace(one, free=number in free) for number, one in enumerate(draft.sentences))
    return replace(draft, sentences=tuple(marked))


def _is_free(draft: Side, at: int) -> bool:
    return any(one.start <= at < one.end and one.free for one in draft.sentences)


def _is_value(one: Sentence) -> bool:
    """Whether nothing but a value of any kind stands there, which may have sentences of its own."""
    return not one.words and not one.figures and any(type not in TAKES for type in one.holes)


def _binds(pair: Pair, approved: Side) -> bool:
    return bool(pair.partners) and not approved.sentences[pair.approved].free


# -- findings -----------------------------------------------------------------------------------


def _dropped(draft: Side, approved: Side, pairs: Sequence[Pair]) -> Iterator[Departure]:
    """The sentences that the draft does not say, each behind what was said before it."""
    at = draft.sentences[0].start if draft.sentences else len(draft.text.rstrip())
    for pair in pairs:
        one = approved.sentences[pair.approved]
        if pair.partners:
            at = max(draft.sentences[d].end for d in pair.partners)
        elif not (one.courtesy or one.free) and (one.terms or one.figures):
            said = _shown(approved, one)
            fix = () if one.holes else ((f" {one.said}" if at else f"{one.said} "),)
            yield _departure(DROPPED, at, at, f"'{_cut(said)}' is left out.", said, fix)


def _shift(one: Shift, draft: Side, approved: Side, pairs: Sequence[Pair]) -> Departure:
    """The finding for a figure that is altered, left out or added."""
    there = draft.text[one.draft.start : one.draft.end] if one.draft else ""
    if one.draft and one.approved is None:
        return _departure(ADDED, one.draft.start, one.draft.end, f"'{there}' is not in the approved reply.")
    if one.approved is None:
        raise ValueError("a shift is of at least one figure")
    was = approved.text[one.approved.start : one.approved.end]
    sentence = approved.sentences[one.pair]
    said = _shown(approved, sentence)
    if one.draft is None:
        at = max(draft.sentences[d].end for d in pairs[one.pair].partners)
        return _departure(DROPPED, at, at, f"'{was}' is left out of '{_cut(said)}'", said)
    message = f"'{there}' stands where '{was}' was approved."
    return _departure(ALTERED, one.draft.start, one.draft.end, message, said, (was,))


def _senses(draft: Side, approved: Side, pairs: Sequence[Pair]) -> Iterator[Departure]:
    """Where sentences that stand for one another mean different things."""
    told: set[tuple[int, int]] = set()
    unsaid = [approved.sentences[pair.approved] for pair in pairs if not pair.partners]
    for pair in pairs:
        mine = [one for one in pairs if set(one.partners) & set(pair.partners)]
        olds = [approved.sentences[one.approved] for one in mine]
        news = [draft.sentences[d] for d in sorted({d for one in mine for d in one.partners})]
        if not pair.partners or any(one.free for one in olds):
            continue
        said = _shown(approved, approved.sentences[pair.approved])
        turns = (
            turned_round(olds, news, unsaid, approved.language),
            rebound(olds, news, approved.language),
            renamed(olds, news, approved, draft.text),
        )
        for turn in filter(None, turns):
            if (turn.start, turn.end) not in told:
                told.add((turn.start, turn.end))
                yield _departure(ALTERED, turn.start, turn.end, _turn_said(turn, draft, said), said)


def _turn_said(turn: Turn, draft: Side, approved: str) -> str:
    form = _SAID.get(turn.what, _SAID[""])
    return form.format(there=draft.text[turn.start : turn.end], approved=_cut(approved), word=turn.word)


def _promises(draft: Side, approved: Side) -> Iterator[Departure]:
    for turn in promises(draft, approved):
        there = _cut(draft.text[turn.start : turn.end])
        message = f"'{there}' promises what the approved reply does not ('{turn.word}')."
        yield _departure(ADDED, turn.start, turn.end, message)
