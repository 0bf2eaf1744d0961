"""What rules that read responses find, in one response and across all, remembered while none of them changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any

from cannedkit.catalogue.reading import Reading
from cannedkit.lint.catalogue import CatalogueLinter, Results
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.response import Catalogue
from cannedkit.model.result import FileFinding
from cannedkit.model.settings import Settings
from cannedkit.review.memory import Memory, anywhere
from cannedkit.review.store import MOST_BYTES
from cannedkit.yamlsource.node import Part

Found = tuple[Results, Sequence[Results]]
"""What is found across the catalogue, and for each response, in order, what is found in it alone."""

MOST = MOST_BYTES // 50
"""Findings that are remembered: one takes more than fifty bytes, and so more of them take more than is kept."""


def found(
    linter: CatalogueLinter,
    catalogue: Catalogue,
    whole: Catalogue,
    settings: Settings,
    today: date,
    memory: Memory | None,
) -> Found:
    """What the rules find in all of `whole`, and in each response of `catalogue`, which is a part of it."""
    key = _key(memory, catalogue, whole, settings, today) if memory else None
    known = memory.recall(key, lambda data: _decoded(data, memory)) if memory else None
    if known:
        return known
    reading = Reading(whole)
    across = linter.of_catalogue(reading, settings, today)
    alone = linter.of_responses(catalogue.responses.values(), reading, settings, today)
    data = _encoded(across, alone, memory) if memory else None
    if memory and data:
        memory.keep(key, data)
    return across, alone


# -- the key ------------------------------------------------------------------------------------


def _key(memory: Memory, part: Catalogue, whole: Catalogue, settings: Settings, today: date) -> bytes | None:
    """A digest of all that the rules look at; None where that cannot be told.

    A response is what its file says of it, under the settings and the declarations of the catalogue.
    """
    marks = [memory.mark(locale) for locale in dict.fromkeys((settings.locale, *settings.locales))]
    sources = _sources(whole)
    if None in marks or sources is None:
        return None
    declared = (repr(whole.variables), repr(whole.synonyms), repr(whole.refused))
    told = anywhere(repr((sources, declared, repr(settings))), memory.root)
    return memory.key(settings.locale, f"records {marks} {list(part.responses)} {list(whole.responses)} {today} {told}")


def _sources(catalogue: Catalogue) -> list[tuple[str, str]] | None:
    """Each file that responses stand in, and the digest of its text; None where one stands in none."""
    found: dict[str, str] = {}
    for response in catalogue.responses.values():
        for body in response.bodies:
            if not isinstance(body.text, Part):
                return None
            source = body.text.scalar.source
            if source.path not in found:
                found[source.path] = sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return list(found.items())


# -- data ---------------------------------------------------------------------------------------


def _encoded(across: Results, alone: Iterable[Results], memory: Memory) -> bytes | None:
    """What was found, as data; None where it is too much, and where a check failed."""
    rows: list[list[Any]] = []
    count = 0
    for found, failures in chain([across], alone):
        count += len(found)
        if failures or count > MOST:
            return None
        rows.append([*map(_row, found)])
    data = json.dumps(rows, ensure_ascii=False)
    return json.dumps(anywhere(data, memory.root)).encode("utf-8", "surrogatepass")


def _decoded(data: bytes, memory: Memory) -> Found | None:
    """What was found, with paths below the root of today; None where the data are not of that form."""
    try:
        told = json.loads(data.decode("utf-8", "surrogatepass")).replace("\0", str(memory.root))
        found: list[Results] = [(list(map(_found, rows)), []) for rows in json.loads(told)]
        return found[0], found[1:]
    except (ValueError, TypeError, AttributeError):
        return None


def _row(found: FileFinding) -> list[Any]:
    one = found.finding
    finding = [one.start, one.end, one.rule, int(one.level), one.message, one.fixes, one.safe, one.sources]
    own = [found.response, found.locale, found.channels, found.variation, found.part, found.samples, found.text]
    return [finding, _told(found.place), *own, [*map(_told, found.related)], found.around]


def _told(place: Place) -> list[Any]:
    return [place.path, place.line, place.column, place.end_line, place.end_column]


def _found(row: list[Any]) -> FileFinding:
    finding, place, response, locale, channels, variation, part, samples, text, related, around = row
    start, end, rule, level, message, fixes, safe, sources = finding
    before, after = around
    return FileFinding(
        Finding(start, end, rule, Level(level), message, tuple(fixes), safe, tuple(sources)),
        Place(*place),
        response,
        locale,
        tuple(channels),
        variation,
        part,
        tuple(samples),
        text,
        tuple(Place(*one) for one in related),
        (before, after),
    )
