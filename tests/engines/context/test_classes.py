"""The classes of words: what goes with what, with the table that is shipped and with one learnt from a small text."""

from __future__ import annotations

import pytest

from cannedkit.engines.context import classes, model
from cannedkit.engines.context.tokens import tokens


def _gain(marked: str) -> float:
    """What a word gains by the one meant, by classes alone: "[written|meant]"."""
    before, _, rest = marked.partition("[")
    pair, _, after = rest.partition("]")
    written, _, meant = pair.partition("|")
    known = model.shipped("en")
    assert known is not None
    read = tokens(before + written + after, known.knows)
    start = len(tokens(before, known.knows)) - 1
    end = start + len(written.split())
    return classes.read(classes.shipped("en"), read).gain(start, end, meant.split(), read[start:end])


@pytest.mark.parametrize(
    "marked",
    [
        "Ask the clerk to [altar|alter] the date.",
        "The lower [draw|drawer] of the desk sticks.",
        "I would like [|to] check the date.",
        "There are more [|than] ten boxes.",
        "The label [if|is] in the box.",
        "Please [not|note] that the shop is closed.",
    ],
)
def test_what_the_grammar_asks_for_gains(marked: str) -> None:
    """A word of the class that the words around ask for goes better there, though the model hardly knows the word."""
    assert _gain(marked) > 0


def test_words_of_one_class_gain_nothing() -> None:
    """How frequent a word is does not count: of two nouns that are nothing else neither goes better."""
    assert abs(_gain("I will ask the [puppy|person] again.")) < 1


def test_no_classes_say_nothing() -> None:
    """Without a table every word goes with every other."""
    read = tokens("Please not that.", str.islower)
    assert classes.read(classes.ANY, read).gain(2, 3, ["note"], read[2:3]) == 0


def test_a_gain_is_bounded() -> None:
    """No place gives more than MOST, so that a gate may be set."""
    assert abs(_gain("Please [not|note] the the of of.")) <= classes.MOST


@pytest.mark.checkout
def test_the_same_text_gives_the_same_table() -> None:
    """What the script learns is a function of the text: a class is kept that is frequent, a closed one word by word."""
    from scripts.contextclasses import written

    row = [("<s>", ""), ("the", "DT"), ("lamp", "NN"), ("is", "VBZ"), ("here", "RB"), ("<s>", "")]
    data = written([row] * 200)
    assert data == written([row] * 200)
    table = classes.parsed(data)
    after_the, after_lamp = (table.lifts[next(iter(table.of_word(word)))] for word in ("the", "lamp"))
    lamp, verb = (next(iter(table.of_word(word))) for word in ("lamp", "is"))
    assert after_the[lamp] > 1 > after_the[verb]
    assert after_lamp[verb] > 1 > after_lamp[lamp]
    assert table.of_word("zebra") == {}
