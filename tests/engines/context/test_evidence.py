"""What the words beside a change say for it."""

from __future__ import annotations

import pytest

from cannedkit.engines.context import changes, engine, evidence
from cannedkit.engines.context.tokens import tokens
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Vocabulary


def _nats(text: str, word: str, written: str, meant: str, sort: str) -> float:
    """What is said for `meant` in place of `written`, or before `word` where nothing was written."""
    read = tokens(text, lambda each: True)
    at = next(number for number, token in enumerate(read) if token.text == (written or word))
    change = changes.Change(sort, (written,) if written else (), (meant,), (9.0, 99.0))
    return evidence.nats(read, changes.Candidate(at, at + bool(written), (meant,), change))


def test_the_preposition_that_a_word_takes() -> None:
    """It needs less where it is put for one that the word does not take, and not where the word takes both."""
    assert _nats("You are entitled for a gift.", "", "for", "to", "Preposition") == evidence.ASKED
    assert _nats("We will inform you for each change.", "", "for", "of", "Preposition") == evidence.ASKED
    assert _nats("You are entitled to a gift.", "", "to", "for", "Preposition") == 0
    assert _nats("It is suitable for a child.", "", "for", "to", "Preposition") == 0
    assert _nats("The lamp is for a child.", "", "for", "to", "Preposition") == 0


@pytest.mark.parametrize(
    ("text", "word", "asked"),
    [
        ("Please leave voucher here.", "voucher", True),
        ("Please leave small voucher here.", "small", True),
        ("Please leave voucher codes here.", "voucher", False),
        ("Please leave advice here.", "advice", False),
        ("Please leave vouchers here.", "vouchers", False),
        ("Please leave voucher 12 here.", "voucher", False),
    ],
)
def test_a_noun_that_never_stands_alone(text: str, word: str, asked: bool) -> None:
    """An article needs less before a noun for one thing that can be counted, with an adjective or without."""
    assert _nats(text, word, "", "a", "Article") == (evidence.BARE if asked else 0)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("You are entitled for a refund of the fee.", "You are entitled to a refund of the fee."),
        ("Could you send me photo of the label?", "Could you send me a photo of the label?"),
    ],
)
def test_it_is_found_by_it(wrong: str, right: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model alone is not sure of is told, and mended."""
    own = engine.open({}, Vocabulary())
    [found] = own.check(Draft(wrong))
    assert right in [wrong[: found.start] + fix + wrong[found.end :] for fix in found.fixes]
    assert own.check(Draft(right)) == []
    monkeypatch.setattr(evidence, "nats", lambda read, candidate: 0.0)
    assert engine.open({}, Vocabulary()).check(Draft(wrong)) == []
