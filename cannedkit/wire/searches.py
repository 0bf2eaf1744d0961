"""Searches: what callers ask, the questions of a file, and as JSON what was found and how often that was right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cannedkit import files
from cannedkit.catalogue.search.find import locale_of
from cannedkit.catalogue.search.measure import DEPTH, Figures, Question, Tried
from cannedkit.catalogue.search.rank import Wanted
from cannedkit.model.draft import MOODS
from cannedkit.model.errors import CannedkitError, InputError, Problem
from cannedkit.model.response import Catalogue, Match
from cannedkit.model.settings import Settings
from cannedkit.text.locales import for_locale
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent

MAX_BYTES = 20_000_000
"""Bytes that a file of questions may hold; our own choice, some 200,000 questions."""


LIMIT = 5
"""Matches where nobody says how many; our own choice, what a list beside a chat shows."""


def read(
    settings: Settings,
    question: object,
    locale: object,
    channel: object,
    known: object,
    mood: object,
    topic: object,
    limit: object,
) -> tuple[str, str, Wanted]:
    """A question, its locale, and what a match must be, from what a caller gave; None for what was not. InputError."""
    words = arguments.text(question, "question", InputError)
    wanted = Wanted(
        "" if absent(channel) else arguments.one_of(channel, "channel", settings.channels, InputError),
        None if known is None else arguments.known(known, settings.known, InputError),
        "" if absent(mood) else MOODS[arguments.one_of(mood, "mood", MOODS, InputError)],
        "" if absent(topic) else arguments.text(topic, "topic", InputError),
        LIMIT if limit is None else arguments.positive(limit, "limit", InputError),
    )
    return words, locale_of(words, settings) if absent(locale) else arguments.locale(locale, InputError), wanted


def matches(question: str, found: Iterable[Match]) -> dict[str, Any]:
    """What a question found; `score` is from 0 to 1."""
    return {
        "format": 1,
        "question": question,
        "matches": [
            {
                "id": one.response.id,
                "locale": one.locale,
                "score": one.score,
                "why": one.why,
                "title": for_locale(one.response.titles, one.locale) or "",
                "shortcut": one.response.shortcut,
                "channels": list(one.response.channels),
                "requires": list(one.response.requires),
            }
            for one in found
        ],
    }


def evaluation(
    found: Sequence[Figures],
    stolen: Mapping[tuple[str, str], Sequence[Tried]],
    unfound: Mapping[str, Sequence[str]],
    missed: Iterable[tuple[Figures, str]],
) -> dict[str, Any]:
    """What an evaluation measured; shares are from 0 to 1, `topic` "" for all of a locale."""
    return {
        "format": 1,
        "figures": [asdict(one) for one in found],
        "stolen": [
            {
                "locale": locale,
                "by": thief,
                "examples": [{"response": one.response, "text": one.question, "place": one.place} for one in tried],
            }
            for (locale, thief), tried in stolen.items()
        ],
        "unfound": [{"locale": locale, "response": id} for locale, ids in unfound.items() for id in ids],
        "missed": [{"locale": one.locale, "figure": name, "share": getattr(one, name)} for one, name in missed],
    }


def questions(path: Path, catalogue: Catalogue, settings: Settings) -> list[Question]:
    """The questions of a file of JSON lines: `question`, `response`, if need be `locale`, `channel`, `known`, `mood`.

    Raises InputError with every fault found.
    """
    try:
        text = files.decoded(files.typed(path, MAX_BYTES))
    except files.FileError as error:
        raise InputError([Problem(str(path), 0, 0, str(error))]) from None
    found: list[Question] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_question(line, catalogue, settings))
            except CannedkitError as error:
                problems.append(Problem(str(path), number, 1, str(error)))
    if problems:
        raise InputError(problems)
    if not found:
        raise InputError([Problem(str(path), 1, 1, 'holds no question: write {"question": "…", "response": "…"}')])
    return found


def _question(line: str, catalogue: Catalogue, settings: Settings) -> Question:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this line is not JSON: {error}") from None
    if not isinstance(row, dict) or not {"question", "response"} <= row.keys():
        raise InputError("each line is an object with `question` and `response`")
    response = arguments.one_of(row["response"], "response", catalogue.responses, InputError)
    locale, channel, known, mood, topic = map(row.get, ("locale", "channel", "known", "mood", "topic"))
    text, locale, wanted = read(settings, row["question"], locale, channel, known, mood, topic, DEPTH)
    return Question(text, response, locale, wanted)
