"""A text mended in turns: what a fix may bring, what is taken back, and that a second run changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Failure, Place
from cannedkit.model.result import FileFinding, Mended
from cannedkit.review.mend import Look, mend
from cannedkit.text.edits import edited

S, W, E = Level.SUGGESTION, Level.WARNING, Level.ERROR

HERE = Place("a", 1, 1, 1, 1)

Rules = Iterable[tuple[str, str, Level, str]]
"""Name, pattern, level, and the fix of each rule."""


def looking(rules: Rules) -> Look:
    """What some patterns find, each with one fix."""

    def look(text: str) -> tuple[list[FileFinding], list[Failure]]:
        found = [
            FileFinding(Finding(*match.span(), name, level, f"no {match[0]}", (fix,), True), HERE, text=match[0])
            for name, pattern, level, fix in rules
            for match in re.finditer(pattern, text)
        ]
        return sorted(found, key=lambda one: one.finding), []

    return look


def mended(text: str, *rules: tuple[str, str, Level, str], allowed: str = "") -> Mended:
    """The text mended by the first fix of whatever is found."""
    return mend(
        text, looking(rules), lambda found, _: found.finding.fixes[0], allowed=lambda found: found.text == allowed
    )


def test_all_that_do_not_touch_are_fixed_in_one_turn() -> None:
    """Fixes side by side are made, and the edits lead from the first text to the last."""
    done = mended("a cat, a cat", ("R", "cat", W, "dog"))
    assert (done.text, len(done.made), done.remaining) == ("a dog, a dog", 2, ())
    assert edited("a cat, a cat", done.edits) == done.text


def test_overlapping_fixes_go_in_turns() -> None:
    """Of two that overlap the first is made, then the other if it is still there."""
    done = mended("black cat nap", ("R", "black cat", W, "cat"), ("S", "cat nap", W, "nap"))
    assert done.text == "nap"
    assert [(one.found.finding.rule, one.found.finding.start) for one in done.made] == [("R", 0), ("S", 9)]


def test_what_is_blocked_by_a_hopeless_fix_gets_its_turn() -> None:
    """Where the fix further left is taken back, the one that overlaps it is tried all the same."""
    done = mended("ab", ("R", "ab", W, "xx"), ("X", "xx", W, "ab"), ("S", "b", W, "c"))
    assert (done.text, [one.reason for one in done.left]) == ("ac", [])


@pytest.mark.parametrize(("brings", "text"), [(S, "y"), (W, "x"), (E, "x")])
def test_a_fix_that_brings_as_bad_a_fault_is_taken_back(brings: Level, text: str) -> None:
    """A finding of the same level or a higher one that was not there: the fix is taken back, and why is said."""
    done = mended("x", ("R", "x", W, "y"), ("Y", "y", brings, "y"))
    assert done.text == text
    assert [one.reason for one in done.left if one.found.finding.rule == "R"] == (
        ["it would bring Y: no y"] if text == "x" else []
    )


def test_one_bad_fix_does_not_stop_the_others() -> None:
    """Among many fixes only the one that brings a fault is taken back."""
    done = mended("a b c d e", ("R", "[abde]", W, "x"), ("S", "c", W, "y"), ("Y", "y", E, "y"))
    assert done.text == "x x c x x"
    assert [one.found.text for one in done.left] == ["c"]


def test_a_finding_that_stays_where_it_was_is_no_new_one() -> None:
    """A long sentence is still long once a word in it is spelt right."""
    done = mended("teh end of it", ("Long", ".{8,}", E, "short"), ("Spell", "teh", W, "the"), allowed="")
    assert done.text == "short"
    kept = mend(
        "teh end of it",
        looking([("Long", ".{8,}", E, ""), ("Spell", "teh", W, "the")]),
        lambda found, _: "the" if found.finding.rule == "Spell" else None,
    )
    assert (kept.text, [one.finding.rule for one in kept.remaining]) == ("the end of it", ["Long"])


def test_words_that_are_new_are_told_apart() -> None:
    """Where a whole text is new, its words are still fixed each at its own place."""
    done = mended("aaa", ("R", "a", W, " c"), ("S", "c", S, "a"))
    assert (done.text, len(done.made), len(done.left)) == (" c c c", 3, 3)
    done = mended("aaa", ("R", "a", W, " c"), ("S", "c", S, "d"), ("D", "d d d", S, ""))
    assert (done.text, len(done.left)) == (" d c d", 1)


def test_two_rules_that_disagree_come_to_an_end() -> None:
    """Where each of two rules wants the other's word, the text stays as it is."""
    done = mended("x", ("R", "x", W, "y"), ("S", "y", W, "x"))
    assert (done.text, len(done.left)) == ("x", 1)


def test_what_a_person_allowed_is_not_touched() -> None:
    """A fix that touches an allowed finding is not made."""
    assert mended("black cat", ("R", "cat", W, "dog"), ("S", "black cat", W, "x"), allowed="black cat").text == (
        "black cat"
    )


def test_a_check_that_fails_on_the_new_text_takes_the_fix_back() -> None:
    """Nothing found because a check failed is not the same as nothing wrong."""

    def look(text: str) -> tuple[list[FileFinding], list[Failure]]:
        found, _ = looking([("R", "x", W, "y")])(text)
        return list(found), [Failure("Slow", "ran out of time")] if "y" in text else []

    done = mend("x", look, lambda found, _: found.finding.fixes[0])
    assert (done.text, [one.reason for one in done.left]) == ("x", ["a check failed on it: Slow: ran out of time"])


def test_what_is_taken_out_takes_its_comma_along() -> None:
    """A fix that takes words out closes the gap; signs that nobody sees go alone."""
    assert mended("Sadly, it is shut.", ("R", "Sadly", W, "")).text == "It is shut."
    assert mended("Sadly, {{ it }} is shut.", ("R", "Sadly", W, "")).text == "Sadly, {{ it }} is shut."
    assert mended("\u200b, it\u200b. is", ("R", "\u200b", W, "")).text == ", it. is"


def test_line_ends_of_a_fix_are_those_of_the_text() -> None:
    """A fix of two lines has the line ends that the text has."""
    assert mended("a\r\nb", ("R", "b", W, "c\nd")).text == "a\r\nc\r\nd"


RULE = st.tuples(
    st.sampled_from("RSTU"), st.sampled_from(["a", "b", "ab", "ba", "aa", "c"]), st.sampled_from([S, W, E]),
    st.text("abc ", max_size=2),
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.text("abc ", max_size=8), st.lists(RULE, max_size=4, unique_by=lambda rule: rule[0]))
def test_whatever_the_rules(text: str, rules: list[tuple[str, str, Level, str]]) -> None:
    """It ends; the edits lead to the text; a second run changes nothing; nothing as bad as what was fixed is new."""
    done = mended(text, *rules)
    assert edited(text, done.edits) == done.text
    again = mended(done.text, *rules)
    assert (again.text, again.made) == (done.text, ())
    if done.made:
        highest = max((one.finding.level for one in done.remaining), default=S)
        before = max(one.finding.level for one in looking(rules)(text)[0])
        assert highest <= before
