"""British and American spelling: which words of a text are those of the other side, and what its own locale writes.

`dialects.tsv` has a row for each word that one side alone writes so, and what the other writes (VarCon by K. Atkinson
and B. Titze, and SCOWL's dictionaries); `python -m scripts.spelling` makes it. Positions are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from cannedkit.words.misspelling import CODE, opens_sentence, token

AMERICAN, BRITISH = frozenset({"US", "IZE"}), frozenset({"GB", "ISE"})
"""Marks of the words that one side writes; -ize is at home in Oxford spelling too, so that it is no sign of a side."""

FOREIGN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("US PH".split(), BRITISH),
    **dict.fromkeys("GB IE NZ ZA IN AU".split(), AMERICAN),
    "CA": frozenset(),
}
"""Region of a BCP 47 tag -> the marks of words that it spells otherwise. Canada takes both; a region that is not here,
and English of no region, takes either, but not both in one text."""

SIDES: Mapping[str, str] = {"US": "American", "IZE": "American", "GB": "British", "ISE": "British"}
"""The mark of a word -> what its spelling is called."""

CLASHES = (("US", "GB"), ("US", "ISE"), ("IZE", "ISE"))
"""Marks of words that do not stand in one text."""

_WORDS = re.compile(r"(?<![\w'’])([A-Za-z]{2,})(?:['’]s)?(?![\w'’])")
_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,200}[\"”]|(?<!\w)['‘][^'‘’\n]{1,200}['’](?!\w)|`[^`\n]{1,200}`")
_ARTICLE = re.compile(
    r"\b(?:an?|the|this|that|your|my|our|his|her|their|its|no|new|flat|spare|driving) $", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"(?:['’]s)? [A-Z]")

REACH = 20
"""Code points before a word in which its article stands."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that one side alone writes so: its mark, and what the other side writes; `noun`: as a noun alone."""

    side: str
    other: str
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A word of a text, `text[start:end]`, that its locale spells otherwise: whose it is, and what to write."""

    start: int
    end: int
    side: str
    fix: str


@lru_cache(maxsize=1)
def spellings() -> Mapping[str, Spelling]:
    """Each word that one side alone writes so."""
    rows = resources.files(__package__).joinpath("dialects.tsv").read_text("utf-8").splitlines()
    parts = (row.split("\t") for row in rows)
    return {word: Spelling(side.removesuffix("n"), other, side.endswith("n")) for side, word, other in parts}


def is_spelling(word: str) -> bool:
    """Whether a word is right on either side, so that it is no misspelling on the other."""
    return word.replace("’", "'").casefold().removesuffix("'s") in spellings()


def at_home(word: str, locale: str) -> str:
    """How a locale, a BCP 47 tag of English, spells a word; as it is where the locale takes either side."""
    spelling = spellings().get(word)
    marks = _foreign_to(locale)
    return spelling.other if spelling and marks and spelling.side in marks and not spelling.noun else word


def foreign(text: str, locale: str) -> list[Foreign]:
    """The words of `text` that its locale, a BCP 47 tag of English, spells otherwise; none in quotations and names."""
    found = list(_found(text))
    if not found:
        return []
    marks = _foreign_to(locale)
    if marks is None:
        marks = _fewer([side for _, _, side, _ in found])
    return [Foreign(start, end, SIDES[side], fix) for start, end, side, fix in found if side in marks]


def _foreign_to(locale: str) -> frozenset[str] | None:
    """The marks of words that a locale spells otherwise; None where it takes either side."""
    region = next((part.upper() for part in locale.split("-")[1:] if len(part) == 2), "")
    marks = FOREIGN.get(region)
    return marks - {"IZE"} if marks and "oxendict" in locale else marks


def _fewer(sides: Sequence[str]) -> frozenset[str]:
    """The marks of the side of which there are fewer, or which comes later, in a text where both stand."""
    if not any(one in sides and other in sides for one, other in CLASHES):
        return frozenset()
    american = [side in AMERICAN for side in sides if side != "IZE" or "ISE" in sides]
    here = sum(american)
    first = here * 2 > len(american) or (here * 2 == len(american) and american[0])
    return BRITISH if first else AMERICAN if "ISE" in sides else AMERICAN - {"IZE"}


def _found(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The words of a text that one side alone writes so: where each stands, its mark, what the other side writes."""
    known = spellings()
    quoted: Sequence[tuple[int, int]] | None = None
    for match in _WORDS.finditer(text):
        word, start, end = match[1], match.start(1), match.end(1)
        spelling = known.get(word.casefold())
        if spelling is None or (spelling.noun and not _ARTICLE.search(text[max(0, start - REACH) : start])):
            continue
        if _is_name(text, start, match.end()) or CODE.search(token(text, start, end)):
            continue
        quoted = [one.span() for one in _QUOTED.finditer(text)] if quoted is None else quoted
        if not any(left <= start and end <= right for left, right in quoted):
            yield start, end, spelling.side, spelling.other.capitalize() if word[0].isupper() else spelling.other


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a capital makes a name of a word: within a sentence, before another capital, or all of them."""
    word = text[start:end]
    if word.islower():
        return False
    return not opens_sentence(text, start) or word[1:] != word[1:].lower() or bool(_NAME_GOES_ON.match(text, end))
