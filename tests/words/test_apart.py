"""Which of several kinds of sentences one is, learnt from lines of each."""

from __future__ import annotations

import numpy as np

from cannedkit.words import apart
from cannedkit.words.meaning import PLACES
from cannedkit.words.sentences import WIDTH


def _rows(seed: int, count: int, towards: int) -> apart.Array:
    """Made-up rows that lean towards one axis and say one word of it."""
    lot = np.random.default_rng(seed)
    rows = lot.normal(size=(count, WIDTH)) / WIDTH**0.5
    rows[:, towards] += 1
    rows = np.hstack([rows, rows])  # what it means, and what its words come to
    rows = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127)
    says = np.zeros((count, PLACES))
    says[:, towards] = 1
    return np.hstack([rows, says]).astype(np.int8)


def test_a_row_is_of_the_kind_that_its_neighbours_are_of() -> None:
    """New rows have most of their own kind, more than a half of it, and rows of no kind have little of any."""
    look = apart.shares(apart.learn([_rows(1, 20, 3), _rows(2, 12, 5)], _rows(3, 30, 7)))
    for column, towards in enumerate((3, 5)):
        has = look(_rows(4 + column, 40, towards))
        assert (has.argmax(axis=1) == column).all()
        assert has[:, column].min() > 0.5
    assert look(_rows(6, 40, 7)).max() < 0.3


def test_a_line_left_out_is_told_by_the_others() -> None:
    """What a line has without itself is what is learnt of the others alone."""
    first, second, others = _rows(1, 8, 3), _rows(2, 8, 5), _rows(3, 8, 7)
    learnt = apart.learn([first, second], others)
    without = apart.shares(apart.learn([first[1:], second], others))(first[:1])
    assert np.allclose(learnt.left_out[0], without[0], atol=1e-3)


def test_the_same_is_learnt_of_the_same() -> None:
    """Nothing hangs on chance, and kinds without other lines are told apart, too."""
    one, other = (apart.learn([_rows(1, 8, 3), _rows(2, 8, 5)], _rows(3, 0, 7)) for _ in range(2))
    assert np.array_equal(one.pulls, other.pulls)
    assert np.array_equal(one.rows, other.rows)
