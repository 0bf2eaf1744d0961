"""The model of a language: what it learns from a text, how it is kept, and what is read back."""

from __future__ import annotations

from math import exp, inf

import pytest

from cannedkit.engines.context import model, scorer
from cannedkit.engines.context.tokens import ADDRESS, CODE, DAY, EDGE, MONEY, NAME, NUMBER, ORDINAL, UNKNOWN, tokens

pytestmark = pytest.mark.checkout

TEXT = [
    *("We sent your parcel to the depot on Monday.", "We sent your refund to the card.", "The depot is open."),
    *("Your parcel is at the depot.", "Your refund is on the way.", "We will send the parcel to you."),
] * 3


@pytest.fixture(scope="module")
def small() -> model.Model:
    """A model of a few sentences."""
    from scripts.contextmodel import learn, written

    return model.read(memoryview(written(learn(TEXT))))


def test_the_same_text_gives_the_same_bytes() -> None:
    """Whoever learns the model again from the same text gets the file that is shipped, and another text another."""
    from scripts.contextmodel import learn, written

    assert written(learn(TEXT)) == written(learn(TEXT))
    assert written(learn(TEXT)) != written(learn([*TEXT, "We sent the parcel."]))


def test_what_stands_in_the_text_is_likelier(small: model.Model) -> None:
    """A sentence in the order of the text gains over the same words in another."""

    def likelihood(text: str) -> float:
        return sum(scorer.read(small, tokens(text, small.knows)).logs)

    assert likelihood("Your parcel is at the depot.") > likelihood("Your depot at is the parcel.") + 4


def test_what_may_follow_adds_up_to_one(small: model.Model) -> None:
    """The likelihoods of all words behind a context are shares of one, in steps of a sixteenth of a nat."""
    words = {token.text for text in TEXT for token in tokens(text, small.knows)} | {UNKNOWN}
    for context in ("your parcel", "we sent", "the"):
        state = scorer.read(small, tokens(context, small.knows)).before[-1]
        total = sum(exp(small.step(state, small.word(word))[0]) for word in words if small.knows(word))
        assert 0.9 < total < 1.1, context


def test_what_was_kept_is_read_back(small: model.Model) -> None:
    """Every value that a file was made of comes out of it, and a key that is not in it is all but never one that is."""
    import numpy as np

    from scripts.contextmodel import filled

    keys = np.array([model.hashed(f"in {number}") for number in range(5_000)], np.uint64)
    values = np.arange(5_000, dtype=np.uint32)
    segments, bits, cells = filled(keys, values)
    made = model.Model(memoryview(cells.tobytes()).cast("I"), segments, bits, "")
    assert [made.cell(int(key)) for key in keys] == list(range(5_000))
    strangers = [made.cell(model.hashed(f"out {number}")) for number in range(5_000)]
    assert sum(cell <= model.NOTHING for cell in strangers) <= 3


def test_words_that_never_met(small: model.Model) -> None:
    """Two words that stand side by side in the text are a pair, two that do not are none."""
    parcel, depot, your = (small.word(word).hash for word in ("parcel", "depot", "your"))
    assert small.pair(your, parcel) > -3
    assert small.pair(depot, your) == -inf


@pytest.mark.parametrize("data", [b"", b"cannedng", bytes(100), b"cannedng" + bytes(60)])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    """What is no model is not read as one."""
    with pytest.raises(ValueError, match="not a model"):
        model.read(memoryview(data))


def test_the_shipped_model() -> None:
    """It is there, knows everyday words and no nonsense, is at most 15 MB, and its digest tells it from another."""
    known = model.shipped("en")
    assert known is not None
    assert all(map(known.knows, ("refund", "you're", "the", EDGE, NUMBER, NAME)))
    assert not any(map(known.knows, ("refnud", "qwrtz", "depto")))
    assert len(known.cells) * 4 < 15_000_000
    assert len(known.digest) == 32
    assert model.shipped("xx") is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hi Ximena, it's on 3 May.", ["hi", NAME, ",", "it's", "on", NUMBER, "<month>", "."]),
        ("Order AB-12 cost €5.00, not 12%.", ["order", NAME, "-", NUMBER, "cost", MONEY, ",", "not", MONEY, "."]),
        ("The 3rd code is X7Q9 on Monday", ["the", ORDINAL, "code", "is", CODE, "on", DAY]),
        ("Write to a@b.com or www.b.com/c", ["write", "to", ADDRESS, "or", ADDRESS]),
        ("You’re in the coloured zorble", ["you're", "in", "the", "colored", UNKNOWN]),
    ],
)
def test_what_has_no_word_of_its_own_is_a_class(text: str, seen: list[str]) -> None:
    """Names, numbers, amounts, codes, days and addresses are classes, British spellings the words of the model."""
    words = set("hi it's on order cost not the code is write to or you're in colored".split())
    assert [token.text for token in tokens(text, words.__contains__) if token.text != EDGE] == seen


def test_tokens_cover_what_they_stand_for() -> None:
    """Each token is the stretch of text that it says it is, in order, and an edge closes each sentence."""
    text = "We sent it. Did it arrive?\n\nBest,\nJo"
    found = tokens(text, lambda word: True)
    assert [text[one.start : one.end] for one in found if one.text != EDGE] == (
        ["We", "sent", "it", ".", "Did", "it", "arrive", "?", "Best", ",", "Jo"]
    )
    assert [at for at, one in enumerate(found) if one.text == EDGE] == [0, 5, 10, 13, 15]
