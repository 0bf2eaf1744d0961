"""What a model that reads whole sentences says of a text: the scorer `neural` of the engine `context`.

A cascade. What could have been meant (`proposals`) is asked first of the pass that reads the sentence anyway: its first
token must be likelier there than the one that is written, by a margin. What is left, and what the small model would
tell, is read as it would stand, to `BEHIND` tokens behind it; the gain in likelihood decides, with a part of what the
small model gains. The margins and gains of each group stand in `en.deep.tsv`, which `python -m scripts.contextdeep`
learns. What was found in a sentence is remembered, with the one before it, which is read as its context.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from math import inf
from pathlib import Path
from typing import NamedTuple

from cannedkit import cache
from cannedkit.engines.context import scorer, weighing
from cannedkit.engines.context.causal import CONTEXT, SENTENCE, Causal, Read, Tail
from cannedkit.engines.context.changes import Candidate
from cannedkit.engines.context.changes import shipped as changes
from cannedkit.engines.context.edits import edit, is_american
from cannedkit.engines.context.model import shipped as shipped_model
from cannedkit.engines.context.proposals import Proposed, proposals
from cannedkit.engines.context.tokens import EDGE, UNKNOWN, Token
from cannedkit.model.draft import Draft

BEHIND = 12
"""Tokens behind a change that are read with it."""

BEST, PUT_IN = 3, 2
"""Changes of a place, and words put in there, that are read as they would stand: those that gain most beforehand."""

TOLD = "told"
"""The group of what the small model would tell."""

WEIGHT, HEARD = 0.25, 4.0
"""What a nat that the small model gains counts, and how many of them, either way."""

STRETCH = 60
"""Words and marks of a sentence that are read at a time, so that the model's memory holds them."""

OPENING = "assistant\n"
"""What a draft is read behind: a model that was taught to answer knows its own messages by it."""

MOST = 20_000
"""Sentences that are remembered; our own choice, 2 MB."""

_PIECE = re.compile(r"\S+")


class Row(NamedTuple):
    """Of a group, in nats: the margins of the first token and of the small model, the gains for telling and warning."""

    margin: float
    small: float
    suggestion: float
    warning: float


class Weighed(NamedTuple):
    """A change that was read as it would stand: its group, what its first token, all of it, and the small model gain.

    In nats. Its tokens count from the first of its stretch.
    """

    group: str
    candidate: Candidate
    first: float
    gain: float
    small: float


Table = Mapping[str, Row]


@dataclass(frozen=True, eq=False)
class Deep:
    """A model, the table of what is told, and what was found in sentences."""

    model: Causal
    table: Table
    digest: str
    kept: dict[bytes, tuple[Weighed, ...]] = field(default_factory=dict)


@lru_cache(maxsize=2)
def shipped() -> tuple[Table, str]:
    """The table, and what tells it from another."""
    data = Path(__file__).with_name("en.deep.tsv").read_bytes()
    lines = (line.split("\t") for line in data.decode().splitlines() if line and not line.startswith("#"))
    table = {group: Row(*(float(each) if each != "-" else inf for each in nats)) for group, *nats in lines}
    return table, sha256(data).hexdigest()[:32]


def opened(model: Causal) -> Deep:
    """The scorer over a model, with what earlier runs found."""
    table, digest = shipped()
    small = shipped_model("en")
    made = Deep(model, table, " ".join((model.digest, digest, changes("en").digest, small.digest if small else "")))
    made.kept.update(cache.recall(*_subject(made)) or {})
    return made


def _subject(deep: Deep) -> tuple[str, Path, tuple[object, ...]]:
    return "sentences that a model read", Path(deep.model.digest), (*cache.stamp([]), deep.digest)


