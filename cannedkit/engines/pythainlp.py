"""Thai spelling, with the words and word counts of PyThaiNLP (`pythainlp`): `open` gives an Engine.

Thai is written without spaces, so a misspelt word falls into pieces that may be words themselves (สำ|หลับ for สำหรับ).
A stretch of pieces is misspelt if it is no word and one common word, one edit away, is far more likely than the pieces
are together: the counts of the Thai National Corpus against the price of the edit, as in Kernighan, Church and Gale
(1990). Of 25 misspellings in support messages 12 are found, with 1 finding per 1,000 words of right text; words that
are commonly written in two ways (อีเมล์, ลิ้งค์) are for the pack Thai.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cannedkit.model.draft import Draft, Finding, Level
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Vocabulary
from cannedkit.words.misspelling import one_edit_apart

SPELLING = "Pythainlp.Spelling"
"""The rule of the findings."""

MIN_WORD, MIN_COUNT = 4, 30
"""Letters of a word that may be meant, and how often it must occur in the corpus of 33 million words."""

MIN_STRETCH, MAX_STRETCH, MAX_PIECES = 3, 20, 4
"""Letters of a stretch that may be a misspelt word, and the pieces that it may have fallen into."""

MARGIN = 4.0
"""How much more likely (natural logarithm) the word must be. With 2, 3 or 4 as many misspellings are found; on the
right texts of Echo and WikiLove there are 2.2, 2.2 and 1.5 alarms per 1,000 words, two of three of them true."""

LIKELY, UNLIKELY, SWAPPED = -6.5, -10.5, -8.0
"""What an edit costs (natural logarithm): a slip that Thai writers often make, any other, two letters swapped."""

LIGHT = frozenset("่้๊๋็์ะ")
"""Signs that are often left out or put in: tone marks, the killer sign, the short a."""

ALIKE = tuple(map(frozenset, "ฎฏต ศษส ณน รล ทธฑฒ คฆข พภ ดตท บปพ ชฌ ยญ ิีืึ ุู ่้๊๋็ เแ".split()))
"""Letters that sound or look alike."""

TITLES = frozenset("คุณ นาย นาง นางสาว น้อง พี่ ซอย ถนน อำเภอ ตำบล หมู่บ้าน".split())
"""Words before a name."""

WORDS = tuple(
    "แอป แอดมิน ไซซ์ โค้ด คูปอง โปรโมชัน เวอร์ชัน แอปพลิเคชัน อัปเดต อัปเกรด ลิงก์ อีเมล เช็กอิน เช็กเอาต์ โอทีพี "
    "พร้อมเพย์ คอนโด ลาซาด้า ช้อปปี้ ไลน์ วอลเล็ต รีเซ็ต รีสตาร์ต เคลม".split()
)
"""Words of support chats that the word list lacks, so that they are not cut to pieces."""


def open(options: Mapping[str, Any], vocabulary: Vocabulary) -> Thai:
    """The engine, ready to check drafts from any thread; `vocabulary.accept` are words it lets pass.

    Raises EngineError where pythainlp is missing or an option is given.
    """
    from importlib.util import find_spec

    if options:
        raise EngineError(f"engines: pythainlp takes no options, but {', '.join(sorted(options))} is given: write {{}}")
    if find_spec("pythainlp") is None:
        raise EngineError("the engine pythainlp needs its package: pip install 'cannedkit[thai]'")
    lock = threading.Lock()
    load = lru_cache(maxsize=1)(lambda: _lexicon(frozenset((*WORDS, *vocabulary.accept))))

    def lexicon() -> Lexicon:
        with lock:
            return load()

    return Thai(lexicon)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of Thai words. `cut` makes the pieces of a text, which joined are the text.

    `chance` is the natural logarithm of each word's share of the corpus, `right` are words and names that are never
    misspelt, `near` maps a common word, and it less any one letter, to the common words it is made of.
    """

    cut: Callable[[str], list[str]]
    chance: Mapping[str, float]
    right: frozenset[str]
    near: Mapping[str, tuple[str, ...]]
    rarest: float
    commonest: float


