"""The words of a text as Vale 3.22 takes them for its spelling check, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

WHOLE = re.compile(r"(?:[A-Za-z]\.){2,}\Z|[A-Z][a-z]{1,2}\.\Z")
_PREFIXES = ("$", "(", '"', "[", "'")
_SUFFIXES = (",", ")", '"', "]", "!", ";", ".", "?", ":", "'")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
FACES = frozenset(
    "(-8 (-; (-_-) (._.) (: (= (o: (¬_¬) (ಠ_ಠ) (╯°□°）╯︵┻━┻ -__- 8-) 8-D 8D :( :(( :((( :() :))) :-) :-)) :-))) :-* "
    ":-/ :-X :-] :-o :-p :-x :-| :-} :0 :3 :P :] :`( :`) :`-( :o :o) =( =) =D =| @_@ O.o O_o V_V XDD [-: ^___^ o_0 "
    "o_O o_o v_v xD xDD ¯\\(ツ)/¯".split()
)
_RUN = re.compile(r"\S+")


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word with straight quotes, and its place `[start:end)`; signs around it are left out, numbers too."""
    for run in _RUN.finditer(text):
        if word := _word(run[0]):
            at = run[0].translate(_STRAIGHT).find(word)
            yield word, run.start() + at, run.start() + at + len(word)


@lru_cache(maxsize=4_096)
def _word(run: str) -> str:
    """The word in a run without spaces, "" where there is none."""
    word = run.translate(_STRAIGHT)
    while word and not (word in FACES or WHOLE.match(word)):
        if word.startswith(_PREFIXES) and len(word) > 1:
            word = word[1:]
        elif word.endswith(_SUFFIXES) and len(word) > 1:
            word = word[:-1]
        else:
            break
    return word if any(map(str.isalpha, word)) else ""
