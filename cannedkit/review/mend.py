"""A text and what is found in it -> the text with fixes made, in turns until nothing is left to do.

Pure over texts: `look` says what is found in one, `choose` which fix of a finding to make. A turn makes all fixes that
do not touch each other. A fix that brings a finding of its own level or a higher one, or makes a text that cannot be,
is taken back. So each turn takes findings away and adds lower ones at most: the turns come to an end, and the end
depends on nothing but the text, which is why a second run changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Failure, RuleError
from cannedkit.model.result import Change, FileFinding, Mended
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import level
from cannedkit.rules.packs import misnamed
from cannedkit.text.edits import Edit, edited, follow, net, origins, shifts, without
from cannedkit.text.places import LINE_END

Look = Callable[[str], tuple[Sequence[FileFinding], Iterable[Failure]]]
"""What is found in a text, and the checks that failed on it."""

Choose = Callable[[FileFinding, str], str | None]
"""The fix to make of a finding in a text; None for none."""

Fits = Callable[[str, list[Edit]], str]
"""Why a text, made of the first one by the edits, cannot be; "" where it can."""


_MARKUP = re.compile(r"[*_`\[\]<>\\&|~]")
"""Signs that may be markup in Markdown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fix: the safe fixes, or `all` first ones; of `rules`, packs and engines, or of any where none is named.

    `write`: the files, else what they would hold is worked out.
    """

    all: bool = False
    rules: tuple[str, ...] = ()
    write: bool = True


def wish(settings: Settings, all: bool, rules: Iterable[str] | None, write: bool = True) -> Wish:
    """What to fix. Raises RuleError for a rule, pack or engine that does not exist."""
    names = () if rules is None else tuple(rules)
    if wrong := "; ".join(filter(None, (misnamed(name, settings) for name in names))):
        raise RuleError(wrong)
    return Wish(all, names, write)


def chosen(wish: Wish, found: FileFinding) -> bool:
    """Whether the first fix of a finding is wished for: never of one that is seen with some samples only."""
    finding = found.finding
    return bool(finding.fixes) and meant(wish, finding) and not found.samples and (finding.safe or wish.all)


def meant(wish: Wish, finding: Finding) -> bool:
    """Whether a finding is of the rules that are wished for."""
    named = dict.fromkeys(wish.rules, Level.ERROR)
    return not named or any(level(source, None, named)[1] for source in (finding.rule, *finding.sources))


def crosses_markup(found: FileFinding, text: str) -> bool:
    """Whether what was found in the prose of a Markdown text has markup in it, which its fix knows nothing of."""
    return not found.finding.safe and bool(_MARKUP.search(text, found.finding.start, found.finding.end))


@dataclass(frozen=True, slots=True)
class Course:
    """How a text is mended. `length` is that of the first text; `allowed`: a person has allowed a finding."""

    length: int
    look: Look
    choose: Choose
    fits: Fits
    allowed: Callable[[FileFinding], bool]


@dataclass(frozen=True, slots=True)
class State:
    """A text under way, what is found in it, the checks that failed, and where its characters stood at first."""

    text: str
    found: tuple[FileFinding, ...]
    failures: frozenset[Failure]
    known: tuple[int, ...]


Settled = tuple[State, list[Change], list[Change]]
"""A text under way, the fixes that were made, and those that were taken back."""


def mend(
    text: str,
    look: Look,
    choose: Choose,
    fits: Fits = lambda text, edits: "",
    allowed: Callable[[FileFinding], bool] = lambda found: False,
) -> Mended:
    """The text with the chosen fixes made. Raises what `look` raises."""
    course = Course(len(text), look, choose, fits, allowed)
    state = begin(text, look)
    made: list[Change] = []
    left: list[Change] = []
    tried: list[FileFinding] = []
    while chosen := _chosen(course, state, tried):
        state, done, failed = _settled(course, state, chosen)
        made += done
        left, tried = ([], []) if done else (left + failed, tried + chosen)
    edits = net(len(text), state.text, state.known)
    return Mended(state.text, tuple(edits), tuple(made), tuple(left), state.found, tuple(sorted(state.failures)))


def begin(text: str, look: Look) -> State:
    """A text as it is, with what is found in it."""
    found, failures = look(text)
    return State(text, tuple(found), frozenset(failures), tuple(origins(text)))


def attempt(
    course: Course, state: State, changes: Sequence[tuple[FileFinding, Edit]], *, judged: bool = True
) -> State | str:
    """The text with some edits made, each for a finding of it; or why they are taken back.

    Not `judged`: they stand whatever they bring, if only the text can be.
    """
    edits = [edit for _, edit in changes]
    text, known = edited(state.text, edits), follow(state.known, edits)
    if reason := course.fits(text, net(course.length, text, known)):
        return reason
    found, failures = course.look(text)
    new = State(text, tuple(found), frozenset(failures), tuple(known))
    if not judged:
        return new
    if failed := new.failures - state.failures:
        return f"a check failed on it: {min(failed)}"
    worse = brought(state.found, [found for found, _ in changes], edits, found)
    worse = [one for one in worse if not course.allowed(one)]
    return f"it would bring {worse[0].finding.rule}: {worse[0].finding.message}" if worse else new


def edit_of(text: str, found: FileFinding, fix: str) -> Edit | None:
    """The edit that makes a fix of a finding; one that takes it out closes the gap. None where nobody is sure how."""
    finding = found.finding
    if not fix and _stands_alone(text, finding.start, finding.end):
        return without(text, finding.start, finding.end)
    ends = LINE_END.search(text)
    return finding.start, finding.end, LINE_END.sub(ends[0], fix) if ends else fix


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a span is words, or signs that touch none: what goes with the blanks and commas around it."""
    if any(character.isalnum() for character in text[start:end]):
        return True
    before, after = text[max(0, start - 1) : start].strip(), text[end : end + 1].strip()
    return not text[start:end].isspace() and not before and after in ("", *",.;:!?")


