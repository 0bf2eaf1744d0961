"""Regular expressions from rule files: compiled once, searched with a time limit, joined without being joined.

An `Alternation` finds what the pattern `a|b|c` would find, but searches only the alternatives whose literals
stand in the text, and plain texts not at all: the automaton has already found them.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from heapq import heapify, heappop, heapreplace
from typing import Any

from cannedkit.model.rule import Hits
from cannedkit.pattern.budget import MOST_STEPS, allowed, clock, is_ours, pay
from cannedkit.pattern.dialect import translated
from cannedkit.pattern.hits import Match, beginnings, behind, is_boundary, is_dense, opened, openings
from cannedkit.pattern.kept import kept, made, repeated
from cannedkit.pattern.marks import apart, is_odd
from cannedkit.pattern.required import Required
from cannedkit.pattern.size import spelled_out, steps

TIME_LIMIT = 0.25
"""Seconds of the thread's CPU time that one search may take (design, section 8)."""

SHORT = 1_000
"""Code points of a text that patterns of ours are searched in without a clock, which costs as much as many of these
searches do; our own choice."""

MAX_PATTERN = 1_000_000
"""Code points of a pattern: what a rule file may hold (design, section 8), its word lists written out."""

MAX_REPEATED, MAX_ALL_REPEATED = 20_000, 1_000_000
"""Code points that counted repetitions may add to a pattern, and to all of a run: `regex` takes 400 bytes for each."""

NAME = re.compile(r"\{([a-z][a-z_]*)\}")
"""A hole in a pattern: the name of a list of words that the rule gives once."""

_IGNORES_CASE = re.compile(r"\(\?[a-zA-Z]*i")
"""A flag such as `(?i)` or `(?i:`, for all of a pattern or part of it; seen where there is none, it costs only time."""

_RECURSION = re.compile(r"(?<!\\)(?:\\\\)*(\(\?(?:R|[0-9]+|&\w*|P>\w*)\))")
"""A call of the whole pattern or of a group, by number or name, whose bracket no backslash makes plain."""


class PatternError(ValueError):
    """A regular expression that does not compile; the message says what is wrong and where in it."""


VALE, OWN, BACKWARDS = "vale", "own", "backwards"
"""Syntaxes of a pattern: Vale's, that of `regex` itself, and that of `regex`, matched from its end to its beginning."""


@lru_cache(maxsize=4_096)
def compiled(source: str, ignorecase: bool, multiline: bool = True, syntax: str = VALE) -> Any:
    """A pattern compiled by `regex`; in this run, or in an earlier one: the one place where any from a file is.

    `multiline`: whether `^` and `$` match at lines; `syntax` is one of VALE, OWN, BACKWARDS. Raises PatternError.
    """
    key = (source, ignorecase, multiline, syntax)
    if (found := kept().get(key)) is not None:
        return found.value()
    made()[key] = _compiled(source, ignorecase, multiline, syntax)
    return made()[key]


def _compiled(source: str, ignorecase: bool, multiline: bool, syntax: str) -> Any:
    import regex

    if len(source) > MAX_PATTERN:
        raise PatternError(
            f"a regular expression may hold {MAX_PATTERN:,} characters, not {len(source):,}: write several"
        )
    refuse_recursion(source)
    _refuse_large(source)
    try:
        flags = regex.MULTILINE if multiline or syntax == VALE else 0
        flags |= (regex.IGNORECASE if ignorecase else 0) | (regex.REVERSE if syntax == BACKWARDS else 0)
        return regex.compile(translated(source, multiline, ignorecase) if syntax == VALE else source, flags)
    except regex.error as error:
        raise PatternError(f"{error}, in the regular expression {source!r}") from None
    except (RecursionError, OverflowError, ValueError, MemoryError):
        raise PatternError(f"the regular expression {source[:60]!r} is too deeply nested or too large") from None


def _refuse_large(source: str) -> None:
    """Raises PatternError for a pattern whose repetitions would fill the memory, alone or with those before it."""
    added = max(spelled_out(source) - len(source), 0)
    if added > MAX_REPEATED or added + sum(repeated().values()) > MAX_ALL_REPEATED:
        most, of = (MAX_REPEATED, "one pattern") if added > MAX_REPEATED else (MAX_ALL_REPEATED, "all of a run")
        raise PatternError(
            f"its repetitions written out would add {added:,} characters, of at most {most:,} for {of}: "
            f"repeat less, in the regular expression {source[:60]!r}"
        )
    if added:
        repeated()[source] = added


