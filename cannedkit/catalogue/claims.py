"""What texts claim in figures: how long something takes, what it costs, when it is open; each with the words around it.

A claim is about the clause that it stands in. Which words make a figure no claim ("10 days ago", "over €50") is data
of the rule that asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cannedkit.text.common import lists
from cannedkit.words.calendar import spelled, units, weekdays
from cannedkit.words.figures import Figure

KINDS = ("duration", "money", "percent", "number", "time")
"""The kinds of figures that claims are made of. Times in a range ("8am to 8pm") are one claim of the kind hours."""

LENGTH_OF_STEM = 6
"""Letters that are left of a word to compare it: enough to tell it from others, too few for endings; our own choice."""

MOST_TIMES = 30
"""How many times as long as another a duration may be and still be said of the same thing: days to a month."""

_CLAUSE = re.compile(r"[.!?…:](?=\s|$)|[,;\n()•]|\s[–—-]\s")
_SENTENCE = re.compile(r"[.!?…](?=\s|$)|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BETWEEN = re.compile(r"\s*(?:[-–—]|[^\W\d_]{1,5})\s*")


@dataclass(frozen=True, slots=True)
class Claim:
    """`plain[start:end)` claims values of a kind; `stems` are those of the words of its clause that say what of.

    `heads` are those of them with an article or the like before them.
    """

    start: int
    end: int
    kind: str
    values: tuple[object, ...]
    unit: str
    stems: frozenset[str]
    heads: frozenset[str] = frozenset()

    def contradicts(self, other: Claim) -> bool:
        """Whether both cannot be true of one thing. Ranges of amounts that meet do not; hours must be the same."""
        if (self.kind, self.unit) != (other.kind, other.unit) or len(self.stems) == 0:
            return False
        if self.kind in ("hours", "time"):
            return self.values != other.values
        (mine, most), (theirs, most_there) = _ends(self.values), _ends(other.values)
        apart = most < theirs or most_there < mine
        return apart and (self.kind != "duration" or max(most, most_there) <= MOST_TIMES * min(mine, theirs))


@dataclass(frozen=True)
class Cues:
    """Words around a figure, in lower case: those `before` and `after` it that make it no claim.

    `costs`: of these one stands beside a price; hours are never silenced ("open from 8am"). `frames` and `verbs` say
    how a claim is made, and nothing of what it is about; that stands before one of the `verbs`, or behind an article.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def claims(plain: str, locale: str, found: Sequence[Figure], cues: Cues) -> Iterator[Claim]:
    """The claims of a plain text, whose figures are `found`, in order."""
    groups = _groups(plain, found)
    if not groups:
        return
    spans = [(group[0].start, group[-1].end) for group in groups]
    clauses, sentences = (_edges(pattern, plain, spans) for pattern in (_CLAUSE, _SENTENCE))
    costs, silent = _stems_of(cues.costs), _stems_of((*cues.costs, *cues.frames, *cues.verbs))
    for group, (start, end) in zip(groups, spans, strict=True):
        left, right = _around(clauses, start, end)
        first = group[0]
        if first.kind != "time" and _silenced(plain[left:start], plain[end:right], cues):
            continue
        said = stems(f"{plain[left:start]} {plain[end:right]}", locale)
        if first.kind == "money" and said.isdisjoint(costs):
            continue
        opened, closed = _around(sentences, start, end)
        kind = "hours" if first.kind == "time" and len(group) > 1 else first.kind
        unit = first.unit if first.kind == "money" else ""
        about = (said | _weekdays(plain[opened:closed], locale)) - silent
        heads = _heads(plain[left:right], cues) & about
        yield Claim(start, end, kind, tuple(one.value for one in group), unit, about, heads)


def stems(text: str, locale: str) -> frozenset[str]:
    """The stems of the words of a text that say what it is about: without little words, numbers and units of time."""
    language = locale.partition("-")[0]
    little = lists().get(f"little.{language}", frozenset())
    known = (little, units(language), spelled(language), weekdays(language))
    words = (word.lower().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(stem(word) for word in words if not any(word in each for each in known))


def stem(word: str) -> str:
    """What is left of a word to compare it by: without hyphens, a plural's s, and the letters behind the sixth."""
    bare = word.lower().replace("-", "").partition("'")[0]
    return (bare[:-1] if bare.endswith("s") and len(bare) > 3 else bare)[:LENGTH_OF_STEM]


def _heads(clause: str, cues: Cues) -> frozenset[str]:
    """The stems of the two words behind each article of a clause ("your last bill"), and before a verb of a claim."""
    words = _WORD.findall(clause.lower())
    behind = [word for at, one in enumerate(words) if one in cues.articles for word in words[at + 1 : at + 3]]
    before = [words[at - 1] for at, one in enumerate(words) if at and one in cues.verbs]
    return frozenset(map(stem, (*behind, *before)))


@lru_cache(maxsize=16)
def _stems_of(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(stem, words))


def _weekdays(text: str, locale: str) -> frozenset[str]:
    known = weekdays(locale.partition("-")[0])
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word in known or word.rstrip("s") in known)


def _groups(plain: str, found: Iterable[Figure]) -> list[list[Figure]]:
    """The figures that claims are made of; the two ends of a range stand together."""
    groups: list[list[Figure]] = []
    for one in found:
        if one.kind not in KINDS:
            continue
        last = groups[-1][-1] if groups else None
        joins = last and last.kind == one.kind in ("time", "duration") and len(groups[-1]) == 1
        if joins and last and _BETWEEN.fullmatch(plain, last.end, one.start):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _edges(pattern: re.Pattern[str], plain: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Where the parts of a text end, but for marks within one of some spans: a dash between two hours parts nothing."""
    inner = (one.end() for one in pattern.finditer(plain) if not any(s < one.end() < e for s, e in spans))
    return [0, *inner, len(plain)]


def _around(edges: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return max(edge for edge in edges if edge <= start), min(edge for edge in edges if edge >= end)


def _silenced(left: str, right: str, cues: Cues) -> bool:
    """Whether a word before or behind the figure says that it claims nothing."""
    before, after = (_WORD.findall(side.lower()) for side in (left, right))
    return any(before[-len(words) :] == words for one in cues.before if (words := one.split())) or any(
        after[: len(words)] == words for one in cues.after if (words := one.split())
    )


def _ends(values: Sequence[object]) -> tuple[float, float]:
    """The least and the most of some amounts."""
    numbers = [float(str(value)) for value in values]
    return min(numbers), max(numbers)
