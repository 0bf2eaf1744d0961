"""`python -m scripts.spelling SOURCES CORPORA`: the data of `words/` that tell English words and their spellings.

SOURCES holds `en_US`, `en_GB`, `en_AU`, `en_CA` (`.aff` and `.dic` of the npm packages dictionary-en 4.0.0 and
dictionary-en-gb, -au and -ca 3.0.0, which are SCOWL's), `en_US-web` (`internal/spell/data` of Vale 3.22), `varcon.txt`
(en-wl/wordlist, branch v1) and `typos.csv` (crate-ci/typos, `crates/typos-dict/assets/words.csv`). CORPORA holds plain
text, `docs_en.txt.gz` and `chat_en.txt.gz`, one passage a line.

It writes the dictionaries, packed; `dialects.tsv`, the words that one side of the Atlantic alone writes so; and
`used.en.txt.gz`, the words of the corpora, the most frequent first, those that no dictionary has behind a plus sign.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cannedkit.words import dictionary
from cannedkit.words.dictionary import Dictionary
from cannedkit.words.misspelling import one_edit_apart

WORDS = Path(__file__).parent.parent / "cannedkit" / "words"

NAMES = ("en_US", "en_GB", "en_AU", "en_CA")

WEB = "en_US-web"

MAX_LEVEL = 70
"""The level of SCOWL up to which a word can be found in a dictionary; above it pairs were not checked (VarCon)."""

BLOCKS, LEAST_BLOCKS, LEAST = 8, 3, 6
"""Parts into which the documentation is cut, each of another work or two; in how many of them, chat being one more, and
how often a word must stand that no dictionary has: the largest work fills less than three. Our own choice."""

LEAST_PAIR, MAX_PAIR = 60, 13
"""How often two words must stand together to be listed as what one that is written together may mean, and how many
letters they have at most: longer ones nobody joins by mistake."""

OUTNUMBERED = 20
"""How much oftener a word stands for which another, one edit away, is a slip: "calender" beside "calendar"."""

LEAST_KNOWN = 2
"""How often a word of a dictionary must stand in the corpora to be listed."""

BEHIND_ARTICLE: Mapping[str, str] = {"tire": "tyre", "tires": "tyres", "license": "licence", "practise": "practice"}
"""Words that British English writes so as verbs alone: as nouns, which an article tells, they are the others."""

TURNS = frozenset(
    tuple(turn.split("|")) for turn in "|u er|re z|s |l l| |a |o |ue s|c c|s f|ph w|ugh a|e |p e|c".split(" ")
)
"""What American and British spelling have in one place where they differ by rule: color, colour; center, centre."""

SINGLE = frozenset(
    "acknowledgment aging airplane aluminum artifact ax check checkbook cozier coziest cozily coziness cozy curb donut "
    "draft draftier draftiest drafty inquiries inquiry jewelry judgment karat learned maneuver maneuvered maneuvering "
    "maneuvers math mom mommy moms mustache omelet pajama pajamas practice practiced practices practicing program "
    "programs skeptic skeptical skepticism skeptics specter spelled stories story tidbit tire tires vise yogurt".split()
)
"""American words that differ from the British ones in their own way; their plurals too."""

NEITHER = frozenset(
    "oversize oversized mater maters matre matres sake fagot fagots cord cords bark barks dolor".split()
    + "evil eviler evilest".split()
)
"""Words of VarCon that a writer of either side may mean otherwise."""

_PLAIN = re.compile(r"(?!arse|asshole)[a-z]+")
LEAST_COMMON = 2_000
"""How often a word stands for which a short acronym in small letters is likelier a slip; our own choice."""

_CLUSTER = re.compile(r"# .*\(level (\d+)\)")
_TAG = re.compile(r"([ABZCD_])([.vVx-]?)\d*")
_WORD = re.compile(r"(?<![\w'’@/.\\#-])[a-z][a-z]*(?:['’][a-z]+)?(?![\w@/\\#-]|['’.]\w)")
_PAIR = re.compile(r"(?<![\w'’-])(?=([a-z]+) ([a-z]+)(?![\w'’-]))")
_ACRONYM = re.compile(r"(?<![\w'’@/.\\#-])[A-Z]{3,}(?![\w@/\\#-]|['’.]\w)")


def main(sources: Path, corpora: Path) -> None:
    """Write all of it."""
    folder = WORDS / "dictionaries"
    folder.mkdir(exist_ok=True)
    for name in (*NAMES, WEB):
        for ending in ("aff", "dic"):
            raw = (sources / f"{name}.{ending}").read_bytes()
            (folder / f"{name}.{ending}.gz").write_bytes(gzip.compress(raw, 9, mtime=0))
    known = {name: dictionary.load(sources / f"{name}.aff", sources / f"{name}.dic") for name in NAMES}
    pairs = sorted(dialects((sources / "varcon.txt").read_text("latin-1"), known))
    (WORDS / "dialects.tsv").write_text("".join("\t".join(pair) + "\n" for pair in pairs), "utf-8")
    wrong = {line.partition(",")[0] for line in (sources / "typos.csv").read_text("utf-8").splitlines()}
    used = "".join(f"{line}\n" for line in words(corpora, [*known.values()], wrong))
    (WORDS / "used.en.txt.gz").write_bytes(gzip.compress(used.encode(), 9, mtime=0))


# -- spellings of two sides -----------------------------------------------------------------------


def dialects(varcon: str, known: Mapping[str, Dictionary]) -> Iterator[tuple[str, str, str]]:
    """Each word that one side writes and the other does not: its side, the word, and what the other side writes.

    The side is US, GB, or ISE and IZE for endings that British English writes in either way; behind it `n` for a word
    that is one of the other side as a noun alone. A word that its own dictionary lacks, or the other has, is none.
    """
    spellings = list(_lines(varcon))
    right: dict[str, set[str]] = {"A": set(), "B": set()}
    for tags in spellings:
        for side, words_of in right.items():
            words_of |= {word for word, found in tags.items() if found.get(side, "x") in ("", ".")}
    american, british = known["en_US"], known["en_GB"]
    made: dict[str, tuple[str, str]] = {}
    for tags in spellings:
        us, gb = (next((word for word, found in tags.items() if found.get(side) == ""), "") for side in "AB")
        if us == gb or not all(map(_PLAIN.fullmatch, (us, gb))) or not _is_turn(us, gb):
            continue
        oxford = us.replace("iz", "is") == gb
        if tags[us].get("B", "x") not in ("", ".", "v") and us not in right["B"] and american.knows(us):
            made.setdefault(us, ("IZE" if oxford else "US", gb))
        if gb not in right["A"] and british.knows(gb) and not american.knows(gb):
            made.setdefault(gb, ("ISE" if oxford else "GB", us))
    yield from ((side, word, other) for word, (side, other) in made.items())
    yield from (("USn", word, other) for word, other in BEHIND_ARTICLE.items() if word not in made)


def _is_turn(us: str, gb: str) -> bool:
    """Whether two spellings differ as the two sides do: by a rule of theirs, or as a pair that is known."""
    if {us, gb} & NEITHER:
        return False
    if us in SINGLE or us.removesuffix("s") in SINGLE:
        return True
    start = _alike(us, gb)
    end = _alike(us[start:][::-1], gb[start:][::-1])
    turn = us[start : len(us) - end], gb[start : len(gb) - end]
    return turn in TURNS or (turn == ("e", "") and us.endswith(("ered", "ering")))


def _alike(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lines(varcon: str) -> Iterator[dict[str, dict[str, str]]]:
    """For each line of VarCon up to MAX_LEVEL, its words, and how each side takes them: "" first of all, x never."""
    level = 0
    for line in varcon.splitlines():
        if found := _CLUSTER.match(line):
            level = int(found[1])
        elif line.strip() and not line.startswith("#") and level <= MAX_LEVEL:
            words_of: dict[str, dict[str, str]] = {}
            for part in re.split(r" [|#]", line)[0].split(" / "):
                tags, _, word = part.partition(": ")
                words_of[word.strip()] = dict(_TAG.findall(tags))
            yield words_of


# -- words in use ---------------------------------------------------------------------------------


def words(corpora: Path, dictionaries: Sequence[Dictionary], wrong: Iterable[str]) -> Iterator[str]:
    """The words of the corpora that a dictionary has, then pairs of words that often stand together, then other words.

    Those, behind a plus sign, are in small letters, or acronyms, that no list of misspellings has and that are no slip;
    acronyms of the dictionaries are among them.
    """
    misspelt = frozenset(wrong)
    lines = gzip.decompress((corpora / "docs_en.txt.gz").read_bytes()).decode().splitlines()
    chat = gzip.decompress((corpora / "chat_en.txt.gz").read_bytes()).decode().splitlines()
    size = len(lines) // BLOCKS + 1
    counts: Counter[str] = Counter()
    acronyms: Counter[str] = Counter()
    blocks: defaultdict[str, set[int]] = defaultdict(set)
    for number, block in enumerate([*(lines[at : at + size] for at in range(0, len(lines), size)), chat]):
        for word in (word for line in block for word in _WORD.findall(line)):
            plain = word.replace("’", "'")
            counts[plain] += 1
            blocks[plain].add(number)
        for word in (word for line in block for word in _ACRONYM.findall(line)):
            acronyms[word.lower()] += 1
            blocks[word.lower()].add(number)
    known = {word: count for word, count in counts.items() if any(each.knows(word) for each in dictionaries)}
    yield from listed({word: count for word, count in known.items() if count >= LEAST_KNOWN})
    yield from listed(pairs((*lines, *chat), known))
    often = {word: count for word, count in known.items() if count >= OUTNUMBERED * LEAST}
    both = counts + acronyms
    used = {word: both[word] for word in both.keys() - known.keys() if both[word] >= LEAST and len(word) > 2}
    terms = {word for word in used if len(blocks[word]) >= LEAST_BLOCKS and word not in misspelt}
    slips = {
        word
        for word in terms
        for other, count in often.items()
        if len(word) > 4 and count >= OUTNUMBERED * used[word] and one_edit_apart(word, other)
    }
    parts = {word for word in terms if f"{word}'t" in counts}
    short = {root.lower() for each in dictionaries for root in each.roots if _ACRONYM.fullmatch(root) and len(root) < 6}
    short -= {*misspelt, *(word for word in short if any(each.knows(word) for each in dictionaries))}
    common = [word for word, count in known.items() if count >= LEAST_COMMON]
    slips |= {word for word in short for other in common if _is_left_out(word, other)}
    yield from listed({word: used.get(word, LEAST) for word in (terms | short) - slips - parts}, "+")


def _is_left_out(word: str, other: str) -> bool:
    """Whether an acronym is a common word with a letter more or less, or with two swapped."""
    return one_edit_apart(word, other) and (len(word) != len(other) or sorted(word) == sorted(other))


def pairs(lines: Iterable[str], known: Container[str]) -> dict[str, int]:
    """Two words that often stand together, and how often: "a lot"; none that are one word, too."""
    found = Counter(" ".join(pair) for line in lines for pair in _PAIR.findall(line.lower()))
    return {
        pair: count
        for pair, count in found.items()
        if count >= LEAST_PAIR and pair.replace(" ", "") not in known and len(pair) <= MAX_PAIR
    }


def listed(counts: Mapping[str, int], sign: str = "") -> Iterator[str]:
    """A line for each word, the most frequent first: the word, and the binary logarithm of its count."""
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{sign}{word}\t{count.bit_length() - 1}"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
