"""Vale's regular expressions in the words of the `regex` module."""

from __future__ import annotations

from contextlib import suppress

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.pattern.alternation import PatternError, compiled
from cannedkit.pattern.dialect import trailing_flags, translated


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\w+", "café", ["caf"]),
        (r"\W", "aé_", ["é"]),
        (r"[\W]+", "aé ü-b", ["é ü-"]),
        (r"\d", "1٣", ["1"]),
        (r"a\sb", "a\u00a0b", []),
        (r"\bé", "é", ["é"]),
        (r"a(?i)b|c", "aB C ab", ["aB", "C", "ab"]),
        (r"(a(?i)b)|c", "aB C", ["aB"]),
        (r"(?i:a)b", "Ab AB", ["Ab"]),
        (r"(?i)a(?-i)b", "Ab AB", ["Ab"]),
        (r"[[&&~]+", "[&&~", ["[&&~"]),
        (r"[]a]+", "]a", ["]a"]),
        (r"\x{1F389}", "🎉", ["🎉"]),
        (r"a.b", "a\nb", []),
        (r"(?s)a.b", "a\nb", ["a\nb"]),
        (r"a(?#note)b", "ab", ["ab"]),
        (r"(?P<one>a)(?P=one)", "aa", ["aa"]),
        ("(?x) a b # and no more", "ab a b", ["ab"]),
        (r"(?x: a\ b [ ]) c", "a b  c", ["a b  c"]),
        ("(?i)(a(?-i)b(?i)c)", "AbC", ["AbC"]),
    ],
)
def test_patterns_mean_what_they_mean_in_vale(pattern: str, text: str, found: list[str]) -> None:
    """Classes are those of ASCII, flags hold to the end of their group, and what only `regex` knows is plain text."""
    assert [match[0] for match in compiled(pattern, False).finditer(text)] == found


@pytest.mark.parametrize(
    ("pattern", "multiline", "found"),
    [
        ("^a$", True, 2),
        ("^a$", False, 0),
        ("(?m)^a$", False, 2),
        ("(?-m)^a", True, 1),
        (r"a\z", True, 0),
        (r"a\Z", True, 1),
    ],
)
def test_lines(pattern: str, multiline: bool, found: int) -> None:
    """`^` and `$` stand at lines where the rule or the pattern says so; else `$` is the very end."""
    assert len(compiled(pattern, False, multiline).findall("a\na\n")) == found


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        ("a(?i)b", "(?i)"),
        ("(?i)a(?-i)", "(?-i)"),
        ("(?xi)a(?s-m)", "(?isx-m)"),
        ("(a(?i))b", ""),
        ("(?i:a)(?m)", ""),
        ("a", ""),
    ],
)
def test_flags_that_stay_set(pattern: str, flags: str) -> None:
    """A flag at the end of a pattern holds for what Vale joins behind it."""
    assert trailing_flags(pattern) == flags


@given(st.text(alphabet="ab|()[]^$\\wWsS?i:-m.+", max_size=12))
def test_what_is_no_pattern_is_an_error(pattern: str) -> None:
    """Whatever a pattern holds, it compiles or is a PatternError: translating never crashes."""
    assert isinstance(translated(pattern), str)
    with suppress(PatternError):
        compiled(pattern, False)


CLASSES = [
    "[^.!?\\n]",
    "[ \\t]",
    "[0-9,.:]",
    "[^;]",
    "[a-z]",
    "[ks]",
    "[^A-Z]",
    "[’'-]",
    "[é]",
    "[\\x00-\\x1f]",
    r"\w",
    r"\W",
    r"\S",
]


@pytest.mark.parametrize("characters", CLASSES)
@pytest.mark.parametrize("before", ["", "(?i)", "(?-i)"])
def test_a_class_matches_the_same_characters_in_either_case(characters: str, before: str) -> None:
    """Whatever a class holds, marking those of signs alone changes no character that it matches, of all there are."""
    every = "".join(map(chr, range(0x110000)))
    marked = regex.compile(translated(before + characters, ignorecase=True), regex.IGNORECASE)
    plain = regex.compile(translated(before + characters), regex.IGNORECASE)
    assert [one.start() for one in marked.finditer(every)] == [one.start() for one in plain.finditer(every)]


def test_a_class_of_signs_is_marked() -> None:
    """A class that holds no letter is compiled with its case, where the rest of a pattern is without."""
    assert translated("a[^.!?]b", ignorecase=True) == "a(?-i:[^.!?])b"
    assert translated("a[^.!?]b") == "a[^.!?]b"
    assert translated("a[b.]", ignorecase=True) == "a[b.]"
