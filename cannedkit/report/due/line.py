"""The format for people: place, when, what and whose; then what was sent, what could not be read, and a count."""

from __future__ import annotations

from collections.abc import Iterator

from cannedkit.model.upkeep import Agenda
from cannedkit.text.visible import visible
from cannedkit.wire.summary import located
from cannedkit.wire.upkeep import counted, groups, usage_lines, what, when, whose


def write(agenda: Agenda) -> str:
    """One line an entry, under a line for each group where they are grouped."""
    return "\n".join(map(visible, _lines(agenda))) + "\n"


def _lines(agenda: Agenda) -> Iterator[str]:
    for heading, entries in groups(agenda).items():
        if agenda.by:
            yield f"{heading}: {counted(entries, agenda.within)}"
        for entry in entries:
            owner = f"; {whose(entry)}" if agenda.by != "owner" else ""
            yield f"{'  ' if agenda.by else ''}{entry.place}: {when(entry)}: {what(entry)}{owner}"
        if agenda.by:
            yield ""
    if agenda.usage:
        yield from usage_lines(agenda.usage)
        yield ""
    yield from map(located, agenda.errors)
    yield f"{counted(agenda.due, agenda.within)}."