def refuse_recursion(source: str) -> None:
    """Raises PatternError for a pattern that calls itself or one of its groups: no time limit stops it."""
    if called := _RECURSION.search(source):
        raise PatternError(
            f"{called[1]} runs a part of the pattern within itself, which no time limit stops: write that part out "
            f"(as plain text it is {re.escape(called[1])}), in the regular expression {source[:60]!r}"
        )


def checked(source: str, ignorecase: bool, known: Mapping[str, Required] | None = None) -> bool:
    """Whether the reader of literals understands a pattern, so that it compiles. Raises PatternError if it does not.

    `known` holds the literals of patterns that were read before.
    """
    if not (understood := _read(source, known).understood):
        compiled(source, ignorecase)
    return understood


def _read(source: str, known: Mapping[str, Required] | None = None) -> Required:
    from cannedkit.pattern.literals import required  # a linter that was kept has read its patterns

    return (known or {}).get(source) or required(source)


def joined(sources: Sequence[str], *, ignorecase: bool, word: bool, known: Mapping[str, Required] | None = None) -> str:
    """One pattern for any of some, as `wrapped` makes it, compiled only where that can fail. Raises PatternError."""
    understood = [checked(source, ignorecase, known) for source in sources]
    whole = wrapped("|".join(sources), word)
    if not all(understood):
        compiled(whole, ignorecase)
    return whole


def with_words(source: str, by_name: Mapping[str, str]) -> str:
    """A pattern with each `{name}` that is known replaced by what it stands for."""
    return NAME.sub(lambda name: by_name.get(name[1], name[0]), source)


def search(pattern: Any, text: str, start: int = 0, end: int | None = None) -> Any:
    """The first match at or behind `start` and before `end`, or None. Raises TimeoutError."""
    if len(text) <= SHORT and is_ours():
        return pattern.search(text, start, len(text) if end is None else end, False)
    return _limited(pattern, pattern.search, len(text), text, start, len(text) if end is None else end)


def first(pattern: Any, text: str, places: Callable[[], Iterable[int]]) -> Any:
    """The first match that begins at one of some places, which come in their order, or None. Raises TimeoutError."""
    if len(text) <= SHORT and is_ours():
        return _first(pattern, places, text)
    return _limited(pattern, partial(_first, pattern, places), len(text), text)


def _first(pattern: Any, places: Callable[[], Iterable[int]], text: str, timeout: float | None = None) -> Any:
    match = pattern.match
    if timeout is None:
        for place in places():
            if found := match(text, place, None, False):
                return found
        return None
    end = time.monotonic() + timeout
    return next(
        (found for place in places() if (found := match(text, place, timeout=max(end - time.monotonic(), 0.0)))), None
    )


def matched(pattern: Any, text: str, start: int = 0, end: int | None = None) -> Any:
    """The match that begins at `start` (or, of a pattern that is read backwards, at `end`), or None.

    Raises TimeoutError.
    """
    return _limited(pattern, pattern.match, 1, text, start, len(text) if end is None else end)


def fits(pattern: Any, text: str, start: int = 0, end: int | None = None) -> Any:
    """The match that is all of `text[start:end]`, or None; look-behind sees what is before. Raises TimeoutError."""
    return _limited(pattern, pattern.fullmatch, 1, text, start, len(text) if end is None else end)


def substituted(pattern: Any, fill: Callable[[Any], str], text: str) -> str:
    """`text` with what `fill` makes of each match in its place. Raises TimeoutError."""
    made: str = _limited(pattern, lambda given, **limit: pattern.sub(fill, given, **limit), len(text), text)
    return made


def _limited(pattern: Any, run: Callable[..., Any], starts: int, text: str, *given: int) -> Any:
    """What a method of a pattern gives within TIME_LIMIT: the one place where patterns that are not ours run.

    `starts` are the places that a match is looked for at. What cannot take long is not timed. One that the wall clock
    stopped before its thread had used its time is tried once more. Of a pattern that is counted (see `budget`) the time
    is paid. Raises TimeoutError.
    """
    if len(text) <= SHORT and is_ours():
        return run(text, *given)
    most = steps(pattern.pattern, len(text), starts)
    left = allowed(most if most <= MOST_STEPS else 0)
    if most <= MOST_STEPS:
        return run(text, *given)
    limit = TIME_LIMIT if left is None else min(TIME_LIMIT, left)
    began = clock()
    try:
        return run(text, *given, timeout=limit)
    except TimeoutError:
        if time.thread_time() - began < limit:
            return run(text, *given, timeout=limit * 4)
        raise
    finally:
        if left is not None:
            pay()


