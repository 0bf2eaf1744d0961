"""What two readings of the starter catalogue mended, kept so: one English, no name of the dead, no glued sentences."""

from __future__ import annotations

import re

import pytest

from cannedkit import Kit
from cannedkit.model.response import Body, Response
from cannedkit.settings import shipped
from cannedkit.words.dialect import foreign

CATALOGUE = Kit.load(shipped(), with_engines=False).catalogue

BRITISH = re.compile(
    r"\b(?:engineers?|shops?|parcels?|post code|direct debit|sorted|fortnight|whilst|mum|tick (?:it|the)"
    r"|collect (?:it|them)|the van|grown-?ups?|queue up)\b",
    re.IGNORECASE,
)
"""Words that a customer in the United States calls otherwise; our own list, of what was in the replies."""

GLUED = re.compile(
    r"(?:^|[.!?:] )(?!(?:Hello|If|When|While|Until|After|Before|Since|As|At|For)\b)[^.!?:;,]{2,60}, "
    r"(?:it|that|they|he|she|this|we)(?:['’](?:s|re|ll|ve)| (?:is|was|can|are))\b"
)
"""Two sentences with a comma between them, the second with a subject of its own and no word that joins them."""

GLUED_DUTCH = re.compile(
    r"(?:^|[.!?:] )(?!(?:Goedendag|Als|Is|Doet|Wat)\b)[^.!?:;,]{2,60}, "
    r"(?:dat|die|dit|het) (?:is|duurt|was|mag|kan|blokkeert)\b"
)
"""As GLUED."""


def _bodies(locale: str) -> list[tuple[Response, Body]]:
    return [(one, body) for one in CATALOGUE.responses.values() for body in one.bodies if body.locale == locale]


def _ids(pairs: list[tuple[Response, Body]], pattern: re.Pattern[str]) -> list[str]:
    return [f"{one.id}: {found[0]}" for one, body in pairs if (found := pattern.search(body.text.value))]


def test_english_is_of_one_side() -> None:
    """Bodies in `en` are spelt and worded as in the United States; a shop elsewhere adds bodies of its own locale."""
    pairs = _bodies("en")
    assert _ids(pairs, BRITISH) == []
    spelt = {one.id: foreign(body.text.value, "en-US") for one, body in pairs}
    assert {id: found for id, found in spelt.items() if found} == {}


@pytest.mark.parametrize("locale", ["en", "nl"])
def test_the_bereaved_are_not_called_by_a_name(locale: str) -> None:
    """The name on the account may be that of who has died, so no reply to the grieving prints it, nor "Hi there"."""
    grieving = [pair for pair in _bodies(locale) if "bereavement" in pair[0].tags]
    assert grieving
    assert _ids(grieving, re.compile(r"customer\.first_name|\bHi\b|\bHey\b")) == []


@pytest.mark.parametrize(("locale", "pattern"), [("en", GLUED), ("nl", GLUED_DUTCH)])
def test_no_comma_glues_two_sentences(locale: str, pattern: re.Pattern[str]) -> None:
    """A comma does not hold two sentences together."""
    assert _ids(_bodies(locale), pattern) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (BRITISH, "I can't stop the van."),
        (GLUED, "Please leave your card details out of this chat, it's safer for you."),
        (GLUED, "Call your bank first, they can block the card."),
        (GLUED_DUTCH, "Bel eerst uw bank, die blokkeert de kaart."),
        (GLUED_DUTCH, "U bent nummer 4 in de rij, dat is ongeveer 2 minuten."),
    ],
)
def test_what_was_mended_would_be_found(pattern: re.Pattern[str], text: str) -> None:
    """The patterns of this page find what the readers marked."""
    assert pattern.search(text)
