"""What sentences have in common, learnt from examples."""

from __future__ import annotations

import numpy as np
import pytest

from cannedkit.words import meaning
from cannedkit.words.sentences import WIDTH


def _rows(seed: int, count: int, towards: int) -> meaning.Array:
    """Made-up rows that lean towards one axis, and say one word of it among eight of any."""
    lot = np.random.default_rng(seed)
    rows = lot.normal(size=(count, WIDTH)) / WIDTH**0.5
    rows[:, towards] += 1
    rows = np.hstack([rows, rows])  # what it means, and what its words come to
    rows = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127)
    says = np.zeros((count, meaning.PLACES))
    np.put_along_axis(says, lot.integers(meaning.PLACES, size=(count, 8)), 1, axis=1)
    says[:, towards] = 2
    return np.hstack([rows, says]).astype(np.int8)


def _inside(learnt: meaning.Learnt, rows: meaning.Array) -> meaning.Array:
    return meaning.within(meaning.together([learnt]))(rows)[:, 0]


def test_a_border_parts_what_it_was_taught() -> None:
    """What leans as the bad rows do is inside the border, what leans as the good ones do is outside."""
    learnt = meaning.learn(_rows(1, 20, 3), _rows(2, 20, 5), 1.0)
    assert _inside(learnt, _rows(3, 50, 3)).mean() > 0.9
    assert _inside(learnt, _rows(4, 50, 5)).mean() < 0.05


def test_a_border_goes_where_no_line_can() -> None:
    """Rows that lean towards two axes or away from both are bad, and those that lean towards one alone are good."""

    def rows(seed: int, one: int, other: int) -> meaning.Array:
        found = _rows(seed, 60, 3)
        found[:, [3, WIDTH + 3]], found[:, [5, WIDTH + 5]] = 127 * one, 127 * other
        found[:, 2 * WIDTH :] = _rows(seed, 60, 9)[:, 2 * WIDTH :]
        return found

    bad, good = ((1, 1), (-1, -1)), ((1, -1), (-1, 1))
    taught, right = (np.vstack([rows(seed, *lean) for seed, lean in enumerate(side)]) for side in (bad, good))
    learnt = meaning.learn(taught, right, 1.0)
    assert all(_inside(learnt, rows(7, *lean)).mean() > 0.9 for lean in bad)
    assert all(_inside(learnt, rows(8, *lean)).mean() < 0.1 for lean in good)


def test_a_row_that_is_left_out_scores_as_if_it_had_never_been_there() -> None:
    """`found` says of each row what a border says that was learnt without it."""
    bad, good = _rows(1, 12, 3), _rows(2, 12, 5)
    bad[0] = _rows(9, 1, 5)[0]  # an odd one, which nothing else speaks for
    whole = meaning.learn(bad, good, 1.0)
    assert not whole.found[0]
    assert all(whole.found[1:])
    assert not any(whole.flagged)
    for one in range(len(bad)):
        without = meaning.learn(np.delete(bad, one, axis=0), good, 1.0)
        assert _inside(without, bad[one : one + 1])[0] == whole.found[one]


def test_borders_together_are_those_apart() -> None:
    """What several borders say of a row at once is what each says of it alone; a row that two share stands once."""
    one = meaning.learn(_rows(1, 20, 3), _rows(2, 20, 5), 1.0)
    other = meaning.learn(_rows(2, 20, 5), _rows(1, 20, 3), 1.0)
    both = meaning.together([one, other])
    rows = np.vstack([_rows(3, 20, 3), _rows(4, 20, 5), meaning.clean().rows[:200]])
    assert np.array_equal(meaning.within(both)(rows), np.column_stack([_inside(one, rows), _inside(other, rows)]))
    assert len(both.rows) < len(one.rows) + len(other.rows)


def test_alarms_on_clean_prose_are_those_that_are_allowed() -> None:
    """Of the clean sentences that are shipped no more are found than `alarms` in 10,000 words."""
    held = meaning.clean()
    words = float(held.shares @ held.words) / meaning.WORDS
    for alarms in (1.0, 10.0, 50.0):
        learnt = meaning.learn(held.rows[:15], held.rows[100:115], alarms)
        over = float(held.shares[_inside(learnt, held.rows)].sum())
        assert over <= (alarms + 1) * words + float(held.shares[:15].sum())


@pytest.mark.parametrize(("one", "other"), [("The van is late.", "the VAN is late."), ("In 5 days.", "In 14 days.")])
def test_words_count_without_case_and_figures(one: str, other: str) -> None:
    """Two texts with the same words, in another case or with other figures, stand at one place."""
    assert np.array_equal(*meaning.said([one, other]))


def test_the_order_of_words_counts() -> None:
    """The same words in another order stand elsewhere."""
    one, other = meaning.said(["not that good", "that good not"])
    assert not np.array_equal(one, other)
