"""Sentences as Vale 3.22 sees them: the Punkt algorithm with the English model that Vale carries.

The algorithm is that of Kiss and Strunk (2006) as written in github.com/neurosnap/sentences (MIT, Eric Bower)
with the additions of github.com/jdkato/prose (MIT, Joseph Kato); the model is NLTK's for English (Jan Strunk).
Our own sentences, for counting and for other languages, are those of `segment.py`.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]

_ABBREVIATIONS = frozenset(
    "a.a a.c a.d a.g a.h a.m a.m.e a.s a.t adm ala ariz aug ave b.f b.v bros c c.i.t c.o.m.b c.v calif chg cie co col "
    "colo conn corp cos ct d d.c d.h d.w dec dr e e.f e.h e.l e.m f f.g f.j feb fla fri ft g g.d g.f g.k ga gen h h.c "
    "h.f h.m i.m.s ill inc j.b j.c j.j j.k j.p j.r jan jr k kan ky l l.a l.f l.p lt ltd m m.b.a m.d.c m.j maj messrs "
    "mg mich minn mr mrs ms n n.c n.d n.h n.j n.m n.v n.y nev nov oct ok okla ore p p.a.m p.m pa ph.d prof r r.a r.h "
    "r.i r.j r.k r.t rep reps s s.a s.a.y s.c s.g s.p.a s.s sen sep sept sr st sw t t.j tenn tues u.k u.n u.s u.s.a "
    "u.s.s.r v va vs vt w w.c w.r w.va w.w wash wed wis yr sgt gov no mt".split()
)
_STARTERS = frozenset(
    "according although among both but despite even he however i if in indeed instead it many meanwhile moreover most "
    "nevertheless nonetheless nor sales separately similarly since so some the there these they this though thus under "
    "when while yet".split()
)
_COLLOCATIONS = frozenset(
    "##number##,abreast ##number##,aes ##number##,business ##number##,cbot ##number##,colgate ##number##,commodities "
    "##number##,cooper ##number##,corrections ##number##,credit ##number##,dividend ##number##,financing "
    "##number##,genentech ##number##,henley ##number##,insider ##number##,international ##number##,leisure "
    "##number##,letters ##number##,notable ##number##,pay-fone ##number##,pegasus ##number##,pepper "
    "##number##,review ##number##,rj ##number##,wedgestone ##number##,who ##number##,zimmer b,edelman b,levine "
    "b,smith b,stewart b,wigton i,magnin i,toussie j,aron j,fialka j,walter o,ludcke".split()
)
_LOWER_ONLY_AT_START = frozenset({"administrators", "b-week", "r-revised", "z-holiday"})
"""Words of the model that were seen in lower case at the start of a sentence only."""

_END = ('."', ".)", ".’", ".”", "?", '?"', "?'", "?)", "?’", "?”", "!", '!"', "!'", "!)", "!’", "!”")
_OPENS_BEHIND = re.compile(r'[.?!][\[(]|\."')
_CLOSES = (")", "’", "”", '"', "'")
_STOPS = re.compile("[.!?。！？]")
_WIDE = "。；！？"
_NUMBER = re.compile(r"-?[.,]?[0-9][0-9,.\-]*\.?$")
_INITIAL = re.compile(r"[A-Za-z]\.\Z")
_ELLIPSIS = re.compile(r"\.\.+\Z")
_LIKE_ELLIPSIS = re.compile(r"(?:\.[ \t\n\f\r]?){2,}\.")
_LETTERED = re.compile(r"(?:[0-9A-Za-z_]\.)+[0-9A-Za-z_]*\.")


@dataclass(slots=True)
class _Word:
    """A word with a stop in it, or the one behind it: where it ends, and what it was found to be."""

    text: str
    end: int
    breaks: bool = False
    abbreviation: bool = False

    @property
    def bare_type(self) -> str:
        return _types(self.text)[1]

    @property
    def open_type(self) -> str:
        """The type, without the stop that ends a sentence."""
        return _types(self.text)[self.breaks]


@lru_cache(maxsize=2_048)
def _types(word: str) -> tuple[str, str]:
    """The type of a word, and that without the stop at its end."""
    found = _NUMBER.sub("##number##", word.lower())
    found = found if len(found.encode()) == 1 else found.replace(",", "")
    return found, found[:-1] if len(found) > 1 and found.endswith(".") else found


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text as Vale splits it, without the white space around them."""
    words = _words(text)
    for word in words:
        _by_type(word)
    pairs = list(zip(words, [*words[1:], None][: len(words)], strict=True))
    for word, following in pairs:
        if following:
            _by_context(word, following)
    for word, following in pairs:
        if following:
            _by_punctuation(word, following)
        elif "\n" in word.text and " " in word.text:
            word.breaks = False
    ends = [word.end for word in words if word.breaks]
    spans = zip([0, *ends], [*ends, len(text)], strict=True)
    return tuple(found for span in spans if (found := trimmed(text, *span))[0] < found[1])


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, start + len(piece.rstrip()))


