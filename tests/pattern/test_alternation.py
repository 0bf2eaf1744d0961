"""Regular expressions joined without being joined, and their time limit."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import regex
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cannedkit.model.draft import Draft
from cannedkit.model.rule import Rule
from cannedkit.pattern.alternation import (
    SHORT,
    PatternError,
    alternation,
    compiled,
    each,
    every,
    first,
    fits,
    matched,
    search,
    substituted,
    wrapped,
)
from cannedkit.pattern.budget import OURS, counted, spending
from cannedkit.pattern.hits import located, opened, openings
from cannedkit.rules.scope import passages

LETTERS = "abkKsSſiIİıß\u0301\u200d😀_- 1."
TOKENS = st.one_of(
    st.text(st.sampled_from("abksSſİiß\u0301😀_- "), min_size=1, max_size=4),
    st.sampled_from(
        [
            *("ab?", "a+", "k{2}", "(?:a|ab)b", "s+i", "[abk]+", "[sk]i", r"\w+", r"a\b", "^a", "i$", "(?i)s"),
            *("(?i:k)b", "(?<=a)b", "a(?!b)", "ss|s", "😀+", r"\.", "İ", "ı", "a\u0301", "(a)(b)?", "a*", "b?"),
        ]
    ),
)
TEXTS = st.text(st.sampled_from(LETTERS), max_size=30)
Part = str | tuple[str, "list[Part]"]
FLAGS = st.sampled_from(["(?i)", "(?-i)", "(?s)", "(?m)", "(?x)", "(?-x)", "(?i-x)", "(?-i)(?s)"])
OPENED = st.sampled_from(["(?:", "(", "(?i:", "(?-i:", "(?s:", "(?x:", "(?i-x:", "(?x-i:", "(?-x:"])
PARTS: st.SearchStrategy[list[Part]] = st.recursive(
    st.lists(st.one_of(st.sampled_from(["abc", "Ab", "bca", "c a", " ", "|", "B#a"]), FLAGS), min_size=1, max_size=4),
    lambda inside: st.lists(
        st.one_of(st.sampled_from(["ab", "c", "|"]), FLAGS, st.tuples(OPENED, inside)), min_size=1, max_size=4
    ),
    max_leaves=5,
)
EVIL = "(?:a|aa)+$"
LONG = "a" * 60 + "b"


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=5), TEXTS, st.booleans(), st.booleans())
@example(["İ"], "I İ i", True, True)
@example(["ſ", "s"], "sſS", True, False)
@example(["a", "ab"], "ab a", False, False)
@example(["ab", "b a"], "ab ab a", False, True)
def test_alternatives_find_what_the_joined_pattern_finds(
    tokens: list[str], text: str, ignorecase: bool, word: bool
) -> None:
    """Searching the alternatives one by one gives the matches of `a|b|c`, to the character."""
    assume(not any(token.startswith("(?i)") for token in tokens[:-1]))  # joined, it would reach the next alternative
    found = alternation(tokens, ignorecase=ignorecase, word=word)
    joined = compiled(wrapped("|".join(f"(?:{token})" for token in tokens), word), ignorecase)
    wanted = [match.span() for match in joined.finditer(text) if match[0]]
    assert [(match.start, match.end) for match in found.find(text, located(found.literals, text))] == wanted


def _written(parts: list[Part]) -> str:
    """The pattern as a writer gives it, flags and all."""
    return "".join(part if isinstance(part, str) else f"{part[0]}{_written(part[1])})" for part in parts)


def _spelled(parts: list[Part], flags: frozenset[str]) -> str:
    """The same pattern without flags: each letter as the class of its cases, what `(?x)` leaves out left out."""
    made = ""
    for part in parts:
        if not isinstance(part, str):
            made += f"({_spelled(part[1], _with(flags, part[0][:-1]))})"
        elif part.startswith("(?"):
            for one in part.split(")")[:-1]:
                flags = _with(flags, one)
        elif part == "|":
            made += part
        else:
            shown = re.sub(r"\s|#.*", "", part) if "x" in flags else part
            made += "".join(f"[{one.lower()}{one.upper()}]" if "i" in flags else re.escape(one) for one in shown)
    return made


def _with(flags: frozenset[str], opened: str) -> frozenset[str]:
    """The flags in force behind `(?i-x`."""
    on, _, off = opened.lstrip("(?").partition("-")
    return (flags | set(on)) - set(off)


@settings(max_examples=400, deadline=None)
@given(PARTS, st.text(st.sampled_from("abcABC #"), max_size=20), st.booleans())
@example(["(?i)", "abc"], "ABC", False)
@example([("(?i:", ["abc"]), " c"], "ABC c", False)
@example(["(?i)", ("(", ["ab", "(?-i)", "c", "(?i)", "ab"])], "ABcAB", False)
@example(["(?x)", "c a"], "ca", False)
def test_flags_for_a_part_of_a_pattern(parts: list[Part], text: str, ignorecase: bool) -> None:
    """Whatever flags a pattern sets for a part of itself, its rule finds what the same pattern finds without flags."""
    assume("x" not in _written(parts) or "#" not in _written(parts))  # a comment would reach over the marks behind it
    found = alternation([_written(parts)], ignorecase=ignorecase, word=False)
    spelled = regex.compile(_spelled(parts, frozenset("i" if ignorecase else "")))
    wanted = [match.span() for match in each(spelled, text)]
    assert [(match.start, match.end) for match in found.find(text, located(found.literals, text))] == wanted


@settings(max_examples=150, deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=4), TEXTS)
def test_a_match_names_the_first_alternative_that_matches(tokens: list[str], text: str) -> None:
    """At one place the alternative that is written first wins, and its own pattern matches just the span."""
    found = alternation(tokens, ignorecase=False, word=False)
    for match in found.find(text, located(found.literals, text)):
        at = compiled(wrapped(tokens[match.index], False), False).match(text, match.start)
        assert at.end() == match.end
        for earlier in tokens[: match.index]:
            other = compiled(wrapped(earlier, False), False).match(text, match.start)
            assert not other or not other[0]


def test_a_match_that_does_not_count_hides_none() -> None:
    """What begins within a match that does not count, or where it does, is found; it is found once."""
    found = alternation(["a b c", "b", "a b", "c"], ignorecase=False, word=True)
    hits = {0: ((0, 5, 0),), 1: ((2, 3, 0),), 2: ((0, 3, 0),), 3: ((4, 5, 0),)}
    assert [match.index for match in found.find("a b c", hits)] == [0]
    assert [match.index for match in found.find("a b c", hits, lambda match: match.index != 0)] == [2, 3]
    assert [match.index for match in found.find("a b c", hits, lambda match: match.index in (1, 3))] == [1, 3]


def test_groups_are_there_for_plain_alternatives_too() -> None:
    """What a group caught is known even where the text was found by the automaton and no pattern was run."""
    found = alternation(["(cat|dog) food"], ignorecase=True, word=True)
    (match,) = found.find("Our Dog food.", located(found.literals, "Our Dog food."))
    assert found.groups(match, "Our Dog food.") == ("Dog",)


@pytest.mark.parametrize("pattern", ["(", "[z-a]", "a{2,1}", "*", "(?P<1>a)", r"\p{Nonsense}", "(?<=", "a**"])
def test_a_bad_pattern_is_an_error_that_shows_it(pattern: str) -> None:
    """A pattern that does not compile is refused when its rule is built, not when a text is linted."""
    with pytest.raises(PatternError, match=re.escape(repr(pattern))):
        alternation(["fine", pattern], ignorecase=False, word=True)


def test_a_huge_pattern_is_an_error() -> None:
    """A pattern too deep for the compiler is an error of the rule, not a crash."""
    with pytest.raises(PatternError, match="too deeply nested or too large"):
        compiled("(" * 50_000 + "a" + ")" * 50_000, False)


def test_an_evil_pattern_is_stopped() -> None:
    """A pattern that would run for years is stopped within about a second of this thread's time."""
    began = time.thread_time()
    with pytest.raises(TimeoutError):
        search(compiled(EVIL, False), LONG)
    assert time.thread_time() - began < 2


