"""How X counts a post: by the configuration of twitter-text, version 3.

Source: twitter-text, config/v3.json, 2021; X, Counting characters, https://docs.x.com/fundamentals/counting-characters,
2026. Of the 22 lengths for version 3 that twitter-text tests its parser by, 21 come out; the other is a host name of
letters without spaces. Two things are nearer than exact: an address without `https://` is one where it ends in a domain
of `text/common.tsv` or of a country, and a sequence of emoji is one, also where X draws several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from cannedkit.text.common import common
from cannedkit.text.segment import graphemes

URL = 23
"""What any address costs, however long it is."""

EMOJI = 2
"""What an emoji costs, of however many code points it is."""

SINGLE = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that cost one; all others cost two."""


def pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """The pieces of a text and their costs: (start, end, cost), in order, in code points."""
    at = 0
    for start, end in _addresses(text):
        yield from _characters(text, at, start)
        yield start, end, URL
        at = end
    yield from _characters(text, at, len(text))


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    part = text[start:end]
    if part.isascii():
        yield from ((at, at + 1, 1) for at in range(start, end))
        return
    is_emoji = _patterns()[1]
    for left, right in graphemes(part):
        letter = part[left:right]
        cost = EMOJI if is_emoji(letter) else sum(map(_weight, normalize("NFC", letter)))
        yield start + left, start + right, cost


def _weight(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in SINGLE) else 2


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if "." in text:
        for found in _patterns()[0](text):
            if found["scheme"] or _is_domain(*found["host"].lower().split("."), path=bool(found["path"])):
                yield found.span()


def _is_domain(*labels: str, path: bool) -> bool:
    """Whether a host without its scheme is one for X: of a well-known domain, or of a country and no mere word."""
    last = labels[-1]
    if last in common("domains"):
        return True
    return len(last) == 2 and (len(labels) > 2 or path or last in ("co", "tv"))


@lru_cache(maxsize=1)
def _patterns() -> tuple[Callable[[str], Iterable[Any]], Callable[[str], object]]:
    """What finds addresses, and what says whether a grapheme is an emoji."""
    import regex

    address = regex.compile(
        r"""(?xi)
        (?<![a-z0-9_@#$./-])
        (?:
            (?P<scheme>https?://)(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.)*
                [\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.\p{L}{2,}
            | (?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})
        )
        (?![a-z0-9_@-])(?!\.[a-z0-9])
        (?::\d+)?
        (?P<path>/(?:
            (?:[\p{Latin}\p{Cyrillic}\p{N}!*';:=+,.$/%\#\[\]–\-_~@|&]|\([^\s()]{1,80}\))*
            (?:[\p{Latin}\p{Cyrillic}\p{N}=_\#/+-]|\([^\s()]{1,80}\))
        )?)?
        (?:\?[a-z0-9!?*'();:&=+$/%\#\[\]\-_.,~|@]*[a-z0-9_&=\#/-])?
        """
    )
    emoji = regex.compile(
        r"[#*0-9]\uFE0F?\u20E3|\p{Regional_Indicator}{2}|[©®]\uFE0F|(?![©®])\p{Extended_Pictographic}"
    )
    return address.finditer, emoji.match
