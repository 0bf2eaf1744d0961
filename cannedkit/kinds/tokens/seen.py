"""What spaCy sees in a text: its words, which conditions each meets, and what each hangs on."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cannedkit.kinds.tokens.kin import Kin, kin
from cannedkit.kinds.tokens.patterns import FUZZY, Word
from cannedkit.pattern.alternation import TIME_LIMIT, compiled, search
from cannedkit.pattern.budget import OURS, counted
from cannedkit.words.pipelines import Pipeline

_READ: Mapping[str, str] = {
    "DEP": "dep_",
    "LEMMA": "lemma_",
    "LOWER": "lower_",
    "ORTH": "text",
    "POS": "pos_",
    "SENT_START": "is_sent_start",
    "TAG": "tag_",
}
"""Attribute -> what a token of spaCy calls it; those that are not here are called by their names in small letters."""

_EXPRESSION = "\0"  # before what spaCy takes for the text of a FUZZY condition, and is a regular expression


Plain = Mapping[str, tuple[frozenset[object] | None, frozenset[object]]]
"""Attribute -> the values of which a word must have one (None: any), and those that it must not have."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a text: where each starts and ends, in code points, and which meet which conditions.

    `slow` are the regular expressions that ran out of time; `kin` says what hangs on what, where a pipeline told.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    meets: Mapping[str, frozenset[int]]
    slow: frozenset[str]
    kin: Kin | None = None


@dataclass(frozen=True, slots=True)
class _Searches:
    """Regular expressions on the words of one text: the time each has taken, and what it found in which word.

    `patterns` are those expressions, compiled.
    """

    spent: dict[str, float] = field(default_factory=dict)
    known: dict[tuple[str, str], bool] = field(default_factory=dict)
    patterns: dict[str, Any] = field(default_factory=dict)

    def fits(self, word: str, wanted: str, slips: int) -> bool:
        """What spaCy asks of a FUZZY condition: whether a word is near enough, or matches an expression."""
        if not wanted.startswith(_EXPRESSION):
            from spacy.matcher.levenshtein import levenshtein_compare

            return bool(levenshtein_compare(word, wanted, slips))
        if (word, wanted) not in self.known:
            self.known[word, wanted] = self._search(word, wanted.removeprefix(_EXPRESSION))
        return self.known[word, wanted]

    def _search(self, word: str, expression: str) -> bool:
        if self.spent.get(expression, 0.0) >= TIME_LIMIT:
            return False
        if expression not in self.patterns:
            with counted(OURS):  # one of thousands of words takes long to compile, and that is no search
                self.patterns[expression] = compiled(expression, False)
        began = time.thread_time()
        try:
            return search(self.patterns[expression], word) is not None
        except TimeoutError:
            self.spent[expression] = TIME_LIMIT
            return False
        finally:
            self.spent[expression] = self.spent.get(expression, 0.0) + time.thread_time() - began

    def slow(self) -> frozenset[str]:
        """The expressions that ran out of time."""
        return frozenset(expression for expression, seconds in self.spent.items() if seconds >= TIME_LIMIT)

    def clear(self) -> None:
        """Forget the text."""
        self.spent.clear()
        self.known.clear()


@dataclass(frozen=True)
class Runner:
    """All conditions of the rules, by key, tried on each word of a text in one pass.

    `needs` are the attributes among them that a pipeline sets. A thread remembers the text before: each rule asks for
    itself.
    """

    conditions: Mapping[str, Mapping[str, Any]]
    needs: frozenset[str] = frozenset()
    plain: Mapping[str, Plain] = field(init=False)
    _matchers: dict[Pipeline, tuple[Any, _Searches]] = field(default_factory=dict, repr=False, compare=False)
    _thread: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def __post_init__(self) -> None:
        plain = {key: _plain(found) for key, found in self.conditions.items() if _is_plain(found)}
        object.__setattr__(self, "plain", plain)

    def seen(self, text: str, pipeline: Pipeline) -> Seen:
        """The words of a text. Raises EngineError where spaCy does not load."""
        kept = self._thread.__dict__
        if kept.get("text") != text:
            kept.update(text=text, seen={})
        known: dict[Pipeline, Seen] = kept["seen"]
        if pipeline not in known:
            with pipeline.lock:
                matcher, searches = self._matcher(pipeline)
                known[pipeline] = pipeline.reading(
                    lambda nlp: text, self.needs, lambda doc: _seen(doc, matcher, searches, self.plain)
                )
        return known[pipeline]

    def _matcher(self, pipeline: Pipeline) -> tuple[Any, _Searches]:
        if pipeline not in self._matchers:
            vocab = pipeline.nlp.vocab  # spaCy is loaded there, where nobody pays for it
            from spacy.matcher import Matcher

            searches = _Searches()
            matcher = Matcher(vocab, validate=False, fuzzy_compare=searches.fits)
            for key, conditions in self.conditions.items():
                if not _is_plain(conditions):
                    matcher.add(key, [[_prepared(conditions)]])
            self._matchers[pipeline] = (matcher, searches)
        return self._matchers[pipeline]