def test_empty_matches_are_left_out() -> None:
    """A pattern that can match nothing yields only what it matches, and comes to an end."""
    assert [match.span() for match in each(compiled("a*", False), "baab")] == [(1, 3)]
    assert list(each(compiled("x*", False), "")) == []
    found = alternation(["a*", "c"], ignorecase=False, word=False)
    assert [(match.start, match.end) for match in found.find("bca", {1: [(1, 2, 0)]})] == [(1, 2), (2, 3)]


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab. \nA!?"), max_size=60), st.sampled_from(["text", "paragraph", "sentence"]))
def test_passages_carry_their_own_hits(text: str, scope: str) -> None:
    """A passage is a stretch of the draft, and its hits are those that a search of it alone would give."""
    literals = (("ab", "b"), ("a. a",))
    rule = Rule("T.R", "existence", "", None, "", {}, scope=(scope,), splits=True)
    for passage in passages(Draft(text), rule, located(literals, text)):
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.hits == located(literals, passage.text)


@pytest.mark.parametrize(
    "run",
    [
        search,
        fits,
        matched,
        every,
        lambda pattern, text: list(each(pattern, text)),
        lambda pattern, text: first(pattern, text, lambda: range(len(text))),
        lambda pattern, text: substituted(pattern, lambda found: "", text),
    ],
    ids=["search", "fits", "matched", "every", "each", "first", "substituted"],
)
def test_whatever_is_done_with_a_pattern_is_stopped(run: Callable[[Any, str], object]) -> None:
    """Searched, matched at a place or in full, listed or substituted: an evil pattern ends in a TimeoutError."""
    began = time.thread_time()
    with pytest.raises(TimeoutError):
        run(compiled(EVIL, False), LONG)
    assert time.thread_time() - began < 2


