"""Words, sentences, syllables and what readability formulas make of them, as Vale 3.22 counts.

The syllable rules, the grades and what counts as a word are those of github.com/jdkato/prose (MIT, Joseph Kato).
Our own counts are in `segment.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cannedkit.pattern.alternation import compiled
from cannedkit.prose.sentences import sentences


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in a text.

    `polysyllabic_words` have over two syllables, `complex_words` too without es, ed and ing; `long_words` have over
    six bytes.
    """

    words: int = 0
    sentences: int = 0
    characters: int = 0
    syllables: int = 0
    complex_words: int = 0
    long_words: int = 0
    polysyllabic_words: int = 0


@lru_cache(maxsize=64)
def counts(text: str) -> Counts:
    """The counts of a text; paragraphs are parted by blank lines."""
    word = compiled(r"(?:[A-Z]\.){2,}|[\p{N}\p{L}']+", False)
    found: list[str] = []
    total = 0
    for paragraph in text.split("\n\n"):
        spans = sentences(paragraph)
        total += len(spans)
        found += [match[0] for start, end in spans for match in word.finditer(paragraph[start:end])]
    each = [syllables(one) for one in found]
    return Counts(
        words=len(found),
        sentences=total,
        characters=sum(one.isalpha() or one.isnumeric() for word in found for one in word),
        syllables=sum(each),
        complex_words=sum(n - one.endswith(("es", "ed", "ing")) > 2 for one, n in zip(found, each, strict=True)),
        long_words=sum(len(one.encode()) > 6 for one in found),
        polysyllabic_words=sum(n > 2 for n in each),
    )


GRADES: Mapping[str, Callable[[Counts], float]] = {
    "Flesch-Kincaid": lambda c: 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
    "Gunning Fog": lambda c: 0.4 * (c.words / c.sentences + 100.0 * (c.complex_words / c.words)),
    "SMOG": lambda c: 1.0430 * math.sqrt(c.polysyllabic_words * 30.0 / c.sentences) + 3.1291,
    "Automated Readability": lambda c: 4.71 * (c.characters / c.words) + 0.5 * (c.words / c.sentences) - 21.43,
    "Coleman-Liau": lambda c: 0.0588 * (c.characters / c.words) * 100 - 0.296 * (c.sentences / c.words) * 100 - 15.8,
}
"""A metric that `readability` may name -> the school grade that it gives; for texts with words only."""


@lru_cache(maxsize=8_192)
def syllables(word: str) -> int:
    """How many syllables an English word seems to have: at least 1."""
    if len(word) < 3:
        return min(len(word), 1)
    lower = word.lower()
    if lower in _CORNERS:
        return _CORNERS[lower]
    stem, count = _without(lower, _PREFIXES, str.startswith, lambda one, affix: one[len(affix) :])
    stem, more = _without(stem, _SUFFIXES, str.endswith, lambda one, affix: one[: -len(affix)])
    count += more + sum(sign * len(_pattern(source).findall(stem)) for sign, source in _SYLLABLES)
    return max(count, 1)


def _without(
    word: str,
    levels: tuple[tuple[str, ...], ...],
    holds: Callable[[str, str], bool],
    cut: Callable[[str, str], str],
) -> tuple[str, int]:
    """The word without the first affix of the first level that has one, and how many syllables that stands for."""
    for level, affixes in enumerate(levels):
        for affix in affixes:
            if holds(word, affix):
                return cut(word, affix), len(levels) - level
    return word, 0


@lru_cache(maxsize=8)
def _pattern(source: str) -> Any:
    return compiled(f"(?:{source})", False, False)


_ED = "b|c|ch|dg|f|g|gh|gn|k|l|lch|ll|lv|m|mm|n|nc|ng|nch|nn|p|r|rc|rn|rs|rv|s|sc|sk|sl|squ|ss|th|v|y|z"
_ES = "b|ch|d|f|gh|k|l|lch|ll|lv|m|mm|n|nch|nn|p|r|rn|rs|rv|s|sc|sk|sl|squ|ss|st|t|th|v|y"
_E = "b|c|ch|d|dg|f|g|gh|gn|k|l|ll|lv|m|mm|n|nc|ng|nn|p|r|rc|rn|rs|rv|s|sc|sk|sl|squ|ss|st|t|th|v|y|z"
_SYLLABLES: tuple[tuple[int, str], ...] = (
    (1, "[aeiouy]+"),
    (
        -1,
        "cia(?:l|$)|tia|cius|cious|[^aeiou]giu|[aeiouy][^aeiouy]ion|iou|sia$|eous$|[oa]gue$|.[^aeiuoycgltdb]{2,}ed$|"
        rf".ely$|^jua|uai|eau|^busi$|(?:[aeiouy](?:{_ED})ed$)|(?:[aeiouy](?:{_ES})es$)",
    ),
    (-1, rf"[aeiouy](?:{_E})e$"),
    (
        1,
        "(?:[^aeiouy]ie(?:r|st|t)|[aeiouym]bl|eo|ism|asm|thm|dnt|uity|dea|gean|oa|ua|eings?|[aeiouy]sh?e[rsd])$",
    ),
    (1, "[^gq]ua[^auieo]|[aeiou]{3}|^(?:ia|mc|coa[dglx].)"),
    (
        1,
        "[^aeiou]y[ae]|[^l]lien|riet|dien|iu|io|ii|uen|real|iell|eo[^aeiou]|[aeiou]y[aeiou]",
    ),
    (1, "[^s]ia"),
)
_PREFIXES = (
    tuple(
        "above anti ante counter hyper afore agri infra intra inter over semi ultra under extra dia micro mega kilo "
        "pico nano macro".split()
    ),
    tuple("un fore ware none non out post sub pre pro dis side".split()),
)
_SUFFIXES = (
    ("ology", "ologist", "onomy", "onomist"),
    ("fully", "berry", "woman", "women"),
    tuple(
        "ly less some ful er ers ness cian cians ment ments ette ettes ville villes ships ship side sides port ports "
        "shire shires tion tioned".split()
    ),
)
_CORNERS: Mapping[str, int] = {
    word: count
    for count, words in {
        2: "abed adieu cafe cafes chile chloe circe daphne jesse jukebox maybe people phoebe shoreline zoe",
        3: "abare acreage adame adobe apache coyote euterpe forever karate machete recipe sesame simile syncope tamale",
        4: "abalone abbruzzese abruzzese anemone aphrodite apostrophe ariadne calliope catastrophe epitome eurydice "
        "facsimile gethsemane guacamole hermione hyperbole penelope persephone yosemite",
        5: "aborigine aborigines",
    }.items()
    for word in words.split()
}
