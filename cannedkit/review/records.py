"""What rules that read responses find, in one response and across all, remembered while none of them changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from cannedkit.catalogue.reading import Reading
from cannedkit.lint.catalogue import CatalogueLinter, Results
from cannedkit.model.draft import Finding, Level
from cannedkit.model.errors import Place
from cannedkit.model.response import Catalogue
from cannedkit.model.result import FileFinding
from cannedkit.model.settings import Settings
from cannedkit.review.memory import Memory, anywhere
from cannedkit.yamlsource.node import Part

Found = tuple[Results, dict[str, Results]]
"""What is found across the catalogue, and by id of a response what is found in it alone."""


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
    if memory and not across[1] and not any(failures for _, failures in alone.values()):
        memory.keep(key, _encoded(across[0], alone, memory))
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
    texts = [body.text for response in catalogue.responses.values() for body in response.bodies]
    if not all(isinstance(text, Part) for text in texts):
        return None
    files = {id(text.scalar.source): text.scalar.source for text in texts if isinstance(text, Part)}
    return [(one.path, sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()) for one in files.values()]


# -- data ---------------------------------------------------------------------------------------


def _encoded(across: Iterable[FileFinding], alone: dict[str, Results], memory: Memory) -> bytes:
    rows = [[id, [*map(_row, found)]] for id, (found, _) in alone.items()]
    data = json.dumps([[*map(_row, across)], rows], ensure_ascii=False)
    return json.dumps(anywhere(data, memory.root)).encode("utf-8", "surrogatepass")


def _decoded(data: bytes, memory: Memory) -> Found | None:
    """What was found, with paths below the root of today; None where the data are not of that form."""
    try:
        told = json.loads(data.decode("utf-8", "surrogatepass")).replace("\0", str(memory.root))
        across, alone = json.loads(told)
        return (list(map(_found, across)), []), {id: (list(map(_found, rows)), []) for id, rows in alone}
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