def test_a_pattern_of_ours_is_searched_in_a_short_text_without_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known to be ours is not timed in a short text; in a longer one, and of others, it is.

    The pattern is one of which nobody can tell how long it takes: `size.steps` does not understand it.
    """
    timed: list[int] = []

    def clock() -> float:
        timed.append(1)
        return 0.0

    monkeypatch.setattr("cannedkit.pattern.alternation.time.thread_time", clock)
    pattern = compiled("(?:a|aa)+b", False)
    with spending(1.0), counted(OURS):
        assert search(pattern, f"aab {'c' * (SHORT - 4)}")
        assert not timed
        assert search(pattern, f"aab {'c' * SHORT}")
        assert timed
        timed.clear()
        with counted("Acme.Rule"):
            assert search(pattern, "aab")
        assert timed
    timed.clear()
    assert search(pattern, "aab")
    assert timed


def test_a_text_of_many_literals_takes_time_by_its_length() -> None:
    """Matches that begin at one of many literals are found in a time that grows as the text does."""
    found = alternation([r"(?:so|very) (?:sorry|sad)(?= )"], ignorecase=True, word=True)
    took = []
    for count in (2_000, 20_000):
        text = "so sorry very sad " * count
        hits = located(found.literals, text)
        began = time.thread_time()
        assert sum(1 for _ in found.find(text, hits)) == 2 * count
        took.append(time.thread_time() - began)
    assert took[1] < 30 * took[0]


def test_a_pattern_matches_at_its_place() -> None:
    """`matched` begins at `start` and ends before `end`; `fits` is the whole text; `substituted` has every match."""
    pattern = compiled("a+", False)
    assert matched(pattern, "baab", 1).span() == (1, 3)
    assert matched(pattern, "baab", 1, 2).span() == (1, 2)
    assert matched(pattern, "baab") is None
    assert fits(pattern, "aa")[0] == "aa"
    assert fits(pattern, "aab") is None
    assert substituted(pattern, lambda found: found[0].upper(), "baab a") == "bAAb A"


@pytest.mark.parametrize(
    "pattern",
    [
        "((?:a|aa)(?:(?1)|$))",
        "a(?R)?b",
        "(?0)?a",
        "(?P<again>a(?&again)?)",
        "(?P<again>a(?P>again)?)",
        r"\\\\(?1)(a)",
        "(?x)# [\n(a(?1)?) # ]",
    ],
)
def test_a_pattern_that_calls_itself_is_refused(pattern: str) -> None:
    """No time limit stops such a pattern, so that it is an error of its rule that shows the call."""
    with pytest.raises(PatternError, match="runs a part of the pattern within itself"):
        alternation(["fine", pattern], ignorecase=False, word=True)


@pytest.mark.parametrize(
    ("pattern", "text"), [(r"\(\?1\)", "(?1)"), (r"\(?R\)", "R)"), ("(?i)r", "R"), ("[(?1]+", "(?1")]
)
def test_what_only_looks_like_a_call_is_a_pattern(pattern: str, text: str) -> None:
    """A bracket behind a backslash is a bracket."""
    assert fits(compiled(pattern, False), text)


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("he", "the he"),
        ("he|him", "the him"),
        ("he (?:is|was)", "the is, he was"),
        ("[^,]+, \\w+ (?:and|or)", "a, b for"),
    ],
)
def test_literals_between_boundaries_are_looked_for_there_alone(token: str, text: str) -> None:
    """What stands within another word is no hit of a token that is a word; without `nonword` it is."""
    word, part = (alternation([token], ignorecase=False, word=flag) for flag in (True, False))
    assert len(located(word.literals, text).get(0, ())) <= len(located(part.literals, text)[0])
    wanted = [match.span() for match in compiled(wrapped(token, True), False).finditer(text)]
    assert [(match.start, match.end) for match in word.find(text, located(word.literals, text))] == wanted


@pytest.mark.parametrize("source", [r"\b(\w+)\b", r"([^\s]+)", "[a-c]+", r"\b[A-Z]+", "([^,.]+)"])
@pytest.mark.parametrize("text", ["", "one two, it's a_b 3.", "  A\tB \n", "aBc Ab", "é a\u0301b c", "x" * 1_001])
@pytest.mark.parametrize("ignorecase", [True, False])
def test_runs_of_characters_are_found_by_either_engine_alike(source: str, text: str, ignorecase: bool) -> None:
    """What Python's own engine finds is what `regex` finds; beyond ASCII and in long texts that one is asked."""
    pattern = compiled(source, ignorecase, False)
    found = every(pattern, text)
    assert [(one.span(), one.groups()) for one in found] == [
        (one.span(), one.groups()) for one in pattern.finditer(text)
    ]
    assert not found or isinstance(found[0], re.Match) == (text.isascii() and len(text) <= SHORT)


