"""Two models of a language as one, and the file of PocketSphinx that one of them comes from."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import islice
from math import exp, log

import pytest

from cannedkit.engines.context import model, scorer
from cannedkit.engines.context.tokens import EDGE, UNKNOWN, tokens

pytestmark = pytest.mark.checkout

OURS = ["We sent your parcel to the depot on Monday.", "Your parcel is at the depot.", "The depot is open."] * 4
GENERAL = ["The principal sum is due.", "We paid the principal sum to the bank.", "The bank is open."] * 4


def _mixed(most: int = 1_000) -> model.Model:
    from scripts.contextmerge import merged
    from scripts.contextmodel import learn, written

    return model.read(memoryview(written(merged(learn(OURS), learn(GENERAL), most))))


def test_what_either_knows_is_known() -> None:
    """A sequence that stands in one of the texts is likelier than the same words in an order that stands in none."""
    mixed = _mixed()
    for right, wrong in (
        ("The principal sum is due.", "The sum principal is due."),
        ("Your parcel is at the depot.", "Your depot at is the parcel."),
    ):
        first, second = (sum(scorer.read(mixed, tokens(one, mixed.knows)).logs) for one in (right, wrong))
        assert first > second + 3


def test_what_may_follow_adds_up_to_one() -> None:
    """Mixed and cut down, the likelihoods of all words behind a context are still shares of one."""
    for most in (1_000, 75):
        mixed = _mixed(most)
        words = {one.text for text in (*OURS, *GENERAL) for one in tokens(text, mixed.knows)} | {UNKNOWN}
        for context in ("the principal", "we sent", "the"):
            state = scorer.read(mixed, tokens(context, mixed.knows)).before[-1]
            total = sum(exp(mixed.step(state, mixed.word(word))[0]) for word in words if mixed.knows(word))
            assert 0.85 < total < 1.15, (most, context)


def test_no_more_than_asked_for_is_kept() -> None:
    """What tells least goes first; all words stay, and whatever a kept sequence is made of."""
    from scripts.contextmerge import merged
    from scripts.contextmodel import learn

    whole, cut = (merged(learn(OURS), learn(GENERAL), most) for most in (1_000, 75))
    assert len(cut[0].logs) == len(whole[0].logs)
    assert sum(len(order.logs) for order in cut) < sum(len(order.logs) for order in whole)
    for shorter, longer in zip(cut, islice(cut, 1, None), strict=False):
        from scripts.contextmodel import keyed

        assert {*keyed(longer.words[:, :-1])} | {*keyed(longer.words[:, 1:])} <= {*shorter.keys}


def test_only_words_are_taken_from_the_general_model() -> None:
    """What a dictionary has in small letters is a word; a name, a letter and a slip are none."""
    from scripts.contextmerge import taken
    from scripts.contextmodel import learn

    known = taken(learn(OURS))
    assert all(map(known, ("parcel", "aisle", "principal")))
    assert not any(map(known, ("zykov", "x", "Aisle", "parcle")))


# -- the file of PocketSphinx ---------------------------------------------------------------------


def _packed(entries: Sequence[Sequence[int]], widths: Sequence[int]) -> bytes:
    """Entries of fields, the lowest bits first, and the bytes that follow a layer."""
    bits = at = 0
    for entry in entries:
        for value, width in zip(entry, widths, strict=True):
            bits |= value << at
            at += width
    size = ((1 + len(entries)) * sum(widths) + 7) // 8 + 8
    return bits.to_bytes(size, "little")


def _file() -> bytes:
    """A model of three words in which "we" opens a sentence and "go" follows it."""
    step = log(1.0001)
    tables = [[0.0] * (1 << 16) for _ in range(3)]
    tables[0][1], tables[0][2], tables[1][1], tables[2][1] = (log(share) / step for share in (0.5, 0.25, 0.8, 0.9))
    words = b"\0".join((b"<s>", b"go", b"we")) + b"\0"
    single = [(log(0.2) / step, log(0.7) / step, begins) for begins in (0, 0, 1, 2)]
    return b"".join(
        (
            *(b"Trie Language Model", bytes([3]), struct.pack("<4I", 3, 2, 1, 1)),
            *(struct.pack(f"<{1 << 16}f", *table) for table in tables),
            *(struct.pack("<ffI", *each) for each in single),
            _packed([(2, 1, 1, 0), (0, 0, 2, 1)], (2, 16, 16, 1)),
            _packed([(0, 1)], (2, 16)),
            *(struct.pack("<I", len(words)), words),
        )
    )


def test_the_trie_is_read() -> None:
    """Each sequence comes out with its words in their order, its logarithm and its weight in nats."""
    from scripts.sphinx import read

    words, (single, pairs, threes) = read(_file())
    assert words == ["<s>", "go", "we"]
    assert [[words[at] for at in row] for row in pairs.words] == [["we", "go"], ["<s>", "we"]]
    assert [[words[at] for at in row] for row in threes.words] == [["<s>", "we", "go"]]
    assert single.logs[0] == pytest.approx(log(0.2), abs=1e-4)
    assert [exp(each) for each in pairs.logs] == pytest.approx([0.5, 0.25], abs=1e-4)
    assert [exp(each) for each in pairs.weights] == pytest.approx([0.8, 1.0], abs=1e-4)
    assert exp(threes.logs[0]) == pytest.approx(0.9, abs=1e-4)


def test_the_ends_of_a_sentence_are_ours(tmp_path: object) -> None:
    """What opens a sentence is the edge of ours; a sequence with a word that is not taken is left out."""
    from pathlib import Path

    from scripts.sphinx import grams

    path = Path(str(tmp_path)) / "model"
    path.write_bytes(_file())
    _, pairs, threes = grams(path, lambda word: word != "go")
    assert pairs.words.tolist() == [[model.hashed(EDGE), model.hashed("we")]]
    assert len(threes.logs) == 0


def test_another_file_is_refused() -> None:
    """What is no trie is not read as one."""
    from scripts.sphinx import read

    with pytest.raises(ValueError, match="not a trie"):
        read(b"ngram 1=3")
