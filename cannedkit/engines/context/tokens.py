"""A text as the model of a language sees it: words in small letters, and a class for what has no word of its own.

A number, a name, a code or an address is one of many that mean the same to a sentence, so it becomes its class, and
nothing is ever said about it. Positions are code points, half open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

EDGE = "<s>"
"""The end of one sentence and the start of the next."""

NAME, NUMBER, MONEY, ORDINAL, CODE, ADDRESS, DAY, MONTH, UNKNOWN = (
    f"<{name}>" for name in "name number money ordinal code address day month unknown".split()
)
"""What stands for a word that is not looked at as itself."""

ALWAYS_CAPITAL = frozenset("i i'm i've i'll i'd".split())
"""English words with a capital that are words nevertheless."""

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

_TOKEN = re.compile(
    r"(?P<address>https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,200}\w|\w{1,63}(?:[./\\]\w{1,63}){0,20}\.(?:com|org|net|gov|io|nl|uk|html?)\b\S*)"
    r"|(?P<code>[#@$&<{\[][A-Za-z_][^\s,;.!?]*|[^\WA-Za-z_]*+[A-Za-z_][^\W\d_]*+[\d_]\w*|\d+(?!(?:st|nd|rd|th|am|pm|p|a)\b)[A-Za-z_]\w*)"
    r"|(?P<money>[$£€₹]\s?\d[\d,.]*\d|[$£€₹]\s?\d|\d[\d,.]*\s?(?:€|%))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,:/–-]\d+)*(?:\s?[ap]\.?m\b\.?)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<gap>\n\s*\n|\n(?=\s*[^a-z\s]))"
    r"|(?P<mark>[^\w\s]+)"
)
AMERICAN = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("tre", "ter"),
    ("ll", "l"),
    ("ence", "ense"),
    ("gramme", "gram"),
)
"""What is spelt so elsewhere, and in American English."""

_STOPS = frozenset(".!?…:;")
_CLASSES = {"address": ADDRESS, "code": CODE, "money": MONEY, "ordinal": ORDINAL, "number": NUMBER}


class Token(NamedTuple):
    """A word, mark or edge: what the model sees and where it stands.

    `word` is it in small letters where it may be spoken of, else "". A rare word is seen as one of its class.
    """

    text: str
    start: int
    end: int
    word: str = ""

    @property
    def open(self) -> bool:
        """Whether it is a word that the model has."""
        return self.word != "" and self.text[0] != "<"


def tokens(text: str, known: Callable[[str], bool], shut: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The tokens of `text`, an edge before the first and behind each sentence. `known`: the model has this word.

    A word in one of the stretches `shut` is seen as a name.
    """
    found = [Token(EDGE, 0, 0)]
    names = _joined(shut)
    for match in _TOKEN.finditer(text):
        kind, written = match.lastgroup, match[0]
        start, end = match.span()
        while names and names[-1][1] <= start:
            names.pop()
        if kind == "word" and names and names[-1][0] < end:
            found.append(Token(NAME, start, end))
        elif kind == "word":
            found.append(_word(written, start, end, found[-1].text == EDGE, known))
        elif kind == "gap":
            _close(found, end)
        elif kind == "mark":
            _mark(found, written, start, end, text)
        else:
            found.append(Token(_CLASSES[kind or ""], start, end))
    _close(found, len(text))
    return found


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches, those that overlap as one, the last first."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined[::-1]


def _close(found: list[Token], at: int) -> None:
    if found[-1].text != EDGE:
        found.append(Token(EDGE, at, at))


def _mark(found: list[Token], written: str, start: int, end: int, text: str) -> None:
    found.append(Token("." if written[0] in ".!?…" else written[0], start, end))
    if written[-1] in _STOPS and (end == len(text) or text[end].isspace()) and len(found) > 2:
        _close(found, end)


def _word(written: str, start: int, end: int, opens: bool, known: Callable[[str], bool]) -> Token:
    """A word: itself in small letters where the model has it, else a class."""
    low = written.lower().replace("’", "'")
    if written[0].isupper() and low not in ALWAYS_CAPITAL:
        if low in DAYS or low in MONTHS:
            if not (opens and low in ("may", "march", "sat", "sun", "mar")):
                return Token(DAY if low in DAYS else MONTH, start, end)
        elif not opens or (written.isupper() and len(written) > 1) or not known(low):
            return Token(NAME, start, end)
    return Token(_seen(low, known), start, end, low)


def _seen(word: str, known: Callable[[str], bool]) -> str:
    """A word as the model has it: as it is, in American spelling, or as a rare one."""
    if known(word):
        return word
    for british, american in AMERICAN:
        if british in word and known(made := word.replace(british, american)):
            return made
    return UNKNOWN
