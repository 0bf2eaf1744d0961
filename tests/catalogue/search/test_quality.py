"""How often search is right on the starter catalogue, and on questions written without a look at its examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.catalogue.search import measure
from cannedkit.catalogue.search.measure import Figures, Tried
from cannedkit.wire import searches

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[3]
QUESTIONS = Path(__file__).parent / "questions"


@pytest.fixture(scope="module")
def starter() -> Kit:
    """The starter catalogue."""
    return Kit.load(ROOT, with_engines=False)


def _asked(kit: Kit, name: str) -> list[Tried]:
    questions = searches.questions(QUESTIONS / f"{name}.jsonl", kit.catalogue, kit.settings)
    return [
        tried
        for locale in dict.fromkeys(one.locale for one in questions)
        for tried in measure.asked(kit.searched(locale), [one for one in questions if one.locale == locale])
    ]


def _whole(tried: list[Tried]) -> dict[str, Figures]:
    return {one.locale: one for one in measure.figures(tried) if one.topic == measure.ALL}


@pytest.mark.parametrize("locale", ["en", "nl"])
def test_the_examples_of_the_starter_are_found(starter: Kit, locale: str) -> None:
    """Among three matches: 97 % of the examples as they are, and 85 % of them where each is left out once."""
    found = _whole(list(measure.leave_one_out(starter.searched(locale), lambda: None)))[locale]
    assert found.written3 >= 0.97
    assert found.top3 >= 0.85


def test_new_questions_are_found(starter: Kit) -> None:
    """Of 150 questions that nobody had in view, nine of ten find the reply among three, and seven of ten first."""
    found = _whole(_asked(starter, "starter"))
    assert {locale: one.count for locale, one in found.items()} == {"en": 75, "nl": 75}
    assert all(one.top3 >= 0.9 and one.top1 >= 0.75 for one in found.values())


def test_new_questions_in_thai_and_telugu_are_found() -> None:
    """So are 50 in scripts without spaces and without Latin letters, in a catalogue of 16 replies."""
    found = _whole(_asked(Kit.load(QUESTIONS / "thai-telugu"), "thai-telugu"))
    assert {locale: one.count for locale, one in found.items()} == {"th": 25, "te": 25}
    assert all(one.top3 >= 0.9 and one.top1 >= 0.8 for one in found.values())


def test_a_score_is_a_share(starter: Kit) -> None:
    """Of first matches that are called sure, nine of ten are right; of those that are not, fewer than two of three."""
    questions = searches.questions(QUESTIONS / "starter.jsonl", starter.catalogue, starter.settings)
    first = [(starter.search(one.text, locale=one.locale)[0], one.response) for one in questions]
    sure = [match.response.id == right for match, right in first if match.score >= 0.75]
    unsure = [match.response.id == right for match, right in first if match.score < 0.4]
    assert len(sure) >= 60
    assert sum(sure) >= 0.9 * len(sure)
    assert sum(unsure) < 2 / 3 * len(unsure)