def _words(text: str) -> list[_Word]:
    """The words that hold a sentence's stop, and the word behind each. A last character beyond ASCII ends no word."""
    if not text:
        return []
    last = len(text) - 1 if text[-1].isascii() else -1
    places = _places(text, last)

    def end(number: int) -> int:
        place = places[number] if number >= 0 else 0
        return place + 1 if number >= 0 and (place == last or text[place] in _WIDE) else place

    words: dict[int, _Word] = {}
    for stop in _STOPS.finditer(text):
        number = bisect_left(places, stop.start())
        for _ in range(2):
            while number < len(places) and not (word := text[end(number - 1) : end(number)].strip()):
                number += 1
            if number < len(places) and number not in words:
                words[number] = _Word(word, end(number))
            number += 1
    return [words[number] for number in sorted(words)] or [_Word(text, len(text))]


_GAP = re.compile(rf"[\s{_WIDE}]")


def _places(text: str, last: int) -> Sequence[int]:
    """Where a word may end: at white space, at wide stops, at the last character."""
    places = [gap.start() for gap in _GAP.finditer(text)]
    return places if last < 0 or (places and places[-1] == last) else [*places, last]


def _by_type(word: _Word) -> None:
    """Marks what the word alone tells: a break, or an abbreviation."""
    if _ends(word.text):
        word.breaks = True
    elif word.text.endswith((".", "。")) and not word.text.endswith(".."):
        bare = word.text[:-1].lower()
        if bare in _ABBREVIATIONS or bare.rpartition("-")[2] in _ABBREVIATIONS:
            word.abbreviation = True
        else:
            word.breaks = True


def _ends(word: str) -> bool:
    if word.endswith(_END) and "Yahoo!" not in word:
        return True
    return _OPENS_BEHIND.search(word) is not None


def _by_context(word: _Word, following: _Word) -> None:
    """Punkt's second pass: collocations, abbreviations at a sentence's end, initials and numbers."""
    if not word.text.endswith((".", "。")):
        return
    kind, next_type = word.bare_type, following.open_type
    initial = _INITIAL.match(word.text) is not None
    if f"{kind},{next_type}" in _COLLOCATIONS:
        word.breaks, word.abbreviation = False, True
        return
    open_ended = (word.abbreviation or _ELLIPSIS.search(word.text)) and not initial
    if open_ended and (_starts(following) is True or (_upper(following) and next_type in _STARTERS)):
        word.breaks = True
        return
    if word.text == "." and following.text == ".":
        word.breaks = following.breaks = False
    elif initial or kind == "##number##":
        starts = _starts(following)
        if starts is False or (starts is None and initial and _upper(following) and not _seen_lower(next_type)):
            word.breaks, word.abbreviation = False, True


def _by_punctuation(word: _Word, following: _Word) -> None:
    """Prose's third pass: ellipses, quotes and brackets inside a sentence, abbreviations with several stops."""
    if word.text.endswith(".") and following.text == ".":
        word.breaks = following.breaks = False
        return
    if _LIKE_ELLIPSIS.search(word.text) and (_upper(following) or following.open_type in _STARTERS):
        word.breaks = True
        return
    if word.breaks and word.text.endswith(_CLOSES) and _lower(following) and following.open_type not in _STARTERS:
        word.breaks = False
        return
    if word.text.endswith(".") and not word.breaks and _upper(following) and _seen_lower(following.open_type):
        word.breaks = True
    if _LETTERED.search(word.text) and not _INITIAL.match(word.text):
        word.abbreviation = True
        word.breaks = _starts(following) is True or (_upper(following) and following.open_type in _STARTERS)


def _starts(word: _Word) -> bool | None:
    """Whether its spelling says that a word starts a sentence; None where it says nothing."""
    if word.text in tuple(";:,.!?；：，。！？"):
        return False
    kind = word.open_type
    if _upper(word) and kind in _model()[0]:
        return True
    if _lower(word) and kind not in _LOWER_ONLY_AT_START:
        return False
    return None


def _upper(word: _Word) -> bool:
    return word.text[:1].isupper()


def _lower(word: _Word) -> bool:
    return word.text[:1].islower()


def _seen_lower(kind: str) -> bool:
    return any(kind in words for words in _model())


@lru_cache(maxsize=1)
def _model() -> tuple[frozenset[str], frozenset[str]]:
    """The words of Punkt's English model seen in lower case: never, and also, with a capital inside a sentence."""
    from importlib import resources

    packed = resources.files(__package__).joinpath("punkt.gz").read_bytes()
    only, both = gzip.decompress(packed).decode().splitlines()
    return frozenset(only.split()), frozenset(both.split())
