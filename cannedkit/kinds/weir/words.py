"""Expressions of Weir that hold nothing but words, as regular expressions: they need no parts of speech, so no Harper.

An expression of words, alternatives, groups and filters means the same to both; what asks for a part of speech, all
forms of a word, any token or a token that is not something is left to Harper. Each expression costs Harper about 10
microseconds in a draft of 60 words; here one whose words are not in the draft costs nothing. A class of our own word
lists (SINGULAR, BASE, ...) stands for any word of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import count
from typing import Any

from cannedkit.pattern.alternation import OWN, compiled, matched, search
from cannedkit.pattern.budget import is_counted
from cannedkit.text.common import common
from cannedkit.words.inflection import WORD_CLASSES, words_of

PARTS_OF_SPEECH = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X PROG".split()
)
"""What Harper knows as a part of speech: the universal tags, and PROG for a verb in -ing."""

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\s+|.", re.DOTALL)
"""A word, white space or a mark of an expression."""

COMMON_COST = 20
"""How many rare words a frequent one weighs as much as: a literal is the better the fewer texts hold it."""

REACH = 100
"""Code points that a match may begin before or end behind a literal of its own; eight words take 60."""

_MARKS = frozenset("$!*@") | {"PUNCT"}
"""Parts of an expression that may stand for the mark at the end of a sentence."""

_CLOSING = {"(": ")", "[": "]", "<": ">"}
_ANY = r"[^\W\d_]+(?:['-][^\W\d_]+){0,8}"
_SPACE = r"(?<![^\S\n])[^\S\n]++"  # a run of spaces is one token: tried once, from its beginning, and whole
_BEFORE, _BEHIND = r"(?<![\w'])", r"(?!\w|'\w)"


@dataclass(frozen=True, slots=True)
class Step:
    """A compiled step: its match at a place of a text, its first between two places; and whether it has classes."""

    match: Callable[..., Any]
    search: Callable[..., Any]
    has_classes: bool


@dataclass(frozen=True)
class Words:
    """An expression of words. `steps` are patterns, each looked for in what the one before it found.

    `literals` are words of which one stands in each match; `opening`: at its beginning.
    """

    steps: tuple[str, ...]
    literals: tuple[str, ...]
    opening: bool = False

    def find(self, text: str, places: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
        """The spans of what the last step finds in `text`, which has straight apostrophes.

        `places` are where its literals stand, sorted: (start, end, which of them).
        """
        step_of, first = _foreign if is_counted() else _ours, self.steps[0]
        if self.opening:
            matches = _matches_at(step_of(first), text, [start for start, _, _ in places])
        else:
            matches = _matches(step_of(first), text, max(0, places[0][0] - REACH), places[-1][1] + REACH)
        for match in matches:
            start, end = match.span()
            for written in self.steps[1:]:  # most are compiled by no run, for the first step found nothing
                inner = _inner(step_of(written), text, start, end)
                if inner is None:
                    break
                start, end = inner.span()
            else:
                if end > start:
                    yield start, end


def _matches_at(step: Step, text: str, starts: Sequence[int]) -> Iterator[Any]:
    for start in starts:
        if (match := step.match(text, start)) and _holds(match):
            yield match


def _matches(step: Step, text: str, start: int, end: int) -> Iterator[Any]:
    """The matches of a step in which each word that stands for a class is of it."""
    while match := step.search(text, start, end):
        if _holds(match):
            yield match
            start = max(match.end(), match.start() + 1)
        else:
            start = match.start() + 1


def _inner(step: Step, text: str, start: int, end: int) -> Any:
    """The match of a step within a match: the first; with a class, which many words are of, rather that at the end."""
    found = list(_matches(step, text, start, end))
    if step.has_classes:
        found.sort(key=lambda match: match.end() != end)
    return found[0] if found else None


def _holds(match: Any) -> bool:
    """Whether each word that stands for a class is of it."""
    return all(word is None or _is_of(word, name) for name, word in match.groupdict().items())


def _is_of(word: str, name: str) -> bool:
    """Whether a word is of one of the classes that the name of its group lists: SINGULAR_MASS_0."""
    return any(word.casefold() in words_of(each) for each in name.split("_")[:-1])


@lru_cache(maxsize=4_096)
def _ours(written: str) -> Step:
    """A step of a rule of ours: `re` looks at no more of a text than it must, which `regex` does."""
    pattern = re.compile(written, re.IGNORECASE)
    return Step(pattern.match, pattern.search, bool(pattern.groupindex))


@lru_cache(maxsize=4_096)
def _foreign(written: str) -> Step:
    """A step of somebody else's rule, which is searched for with a limit of time."""
    pattern = compiled(written, True, False, OWN)
    return Step(partial(matched, pattern), partial(search, pattern), bool(pattern.groupindex))


