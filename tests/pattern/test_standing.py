"""Whether anything of a rule's patterns stands in a text, told without looking for where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cannedkit.model.draft import Draft
from cannedkit.pattern.alternation import SHORT, Alternation, alternation
from cannedkit.pattern.budget import OURS, counted, spending
from cannedkit.pattern.hits import located
from cannedkit.pattern.standing import stands
from tests import rulefiles
from tests.pattern.test_alternation import TEXTS, TOKENS


def _told(found: Alternation, text: str) -> bool:
    with counted(OURS):
        return stands(found, text, located(found.literals, text))


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=5), TEXTS, st.booleans(), st.booleans())
@example(["a b", ".b"], "b ab", False, False)
@example(["(?<=x)[ab]?kS"], "kS bkS", True, False)
def test_what_stands_is_found(tokens: list[str], text: str, ignorecase: bool, word: bool) -> None:
    """It stands where `find` finds something, or where a match is a place without a character."""
    found = alternation(tokens, ignorecase=ignorecase, word=word)
    hits = located(found.literals, text)
    finds = any(True for _ in found.find(text, hits))
    assert finds <= _told(found, text)
    assume(all(one[0] for index in range(len(tokens)) for one in found.pattern(index).finditer(text)))
    assert finds == _told(found, text)


@pytest.mark.parametrize("times", [1, 60])
def test_many_places(times: int) -> None:
    """Where a literal stands often a pattern is searched, with the same answer as where it is tried at places."""
    found = alternation(["(?:no|so)? ?ab[cd]"], ignorecase=True, word=True)
    assert not _told(found, "abe no ab " * times)
    assert _told(found, "abe no ab " * times + "ABD")


def test_what_may_take_long_is_not_asked() -> None:
    """Of a long text, and of patterns that somebody else pays for, nothing is told: the rule itself keeps the time."""
    found = alternation(["ab[cd]"], ignorecase=True, word=True)
    assert _told(found, "a" * (SHORT + 1))
    assert not _told(found, "a")
    with spending(1.0), counted("Their.Rule"):
        assert stands(found, "a", {})


def test_a_rule_for_sentences_is_not_asked_of_the_whole(tmp_path: Path) -> None:
    """What opens a sentence opens no text: a rule whose scope is less than a text is asked all the same."""
    rule = "extends: existence\nmessage: m\ntokens: ['\\Ab[ck]']\nscope: sentence\nnonword: true\n"
    found = rulefiles.linter(tmp_path, {"Rule": rule}).lint(Draft("It was. bk it was."))
    assert [(one.start, one.end) for one in found] == [(8, 10)]


def test_a_pattern_that_takes_too_long_is_told(tmp_path: Path) -> None:
    """A rule of others that runs out of time is named as before, however short the text."""
    rule = "extends: existence\nmessage: m\ntokens: ['(?:a|aa)+$']\nnonword: true\n"
    linter = rulefiles.linter(tmp_path, {"Rule": rule})
    with spending(1.0):
        _, failures = linter.results(Draft("a" * 60 + "b"))
    assert len(failures) == 1
