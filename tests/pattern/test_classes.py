"""Patterns over the words of a sentence and their classes."""

from __future__ import annotations

import re

import pytest
import regex

from cannedkit.pattern.alternation import PatternError
from cannedkit.pattern.classes import can_match, line, marks, needed, source

KNOWN = ("first", "third", "noun", "mark", "edge", "stop")
WORDS = [("ik", ()), ("altijd", ()), ("vindt", ("third",)), ("werk", ("first", "noun")), (".", ("mark", "stop"))]


def _found(pattern: str) -> list[str]:
    """What a pattern is about in the sentence."""
    written = line(WORDS)
    return [
        re.sub(r"/\S*", "", match["at"]).strip()
        for match in regex.finditer(source(pattern, KNOWN), written.text)
        if match["at"] is not None
    ]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("[vindt]", ["vindt"]),
        ("[ik|wij]", ["ik"]),
        ("[~ndt]", ["vindt"]),
        ("[v~<third>] <noun>", ["vindt"]),
        ("ik _* [<third>]", ["vindt"]),
        ("ik [<third>]", []),
        ("[<first|third -noun>]", ["vindt"]),
        ("[<first -noun>]", []),
        ("[<third> <noun>] <stop>", ["vindt werk"]),
        ("^ [_]", ["ik"]),
        ("[_] .? $", ["werk"]),
        ("^ ... [<noun>]", ["werk"]),
        ("( ik | wij ) [altijd]", ["altijd"]),
        ("!ik [_]", ["altijd", "vindt", "werk"]),
        ("!( altijd vindt ) [_] <noun|third>", ["vindt"]),
        ("ik ( altijd | nooit )? [<third>]", ["vindt"]),
        ("^ ( <-noun> )** [<noun>]", ["werk"]),
    ],
)
def test_what_a_pattern_is_about(pattern: str, wanted: list[str]) -> None:
    """Words, ends of words, classes, choices, parts that may lack and parts that must: each as the table says."""
    assert _found(pattern) == wanted


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("ik <third>", "needs [ ] once"),
        ("[ik] [wij]", "needs [ ] once"),
        ("[<verb>]", "<verb> is no class of words"),
        ("( ik [wij]", "lacks its )"),
        ("[ik] <third", "stops being one"),
    ],
)
def test_what_is_no_pattern_is_named(pattern: str, said: str) -> None:
    """A pattern with a fault says what is wrong."""
    with pytest.raises(PatternError, match=re.escape(said)):
        source(pattern, KNOWN)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("ik|wij <third> [werk]", ("werk",)),
        ("( ik ) [<third>]", ()),
        ("!ik nu? [~ndt]", ()),
        ("ik [<third>]", ("ik",)),
    ],
)
def test_a_pattern_names_words_that_it_needs(pattern: str, wanted: tuple[str, ...]) -> None:
    """Only whole words that must stand are needed: the fewest choices of them."""
    assert needed(pattern) == wanted


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("ik <noun|third> [werk]", ((" ik/",), (" werk/",), ("/noun/", "/third/"))),
        ("!ik ( wij ) nu? [~ndt<third -noun>]", (("/third/",),)),
        ("[_] ...", ()),
    ],
)
def test_a_pattern_names_what_a_line_must_hold(pattern: str, wanted: tuple[tuple[str, ...], ...]) -> None:
    """Words and classes that every match has are asked for before the pattern is tried, and nothing else is."""
    assert marks(pattern) == wanted
    assert can_match(wanted, line(WORDS))
    assert not can_match((*wanted, ("/nouns/",)), line(WORDS))
