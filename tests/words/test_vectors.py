"""What words mean, as numbers."""

from __future__ import annotations

import numpy as np
import pytest

from cannedkit.words.vectors import pieces, table, vectors


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("driver", "drivers", "refund"), ("broken", "damaged", "monday"), ("refund", "reimbursement", "parcel")],
)
def test_words_of_like_meaning_are_near(word: str, near: str, far: str) -> None:
    """A word is nearer to one that means the same than to another."""
    known = table("en")
    assert known
    one, same, other = vectors(known, [word, near, far])
    assert one @ same > 0.3 > one @ other


def test_a_word_in_pieces_is_their_mean() -> None:
    """An unknown word is put together of the longest known pieces; one with a sign that is unknown has no length."""
    known = table("en")
    assert known
    assert pieces("drivership", known.rows) == ["drivers", "##hip"]
    lengths = np.linalg.norm(vectors(known, ["drivership", "พัสดุ", "driver"]), axis=1)
    assert lengths == pytest.approx([1, 0, 1], abs=1e-5)


def test_a_language_without_a_table_has_none() -> None:
    """There is a table for English alone."""
    assert table("nl") is None