def _seen(doc: Any, matcher: Any, searches: _Searches, plain: Mapping[str, Plain]) -> Seen:
    searches.clear()
    meets: dict[int, set[int]] = {}
    for key, start, _ in matcher(doc, allow_missing=True) if len(matcher) else ():
        meets.setdefault(key, set()).add(start)
    named = {doc.vocab.strings[key]: frozenset(found) for key, found in meets.items()}
    named |= _plainly(doc, plain)
    places = [(token.idx, token.idx + len(token)) for token in doc]
    own = kin(doc) if doc.has_annotation("DEP") else None
    return Seen([start for start, _ in places], [end for _, end in places], named, searches.slow(), own)


def _is_plain(conditions: Mapping[str, Any]) -> bool:
    """Whether conditions ask for texts as they are, or for flags that are set: these need no Matcher."""
    return all(
        value is True and name != "SPACY"
        if isinstance(value, bool)
        else name in _READ and (isinstance(value, str) or value.keys() <= {"IN", "NOT_IN"})
        for name, value in conditions.items()
    )


def _plain(conditions: Mapping[str, Any]) -> Plain:
    made: dict[str, tuple[frozenset[object] | None, frozenset[object]]] = {}
    for name, value in conditions.items():
        if isinstance(value, dict):
            wanted = frozenset(value["IN"]) if "IN" in value else None
            made[name] = (wanted, frozenset(value.get("NOT_IN", ())))
        else:
            made[name] = (frozenset({value}), frozenset())
    return made


def _plainly(doc: Any, asked: Mapping[str, Plain]) -> dict[str, frozenset[int]]:
    """Key of plain conditions -> the words that meet them, each attribute of each word read once."""
    tokens = list(doc)
    every = frozenset(range(len(tokens)))
    index: dict[str, dict[object, set[int]]] = {}
    for name in {name for conditions in asked.values() for name in conditions}:
        own = index[name] = {}
        for number, token in enumerate(tokens):
            own.setdefault(getattr(token, _READ.get(name) or name.lower()), set()).add(number)
    found = {}
    for key, conditions in asked.items():
        words = every
        for name, (wanted, unwanted) in conditions.items():
            own = index[name]
            values = (own.keys() if wanted is None else own.keys() & wanted) - unwanted
            words &= {number for one in values for number in own[one]}
        if words:
            found[key] = words
    return found


def key_of(word: Word) -> str:
    """What two words of patterns have in common that ask for the same."""
    return json.dumps(word.conditions, sort_keys=True)


def _prepared(conditions: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions for spaCy, whose own regular expressions know no time limit: ours are asked by way of FUZZY."""
    made = dict(conditions)
    for name, value in conditions.items():
        if isinstance(value, dict) and "REGEX" in value:
            found = value["REGEX"]
            marked = (
                {key: [_EXPRESSION + one for one in listed] for key, listed in found.items()}
                if isinstance(found, dict)
                else _EXPRESSION + found
            )
            free = next(fuzzy for fuzzy in FUZZY if fuzzy not in value)
            made[name] = {key: one for key, one in value.items() if key != "REGEX"} | {free: marked}
    return made


def expressions(conditions: Mapping[str, Any]) -> Iterator[str]:
    """The regular expressions among some conditions."""
    for value in conditions.values():
        found = value.get("REGEX") if isinstance(value, dict) else None
        if isinstance(found, dict):
            for listed in found.values():
                yield from listed
        elif found is not None:
            yield found