def lexical(expression: str) -> Words | None:
    """An expression that is well formed as patterns over words; None where only Harper can find it."""
    parts = TOKEN.findall(expression.strip())
    if any(part in "$!*@" or part in PARTS_OF_SPEECH for part in parts):
        return None
    if parts[:1] == ["<"] and _end(parts, 0) == len(parts) - 1:
        steps = _split(parts[1:-1])
    elif "<" in parts:
        return None
    else:
        steps = [parts]
    literals = min((found for step in (steps[-1], steps[0]) if (found := _literals(step))), key=_cost, default=())
    if not literals:
        return None
    openings = _openings(steps[0])
    at_start = bool(openings) and (
        _cost(literals) >= COMMON_COST or set(literals) == {word.strip() for word in openings}
    )
    patterns = tuple(_numbered(_pattern(step)) for step in steps)
    return Words(patterns, _as_written(openings if at_start else literals), at_start)


def looked(expression: str, words: Words | None, after: str, *behind: str) -> str:
    """A regular expression for all that an expression looks at, with its conditions.

    A match begins where `after` ends, and where it ends each of those `behind` begins.
    What Harper finds in a sentence that stands for itself is told by that sentence, if not which words it finds.
    """
    if words is None and not _MARKS.isdisjoint(TOKEN.findall(expression)):
        return r".*"
    steps = words.steps if words else (r"[^\s.!?](?:[^.!?\n]*[^\s.!?])?",)
    before, rest = f"(?<=(?:{after}))" if after else "", "".join(f"(?=(?:{each}))" for each in behind)
    return "|".join(f"{before}(?:{step}){rest}" for step in steps)


def _pattern(parts: Sequence[str]) -> str:
    """A sequence as a regular expression; of alternatives the longest is tried first, as Weir does."""
    made = ""
    at = 0
    while at < len(parts):
        part = parts[at]
        if part in _CLOSING:
            end = _end(parts, at)
            inside = parts[at + 1 : end]
            if part == "[":
                made += _choice(_split(inside))
            else:
                made += _pattern(inside)
            at = end
        elif part.isspace():
            made += _SPACE
        else:
            made += _word(part) if part[0].isalpha() else re.escape(part)
        at += 1
    return made


def _word(part: str) -> str:
    """A word as a regular expression; a class as any word, in a group that bears its name."""
    return f"{_BEFORE}{f'(?P<{part}>{_ANY})' if part in WORD_CLASSES else re.escape(part)}{_BEHIND}"


def _numbered(written: str) -> str:
    """A regular expression in which each group of a class has a name of its own: SINGULAR_0, BASE_1."""
    numbers = count()
    return re.sub(r"\(\?P<(\w+)>", lambda group: f"(?P<{group[1]}_{next(numbers)}>", written)


