"""What to write for a misspelt English word: the likeliest first, by what was mistaken and how often a word is used.

`used.en.txt.gz` lists words in use, with the binary logarithm of how often they stand in 7.8 million words of
documentation and of chats; `python -m scripts.spelling` makes it. Words behind a plus sign are in no dictionary, but in
use; two words with a space between them are often written as one by mistake.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from cannedkit.words.dialect import at_home, is_spelling
from cannedkit.words.dictionary import Dictionary
from cannedkit.words.inflection import changed, plural, words_of
from cannedkit.words.misspelling import CALENDAR

VOWELS = frozenset("aeiouy")

NEVER_FIRST = frozenset(
    "anal anus arse ass bastard bitch bloody boob boobs bugger butt cock condom corpse crap cunt damn dead death dick "
    "die died dumb fart fatty fuck gay hell homo hooker hottie idiot impotence impotent incontinence incontinent kill "
    "killed moron nude nudes piss poop porn prick pussy rape sex sexed sexes shit shits slut stupid suck sucks tit "
    "tits turd ugly urine vomit wank whore".split()
)
"""Words that nobody wants to send by accident: proposed behind any other. Our own list."""

WEIGHT = 9.0
"""What an edit weighs against a word that is used twice as often. Like the costs below learnt on 900 misspelt words of
client9/misspell and crate-ci/typos: the right word comes first for 82 %, for 79 % as letters alone would have it."""

RARE = 4
"""The logarithm of how often a word is taken to stand that stands less often: our texts tell nothing of rare words."""

POSSESSIVE, ANAGRAM, UNLISTED, OWN = 10, 4, 8, 6
"""What a possessive weighs for a word without an apostrophe, the same letters in another order, and two words that are
not known to stand together; how often a word of the house is taken to stand, as a logarithm."""

MOST = 2.4
"""The edits, by their costs, that a word in use may be away; our own choice."""

APOSTROPHE, DOUBLED, SWAPPED, VOWEL, LETTER, OTHER, FIRST, SPACE = 0.2, 0.6, 0.4, 0.9, 1.0, 1.6, 0.6, 0.4
"""Costs: of an apostrophe; of a letter once or twice; of neighbours swapped; of a vowel for another, more or less; of a
consonant more or less; of another letter; what the first letter of a word costs besides; of a space between words."""


LONG, NEAR, LIKELY = 8, 2.0, 1.2
"""Code points of a long word; the edits, by their costs, up to which it is a slip for another, and a capital at the
start of a sentence makes no name of it; those of a shorter word. Our own choice."""


@dataclass(frozen=True, slots=True)
class Used:
    """Words in use: how often, as a binary logarithm; those of them that no dictionary has; by first letter."""

    counts: Mapping[str, int]
    terms: frozenset[str]
    by_letter: Mapping[str, Sequence[tuple[int, str]]]


@lru_cache(maxsize=1)
def used() -> Used:
    """The words in use."""
    packed = resources.files(__package__).joinpath("used.en.txt.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(packed).decode().splitlines()]
    counts = {word.removeprefix("+"): int(count) for word, count in rows}
    by_letter: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in counts:
        if " " not in word:
            by_letter[word[0]].append((letters_of(word), word))
    return Used(counts, frozenset(word[1:] for word, _ in rows if word[0] == "+"), by_letter)


def is_term(word: str) -> bool:
    """Whether a word in small letters is in use though no dictionary has it: an acronym, a word of the trade."""
    terms = used().terms
    return word in terms or (word.endswith("s") and word[:-1].removesuffix("'") in terms)


def is_used(word: str) -> bool:
    """Whether a word in small letters is in use, in a dictionary or not."""
    return word in used().counts


def proposed(word: str, locale: str, offered: Iterable[str] = (), own: Iterable[str] = ()) -> tuple[str, ...]:
    """What may be meant by a misspelt word, best first, in its case: what others offer, and words in use.

    Each is spelt as the locale, a BCP 47 tag of English, spells it. `own` are words of the house, which go before
    others that are as near.
    """
    return _ranked(word, locale, tuple(offered), tuple(own))


@lru_cache(maxsize=2_000)
def _ranked(word: str, locale: str, offered: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    plain = word.replace("’", "'").casefold()
    days = (name.capitalize() for name in CALENDAR if distance(plain, name) <= MOST)
    letters = letters_of(plain)
    ours = {key: one for one in own if _is_near(plain, letters, key := one.casefold(), letters_of(key))}
    formed = _by_rule(plain)
    candidates = {one.casefold(): one for one in (*formed, *_in_use(plain), *days, *offered)} | ours
    candidates = {key: one for key, one in candidates.items() if key != plain and not key.endswith("'")}
    ranked = sorted(
        candidates, key=lambda one: (one in NEVER_FIRST, one not in formed, -_score(plain, one, one in ours))
    )
    return tuple(dict.fromkeys(in_case_of(word, at_home(candidates[one], locale)) for one in ranked))


def _score(word: str, candidate: str, is_own: bool) -> float:
    """How likely a candidate is, as a logarithm: how often it stands, less what was mistaken."""
    counts = used().counts
    count = max(counts.get(candidate, 0), RARE)
    if " " in candidate and candidate not in counts:
        count = min(counts.get(part, 0) for part in candidate.split(" ")) - UNLISTED
    edits = APOSTROPHE if candidate == f"{word}'t" else distance(word, candidate)  # "doesn": cut off, not mistyped
    score = (max(count, OWN) if is_own else count) - WEIGHT * edits
    if candidate.endswith("'s") and "'" not in word:
        score -= POSSESSIVE
    return score + ANAGRAM if sorted(word) == sorted(candidate) else score


def _by_rule(word: str) -> tuple[str, ...]:
    """What is meant by a form that the rule makes of a word that has another one, or none: "drawed", "furnitures"."""
    if word.endswith("ed"):
        stems = [stem for stem in (word[:-2], word[:-1], word[:-3]) if stem in words_of("BASE")]
        return tuple(past for stem in stems[:1] if (past := changed(stem, "base", "past")) and not past.endswith("ed"))
    if word.endswith("s"):
        stems = [stem for stem in (word[:-1], f"{word[:-3]}y") if stem in words_of("MASS") or stem in _odd_plurals()]
        return tuple(_odd_plurals().get(stem, stem) for stem in stems[:1])
    return ()


@lru_cache(maxsize=1)
def _odd_plurals() -> Mapping[str, str]:
    """Singular -> plural of the nouns whose plural has no -s."""
    pairs = ((one, plural(one)) for one in words_of("SINGULAR"))
    return {one: many for one, many in pairs if many and not many.endswith("s")}


@lru_cache(maxsize=2_000)
def _in_use(word: str) -> tuple[str, ...]:
    """Words in use that are a few edits away, and two words that were written as one."""
    known = used()
    letters = letters_of(word)
    found = [
        other
        for first in dict.fromkeys(word[:2])
        for bits, other in known.by_letter.get(first, ())
        if _is_near(word, letters, other, bits)
    ]
    found += [negated] if (negated := f"{word}'t") in known.counts else []
    parted = (f"{word[:cut]} {word[cut:]}" for cut in range(1, len(word)))
    return (*found, *(pair for pair in parted if pair in known.counts))


def _is_near(word: str, letters: int, other: str, others: int) -> bool:
    """Whether a word may be meant by another; lengths and sets of letters spare most the reckoning."""
    return abs(len(other) - len(word)) <= 2 and (letters ^ others).bit_count() <= 3 and distance(word, other) <= MOST


@dataclass(frozen=True, slots=True)
class Reader:
    """An English dictionary and a locale, with the two questions that every speller answers."""

    locale: str
    words: Dictionary

    def check(self, word: str) -> bool:
        """Whether a word is right: in the dictionary, on the other side of the Atlantic, or in use all the same."""
        return self.words.knows(word) or is_spelling(word) or (word.islower() and is_term(word))

    def suggest(self, word: str) -> list[str]:
        """What to write for a word, best first: words of the dictionary alone."""
        return [fix for fix in proposed(word, self.locale) if all(map(self.words.knows, fix.split(" ")))]


def is_likely(word: str, fixes: Sequence[str]) -> bool:
    """Whether a word is all but one in use that is proposed for it, and no term that nobody has listed: an error."""
    fix, plain = (fixes[0] if fixes else "").casefold(), word.replace("’", "'").casefold()
    return fix in used().counts and distance(plain.removesuffix("'"), fix) <= (NEAR if len(word) >= LONG else LIKELY)


def is_slip(word: str, fix: str) -> bool:
    """Whether a long word is all but one in use that its fix is, so that no name is likely: "Maintainance"."""
    return len(word) >= LONG and fix in used().counts and distance(word.casefold(), fix) <= NEAR


@lru_cache(maxsize=50_000)
def distance(word: str, other: str) -> float:
    """What the edits cost that make `other` of `word`."""
    lacking, adding = _gaps(word), _gaps(other)
    before: list[float] = []
    above = [0.0, *accumulate(adding)]
    for i, here in enumerate(word):
        row = [above[0] + lacking[i]]
        for j, there in enumerate(other):
            least = above[j]
            if here != there:
                least += VOWEL if here in VOWELS and there in VOWELS else OTHER
                if i and j and here == other[j - 1] and there == word[i - 1]:
                    least = min(least, before[j - 1] + SWAPPED)
            row.append(min(least, above[j + 1] + lacking[i], row[j] + adding[j]))
        before, above = above, row
    return above[-1] + (FIRST if word[:1] != other[:1] else 0)


@lru_cache(maxsize=10_000)
def _gaps(word: str) -> tuple[float, ...]:
    """What each letter of a word costs that the other word lacks."""
    return tuple(_gap(letter, word[at - 1 : at] + word[at + 1 : at + 2]) for at, letter in enumerate(word))


def _gap(letter: str, beside: str) -> float:
    if letter in "'- ":
        return SPACE if letter == " " else APOSTROPHE
    if letter in beside:
        return DOUBLED
    return VOWEL if letter in VOWELS else LETTER


def letters_of(word: str) -> int:
    """A set of the letters of a word, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def in_case_of(word: str, fix: str) -> str:
    """A fix in the case of the word: names keep theirs."""
    if word.isupper() and len(word) > 1:
        return fix.upper()
    return fix[:1].upper() + fix[1:] if word[:1].isupper() else fix
