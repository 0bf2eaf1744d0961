"""The words of a language whose list is part of this package: Dutch, with the compounds that it makes of them.

`wordlist.nl.txt.gz`, made by `python -m scripts.wordlist`, has a word a line, in their order, and behind it letters:

| letter | words |
|---|---|
| `b` | may open a compound: bezorg, klanten, leverings |
| `e` | may close one: adres, dagen |
| `n` | are nouns that the list does not join: vakje |
| `x` | are none: by their own spelling, or because they only open a compound |

and the binary logarithm of how often it stands in a thousand million words, where it may be meant by another.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from cannedkit.words.proposals import DOUBLED, MOST, SPACE, distance, in_case_of, letters_of

LANGUAGES = ("nl",)
"""Languages that have a list."""

BEGINS, ENDS, NOUN, NO_WORD = "b", "e", "n", "x"

PARTS, LEAST_BEGIN, LEAST_END = 3, 2, 3
"""Parts of a compound at most, and letters of those that open and close one."""

LINKS = ("", "s", "e", "en", "n")
"""What may stand between two words that the list does not join itself (Taaladvies.net)."""

LEAST_FIRST, LEAST_LAST, LEAST_OTHER, LEAST_APART = 3, 3, 7, 4
"""Letters of two words that may be joined all the same: of the first, of the last, of a last one that is no noun; of a
word behind one of APART, and of a first one that is no noun."""

APART = frozenset(
    "aan achter af bij binnen buiten dicht door gereed goed heen her in klaar los mede mee na neer niet om on onder op "
    "open over rond samen sub super tegen terecht terug thuis toe tussen uit vast vol voor voorbij weer weg".split()
)
"""What may stand before a verb, an adjective or a noun of at least LEAST_APART letters."""

COMMON = 10
"""How often a word must stand, as a logarithm, that an unlisted compound is a slip for: leverring, levering."""

BEHIND = frozenset("achtig achtige loos loze vrij vrije rijk rijke baar bare waardig waardige proof".split())
"""What may stand behind any word."""

CLASHES: Mapping[str, str] = {"a": "aeiu", "e": "eiu", "é": "eiu", "i": "eiuj", "o": "eiou", "u": "eiu"}
"""A vowel that ends a part of a compound -> letters that would be read together with it: a hyphen parts them."""

SOUNDS = tuple(
    pair.split(":")
    for pair in "eau:o ij:ei auw:ou ouw:ou au:ou sch:sg ch:g qu:kw x:ks ph:f th:t ce:se ci:si c:k z:s v:f ie:i y:i "
    "dt:t ë:e ï:i é:e è:e ö:o ü:u -: ':".split(" ")
)
"""What sounds the same in Dutch, in this order."""

OPENERS: Mapping[str, str] = {"k": "cq", "f": "v", "s": "zc", "i": "y"}
"""The first letter of a sound -> others that it is written with."""

ACCENTS = str.maketrans("àáâäçèéêëìíîïñòóôöùúûü", "aaaaceeeeiiiinoooouuuu")

WEIGHT = 12.0
"""What an edit weighs against a word that is used twice as often: of 482 misspellings of OpenTaal's list that were not
measured afterwards, the right word comes first for 308."""

SLIP, ALIKE = 0.3, 0.8
"""What a word costs at most that has other accents, or d, t or dt at its end; what one that sounds the same."""

JOINED, RARE = 8, 3
"""What two words weigh that were written as one; how often a compound is taken to stand that the list does not have, as
a logarithm."""

LEAST_PARTED, COMMONEST = 12, 20
"""How often each of two words must stand that were written as one, and the commoner of them, as logarithms."""

LEAST_PART = 3
"""Letters of the parts of a compound of which one is misspelt."""

SHORT, NEAR = 5, 1.7
"""Letters of a short word, and the edits, by their costs, that it may be away."""

LAST = frozenset("dood kanker kut hoer lul neuken porno seks stom teef kak pis schijt dom lelijk sterven".split())
"""Words that nobody wants to send by accident: proposed behind any other. Our own list."""

_ROW = re.compile(r"^(\S+) [benx]*(\d+)$", re.MULTILINE)


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """The words of a language, as one text: a line each, in their order."""

    rows: str
    language: str

    def check(self, word: str) -> bool:
        """Whether a word is right: one of the list in some accepted case, or made of its parts."""
        word = word.replace("’", "'")
        codes = [code for one in _cases(word) if (code := self.code(one)) is not None]
        if codes:
            return any(NO_WORD not in code for code in codes)
        return self.is_compound(word.lower()) and not any(map(self._is_common, _slips(word.lower())))

    def suggest(self, word: str) -> list[str]:
        """What may be meant by a word, best first, in its case."""
        return list(_proposed(self.language, word))

    def is_noun(self, word: str) -> bool:
        """Whether the list has a word, and as a noun."""
        code = self.code(word) or ""
        return NO_WORD not in code and (ENDS in code or NOUN in code)

    def code(self, word: str) -> str | None:
        """What the list has behind a word; None where it lacks it. The lines are halved until it is found."""
        low, high = 0, len(self.rows)
        while low < high:
            start = max(self.rows.rfind("\n", low, (low + high) // 2) + 1, low)
            end = self.rows.find("\n", start)
            found, _, code = self.rows[start:end].partition(" ")
            if found == word:
                return code
            if found < word:
                low = end + 1
            else:
                high = start
        return None

    def is_compound(self, word: str, parts: int = PARTS) -> bool:
        """Whether parts of the list make up a word in small letters."""
        cuts = list(self.cuts(word, parts))
        return any(not _clash(*cut) for cut in cuts) if cuts else self._is_joined(word)

    def cuts(self, word: str, parts: int = PARTS) -> Iterator[tuple[str, str]]:
        """Each way to cut a word into what opens a compound and what may stand behind it, vowels that clash or not."""
        for at in range(LEAST_BEGIN, len(word) - LEAST_END + 1):
            first, rest = word[:at], word[at:]
            if BEGINS in (self.code(first) or "") and (
                ENDS in (self.code(rest) or "") or (parts > 2 and self._goes_on(rest, parts - 1))
            ):
                yield first, rest

    def _goes_on(self, word: str, parts: int) -> bool:
        return any(not _clash(*cut) for cut in self.cuts(word, parts))

    def _is_common(self, word: str) -> bool:
        often = (self.code(word) or "").lstrip(BEGINS + ENDS + NOUN + NO_WORD)
        return often.isdecimal() and int(often) >= COMMON

    def _is_joined(self, word: str) -> bool:
        """Whether two words that are long enough make up the word, though the list does not join them itself."""
        for at in range(2, len(word) - LEAST_LAST + 1):
            first, last = word[:at], word[at:]
            if first in APART and self._is_one(last) and len(last) >= LEAST_APART:
                return True
            if at < LEAST_FIRST or not self._opens(first):
                continue
            links = LINKS[1:] if self._needs_link(first) or _clash(first, last) else LINKS
            rests = (last[len(link) :] for link in links if last.startswith(link))
            if last in BEHIND or any(self._closes(first, rest) for rest in rests):
                return True
        return False

    def _opens(self, word: str) -> bool:
        """Whether a word may open a compound that the list does not make: a short one is a noun, or opens others."""
        code = self.code(word)
        if code is None:
            return any(True for _ in self.cuts(word))
        return bool({BEGINS, ENDS, NOUN} & {*code}) or (len(word) >= LEAST_APART and NO_WORD not in code)

    def _needs_link(self, word: str) -> bool:
        """Whether a word opens a compound with an s alone: uitgangspunt."""
        return BEGINS not in (self.code(word) or "") and self.code(f"{word}s") == BEGINS + NO_WORD

    def _closes(self, first: str, last: str) -> bool:
        """Whether a word may close a compound that the list does not make: a noun, or a long one."""
        code = self.code(last) if len(last) >= LEAST_LAST else None
        if code is None or NO_WORD in code:
            return False
        return bool({ENDS, NOUN} & {*code}) or (len(last) >= LEAST_OTHER and BEGINS in (self.code(first) or ""))

    def _is_one(self, word: str) -> bool:
        code = self.code(word)
        return code is not None and NO_WORD not in code


@lru_cache(maxsize=2)
def listed(language: str) -> Words:
    """The words of a language that has a list. Raises KeyError for any other."""
    if language not in LANGUAGES:
        raise KeyError(language)
    packed = resources.files(__package__).joinpath(f"wordlist.{language}.txt.gz").read_bytes()
    return Words(gzip.decompress(packed).decode(), language)


def _cases(word: str) -> Iterator[str]:
    """A word, and as it stands in the list where its capitals say nothing."""
    yield word
    if word[:1].isupper():
        yield word.lower()
        if word.isupper():
            yield word.capitalize()
        elif word[:2] == "IJ":
            yield f"ij{word[2:]}"


def _slips(word: str) -> Iterator[str]:
    """What a word is written for by a slip that may look like a compound: one letter twice, d for t, ei for ij."""
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1])
    for end, other in (("d", "t"), ("t", "d"), ("dt", "d"), ("dt", "t")):
        if word.endswith(end):
            yield word.removesuffix(end) + other
    for written, other in (("ei", "ij"), ("ij", "ei"), ("au", "ou"), ("ou", "au")):
        if written in word:
            yield word.replace(written, other, 1)


def _clash(first: str, rest: str) -> bool:
    """Whether the last letter of a part and the first of the next would be read together."""
    return rest[0] in CLASHES.get(first[-1], "")


# -- what may be meant ----------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _common(language: str) -> tuple[Mapping[str, int], Mapping[str, Sequence[tuple[int, str]]]]:
    """The words that may be meant, with how often they stand; and by first letter, with the set of their letters."""
    counts = {word: int(often) for word, often in _ROW.findall(listed(language).rows)}
    by_letter: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in counts:
        bare = _unaccented(word.lower())
        by_letter[bare[0]].append((letters_of(bare), word))
    return counts, by_letter


@lru_cache(maxsize=2_000)
def _proposed(language: str, word: str) -> tuple[str, ...]:
    plain = re.sub(r"(.)\1{2,}", r"\1\1", word.lower())
    known = listed(language)
    counts, _ = _common(language)
    near = dict(_near(language, plain))
    found = {one: cost - counts[one] / WEIGHT for one, cost in near.items()}
    if plain != word.lower() and known.check(plain):
        found[plain] = -counts.get(plain, RARE) / WEIGHT
    compounds = _compounds(known, plain) if min(near.values(), default=MOST) > ALIKE else ()
    for one, cost in (*compounds, *_parted(counts, plain)):
        found[one] = min(found.get(one, cost), cost)
    for one in filter(known.check, _slips(plain)):
        found.setdefault(one, SLIP - counts.get(one, RARE) / WEIGHT)
    for one in (plain.capitalize(), word.upper()):
        if one != word and (code := known.code(one)) is not None and NO_WORD not in code:
            found[one] = -counts.get(one, RARE) / WEIGHT
    ranked = sorted(found, key=lambda one: (one in LAST, found[one], one))
    return tuple(dict.fromkeys(fix for one in ranked if (fix := in_case_of(word, one)) != word))


def _near(language: str, word: str, most: float = MOST) -> Iterator[tuple[str, float]]:
    """The words in use that are a few edits away, or sound the same, and what the edits cost."""
    _, by_letter = _common(language)
    bare, sound = _unaccented(word), _sound(word)
    letters = letters_of(bare)
    most = min(most, NEAR) if len(word) <= SHORT else most
    firsts = dict.fromkeys((*bare[:2], *sound[:1], *OPENERS.get(sound[:1], "")))
    for bits, other in (one for first in firsts for one in by_letter.get(first, ())):
        is_like = abs(len(other) - len(word)) <= 2 and (letters ^ bits).bit_count() <= 5 and other != word
        if is_like and (cost := _cost(word, bare, sound, other.lower())) <= most:
            yield other, cost


def _cost(word: str, bare: str, sound: str, other: str) -> float:
    """What the edits cost that make another word of one, given without accents, and as it sounds, too."""
    plain = _unaccented(other)
    if plain == bare or (word[-1] in "dt" and other[-1] in "dt" and word.rstrip("dt") == other.rstrip("dt")):
        return SLIP
    if word[-1] in "dt" and word[:-1] == other:
        return DOUBLED
    cost = distance(bare, plain)
    return ALIKE if cost > ALIKE and _sound(other) == sound else cost


def _compounds(known: Words, word: str) -> Iterator[tuple[str, float]]:
    """Compounds of which one part is right and the other all but, or which lack what stands between them."""
    for first, rest in known.cuts(word):
        if _clash(first, rest):
            yield f"{first}-{rest}", -RARE / WEIGHT
        links = (link for link in LINKS[1:] if BEGINS in (known.code(f"{first}{link}") or ""))
        yield from ((f"{first}{link}{rest}", SLIP - RARE / WEIGHT) for link in links)
    for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
        first, last = word[:at], word[at:]
        if BEGINS in (known.code(first) or "") or first in APART or (at >= LEAST_APART and known.check(first)):
            yield from (
                (f"{first}{one}", cost - RARE / WEIGHT)
                for one, cost in _near(known.language, last, NEAR)
                if (first in APART or ENDS in (known.code(one) or "")) and not _clash(first, one)
            )
        if ENDS in (known.code(last) or ""):
            yield from (
                (f"{one}{last}", cost - RARE / WEIGHT)
                for one, cost in _near(known.language, first, NEAR)
                if BEGINS in (known.code(one) or "") and not _clash(one, last)
            )


def _parted(counts: Mapping[str, int], word: str) -> Iterator[tuple[str, float]]:
    """Two words in use that were written as one, of which one is of the commonest: "eenvraag"."""
    for at in range(2, len(word) - 1):
        less, more = sorted(counts.get(part, 0) for part in (word[:at], word[at:]))
        if less >= LEAST_PARTED and more >= COMMONEST:
            yield f"{word[:at]} {word[at:]}", SPACE + (JOINED - less) / WEIGHT


def _sound(word: str) -> str:
    """How a word sounds: what sounds the same is written the same, and nothing double."""
    for written, sound in SOUNDS:
        word = word.replace(written, sound)
    word = re.sub(r"(.)\1+", r"\1", word)
    return f"{word[:-1]}t" if word.endswith("d") else word


@lru_cache(maxsize=10_000)
def _unaccented(word: str) -> str:
    return word.translate(ACCENTS)