def hits(deep: Deep, draft: Draft, read: scorer.Reading, told: Iterable[weighing.Hit]) -> Iterator[weighing.Hit]:
    """The changes that gain enough; `told` are those that the small model would tell."""
    known = len(deep.kept)
    for looked in each_stretch(draft, read, told):
        if looked.key not in deep.kept:
            found = weighed(deep.model, looked, read, deep.table)
            deep.kept[looked.key] = tuple(one for one in found if _hit(one, deep.table, 0))
        yield from filter(None, (_hit(one, deep.table, looked.start) for one in deep.kept[looked.key]))
    if len(deep.kept) > known:
        for key in list(deep.kept)[:-MOST]:
            deep.kept.pop(key, None)
        subject, folder, mark = _subject(deep)
        cache.keep(subject, folder, mark, dict(deep.kept))


def score(gain: float, small: float) -> float:
    """The gain of both models, in nats of the big one."""
    return round(gain + WEIGHT * max(-HEARD, min(HEARD, small)), 2)


def _hit(one: Weighed, table: Table, start: int) -> weighing.Hit | None:
    row = table.get(one.group)
    if row is None or one.first < row.margin or (nats := score(one.gain, one.small)) < row.suggestion:
        return None
    first, last, meant, change = one.candidate
    told = change._replace(nats=(row.suggestion, row.warning))
    return weighing.Hit(nats - row.suggestion, nats, Candidate(first + start, last + start, meant, told))


# -- a sentence -----------------------------------------------------------------------------------


