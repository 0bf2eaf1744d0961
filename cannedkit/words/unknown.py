"""Which words of a text a dictionary lacks, and which of them are misspelt: what the dictionaries' engines share.

Positions are code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from cannedkit.model.draft import Finding, Level
from cannedkit.words.misspelling import CODE, one_edit_apart, opens_sentence, token
from cannedkit.words.vocabulary import Accepted, covers

SOUNDS: Mapping[str, tuple[str, str, str]] = {"te": ("ఖఘఛఝఠఢథధఫభశషణళఱీూేోౌై", "కగచజటడతదపబససనలరిుెొొె", "ా")}
"""Language -> letters that are mistaken for others, those others, and what is left out by mistake.

Its dictionary lacks every fourth right word, so that an unknown one is misspelt only if one that sounds like it is
known: aspirated or not, a long or a short vowel. Of 260 right words 3 are flagged, of 10 misspellings 4.
"""

SCRIPTS: Mapping[str, str] = {
    **dict.fromkeys("ru uk be bg mk sr".split(), "Cyrillic"),
    **dict.fromkeys("hi mr ne".split(), "Devanagari"),
    "ar": "Arabic",
    "bn": "Bengali",
    "el": "Greek",
    "he": "Hebrew",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
}
"""Language -> the script whose words are looked up, Latin for all others; words in another script are names."""

NOUNS_WITH_CAPITAL = frozenset({"de"})
"""Languages in which a capital within a sentence makes no name."""

MIN_NAME, MAX_WORD = 6, 60
"""Code points: the least in a word with a capital that may be misspelt; the most in a word that is looked up."""

LONG, ALIKE = 10, 0.85
"""Code points of a word that may be two edits away from what is meant, and how like it then is (difflib's ratio)."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Speller:
    """What is asked of a dictionary: whether a word is right, and what to write for one that is not, best first."""

    language: str
    accepted: Accepted
    is_right: Callable[[str], bool]
    suggests: Callable[[str], Sequence[str]]


def misspelt(speller: Speller, text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are misspelt, sorted: words that are no names, codes or addresses, or their parts.

    Raises EngineError where a term of the vocabulary runs out of time.
    """
    right = speller.accepted.spans(text)
    for start, end in (word.span() for word in _pattern(SCRIPTS.get(speller.language, "Latin")).finditer(text)):
        entity = text[start - 1 : start] == "&" and text[end : end + 1] == ";"
        if not (entity or CODE.search(token(text, start, end)) or covers(right, start, end)):
            found = _unknown(speller, text, start, end)
            yield from ((first, last) for first, last in found if not covers(right, first, last))


def proposed(speller: Speller, written: str) -> tuple[str, ...]:
    """What to write for a misspelt word, best first: as the vocabulary has it, if it has it in other letters."""
    own = speller.accepted.written(bare(written))
    return (own,) if own else tuple(speller.suggests(bare(written)))


def finding(text: str, start: int, end: int, rule: str, level: Level, fixes: tuple[str, ...]) -> Finding:
    """The finding of a misspelt word."""
    quoted = " or ".join(f'"{fix}"' for fix in fixes)
    message = f'Check the spelling of "{text[start:end]}".' + (f" Write {quoted}." if fixes else "")
    return Finding(start, end, rule, level, message, fixes, False, (rule,))


def _unknown(speller: Speller, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a word that are misspelt: itself, or some of its parts between hyphens."""
    word = bare(text[start:end])
    if not 1 < len(word) <= MAX_WORD or _is_right(speller, word):
        return
    if speller.accepted.written(word):
        yield start, end
    if word[1:] != word[1:].lower() or speller.accepted.written(word):
        return
    parts = [match.span() for match in re.finditer(r"[^-‑]+", text[start:end])]
    if len(parts) == 1:
        if _is_misspelt(speller, text, start, end):
            yield start, end
        return
    for left, right in parts:
        part = bare(text[start + left : start + right])
        if len(part) > 1 and not part[0].isupper() and not _is_right(speller, part):
            yield start + left, start + right


def _is_right(speller: Speller, word: str) -> bool:
    return speller.accepted.written(word) == word.replace("’", "'") or speller.is_right(word)


def _is_misspelt(speller: Speller, text: str, start: int, end: int) -> bool:
    """Whether an unknown word is no name: it has no capital, or it is all but a word that the dictionary has."""
    word, language = bare(text[start:end]), speller.language
    if language in SOUNDS:
        return any(_sound(word, language) == _sound(fix, language) for fix in speller.suggests(word))
    if not word[0].isupper():
        return True
    opens = opens_sentence(text, start) and not text.startswith((",", "\n"), end)
    if len(word) < MIN_NAME or not (opens or language in NOUNS_WITH_CAPITAL):
        return False
    elsewhere = [match.start() for match in re.finditer(re.escape(text[start:end]), text) if match.start() != start]
    if opens and any(not opens_sentence(text, other) for other in elsewhere):
        return False
    return any(_is_near(word, fix) for fix in speller.suggests(word)[:1])


@lru_cache(maxsize=16)
def _pattern(script: str) -> Any:
    """What the words of a script look like, with the hyphens and apostrophes inside them."""
    import regex

    letters = rf"\p{{Script={script}}}[\p{{Script={script}}}\p{{M}}\u00ad\u200b-\u200d\u2060]*"
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}_]){letters}(?:['’‑-]{letters})*(?![\p{{L}}\p{{M}}\p{{N}}_])")


def bare(word: str) -> str:
    """A word as dictionaries have it: letters and accents in one, no invisible characters."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE)).replace("‑", "-")


def _is_near(word: str, fix: str) -> bool:
    """Whether a word is all but `fix`: one edit away, or two in a long one."""
    word, fix = word.casefold(), fix.casefold()
    return one_edit_apart(word, fix) or (len(word) >= LONG and SequenceMatcher(None, word, fix).ratio() >= ALIKE)


def _sound(word: str, language: str) -> str:
    return re.sub(r"(.)్\1", r"\1", word.translate(str.maketrans(*SOUNDS[language])))