def each(pattern: Any, text: str) -> Iterator[Any]:
    """The matches of `pattern` in `text`, left to right without overlap, empty ones left out. Raises TimeoutError."""
    at = 0
    while at <= len(text) and (match := search(pattern, text, at)):
        if match.end() > match.start():
            yield match
        at = max(match.end(), match.start() + 1)


def every(pattern: Any, text: str) -> list[Any]:
    """All matches of `pattern` in `text`, empty ones too. Raises TimeoutError."""
    if text.isascii() and (run := _run_of(pattern)) and len(text) <= SHORT:
        return list(run.finditer(text))
    found: list[Any] = _limited(
        pattern, lambda *given, **limit: list(pattern.finditer(*given, **limit)), len(text), text
    )
    return found


_RUN = re.compile(r"(?:\\b)?\(?(?:\(\?-i:)?\[\^?(?:[^\]\[\\^&|~-]|\w-\w|\\[tnfr])+\]\)?\+\)?(?:\\b)?", re.ASCII)
"""A pattern of what many rules count or compare: runs of some characters, such as words."""


@lru_cache(maxsize=256)
def _run_of(pattern: Any) -> re.Pattern[str] | None:
    """A pattern of runs for Python's own engine, which finds many matches three times as soon; None for another."""
    if not _RUN.fullmatch(pattern.pattern) or pattern.pattern.count("(") != pattern.pattern.count(")"):
        return None
    return re.compile(pattern.pattern, re.IGNORECASE if pattern.flags & re.IGNORECASE else 0)


