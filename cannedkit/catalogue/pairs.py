"""The texts of a response that must say the same: those of its locales, its channels or its variations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from cannedkit.catalogue.load import bodies, locales
from cannedkit.catalogue.reading import Pair, Pairs, Reading
from cannedkit.model.response import Body, Response
from cannedkit.model.settings import Settings

Beside = Iterator[tuple[Body, Body, str]]
"""A body that is taken as right, one that must say the same, and where the first is from."""


def pairs(response: Response, across: str, reading: Reading, settings: Settings) -> Pairs:
    """The texts that are held against each other `across` one of ACROSS; subjects beside subjects."""
    return reading.pairs(response, across, partial(_pairs, response, across, reading, settings))


def _pairs(response: Response, across: str, reading: Reading, settings: Settings) -> Iterator[Pair]:
    seen: set[tuple[Body, Body]] = set()
    for source, other, where in ACROSS[across](response, settings):
        if source is not other and (source, other) not in seen:
            seen.add((source, other))
            yield reading.text(response, source), reading.text(response, other), where
            if source.subject and other.subject and source.subject is not other.subject and other.variation == 1:
                first, second = (reading.text(response, body, "subject") for body in (source, other))
                yield first, second, where


def _over_locales(response: Response, settings: Settings) -> Beside:
    own = locales(response)
    first = settings.locale if settings.locale in own else own[0]
    for locale in own:
        for channel in response.channels if locale != first else ():
            yield from _in_turn(bodies(response, first, channel), bodies(response, locale, channel), first)


def _over_channels(response: Response, settings: Settings) -> Beside:
    for locale in locales(response):
        served = [(channel, bodies(response, locale, channel)) for channel in response.channels]
        first, source = served[0]
        for _, others in served[1:]:
            yield from _in_turn(source, others, first)


def _over_variations(response: Response, settings: Settings) -> Beside:
    for locale in locales(response):
        for channel in response.channels:
            served = bodies(response, locale, channel)
            yield from ((served[0], other, f"variation {served[0].variation}") for other in served[1:])


ACROSS: Mapping[str, Callable[[Response, Settings], Beside]] = {
    "locales": _over_locales,
    "channels": _over_channels,
    "variations": _over_variations,
}
"""What texts are compared across -> the bodies of a response that are."""


def _in_turn(source: list[Body], others: list[Body], where: str) -> Beside:
    """Each variation beside the same one of the source, or the first where that has fewer."""
    for number, other in enumerate(others):
        if source:
            yield source[min(number, len(source) - 1)], other, where
