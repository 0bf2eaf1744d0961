"""What could have been meant at each place of a text, wide: what a model that reads whole sentences has to weigh.

The word lists of `words.exchanged`, the forms of each verb and noun, possessives, and the words that one slip of a
finger makes. Each belongs to a group, such as `Preposition put in`, whose table says from which gain on it is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from cannedkit.engines.context.changes import Candidate, Change, forms
from cannedkit.engines.context.tokens import AMERICAN, CODE, EDGE, MONEY, NUMBER, ORDINAL, Token
from cannedkit.words.exchanged import exchanged
from cannedkit.words.inflection import tagged_form, verb_forms

FREQUENT = 11.0
"""Nats that a word may be rarer than all words together to be what a slip of the finger meant: once in 60,000 words."""

RARER = 3.0
"""Nats that another form of the same word may be rarer than that."""

SHORTEST = 3
"""Letters of a word that a slip of the finger is looked for in."""

_BY_RULE = (("NN", "Agreement"), ("NNS", "Agreement"), ("VBD", "VerbForm"), ("VBG", "VerbForm"))
"""The forms that a word may have which is in no table of verbs, and the sort of a mistake with them."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"

VERBS, NOUNS, VERB_FORMS = "Agreement of verbs", "Agreement of nouns", "VerbForm of verbs"

GROUPS = (
    *("Letter", "Possessive", "Adverb", "Homophone", "Confusion", "Typo", "Agreement", "VerbForm", "Preposition"),
    *("SplitWord", "Agreement by rule", "VerbForm by rule", VERBS, NOUNS, VERB_FORMS),
    *(f"{sort} exchanged" for sort in ("Article", "Preposition", "Agreement", "VerbForm", "Confusion")),
    *(f"{sort} {how}" for sort in ("Article", "Preposition", "MissingWord") for how in ("put in", "taken out")),
)
"""The groups of changes."""

FIGURES = frozenset({NUMBER, MONEY, ORDINAL, CODE})
"""Before these a little word that seems too much says how much, or where: about 5, at 12."""

_SEVERAL = frozenset("i you we they these those people all both some many which that who and".split())
"""Words whose verb has its base form, or may have it."""

Known = Callable[[str], float]
"""How likely a word is by itself (nats), -inf for one that the small model does not know."""

Proposed = tuple[str, Candidate]
"""A group and a change of it."""

_Way = tuple[str, str, str, str, str]
"""The group and the sort, the classes of what is written and what is meant, and the word that is meant."""


def proposals(tokens: Sequence[Token], at: int, known: Known) -> Iterator[Proposed]:
    """The changes that may begin with the token `at`, by group; none of what has no word of its own."""
    word, before = tokens[at].word, tokens[at - 1]
    if not word:
        return
    rows = _rows()
    for group, change in rows.get(word, ()):
        size = len(change.written)
        if size > 1 and tuple(one.word for one in tokens[at : at + size]) != change.written:
            continue
        if change.meant or not (before.text == EDGE or tokens[at + size].text in FIGURES):
            yield group, Candidate(at, at + size, change.meant, change)
    if before.text != EDGE and (before.word or before.text[0] != "<"):
        for group, change in rows[""]:
            if change.meant[0] not in (before.word, word):
                yield group, Candidate(at, at, change.meant, change)
    if tokens[at].open:
        for group, sort, source, target, made in _of_word(word, known):
            if group == VERBS and not _fits(before.word, target):
                group = NOUNS
            yield group, Candidate(at, at + 1, (made,), Change(sort, (source,), (target,), (0.0, 0.0)))


def _fits(subject: str, target: str) -> bool:
    """Whether a form may be the verb of the word before it: the base of one in the plural, the -s of any other."""
    several = subject in _SEVERAL or (subject.endswith("s") and not subject.endswith(("ss", "is", "us", "'s")))
    return several == (target == "BASE")


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, list[tuple[str, Change]]]:
    """The changes of the lists with their groups, by the first word that is written, "" for what fell out."""
    found: dict[str, list[tuple[str, Change]]] = defaultdict(list)
    for sort, written, meant, listed in exchanged("en"):
        written, meant = (tuple(word.lower() for word in words) for words in (written, meant))
        group = "Homophone" if listed == "homophones" else sort
        group += " put in" if not written else " taken out" if not meant else " exchanged" * (listed == "little")
        change = Change(sort, written, meant, (0.0, 0.0))
        found[written[0] if written else ""].append((group, change))
    found[""] = found.get("", [])
    return dict(found)


@lru_cache(maxsize=8192)
def _of_word(word: str, known: Known) -> tuple[_Way, ...]:
    """What else a word may be by itself, each such word once."""
    least = {VERBS: RARER, NOUNS: RARER, VERB_FORMS: RARER}
    found = {way[-1]: way for way in _ways(word) if known(way[-1]) > -FREQUENT - least.get(way[0], 0)}
    return tuple(way for made, way in found.items() if made != word and not _are_one(word, made))


def _ways(word: str) -> Iterator[_Way]:
    """The ways to make another word of one; of two that make the same the later one counts."""
    for made in sorted(_slips(word)):
        yield "Letter", "Typo", word, made, made
    for made in _possessive(word):
        yield "Possessive", "Confusion", word, made, made
    for made in _adverbs(word):
        yield "Adverb", "Confusion", word, made, made
    for tag, sort in _BY_RULE if word not in verb_forms() else ():
        if form := tagged_form(word, tag):
            yield f"{sort} by rule", sort, word, form, form
    for source, target, made in sorted(forms(word), key=lambda one: "PLURAL" not in one):
        if "PLURAL" in (source, target):
            yield NOUNS, "Agreement", source, target, made
        elif {source, target} <= {"BASE", "THIRD"}:
            yield VERBS, "Agreement", source, target, made
        else:
            yield VERB_FORMS, "VerbForm", source, target, made


def _are_one(word: str, other: str) -> bool:
    """Whether two words are one, spelt as on two sides of the Atlantic."""
    return any(
        abroad in one and one.replace(abroad, american) == two
        for one, two in ((word, other), (other, word))
        for abroad, american in AMERICAN
    )


def _possessive(word: str) -> tuple[str, ...]:
    if re.fullmatch(r"[a-z]{3,}'s", word):
        return (f"{word[:-2]}s",)
    return (f"{word[:-1]}'s",) if re.fullmatch(r"[a-z]{3,}[^s']s", word) else ()


def _adverbs(word: str) -> tuple[str, ...]:
    if not re.fullmatch("[a-z]{4,}", word):
        return ()
    if word.endswith("ly"):
        return (word[:-2], f"{word[:-3]}y") if word.endswith("ily") else (word[:-2],)
    return (f"{word[:-1]}ily",) if word.endswith("y") else (f"{word}ly",)


def _slips(word: str) -> set[str]:
    """What one slip of a finger makes of a word, none where it is short or no plain word."""
    return slips(word) if len(word) >= SHORTEST and re.fullmatch("[a-z]{1,20}", word) else set()


def slips(word: str) -> set[str]:
    """What one slip of a finger makes of any word: a letter less, more, another, or two exchanged."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + c + b[1:] for a, b in cuts if b for c in LETTERS}
        | {a + c + b for a, b in cuts for c in LETTERS}
    ) - {word}
