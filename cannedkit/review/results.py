"""What was found in a unit of a catalogue, as it is remembered between runs: the key, and the data."""

from __future__ import annotations

import json
from dataclasses import replace

from cannedkit.model.draft import Finding, Level
from cannedkit.model.result import FileFinding
from cannedkit.review.memory import Memory, anywhere
from cannedkit.review.unit import Looked, Unit, placed


def recall(memory: Memory, unit: Unit) -> tuple[bytes | None, Looked | None]:
    """The key of a unit, None where it is not to be remembered, and what is known of it."""
    key = memory.key(unit.locale, _told(unit, memory))
    return key, memory.recall(key, lambda data: _decoded(unit, data))


def keep(memory: Memory, key: bytes | None, looked: Looked) -> None:
    """Remember what was found in a unit, unless a check failed on it or did not look."""
    if looked.whole and not looked.failures:
        memory.keep(key, _encoded(looked))


def _told(unit: Unit, memory: Memory) -> str:
    """All that is read of a unit: its text, what may stand in its holes, and the circumstances of its drafts."""
    response = unit.response
    declared = [repr(replace(one, place=None)) for name in unit.body.names if (one := response.variables.get(name))]
    of_response = (response.format, response.mood, response.requires, response.offer, response.topic, response.status)
    path = anywhere(response.place.path, memory.root)
    return repr((unit.text.value, unit.locale, unit.part, unit.channels, of_response, path, declared))


# -- data ---------------------------------------------------------------------------------------


def _encoded(looked: Looked) -> bytes:
    rows = [
        [
            *(one.finding.start, one.finding.end, one.finding.rule, int(one.finding.level), one.finding.message),
            *(one.finding.fixes, one.finding.safe, one.finding.sources, one.channels, one.samples),
        ]
        for one in looked.findings
    ]
    return json.dumps([looked.renderings, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")


def _decoded(unit: Unit, data: bytes) -> Looked | None:
    """What was found in a unit, at its places of today; None where the data are not of that form."""
    try:
        renderings, rows = json.loads(data.decode("utf-8", "surrogatepass"))
        found = tuple(_found(unit, *row) for row in rows)
        return Looked(found, frozenset(), int(renderings))
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def _found(
    unit: Unit,
    start: int,
    end: int,
    rule: str,
    level: int,
    message: str,
    fixes: list[str],
    safe: bool,
    sources: list[str],
    channels: list[str],
    samples: list[str],
) -> FileFinding:
    finding = Finding(start, end, rule, Level(level), message, tuple(fixes), safe, tuple(sources))
    return placed(unit, finding, tuple(channels), tuple(samples))
