"""`clash`: two replies answer to the same words: a customer's message that should find it, or what an agent types.

`of` is `examples` or `shortcuts`. Words are the same whatever their case, accents, spaces and marks. Examples may be
shared by replies for different moods, channels, or facts that must be known. The message gets the words, and the
other reply's id.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_record, place_of
from cannedkit.catalogue.reading import Reading
from cannedkit.model.errors import RuleError
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Options:
    """What must be different."""

    of: str


@dataclass(frozen=True, slots=True)
class _Holder:
    """A response that some words find, and under which of its keys they stand."""

    id: str
    key: str
    mood: str
    requires: frozenset[str]
    channels: tuple[str, ...]


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"of": _of})
    if not values.get("of"):
        raise RuleError([problem(rule, "of", f"a clash rule needs `of`: {' or '.join(_TYPED)}")])
    return Options(**values)


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule, rule.options.of) for rule in rules]


def _check(rule: Rule, of: str) -> WholeCheck:
    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        often = _often(reading, of)
        holders: dict[str, list[_Holder]] = defaultdict(list)
        for response in reading.responses:
            for key, locale, words in _TYPED[of](response):
                typed = bare(words)
                if hash(typed) not in often:
                    continue
                mine = _Holder(response.id, key, response.mood, frozenset(response.requires), response.channels)
                twin = next((one for one in holders[typed] if _meet(of, mine, one)), None) if typed else None
                if twin:
                    other = reading.catalogue.responses[twin.id]
                    message = said(rule.message, words, twin.id)
                    yield in_record(rule, response, key, message, locale=locale, related=[place_of(other, twin.key)])
                holders[typed].append(mine)

    return WholeCheck(rule, run)


def _often(reading: Reading, of: str) -> set[int]:
    """The hashes of what is typed more than once; of what is typed once nothing need be held."""
    once: set[int] = set()
    again: set[int] = set()
    for response in reading.responses:
        for _, _, words in _TYPED[of](response):
            (again if (typed := hash(bare(words))) in once else once).add(typed)
    return again


def bare(words: str) -> str:
    """What is left of words without case, accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return _MARKS.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _meet(of: str, one: _Holder, other: _Holder) -> bool:
    """Whether nothing but the words tells when one reply is meant, and when the other."""
    if one.id == other.id:
        return False
    return of == "shortcuts" or (
        one.mood == other.mood and one.requires == other.requires and not set(one.channels).isdisjoint(other.channels)
    )


def _examples(response: Response) -> Iterator[tuple[str, str, str]]:
    for locale, found in response.examples.items():
        key = f"examples.{locale}" if locale else "examples"
        yield from ((f"{key}.{number}", locale, words) for number, words in enumerate(found, start=1))


def _shortcuts(response: Response) -> Iterator[tuple[str, str, str]]:
    if response.shortcut:
        yield "shortcut", "", response.shortcut


_TYPED: Mapping[str, Callable[[Response], Iterator[tuple[str, str, str]]]] = {
    "examples": _examples,
    "shortcuts": _shortcuts,
}
"""What is typed to find a reply -> its key in the record, its locale, and the words, of each."""


def _of(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in _TYPED}, problems, "")