def _choice(items: Sequence[list[str]]) -> str:
    """A list as a regular expression: words that begin it share their bounds, so that few places are tried in full.

    Classes come last: what any word may be would keep the words of the list from being tried.
    """
    classes = [item[0] for item in items if len(item) == 1 and item[0] in WORD_CLASSES]
    plain = sorted((item[0] for item in items if _is_word(item)), key=len, reverse=True)
    others = [_pattern(item) for item in items if not _is_word(item) and item not in [[each] for each in classes]]
    choices = sorted(others, key=len, reverse=True)
    if plain:
        choices.append(f"{_BEFORE}(?:{'|'.join(map(re.escape, plain))}){_BEHIND}")
    if classes:
        choices.append(f"{_BEFORE}(?P<{'_'.join(classes)}>{_ANY}){_BEHIND}")
    if choices and all(choice.startswith(_BEFORE) for choice in choices):
        return f"{_BEFORE}(?:{'|'.join(choice.removeprefix(_BEFORE) for choice in choices)})"
    return f"(?:{'|'.join(choices)})"


def _is_word(item: Sequence[str]) -> bool:
    return len(item) == 1 and item[0][0].isalpha() and item[0] not in WORD_CLASSES


def _literals(parts: Sequence[str]) -> tuple[str, ...]:
    """The fewest words of which one stands wherever a sequence matches; () where there are none."""
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(parts):
        end = _end(parts, at) if parts[at] in _CLOSING else at
        inside = parts[at + 1 : end]
        if parts[at] == "[":
            each = [_literals(choice) for choice in _split(inside)]
            if all(each):
                found.append(tuple(word for choice in each for word in choice))
        elif parts[at] == "(":
            found.append(_literals(inside))
        elif parts[at][0].isalpha() and parts[at] not in WORD_CLASSES:
            found.append((parts[at],))
        at = end + 1
    return min((choice for choice in found if choice), key=_cost, default=())


def _openings(parts: Sequence[str]) -> tuple[str, ...]:
    """What one must open whatever a sequence matches: words, with the space behind them where there must be one.

    () where any word may open it. The space keeps "I" and "he" from being found within other words.
    """
    if not parts or parts[0] in WORD_CLASSES:
        return ()
    if parts[0] not in _CLOSING:
        spaced = parts[1:2] and parts[1].isspace()
        return (f"{parts[0]} " if spaced else parts[0],) if parts[0][0].isalpha() else ()
    end = _end(parts, 0)
    behind = parts[end + 1 : end + 2]
    items = _split(parts[1:end]) if parts[0] == "[" else [parts[1:end]]
    each = [_openings([*item, *behind]) for item in items if item]
    return tuple(dict.fromkeys(word for words in each for word in words)) if all(each) and all(items) else ()


def _cost(literals: tuple[str, ...]) -> int:
    """How often one of some words stands in a text, in no unit."""
    frequent = common("frequent")
    return sum(COMMON_COST if word in frequent else 1 for word in literals)


def _as_written(literals: tuple[str, ...]) -> tuple[str, ...]:
    """Literals with either apostrophe, and any of the spaces that agents type."""
    spaced = [
        form for word in literals for form in (word, word.replace(" ", "\N{NO-BREAK SPACE}"), word.replace(" ", "\t"))
    ]
    return tuple(dict.fromkeys(form for word in spaced for form in (word, word.replace("'", "’"))))


def _split(parts: Sequence[str]) -> list[list[str]]:
    """The items of a list, without the white space at their ends."""
    items: list[list[str]] = [[]]
    depth = 0
    for part in parts:
        depth += (part in _CLOSING) - (part in _CLOSING.values())
        if part == "," and depth == 0:
            items.append([])
        else:
            items[-1].append(part)
    return [_trimmed(item) for item in items]


def _trimmed(parts: list[str]) -> list[str]:
    start, end = 0, len(parts)
    while start < end and parts[start].isspace():
        start += 1
    while end > start and parts[end - 1].isspace():
        end -= 1
    return parts[start:end]


def _end(parts: Sequence[str], at: int) -> int:
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for place in range(at, len(parts)):
        depth += (parts[place] in _CLOSING) - (parts[place] in _CLOSING.values())
        if depth == 0:
            return place
    return len(parts) - 1
