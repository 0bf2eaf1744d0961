"""The format for an issue or a wiki: a list with a box to tick before each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannedkit.model.upkeep import Agenda
from cannedkit.text.visible import visible
from cannedkit.wire.summary import located
from cannedkit.wire.upkeep import counted, groups, usage_lines, what, when, whose

_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
"""What Markdown may take for more than a sign inside of a line."""

_CALL = "@&#8203;"
"""An @ with a space of no width behind it: it calls for nobody on the page where it is pasted."""


def write(agenda: Agenda) -> str:
    """A heading, a count, and the entries, under headings of their own where they are grouped."""
    return "\n".join(_lines(agenda)) + "\n"


def _lines(agenda: Agenda) -> Iterator[str]:
    yield f"# Due on {agenda.today}"
    yield ""
    yield f"{counted(agenda.due, agenda.within)}."
    for heading, entries in groups(agenda).items():
        yield ""
        if agenda.by:
            yield f"## {_plain(heading)}"
            yield ""
        for entry in entries:
            said = f"{what(entry)}; {whose(entry)} ({entry.place})"
            yield f"- [ ] **{_plain(when(entry))}**: {_plain(said)}"
    if agenda.usage:
        yield ""
        yield "## Sent"
        yield ""
        for line in usage_lines(agenda.usage):
            yield f"  - {_plain(line.strip())}" if line.startswith(" ") else f"- {_plain(line)}"
    if agenda.errors:
        yield ""
        yield "## Could not be read"
        yield ""
        yield from (f"- {_plain(located(failed))}" for failed in agenda.errors)


def _plain(text: str) -> str:
    """A text that is shown as it is: no markup, no mention, no command."""
    return _MARKS.sub(r"\\\1", visible(text)).replace("@", _CALL)
