"""Whether anything of an alternation stands in a text: told sooner than what it is, and in few texts anything does."""

from __future__ import annotations

from cannedkit.model.rule import Hits
from cannedkit.pattern.alternation import SHORT, Alternation
from cannedkit.pattern.budget import is_ours
from cannedkit.pattern.hits import is_dense


def needed(found: Alternation) -> str:
    """What a text must have for any alternative to match, for `Check.needs`; "" where that is not known."""
    heeds_case = not (found.ignorecase or found.caseless)
    return "acronym" if heeds_case and all(need.acronym for need in found.needs) else ""


def stands(found: Alternation, text: str, hits: Hits) -> bool:
    """Whether an alternative matches in `text`, be it a place without a character.

    Of patterns that are not ours, or in a long text, it is not told: then something may.
    """
    if len(text) > SHORT or not is_ours():
        return True
    for index in found.alive(text, hits):
        need, places = found.needs[index], hits.get(index, ())
        if need.exact or need.opens or need.before is None or not places:
            if found.next(index, text, hits):
                return True
            continue
        if is_dense(len(places) * len(need.before), text):
            if found.pattern(index).search(text, 0, None, False):
                return True
            continue
        match = found.pattern(index).match
        for start, _, _ in places:
            for width in need.before:
                if start >= width and match(text, start - width, None, False):
                    return True
    return False
