"""A change as an edit of the text: what replaces which stretch, in the case and the spelling of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cannedkit.engines.context.changes import VERBS, Candidate
from cannedkit.engines.context.tokens import ALWAYS_CAPITAL, Token
from cannedkit.model.draft import Draft
from cannedkit.text.capital import cased, opens
from cannedkit.words.inflection import article, changed

AMERICAN = frozenset({"US", "PH"})
"""Regions that write American English; no region does, too."""


class Edit(NamedTuple):
    """What replaces a stretch of a draft."""

    start: int
    end: int
    fix: str


def edit(draft: Draft, tokens: Sequence[Token], candidate: Candidate) -> Edit:
    """The change as one of the text, in the case, the apostrophes and the spelling of the draft."""
    text, there = draft.text, tokens[candidate.start : candidate.end]
    before, behind = tokens[candidate.start - 1], tokens[candidate.end]
    if not there:
        return Edit(behind.start, behind.start, f"{_shown(text, behind.start, candidate.meant)} ")
    start, end = there[0].start, there[-1].end
    if not candidate.meant:
        return Edit(start, behind.start, "") if behind.word else Edit(before.end, end, "")
    source, target = candidate.change.written[-1], candidate.change.meant[-1]
    meant = candidate.meant
    if source in VERBS and not is_american(draft.locale):
        meant = (changed(there[0].word, source.lower(), target.lower(), american=False) or meant[0],)
    fix = cased(_shown(text, end, meant), text[start:end], opens(text, start))
    if before.word in ("a", "an") and article(fix) != before.word and len(meant) == 1:
        written = text[before.start]
        return Edit(before.start, end, f"{written}{article(fix)[1:]}{text[before.end : start]}{fix}")
    return Edit(start, end, fix)


def _shown(text: str, at: int, meant: Sequence[str]) -> str:
    """The words as they stand in `text` before the place `at`."""
    words = [word.capitalize() if word in ALWAYS_CAPITAL else word for word in meant]
    if words[-1] in ("a", "an"):
        words[-1] = article(text[at:].lstrip())
    shown = " ".join(words)
    return shown.replace("'", "’") if "’" in text else shown


def is_american(locale: str) -> bool:
    """Whether a locale spells as in the United States; one without a region does."""
    regions = [part.upper() for part in locale.split("-")[1:] if len(part) == 2]
    return not regions or regions[0] in AMERICAN