@dataclass(frozen=True)
class Alternation:
    """The alternatives of one rule, in the order in which they are tried at one place.

    `word`: each must stand between word boundaries. `needs` are the literals of each, in the same order, `always`
    the indices of those without, `caseless` of those that set `(?i)` for some part of themselves, `beyond` of those
    without that match in no text of ASCII alone, `odd` in none without odd characters (see `marks`). `literals` are
    those of `needs` with their marks, for `Check.literals`.
    """

    tokens: tuple[str, ...]
    ignorecase: bool
    word: bool
    needs: tuple[Required, ...]
    always: tuple[int, ...]
    caseless: frozenset[int]
    beyond: frozenset[int]
    literals: tuple[tuple[str, ...], ...] = ()
    odd: frozenset[int] = frozenset()

    @property
    def without(self) -> str:
        """What a text needs that holds no literal, for `Check.without`; "" where some alternative needs nothing."""
        needs = {"odd characters": self.odd, "more than ASCII": self.beyond}
        return next((name for name, indices in needs.items() if indices.issuperset(self.always)), "")

    @property
    def also(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Of each alternative the sets of texts of which one must stand in a text, too, for `Check.also`."""
        return tuple(need.also for need in self.needs)

    def find(self, text: str, hits: Hits, counts: Callable[[Match], bool] = lambda match: True) -> Iterator[Match]:
        """What `a|b|c` would match in `text`, left to right, without overlap. Raises TimeoutError.

        A match that does not count hides none that begins in its midst, or where it does.
        """
        heap = [found for index in self.alive(text, hits) if (found := self.next(index, text, hits))]
        heapify(heap)
        end = 0
        while heap:
            start, index, stop, groups = heap[0]
            if start >= end and stop > start and counts(match := Match(start, stop, index, groups)):
                yield match
                end = stop
            following = self.next(index, text, hits, max(end, start + 1))
            if following:
                heapreplace(heap, following)
            else:
                heappop(heap)

    def alive(self, text: str, hits: Hits) -> Iterator[int]:
        """The alternatives that can match: all that they need stands in the text, in the right case."""
        idle = self.beyond if self.beyond and text.isascii() else self.odd if self.odd and not is_odd(text) else ()
        yield from (index for index in self.always if index not in idle)
        for index, places in hits.items():
            need = self.needs[index]
            if not need.exact:
                cased = not self.ignorecase and index not in self.caseless
                if cased and all(text[start:end] != need.texts[rank] for start, end, rank in places):
                    continue
                if need.backwards and not is_ours() and not search(self.pattern(index, backwards=True), text):
                    continue
            yield index

    def next(self, index: int, text: str, hits: Hits, at: int = 0) -> tuple[int, int, int, Any] | None:
        """The first match of an alternative at or behind `at`: its start, the alternative, its end and its groups."""
        need = self.needs[index]
        if need.exact:
            places = hits[index]
            for number in range(bisect_left(places, (at,)), len(places)):
                start, end, rank = places[number]
                if self._stands(need.texts[rank], index, text, start, end):
                    return start, index, end, None
            return None
        if need.opens:
            lines = openings(text)
            begins = lines if need.before is None else opened(lines, hits.get(index, ()), need.before)
            match = first(self.pattern(index), text, partial(behind, begins, at)) if begins else None
        elif need.before is None or index not in hits or is_dense(len(hits[index]) * len(need.before), text):
            match = search(self.pattern(index), text, at) if at <= len(text) else None
        else:
            match = first(self.pattern(index), text, partial(beginnings, hits[index], need.before, at))
        return (match.start(), index, match.end(), match) if match else None

    def _stands(self, literal: str, index: int, text: str, start: int, end: int) -> bool:
        """Whether the plain text that folds to the same as `text[start:end]` really matches there."""
        found = text[start:end]
        if not self.ignorecase:
            if found != literal:
                return False
        elif not (found.isascii() and literal.isascii()):
            match = matched(self.pattern(index), text, start)
            return bool(match) and match.end() == end
        return not self.word or (is_boundary(text, start) and is_boundary(text, end))

    def groups(self, match: Match, text: str) -> tuple[str | None, ...]:
        """What the groups of the alternative caught in a match that `find` made in `text`."""
        caught = match.groups or search(self.pattern(match.index), text, match.start)
        found: tuple[str | None, ...] = caught.groups()
        return found

    def pattern(self, index: int, backwards: bool = False) -> Any:
        """An alternative, compiled."""
        return _compiled_token(self.tokens[index], self.word, self.ignorecase, backwards)


@lru_cache(maxsize=4_096)
def _compiled_token(token: str, word: bool, ignorecase: bool, backwards: bool) -> Any:
    source = wrapped(token, word)
    return compiled(translated(source), ignorecase, True, BACKWARDS) if backwards else compiled(source, ignorecase)


def alternation(
    tokens: Sequence[str], *, ignorecase: bool, word: bool, known: Mapping[str, Required] | None = None
) -> Alternation:
    """The alternatives, ready to search; one that has literals is compiled when they are first met.

    `known` holds the literals of patterns that were read before. Raises PatternError where one does not compile.
    """
    from cannedkit.pattern.characters import needs_more_than_ascii

    needs = tuple(_read(token, known) for token in tokens)
    if word:
        needs = tuple(_bounded(token, need) for token, need in zip(tokens, needs, strict=True))
    for token, need in zip(tokens, needs, strict=True):
        if not need.understood:
            _refuse_bad(token, word, ignorecase)
    always = tuple(index for index, need in enumerate(needs) if not need.texts)
    caseless = frozenset(index for index, token in enumerate(tokens) if "(?" in token and _IGNORES_CASE.search(token))
    heeds_case = always if not ignorecase else ()  # "ſ" is an "s" where case does not matter
    plain = frozenset(index for index in heeds_case if index not in caseless)
    odd = frozenset(index for index in plain if needs[index].odd)
    beyond = odd | frozenset(index for index in plain if needs_more_than_ascii(tokens[index]))
    literals = tuple(need.marked or need.texts for need in needs)
    return Alternation(tuple(tokens), ignorecase, word, needs, always, caseless, beyond, literals, odd)


def _bounded(token: str, need: Required) -> Required:
    """What a token needs that stands between word boundaries."""
    if need.exact:
        return replace(need, marked=tuple(map(apart, need.texts)))
    return (need.marked and _read(wrapped(token, word=True))) or need


def _refuse_bad(token: str, word: bool, ignorecase: bool) -> None:
    """Raises PatternError for a token that does not compile, about the token as it was written where that can be."""
    try:
        compiled(wrapped(token, word), ignorecase)
    except PatternError:
        compiled(token, ignorecase)
        raise


def wrapped(token: str, word: bool) -> str:
    """The token as Vale wraps it: between word boundaries, or alone."""
    return rf"\b(?:{token})\b" if word else f"(?:{token})"
