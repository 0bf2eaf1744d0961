"""What changed between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.changes import MAX_COMPARED, changes, pieces, shown


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("We sent it.", "We've sent it.", "We{+'ve+} sent it."),
        ("One two three", "One three", "One [-two -]three"),
        ("a", "b", "[-a-]{+b+}"),
        ("", "New", "{+New+}"),
        ("a b c d e f g h i", "A b c d e f g h I", "[-a-]{+A+} b c d … f g h [-i-]{+I+}"),
        ("same", "same", ""),
    ],
)
def test_changes_are_shown_as_a_word_diff(old: str, new: str, wanted: str) -> None:
    """What went stands in [- -], what came in {+ +}, with the words around it."""
    before, after = pieces(old), pieces(new)
    assert shown(before, after, changes(before, after)) == wanted


def test_many_and_long_changes_are_cut() -> None:
    """Only the first changes are shown, each cut to a length that fits a message; the others are counted."""
    old = pieces(" ".join(f"w{number} same same same same" for number in range(9)))
    new = [piece.replace("w", "v") for piece in old]
    assert shown(old, new, changes(old, new)).endswith("… and 6 more")
    assert len(shown([], pieces("x" * 500), changes([], pieces("x" * 500)))) < 100


@given(old=st.text("ab .", max_size=30), new=st.text("ab .", max_size=30))
def test_the_changes_make_one_of_the_other(old: str, new: str) -> None:
    """Making the changes in the old text gives the new one."""
    before, after = pieces(old), pieces(new)
    assert ("".join(before), "".join(after)) == (old, new)
    made: list[str] = []
    done = 0
    for one in changes(before, after):
        made += before[done : one.old_start] + after[one.start : one.end]
        done = one.old_end
    assert made + before[done:] == after


def test_long_texts_are_one_change() -> None:
    """Texts of more pieces than are compared differ as a whole, behind what both begin and end with."""
    old, new = ["s", *"ab" * MAX_COMPARED, "e"], ["s", *"ba" * MAX_COMPARED, "e"]
    [one] = changes(old, new)
    assert (one.old_start, one.start) == (1, 1)
