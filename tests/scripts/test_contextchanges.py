"""The script that learns which changes are told, at a small text."""

from __future__ import annotations

import pytest

from cannedkit.engines.context import changes, classes, model
from cannedkit.model.draft import Draft

pytestmark = pytest.mark.checkout

TEXT = [
    *("We sent your parcel to the depot on Monday.", "We know that you're at the depot.", "Your parcel is there."),
    *("Your refund is on the way.", "We will send the parcel to you.", "They know that you're in the shop."),
] * 40
"""Sentences in which "your" and "you're" never stand in each other's place."""


def _learnt() -> tuple[bytes, list[changes.Change]]:
    from scripts.contextgains import table, tried
    from scripts.contextmodel import learn, written

    data = written(learn(TEXT))
    pairs: dict[changes.Pair, str] = {}
    pairs |= {("Confusion", (one,), (other,)): "Confusion" for one, other in (("your", "you're"), ("you're", "your"))}
    pairs[("MissingWord", (), ("to",))] = "MissingWord put in"
    return data, table([tried((data, classes.ANY, TEXT, pairs))], pairs)


def test_the_same_text_gives_the_same_table() -> None:
    """What the script learns is a function of the text; what the text shows to be a mistake is told."""
    data, rows = _learnt()
    assert (data, rows) == _learnt()
    assert {row[:3] for row in rows} >= {("Confusion", ("your",), ("you're",)), ("Confusion", ("you're",), ("your",))}
    assert all(row.nats[0] < row.nats[1] for row in rows)


def test_a_row_keeps_quiet_of_a_good_line() -> None:
    """A line that is good is told of by no row any more, and rows that never spoke of it stay."""
    from scripts.contextchanges import quiet

    data, rows = _learnt()
    known = model.read(memoryview(data))
    line = Draft("We know that your at the depot.")
    before, after = (changes.table(each) for each in (rows, quiet(rows, known, [line])))
    assert _told(known, before, line) == ["you're"]
    assert _told(known, after, line) == []
    assert after.by_word["you're"] == before.by_word["you're"]


def _told(known: model.Model, weighed: changes.Changes, draft: Draft) -> list[str]:
    from cannedkit.engines.context import scorer, tokens, weighing

    reading = scorer.read(known, tokens.tokens(draft.text, known.knows))
    return [hit.candidate.meant[0] for hit in weighing.hits(reading, weighed)]


def test_what_a_line_of_a_word_list_says() -> None:
    """Words between bars stand for each other, an arrow goes one way, and both take more than one word."""
    from cannedkit.words.exchanged import pairs

    assert list(pairs("it's | its")) == [(("it's",), ("its",)), (("its",), ("it's",))]
    assert list(pairs("could of > could have")) == [(("could", "of"), ("could", "have"))]


def test_the_word_lists() -> None:
    """Our own list has at least 150 sets, every sort in it is a rule, and none is named twice."""
    from scripts.contextpairs import listed

    pairs = listed()
    own = [pair for pair, group in pairs.items() if group == pair[0] and pair[1] and pair[2]]
    assert len({frozenset((written, meant)) for _, written, meant in own}) > 300
    from cannedkit.engines.context.engine import RULES

    assert {sort for sort, *_ in pairs} <= RULES.keys()


def test_words_of_one_sound() -> None:
    """Words with one pronunciation are a group; two spellings of one word and single letters are none."""
    from scripts.homophones import homophones

    sounds = {"pear": [["P", "EH1", "R"]], "pair": [["P", "EH1", "R"]], "b": [["B", "IY1"]], "be": [["B", "IY1"]]}
    sounds |= {"grey": [["G", "R", "EY1"]], "gray": [["G", "R", "EY1"]]}
    assert homophones(sounds, sounds) == [("pair", "pear")]
