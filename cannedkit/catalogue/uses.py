"""What a rendering takes of the channels that send it, as it is and with the longest values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cannedkit.channels import sms, table
from cannedkit.channels.taken import Value, taken
from cannedkit.channels.units import UNITS, used
from cannedkit.model.response import Variable
from cannedkit.model.result import Use
from cannedkit.model.settings import Channel
from cannedkit.template.render import Rendered

MANY = 10**9
"""More than any text takes."""

WORDS = ("text", "name")
"""The types of variables that may hold letters of any alphabet."""

LETTER = "ł"
"""A letter that is not in the short alphabet of SMS."""


def uses(
    parts: Mapping[str, Rendered | None],
    channels: Iterable[Channel],
    longest: Mapping[str, str],
    variables: Mapping[str, Variable],
) -> Iterator[Use]:
    """What the parts of a message take of each limit of its channels; `longest` are the longest values, by name."""
    for channel in channels:
        for part, rendered in parts.items():
            if rendered:
                values = _values(rendered, longest)
                for unit, limit in _limits(channel, part).items():
                    use = _use(channel.name, part, rendered.text, values, unit, limit)
                    yield replace(use, note=_note(rendered.text, values, variables)) if unit == "segments" else use


def _use(channel: str, part: str, text: str, values: list[Value], unit: str, limit: int) -> Use:
    found = taken(text, values, unit, limit or MANY)
    lengths = {value.name: len(value.longest) for value in values}
    longer = sorted(lengths, key=lambda name: -lengths[name]) if found.most > found.used else ()
    return Use(channel, part, unit, limit, found.used, found.most, found.deciding or tuple(longer))


def _note(text: str, values: list[Value], variables: Mapping[str, Variable]) -> str:
    """What an SMS is written in, and what becomes of it with a letter of another alphabet in a value that is words."""
    note = sms.described(text)
    words = (value for value in values if variables[value.name].type in WORDS)
    if sms.is_short_alphabet(text) and (value := next(words, None)):
        others = used(f"{text[: value.start]}{LETTER}{text[value.start + 1 :]}", "segments")
        note += f"; {others} with a letter such as {LETTER} in {value.name}"
    return note


def _limits(channel: Channel, part: str) -> dict[str, int]:
    """Unit -> the limit of a channel, 0 for the segments of an SMS that may have any number of them."""
    own = {unit: limit for unit, limit in channel.limits.get(part, {}).items() if unit in UNITS}
    rows = {**table.limits(channel.like, part, "seen"), **table.limits(channel.like, part, "hard")}
    segments = {"segments": 0} if part == "body" and channel.like == "sms" else {}
    return {**segments, **rows, **own}


def _values(rendered: Rendered, longest: Mapping[str, str]) -> list[Value]:
    """What variables stand for; a fact is what it is."""
    return [
        Value(each.start, each.end, each.name, longest.get(each.name, rendered.text[each.start : each.end]))
        for each in rendered.segments
        if each.filled and not each.name.startswith("facts.")
    ]