def brought(
    found: Sequence[FileFinding], fixed: Sequence[FileFinding], edits: Sequence[Edit], after: Iterable[FileFinding]
) -> list[FileFinding]:
    """Of what is found after some edits, what they brought: no lower than the fixed ones, and not there before.

    A finding was there before where one of the same rule stood around the same place, on the same channels.
    """
    least = min(one.finding.level for one in fixed)
    mended = {one.finding for one in fixed}
    shift = shifts(edits)
    before: dict[str, list[_Stood]] = defaultdict(list)
    for one in found:
        if one.finding not in mended:
            before[one.finding.rule].append((one, *shift(one.finding.start, one.finding.end)))
    new = []
    for one in after:
        stood = before[one.finding.rule]
        known = next((other for other in stood if _same(other, one)), None)
        if known:
            stood.remove(known)
        elif one.finding.level >= least:
            new.append(one)
    return new


_Stood = tuple[FileFinding, int, int]
"""A finding, and where its span stands after the edits."""


def _same(old: _Stood, new: FileFinding) -> bool:
    found, start, end = old
    first, last = new.finding.start, new.finding.end
    meet = start < last and first < end if start < end and first < last else start <= last and first <= end
    return meet and found.finding.level >= new.finding.level and set(new.channels) <= set(found.channels)


def _chosen(course: Course, state: State, tried: Sequence[FileFinding]) -> list[FileFinding]:
    """The findings to fix in one turn, from left to right, but for those `tried`: no edit touches another."""
    chosen: list[FileFinding] = []
    allowed = [found for found in state.found if course.allowed(found)]
    reached = -1
    for found in sorted(state.found, key=_order):
        edit = None if found in tried else _wanted(course, state, found)
        if edit and edit[0] > reached and not any(_touch(edit, one.finding) for one in allowed):
            chosen.append(found)
            reached = edit[1]
    return chosen


def _order(found: FileFinding) -> tuple[int, int, int, str]:
    finding = found.finding
    return finding.start, -finding.level, -finding.end, finding.rule


def _touch(edit: Edit, finding: Finding) -> bool:
    return edit[0] < finding.end and finding.start < edit[1]


def _wanted(course: Course, state: State, found: FileFinding) -> Edit | None:
    """The edit that the chosen fix of a finding asks for."""
    fix = course.choose(found, state.text)
    return None if fix is None else edit_of(state.text, found, fix)


def _settled(course: Course, state: State, chosen: Sequence[FileFinding]) -> Settled:
    """The text with the fixes of some findings made, as many as can be: all at once, else by halves."""
    changes = [(found, edit) for found in chosen if (edit := _wanted(course, state, found))]
    if not changes:
        return state, [], []
    told = [_told(course, state, found) for found, _ in changes]
    new = attempt(course, state, changes)
    if isinstance(new, State):
        return new, told, []
    if len(changes) == 1:
        return state, [], [replace(told[0], reason=new)]
    half = len(changes) // 2
    now, made, left = _settled(course, state, chosen[:half])
    later, also, others = _settled(course, now, _again(now, state, chosen[half:]))
    return later, made + also, left + others


def _again(now: State, before: State, chosen: Iterable[FileFinding]) -> list[FileFinding]:
    """Those of some findings that are still there once edits were made to the left of them all."""
    stood = {(one.finding.rule, one.finding.start, one.finding.end): one for one in now.found}
    longer = len(now.text) - len(before.text)
    places = ((one.finding.rule, one.finding.start + longer, one.finding.end + longer) for one in chosen)
    return [stood[place] for place in places if place in stood]


def _told(course: Course, state: State, found: FileFinding) -> Change:
    """A fix of a finding, at its place in the first text."""
    start, end = _at_first(state, found.finding)
    there = replace(found, finding=replace(found.finding, start=start, end=max(start, end)))
    return Change(there, course.choose(found, state.text) or "")


def _at_first(state: State, finding: Finding) -> tuple[int, int]:
    """Where a finding stood in the first text: of what stands in new text, between the old characters around it."""
    at = finding.start
    while at > 0 and state.known[at - 1] < 0:
        at -= 1
    before = state.known[at - 1] if at else -1
    inside = [at for at in state.known[finding.start : finding.end] if at >= 0]
    return (inside[0], inside[-1] + 1) if inside else (before + 1, before + 1)
