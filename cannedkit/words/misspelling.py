"""Which words that no dictionary has are misspellings, and which are names, codes, addresses or units.

What the spellers among the engines share. Positions are code points.
"""

from __future__ import annotations

import re

CODE = re.compile(r"[`@#_/\\^*<>{}|=~$\d]|\.(?![A-Z][a-z])")
"""What a run without white space holds if it is a code, a handle, an address, a file, a number, an abbreviation."""

MARKS = "\"'()[]“”‘’«».,;:!?…—–-"
"""What may stand around a word and is no part of it."""

OPENING = "\"'`([“„‚‘«‹*¿¡-–—• \t"
"""What may stand between the start of a sentence and its first word."""

REACH = 1_000
"""Code points of a run that are looked at on either side of a word: what is longer is no address that people write."""

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december".split()
)
"""English words with a capital that may be misspelt within a sentence, where any other unknown capital is a name."""


PARTICLES = frozenset(
    "abd abu af al ap av ben bin bint da das de del dela della den der di do dos du el ibn la las le les lo los op "
    "san ten ter und van von vom y zu zum zur".split()
)
"""Words in small letters within the names of people: Joana da Silva, Mr el-Sayed, Ms van der Berg."""

_TITLE = re.compile(r"\b(?:Mrs?|Ms|Mx|Dr|Prof|St|Capt|Rev)\.$")
"""A title with a stop, which ends no sentence."""

_GOES_ON = re.compile(r" [A-Z][a-z]+\b")
_FOLLOWING = re.compile(r"[ ‑-](\w+)")


def token(text: str, start: int, end: int) -> str:
    """The run without white space around `text[start:end]`, up to REACH either way, less the marks at its ends."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[start:end].strip(MARKS)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word at `start` opens a sentence, so that its capital says nothing."""
    while start and text[start - 1] in OPENING:
        start -= 1
    return not start or (text[start - 1] in ".!?:\n…" and not _TITLE.search(text[max(0, start - 6) : start]))


def is_misspelt(text: str, start: int, end: int, fix: str, *, opens: bool) -> bool:
    """Whether an unknown word is a misspelling, and no name, initial, code, handle, address or unit.

    `fix` is the best proposal for it; `opens`: its capital says nothing, as at the start of a sentence.
    """
    word = text[start:end]
    if len(word) < 2 or CODE.search(token(text, start, end)) or word[1:] != word[1:].lower():
        return False
    if word[0].islower():
        return not is_particle(text, start, end)
    if (following := _FOLLOWING.match(text, end)) and is_particle(text, *following.span(1)):
        return False
    near = len(word) >= 4 and one_edit_apart(word.casefold(), fix.casefold())
    if opens:
        return near or word == fix.replace("'", "")
    return near and fix.casefold() in CALENDAR


def is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a word with a capital is a name though it opens a sentence: a capital follows, or it owns something."""
    owns = text[start:end].endswith(("'s", "’s"))
    return text[start].isupper() and (owns or _GOES_ON.match(text, end) is not None)


def is_particle(text: str, start: int, end: int) -> bool:
    """Whether a word in small letters is part of a name: others such as it may follow, then a capital does."""
    while text[start:end].casefold() in PARTICLES:
        following = _FOLLOWING.match(text, end)
        if following is None:
            return False
        start, end = following.span(1)
        if text[start].isupper():
            return True
    return False


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two neighbours swapped make `other` of `one`."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other or one == other[1:] or one[1:] == other[1:]