@pytest.mark.parametrize(
    ("source", "backwards"),
    [
        (r"(?:[^,]+,){1,}\s\w+\s(?:and|or)", True),
        ("[a-z]+ (?:x|y)z(?=s)", True),
        ("very [a-z]+", False),
        ("[a-z]++ed of", False),
        (r"\w+ly", True),
        (r"of \w+ and", False),
    ],
)
def test_what_ends_in_a_literal_is_ruled_out_from_its_end(source: str, backwards: bool) -> None:
    """Where nobody knows where a match begins, and each ends in one of a few literals."""
    (need,) = alternation([source], ignorecase=True, word=True).needs
    assert need.backwards == backwards


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("Wait. Please wait. Oh, please do wait!", [6]),
        ("Wait. I would wait. So wait!", []),
        ("Please wait. " * 40, [*range(0, 521, 13)]),
    ],
)
def test_what_opens_is_tried_where_its_literal_stands_behind_an_opening(text: str, tried: list[int]) -> None:
    """Other openings cannot begin a match; where the literal stands often, all are tried."""
    found = located([["wait"]], text)[0]
    assert list(opened(openings(text), found, {7})) == tried


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["wait", "oh ", "so ", ". ", "\n", "x"]), max_size=12).map("".join))
@example("oh wait. so wait")
def test_what_opens_is_found_wherever_it_stands(text: str) -> None:
    """Openings that no literal stands behind are passed over, and no match with them."""
    source = r"(?:^|(?<=[.!?] ))(?:\w\w )?wait"
    own = alternation([source], ignorecase=False, word=False)
    assert own.needs[0].opens
    assert own.needs[0].before == frozenset({0, 3})
    with counted(OURS):
        found = [(one.start, one.end) for one in own.find(text, located(own.literals, text))]
    assert found == [one.span() for one in regex.finditer(source, text, regex.MULTILINE)]
