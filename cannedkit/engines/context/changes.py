"""What could have been meant instead of what is written: the changes that the table of a language names.

A row of `en.changes.tsv` has the sort of a mistake, what is written, what is meant, and the gain in nats from which
on the change is a suggestion, and a warning. Nothing written: the words are put in; nothing meant: they are
taken out. A word in capitals is a class: `BASE` to `THIRD` makes "need" to "needs", `HAVE BASE` to `HAVE PARTICIPLE`
"go" to "gone" behind "have" and the like. `python -m scripts.contextchanges`
writes the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cannedkit.engines.context.tokens import EDGE, NUMBER, Token
from cannedkit.words.inflection import FORMS, changed, plural, singular, words_of

NEVER = 99.0
"""A gain that no change has."""


VERBS = frozenset(form.upper() for form in FORMS)
"""The classes that are forms of a verb."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEHIND: Mapping[str, frozenset[str]] = {
    "HAVE": _words(
        "have has had having haven't hasn't hadn't i've you've we've they've i'd you'd we'd they'd he'd she'd could've "
        "should've would've"
    ),
    "BE": _words(
        "be is are was were been being am isn't aren't wasn't weren't i'm you're we're they're it's get gets got"
    ),
    "DO": _words(
        "to do does did don't doesn't didn't will would can could shall should may might must won't wouldn't can't "
        "cannot couldn't shouldn't mustn't i'll you'll we'll they'll he'll she'll it'll please let's"
    ),
}
"""Class -> the English words behind which a verb has one form alone."""

BETWEEN = _words(
    "not never also already just now only always ever still soon really i you we they he she it been be recently"
)
"""Words that may stand between such a word and its verb."""


OPENING = _words("be have been")
"""Words that are not missing behind the first word of a sentence: "Can one of them call?" asks."""

TO_DO = _words("do does did is was")
"""Words behind which no "to" is missing: "all you need to do is ask"."""


OWNERS = _words("i we you they")
"""Words behind which "have" may end a clause: no "to" is missing in "any lamps you have stay the same"."""

ARTICLES = _words("a the")

BARE = _words("record hold file note time demand request sale board site foot paper average purpose screen call duty")
BARE_BEHIND = _words("on in at by off for make makes made making take takes took taken taking")
"""Nouns that stand without an article behind these words: on record, on hold, take note of it."""


Pair = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A sort, what is written, and what is meant."""


class Change(NamedTuple):
    """A row of the table; `nats` are the gains from which on it is a suggestion, and a warning."""

    sort: str
    written: tuple[str, ...]
    meant: tuple[str, ...]
    nats: tuple[float, float]


class Candidate(NamedTuple):
    """A change of the tokens from `start` to `end`; `meant` are the words in their place, of no class."""

    start: int
    end: int
    meant: tuple[str, ...]
    change: Change


@dataclass(frozen=True, eq=False)
class Changes:
    """The table, by the first word that is written, by the form of a word, and what may be put in.

    `digest` tells one table from another.
    """

    by_word: Mapping[str, Sequence[Change]]
    by_form: Mapping[str, Sequence[Change]]
    put_in: Sequence[Change]
    digest: str = ""


def table(rows: Iterable[Change], digest: str = "") -> Changes:
    """The rows as they are looked up."""
    by_word: dict[str, list[Change]] = defaultdict(list)
    by_form: dict[str, list[Change]] = defaultdict(list)
    put_in = []
    for row in rows:
        if not row.written:
            put_in.append(row)
        elif row.written[0].isupper():
            by_form[row.written[-1]].append(row)
        else:
            by_word[row.written[0]].append(row)
    return Changes(dict(by_word), dict(by_form), tuple(put_in), digest)


def rows_of(text: str) -> Iterator[Change]:
    """The rows of a table in text form."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            sort, written, meant, *nats = line.split("\t")
            suggestion, warning = (float(each) if each != "-" else NEVER for each in nats)
            yield Change(sort, tuple(written.split()), tuple(meant.split()), (suggestion, warning))


@lru_cache(maxsize=4)
def shipped(language: str) -> Changes:
    """The table of a language that has a model."""
    data = Path(__file__).with_name(f"{language}.changes.tsv").read_bytes()
    return table(rows_of(data.decode()), sha256(data).hexdigest()[:32])


def candidates(changes: Changes, tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
    """The changes that may begin with the token `at`; none for what has no word of its own."""
    token = tokens[at]
    for change in changes.by_word.get(token.word, ()):
        size = len(change.written)
        if not change.meant and tokens[at - 1].text == EDGE:
            continue
        if size == 1 or tuple(one.word for one in tokens[at : at + size]) == change.written:
            yield Candidate(at, at + size, change.meant, change)
    if token.open:
        for source, target, word in forms(token.text):
            for change in changes.by_form.get(source, ()):
                if change.meant[-1] == target and _stands_behind(tokens, at, change.written):
                    yield Candidate(at, at + 1, (word,), change)


def _stands_behind(tokens: Sequence[Token], at: int, written: tuple[str, ...]) -> bool:
    """Whether the verb at `at` stands behind a word of the class that a row asks for, if it does."""
    if len(written) < 2:
        return True
    if any(token.word == "what" for token in tokens[max(0, at - 4) : at]):
        return False  # "what we did helped": the verb is another clause's
    while at > 2 and tokens[at - 1].word in BETWEEN and tokens[at - 1].word not in BEHIND[written[0]]:
        at -= 1
    return tokens[at - 1].word in BEHIND[written[0]]


def missing(put_in: Sequence[Change], tokens: Sequence[Token], at: int) -> Iterator[Candidate]:
    """The words that may be missing before the token `at`: between two words that are open, and no double."""
    shut = {tokens[at - 1].text, tokens[at].text} | _not_missing(tokens, at)
    for change in put_in:
        if change.meant[0] not in shut:
            yield Candidate(at, at, change.meant, change)


def _not_missing(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The words that are never missing before a token, by the words around it."""
    before, behind, first = tokens[at - 1].text, tokens[at : at + 3], tokens[at - 2].text
    shut = OPENING if first == EDGE else frozenset()
    if before in TO_DO or (before == "have" and first in OWNERS and tokens[at - 3].open):
        shut |= {"to"}
    if any(token.text in _never_one() for token in behind[:2]) or behind[-1].text in words_of("NOUNSONLY"):
        shut |= {"a"}
    if _is_bare(first, before, behind):
        shut |= ARTICLES
    return shut


def _is_bare(first: str, before: str, behind: Sequence[Token]) -> bool:
    """Whether a noun stands there without an article: on record, on floor 2, from shop to shop, half of "walk-in"."""
    noun, *others = (token.text for token in behind)
    fixed = noun in BARE and before in BARE_BEHIND
    return fixed or noun == first or others[:1] in (["-"], [NUMBER]) or (len(others) > 1 and noun == others[1])


@lru_cache(maxsize=1)
def _never_one() -> frozenset[str]:
    """The nouns that take no "a": plurals, and what cannot be counted."""
    return words_of("NOUNSONLY") | words_of("MASS")


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[tuple[str, str, str], ...]:
    """The other forms of a verb or noun: the class that it has, the class and the word that it would be."""
    verbs = (
        (source.upper(), target.upper(), made)
        for source in FORMS
        for target in FORMS
        if source != target and (made := changed(word, source, target))
    )
    numbers = [("SINGULAR", "PLURAL", plural(word))] if word in words_of("SINGULAR") else []
    numbers += [("PLURAL", "SINGULAR", singular(word))] if word in words_of("PLURAL") else []
    return (*verbs, *numbers)
