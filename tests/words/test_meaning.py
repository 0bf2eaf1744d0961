"""What sentences have in common, learnt from examples."""

from __future__ import annotations

import numpy as np
import pytest

from cannedkit.words import meaning
from cannedkit.words.sentences import WIDTH


def _rows(seed: int, count: int, towards: int) -> meaning.Array:
    """Made-up rows of length 1 that lean towards one axis, and have no words."""
    lot = np.random.default_rng(seed)
    rows = lot.normal(size=(count, WIDTH)).astype(np.float32) / WIDTH**0.5
    rows[:, towards] += 1
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.hstack([rows, np.zeros((count, meaning.PLACES), np.float32)])


def test_a_line_parts_what_it_was_taught() -> None:
    """What leans as the bad rows do is above the line, what leans as the good ones do is below."""
    learnt = meaning.learn(_rows(1, 20, 3), _rows(2, 20, 5), 1.0)
    assert (_rows(3, 50, 3) @ learnt.weights > learnt.least).mean() > 0.9
    assert (_rows(4, 50, 5) @ learnt.weights > learnt.least).mean() < 0.05


def test_a_row_that_is_left_out_scores_as_if_it_had_never_been_there() -> None:
    """`found` says of each row what a line says that was learnt without it."""
    bad, good = _rows(1, 12, 3), _rows(2, 12, 5)
    bad[0] = _rows(9, 1, 5)[0]  # an odd one, which nothing else speaks for
    whole = meaning.learn(bad, good, 1.0)
    assert not whole.found[0]
    assert all(whole.found[1:])
    assert not any(whole.flagged)


def test_alarms_on_clean_prose_are_those_that_are_allowed() -> None:
    """Of the clean sentences that are shipped no more are found than `alarms` in 10,000 words."""
    held = meaning.clean()
    words = float(held.shares @ held.words) / meaning.WORDS
    for alarms in (1.0, 10.0, 50.0):
        learnt = meaning.learn(held.rows[:15], held.rows[100:115], alarms)
        over = float(held.shares[held.rows @ learnt.weights > learnt.least].sum())
        assert over <= (alarms + 1) * words + float(held.shares[:15].sum())


@pytest.mark.parametrize(("one", "other"), [("The van is late.", "the VAN is late."), ("In 5 days.", "In 14 days.")])
def test_words_count_without_case_and_figures(one: str, other: str) -> None:
    """Two texts with the same words, in another case or with other figures, stand at one place."""
    assert np.array_equal(*meaning.said([one, other]))


def test_the_order_of_words_counts() -> None:
    """The same words in another order stand elsewhere."""
    one, other = meaning.said(["not that good", "that good not"])
    assert not np.array_equal(one, other)
