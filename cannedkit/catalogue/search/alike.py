"""Which reply of one catalogue does the work of one of another: both are found by the same words of customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cannedkit.catalogue.load import locales
from cannedkit.catalogue.search.find import find
from cannedkit.catalogue.search.index import Index
from cannedkit.catalogue.search.passages import BODY, EXAMPLE, TITLE, passages
from cannedkit.catalogue.search.rank import Wanted
from cannedkit.model.response import Response

LIKE = 0.3
"""The least mean score, from 0 to 1, by which a reply is taken for one: measured on four teams' catalogues that were
written for it (docs/quality.md)."""

DEPTH = 5
"""Matches of each question that are counted: our own choice, what `search` prints."""

Searched = Callable[[str], Index]
"""A locale -> the index of a catalogue in it."""


def alike(responses: Iterable[Response], tags: Sequence[str], searched: Searched) -> dict[str, str]:
    """The id of each response that is like one of a catalogue that is searched -> the id of that one.

    A response is asked for by its title and its examples, or its name and its bodies, in each of the locales `tags`
    that it has; what is found best on average counts.
    """
    found: dict[str, str] = {}
    for response in responses:
        mine = [(tag, questions(response, tag)) for tag in tags if tag in locales(response)]
        best = max((best_of(searched(tag), asked) for tag, asked in mine), default=(0.0, ""))
        if best[1]:
            found[response.id] = best[1]
    return found


def best_of(searched: Index, asked: Sequence[str]) -> tuple[float, str]:
    """The mean score and the id of the response that some questions find best; (0, "") where none is found well."""
    scores: dict[str, float] = {}
    for question in asked:
        for match in find(searched, question, Wanted(limit=DEPTH)):
            scores[match.response.id] = scores.get(match.response.id, 0.0) + match.score / len(asked)
    best = max(((score, id) for id, score in scores.items()), default=(0.0, ""))
    return best if best[0] >= LIKE else (0.0, "")


def questions(response: Response, locale: str) -> tuple[str, ...]:
    """What a response is asked for by: its title or its name, and its examples; without those its bodies."""
    said = [(one.kind, one.text) for one in passages(response, locale)]
    titles = [text for kind, text in said if kind == TITLE] or [response.id.rpartition("/")[2].replace("-", " ")]
    asked = [text for kind, text in said if kind == EXAMPLE] or [text for kind, text in said if kind == BODY]
    return (*titles, *asked)
