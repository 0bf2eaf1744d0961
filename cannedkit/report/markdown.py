"""The format for a comment on a pull request: what there is to know in one look, and the worst replies first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from cannedkit.model.errors import Failure
from cannedkit.model.result import FileFinding, Report, Unread
from cannedkit.text.visible import markdown, markdown_code
from cannedkit.wire.groups import Group, grouped, worst_first
from cannedkit.wire.summary import compared, folded, levels, looked_at, tally, untold

MARK = "<!-- cannedkit -->"
"""The first line, by which a program finds its comment again to write it anew."""

MOST = 10
"""Replies, and faults, that are shown, the others are counted: a comment to read and not a log; our own choice."""

LONGEST = 500
"""Code points of a message that are shown; our own choice. With `MOST` a comment stays far below GitHub's 65,536."""

Item = TypeVar("Item")


def write(report: Report) -> str:
    """Counts, what is new and mended where that is known, what failed, and the worst replies with one way out each."""
    blocks = [MARK, f"### cannedkit: {tally(report)}", compared(report), markdown(looked_at(report))]
    blocks += _list("Not checked", map(_failed, report.errors), len(report.errors))
    blocks += _list("Read by nobody", map(_unread, report.checked.unread), len(report.checked.unread))
    groups = worst_first(grouped(report))
    blocks += _list("Worst first", (_reply(group, report) for group in groups), len(groups))
    return "\n\n".join(filter(None, blocks)) + "\n"


def _list(title: str, items: Iterable[str], count: int) -> Iterator[str]:
    """A heading and a list of the first items; nothing where there is none."""
    shown = _first(items)
    if shown:
        more = [f"- … and {count - MOST:,} more"] if count > MOST else []
        yield "\n".join([f"#### {title}", "", *(f"- {item}" for item in shown), *more])


def _first(items: Iterable[Item]) -> Sequence[Item]:
    return [item for item, _ in zip(items, range(MOST), strict=False)]


def _unread(one: Unread) -> str:
    return markdown(untold(one))


def _failed(failed: Failure) -> str:
    place = f"{failed.path}:{failed.line}:{failed.column}" if failed.line else failed.path
    name = markdown_code(_cut(place or failed.rule))
    return f"{name}: {_prose(failed.reason)}" if name else _prose(failed.reason)


def _reply(group: Group, report: Report) -> str:
    """A reply with how much is found in it, and of its worst finding the place, the message and one suggestion."""
    found = group.worst
    counted = levels([one.finding.level for one in group.findings])
    place = f", at {markdown_code(_cut(f'{found.place.path}:{found.place.line}'))}"
    named = folded(found.text) in folded(found.finding.message)
    said = "" if named else f"{markdown_code(_cut(found.text))}: "
    lines = [
        f"**{markdown_code(_cut(group.name))}** ({counted}){place}",
        f"  {said}{_prose(found.finding.message)} {markdown_code(_cut(found.finding.rule))}",
        *(f"  {one}" for one in _suggestion(found, report)),
    ]
    return "  \n".join(lines)


def _suggestion(found: FileFinding, report: Report) -> Iterator[str]:
    """The best fix, or else what the rule says to do."""
    explained = report.explained.get(found.finding.rule)
    if found.finding.fixes:
        fix = found.finding.fixes[0]
        yield f"Write {markdown_code(_cut(fix) if fix.strip() else repr(fix))}" if fix else "Take it out"
    elif explained and explained.instead:
        yield f"Instead: {_prose(explained.instead)}"


def _prose(text: str) -> str:
    return markdown(_cut(text))


def _cut(text: str) -> str:
    text = folded(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