@dataclass(frozen=True, slots=True)
class Thai:
    """The speller. Its lexicon is read (1.4 s, 120 MB) when the first Thai draft comes, and kept for all threads."""

    lexicon: Callable[[], Lexicon]
    name: str = "pythainlp"
    languages: tuple[str, ...] = ("th",)

    @property
    def mark(self) -> str:
        """What its findings depend on besides the text, the settings and the versions of libraries: nothing."""
        return self.name

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of `draft`, sorted; each has one fix. Raises EngineError where the draft is not in Thai."""
        if draft.locale.partition("-")[0] not in self.languages:
            raise EngineError(f"pythainlp checks Thai only, but the draft's locale is {draft.locale}")
        kept: list[tuple[int, int, str]] = []
        for _, start, end, word in sorted(_suspects(draft.text, self.lexicon()), reverse=True):
            if all(end <= left or right <= start for left, right, _ in kept):
                kept.append((start, end, word))
        return [_finding(draft.text, *one) for one in sorted(kept)]


def _finding(text: str, start: int, end: int, word: str) -> Finding:
    message = f'Check the spelling of "{text[start:end]}". Write "{word}".'
    return Finding(start, end, SPELLING, Level.ERROR, message, (word,), False, (SPELLING,))


def _suspects(text: str, lexicon: Lexicon) -> Iterator[tuple[float, int, int, str]]:
    """How much more likely a word is than the pieces of `text[start:end]`, that stretch, and the word."""
    pieces: list[tuple[int, str]] = []
    at = 0
    for piece in lexicon.cut(text):
        pieces.append((at, piece))
        at += len(piece)
    for first, (start, _) in enumerate(pieces):
        if first and pieces[first - 1][1] in TITLES:
            continue
        stretch, chance = "", 0.0
        for _, piece in pieces[first : first + MAX_PIECES]:
            if not _is_thai(piece):
                break
            stretch += piece
            chance += lexicon.chance.get(piece, lexicon.rarest - 2 * len(piece))
            if len(stretch) > MAX_STRETCH:
                break
            if len(stretch) < MIN_STRETCH or stretch in lexicon.right:
                continue
            gain, word = _meant(stretch, lexicon, chance)
            if word and gain > MARGIN:
                yield gain, start, start + len(stretch), word


def _is_thai(piece: str) -> bool:
    """Whether a piece is of letters and signs only: no digit, repetition or abbreviation mark, nothing Latin."""
    return bool(piece) and all("ก" <= sign <= "ฺ" or "เ" <= sign <= "๎" for sign in piece) and not set(piece) & {"ๆ", "ฯ"}


def _meant(stretch: str, lexicon: Lexicon, chance: float) -> tuple[float, str]:
    """The gain of the likeliest word one edit away, and that word; "" where there is none."""
    if chance > lexicon.commonest + LIKELY - MARGIN:
        return 0.0, ""
    keys = (stretch, *(stretch[:at] + stretch[at + 1 :] for at in range(len(stretch))))
    words = {word for key in keys for word in lexicon.near.get(key, ()) if one_edit_apart(stretch, word)}
    return max(((lexicon.chance[word] + _price(stretch, word) - chance, word) for word in words), default=(0.0, ""))


def _price(written: str, word: str) -> float:
    """What the one edit between a stretch and a word costs."""
    same = next((at for at, pair in enumerate(zip(written, word, strict=False)) if pair[0] != pair[1]), -1)
    same = same if same >= 0 else min(len(written), len(word))
    one, other = written[same:], word[same:]
    if len(one) == len(other):
        if one[1:] != other[1:]:
            return SWAPPED
        return LIKELY if any(one[0] in group and other[0] in group for group in ALIKE) else UNLIKELY
    longer = one if len(one) > len(other) else other
    doubled = longer is one and same > 0 and one[0] == written[same - 1]
    return LIKELY if longer[0] in LIGHT or doubled else UNLIKELY


def _lexicon(more: frozenset[str]) -> Lexicon:
    """PyThaiNLP's words, the Royal Society's, names, and the counts of the Thai National Corpus; and `more` words."""
    for switch in ("PYTHAINLP_READ_ONLY", "PYTHAINLP_OFFLINE"):  # else it makes a folder in the user's home
        if "PYTHAINLP_READ_MODE" not in os.environ:
            os.environ.setdefault(switch, "1")
    from pythainlp import corpus
    from pythainlp.corpus import tnc
    from pythainlp.tokenize import word_tokenize
    from pythainlp.util import dict_trie

    words = corpus.thai_words() | more
    counts = dict(tnc.unigram_word_freqs())
    total = sum(counts.values())
    chance = {word: math.log((counts.get(word, 0) + 0.5) / total) for word in words}
    common = {word for word in words if counts.get(word, 0) >= MIN_COUNT}
    near: dict[str, tuple[str, ...]] = {}
    for word in common:
        if len(word) >= MIN_WORD:
            for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                near[key] = (*near.get(key, ()), word)
    names = corpus.thai_male_names() | corpus.thai_female_names() | corpus.thai_family_names()
    trie = dict_trie(words)
    return Lexicon(
        lambda text: list(word_tokenize(text, custom_dict=trie)),
        chance,
        frozenset(corpus.thai_orst_words() | names | common | more),
        near,
        math.log(0.5 / total),
        max(chance.values()),
    )


def rules() -> Mapping[str, Level]:
    """What this engine reports, and its level."""
    return {SPELLING.partition(".")[2]: Level.ERROR}
