"""Which of several kinds of sentences one is, learnt from lines of each in the space of `words.meaning`.

Every kind is a number that its own lines have and all others lack, and a sentence has of it what lines near it have, by
least squares with a kernel of Gauss. One solution serves all kinds, so that a few hundred lines are learnt in a tenth
of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cannedkit.words.meaning import stand

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_FIRM = 0.3
"""What is added to the nearness of a line to itself: of 0.03, 0.1, 0.3 and 1 what told most lines that were left out
rightly while it took fewest sentences of public conversations that ask nothing for a question (docs/quality.md)."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Lines, where they stand, and what each pulls towards each kind. `left_out`: what each has without itself."""

    rows: Array
    pulls: Array
    left_out: Array


def learn(kinds: Sequence[Array], others: Array) -> Kinds:
    """What rows of each kind, and others of no kind, teach."""
    import numpy as np

    rows = np.vstack([*kinds, others])
    lengths = [*map(len, kinds), len(others)]
    own = np.repeat(np.eye(len(lengths)), lengths, axis=0)[:, :-1]
    points = stand(rows)
    inverse = np.linalg.inv(_nearness(points, points).astype(np.float64) + 1 + _FIRM * np.eye(len(rows)))
    pulls = inverse @ own
    left_out = own - pulls / inverse.diagonal()[:, None]  # a property of least squares
    return Kinds(rows, pulls.astype(np.float32), left_out.astype(np.float32))


def shares(kinds: Kinds) -> Callable[[Array], Array]:
    """What says of rows how much each has of each kind, about 0 to 1: a row for each, a column for each kind."""
    points, always = stand(kinds.rows), kinds.pulls.sum(axis=0)

    def look(rows: Array) -> Array:
        found: Array = _nearness(stand(rows), points) @ kinds.pulls + always
        return found

    return look


def _nearness(some: Array, others: Array) -> Array:
    """How near each of some points is to each of others, from 0 to 1."""
    import numpy as np

    lengths = (some * some).sum(axis=1)[:, None] + (others * others).sum(axis=1)
    found: Array = np.exp(some @ others.T - lengths / 2)
    return found