def stretches(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Where each stretch begins that stands before another, where that begins and where it ends, in tokens.

    A stretch is a sentence, or a part of one that is long; what is in another language, or no sentence, is none.
    """
    before = start = 1
    for end, token in enumerate(tokens):
        if end and (token.text == EDGE or end - start == STRETCH):
            if end - start > 1 and not weighing.is_foreign(tokens[start:end]):
                yield before, start, end
            before, start = start, end + (token.text == EDGE)


@dataclass(frozen=True)
class Looked:
    """A stretch of a draft: the draft, its tokens, where it begins and ends in them, and the text before it.

    `told` are what the small model would tell at each of its places.
    """

    draft: Draft
    tokens: Sequence[Token]
    start: int
    end: int
    before: str
    told: Sequence[Sequence[Proposed]]
    key: bytes

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the draft."""
        return self.tokens[self.start].start, self.tokens[self.end - 1].end


def each_stretch(draft: Draft, read: scorer.Reading, told: Iterable[weighing.Hit]) -> Iterator[Looked]:
    """The stretches of a draft, with what the small model would tell of each."""
    by_place: dict[int, list[Proposed]] = defaultdict(list)
    for hit in told:
        by_place[hit.candidate.start].append((TOLD, hit.candidate))
    for before, start, end in stretches(read.tokens):
        yield _looked(draft, read.tokens, before, start, end, [by_place[at] for at in range(start, end + 1)])


def _looked(
    draft: Draft, tokens: Sequence[Token], before: int, start: int, end: int, told: Sequence[Sequence[Proposed]]
) -> Looked:
    context = draft.text[tokens[before].start : tokens[start].start] if before < start else ""
    first = tokens[start].start
    own = [(one.text, one.start - first, one.end - first, one.word) for one in tokens[start - 1 : end + 1]]
    seen = (context, draft.text[first : tokens[end - 1].end], own, is_american(draft.locale))
    key = sha256(repr(seen).encode("utf-8", "surrogatepass")).digest()[:16]
    return Looked(draft, tokens, start, end, context, told, key)


@dataclass(frozen=True)
class Pieces:
    """The pieces of a text that no space parts, as tokens of a model: where each begins in the text and in them."""

    text: str
    places: Sequence[tuple[int, int]]
    starts: Sequence[int]
    tokens: tuple[int, ...]


def pieces(model: Causal, text: str) -> Pieces:
    """The pieces of a text; a space or a line break between two of them is the same."""
    places = [match.span() for match in _PIECE.finditer(text)]
    starts, tokens = [0], list[int]()
    for start, end in places:
        tokens += model.tokens(f" {text[start:end]}")
        starts.append(len(tokens))
    return Pieces(text, places, starts, tuple(tokens))


def weighed(model: Causal, looked: Looked, read: scorer.Reading, table: Table) -> Iterator[Weighed]:
    """The changes of a stretch that were read as they would stand."""
    start, end = looked.span
    written = pieces(model, looked.draft.text[start:end])
    if not 1 < len(written.tokens) <= SENTENCE:
        return
    opening = model.opening(OPENING)
    context = pieces(model, looked.before).tokens
    with model.read((*opening, *context[-CONTEXT:]), written.tokens) as passage:
        asked = list(_asked(model, looked, read, written, passage, table))
        likely = passage.logs([one.tail for one in asked])
        for one, nats in zip(asked, likely, strict=True):
            at, candidate = one.tail.at, one.candidate
            gain = nats - sum(passage.log(at + step, token) for step, token in enumerate(one.instead_of))
            moved = candidate._replace(start=candidate.start - looked.start, end=candidate.end - looked.start)
            yield Weighed(one.group, moved, round(one.first, 2), round(gain, 2), round(one.small, 2))


class Asked(NamedTuple):
    """A change that is read as it would stand, its group, and the tokens instead of which.

    `first` is what its first token gains, `small` what the small model says that it gains, in nats.
    """

    group: str
    candidate: Candidate
    first: float
    small: float
    tail: Tail
    instead_of: tuple[int, ...]


def _asked(
    model: Causal, looked: Looked, read: scorer.Reading, written: Pieces, passage: Read, table: Table
) -> Iterator[Asked]:
    """The changes of a stretch that are worth reading, those of a place that gain most at once."""
    for at in range(looked.start, looked.end):
        found: dict[object, Asked] = {}
        for group, candidate in (*looked.told[at - looked.start], *proposals(looked.tokens, at, read.model.alone)):
            if (
                group not in table
                or candidate[:3] in found
                or not (parted := _parted(model, looked, written, candidate))
            ):
                continue
            tail, old = parted
            first = passage.log(tail.at, tail.tokens[0]) - passage.log(tail.at, old[0])
            if first >= table[group].margin and (small := _small(read, candidate)) >= table[group].small:
                found[candidate[:3]] = Asked(group, candidate, first, small, tail, old)
        best = sorted(found.values(), key=_beforehand)
        put_in = [one for one in best if one.candidate.start == one.candidate.end]
        yield from [one for one in best if one not in put_in][:BEST] + put_in[:PUT_IN]


def _beforehand(one: Asked) -> tuple[bool, float]:
    return one.group != TOLD, -one.first - max(-HEARD, min(HEARD, one.small))


def _small(read: scorer.Reading, candidate: Candidate) -> float:
    """What the small model says that a change gains (nats)."""
    meant = [read.model.word(word if read.model.knows(word) else UNKNOWN) for word in candidate.meant]
    return scorer.gain(read, candidate.start, candidate.end, meant)


def _parted(
    model: Causal, looked: Looked, written: Pieces, candidate: Candidate
) -> tuple[Tail, tuple[int, ...]] | None:
    """What stands in place of which tokens, from where the two part to `BEHIND` tokens on; None where nothing does."""
    change = edit(looked.draft, looked.tokens, candidate)
    start, end = change.start - looked.span[0], change.end - looked.span[0]
    places = written.places
    first = max(0, bisect_right(places, (start, len(written.text) + 1)) - 1)
    last = max(first, bisect_left(places, (max(end, start + 1),)) - 1)
    if start < 0 or end > len(written.text):
        return None
    left, right = places[first][0], places[last][1]
    text = written.text[left:start] + change.fix + written.text[end:right]
    made = pieces(model, text).tokens
    begun, ended = written.starts[first], written.starts[last + 1]
    old = written.tokens[begun:ended]
    same = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(made, old, strict=False)))
    behind = written.tokens[ended : ended + BEHIND]
    tail, instead = made[same:] + behind, old[same:] + behind
    if not (tail and instead) or tail == instead:
        return None
    return Tail(begun + same, tail), instead
