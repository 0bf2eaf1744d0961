"""What a search can take at most is told from its pattern, and never less than it takes."""

from __future__ import annotations

import time
from math import inf

import pytest

from cannedkit.pattern.alternation import compiled, every, search
from cannedkit.pattern.budget import MOST_STEPS, counted, spending
from cannedkit.pattern.size import FEW, steps


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", 1),
        ("abc", 1),
        ("a|bc|d", 3),
        ("(?:a|b)(?:c|d|e)", 6),
        ("ab?(?:c|d)?", 6),
        (r"\b[a-z\]]\.\p{Lu}", 1),
        ("[^]a+]b", 1),
        ("(?P<one>a)|(?i:b)|(?=c)", 3),
        ("a{2}(?:b|c){3}", 8),
        ("a{1,3}?", 3),
        ("(?:a|b){1,2}", 6),
    ],
)
def test_the_choices_of_a_pattern_are_multiplied(source: str, expected: int) -> None:
    """In a row each goes with each; beside each other they are added."""
    assert steps(source, 10, 1) == expected
    assert steps(source, 10, 7) == 7 * expected


@pytest.mark.parametrize(
    ("source", "repeats"),
    [("a+", 1), (r"\w*,[ab]+", 2), (r"(?:[A-Z]\.){3,}", 1), (f"a{{1,{FEW + 1}}}", 1), ("a+|b+", 1), ("(?:a+b){2}", 2)],
)
def test_what_repeats_is_tried_at_each_of_its_lengths(source: str, repeats: int) -> None:
    """A second repetition is tried for each length of the first."""
    assert steps(source, 99, 1) / 100**repeats in (1, 2)


@pytest.mark.parametrize(
    "source",
    [
        "(?:a|aa)+b",
        "(?:a+)+",
        "(?:a?)*",
        r"(a)\1",
        "a{e<=1}",
        "(?R)",
        "(?(1)a|b)",
        "(?i)a",
        "(a",
        "a)",
        "[a",
        "a**",
        "]",
        "a{100001}" * 2,
        "(?:(?:a|b){8}){8}" * 20,
        "(" * 5_000,
    ],
)
def test_what_is_not_understood_may_take_for_ever(source: str) -> None:
    """Choices that repeat, parts that are met again, and what is no pattern."""
    assert steps(source, 300, 300) > MOST_STEPS


@pytest.mark.parametrize(
    ("source", "unit"),
    [
        (r"[a-z]+[!?]{2,}", "a"),
        (r"\w+\w", "a"),
        ("(?:a|ab|abc|[a-c])(?:a|ab|[a-c])(?:a|b|[ab])d", "abc"),
        ("(?:a?a?a?a?a?a?){2}b", "a"),
        (r"(?:ab){3,}c", "ab"),
        (r"(?<=a{1,8})b*c", "ab"),
    ],
)
def test_a_search_that_is_not_timed_is_soon_over(source: str, unit: str) -> None:
    """The longest text in which nobody looks at the clock is read within the time that a search may take."""
    length = next(n for n in range(100_000, 0, -1) if steps(source, n, n) <= MOST_STEPS)
    text = (unit * length)[:length]
    pattern = compiled(source, True)
    began = time.thread_time()
    for work in (lambda: search(pattern, text), lambda: every(pattern, text)):
        work()
    assert time.thread_time() - began < 0.5


def test_many_quick_searches_are_paid_together() -> None:
    """No search of a rule is timed, and all of them together are stopped by its budget."""
    pattern, text = compiled(r"[a-z]+[!?]{2,}", True), "a" * 120
    with spending(0.2) as budget, counted("Acme.Rule"), pytest.raises(TimeoutError):
        _ = [every(pattern, text) for _ in range(1_000_000)]
    assert 0.05 <= budget.spent["Acme.Rule"] < 0.5


def test_who_is_within_another_pays_for_himself_alone() -> None:
    """The vocabulary's patterns are not those of the rule that asks it."""
    with spending(10.0) as budget, counted("Acme.Rule"), counted("the vocabulary"):
        began = time.thread_time()
        while time.thread_time() - began < 0.05:
            pass
    assert 0.05 <= budget.spent["the vocabulary"] < 0.1
    assert budget.spent["Acme.Rule"] < 0.02
    assert budget.spent[""] == pytest.approx(budget.spent["Acme.Rule"] + budget.spent["the vocabulary"])


def test_steps_beyond_all_numbers_are_without_end() -> None:
    """A pattern of so many repetitions that no number tells its steps is one whose steps are not known."""
    assert steps("a*" * 100, 100_000, 1) == inf
