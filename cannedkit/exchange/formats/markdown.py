"""Replies in a Markdown file, a heading each, as repositories keep them.

A heading with a text below it is a reply, the headings above it are its folders; a heading in a fenced block is none.
What we write has a comment below each heading, `<!-- reply: {…} -->`, with what Markdown has no place for: the id,
shortcut, tags, locale, channel, variation and subject, as JSON. A line of a text that would be a heading, or such a
comment, has a backslash before it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from cannedkit.exchange.html import has_marks
from cannedkit.exchange.model import KEPT, Ability, Asked, File, Incoming, Record, Text, Written
from cannedkit.exchange.nodes import maybe as yaml_of
from cannedkit.exchange.pieces import OURS, Entry, Part, Slot, cut, file_names, is_kept, joined
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(
    markup="markdown",
    shortcut=KEPT,
    tags=KEPT,
    subject=KEPT,
    locale=KEPT,
    channel=KEPT,
    variation=KEPT,
    missing="the placeholder: `Hi {{ name }},`",
    extension="md",
)

FILE = "replies.md"

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t\r]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"\s*<!-- reply: (\{.*\}) -->\s*")
_GUARDED = re.compile(r"\\*(?:#{1,6}[ \t]|<!-- reply: | {0,3}(?:`{3,}|~{3,}))")
_OTHER = re.compile(r"^(?:[\w.-]+[ \t]*[:=]|msgid |- ?[^\n]*\$\{|#[,:.~] )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading: its level, its title with where it stands, what its comment says, and the lines of its text."""

    level: int
    title: str
    at: tuple[int, int]
    start: int
    told: dict[str, Any]
    comment: tuple[int, int] | None
    body: tuple[int, int]
    end: int


def is_mine(file: File) -> bool:
    """Whether texts stand below headings, which are not all fenced, and are no other format's."""
    texts = [file.text[one.body[0] : one.body[1]] for one in _sections(file.text) if one.body[0] < one.body[1]]
    if any(_COMMENT.match(line) for line in file.text.splitlines()):
        return bool(texts)
    if not texts or not file.text.lstrip().startswith("#") or any(_OTHER.match(text) for text in texts):
        return False
    fenced = any(_fenced(text.split("\n")) for text in texts)
    return not fenced and not isinstance(yaml_of(file), dict | list) and not _is_lg(texts)


def _is_lg(texts: list[str]) -> bool:
    return all(text.startswith(("- ", "-\n", "[")) for text in texts)


def _sections(text: str) -> Iterator[_Section]:
    """The headings of a file in order."""
    marks = []
    lines = [(line.start(), line[0]) for line in _LINE.finditer(text)]
    fenced = _fenced([line for _, line in lines])
    for number, (start, line) in enumerate(lines):
        heading = None if number in fenced else _HEADING.fullmatch(line.rstrip("\r\n"))
        if heading:
            marks.append((start, start + len(line), heading))
    for number, (start, behind, heading) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        comment = _COMMENT.match(text, behind, end)
        told = _told(comment[1]) if comment else {}
        first = comment.end() if comment else behind
        inner = text[first:end]
        begin = first + len(inner) - len(inner.lstrip())
        body = (begin, max(begin, first + len(inner.rstrip())))
        span = (start + heading.start(2), start + heading.end(2))
        where = (comment.start(1), comment.end(1)) if comment else None
        yield _Section(len(heading[1]), heading[2], span, start, told, where, body, end)


def _fenced(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines in fenced blocks, their fences too; a fence that nothing closes is none."""
    found: set[int] = set()
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence and opened is None:
            opened = number, fence[1]
        elif fence and opened and fence[1].startswith(opened[1]) and not line.strip().strip(fence[1][0]):
            found |= {*range(opened[0], number + 1)}
            opened = None
    return found


def _told(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The replies of some files. Raises InputError for a file without a heading."""
    records: dict[str, Record] = {}
    counts: Counter[str] = Counter()
    for file, name in zip(files, file_names(files), strict=True):
        sections = list(_sections(file.text))
        if not sections and file.text.strip():
            raise InputError([Problem(file.name, 1, 1, "has no heading: write one, `## Title`, above each reply")])
        placed = list(_placed(sections))
        entries = [Entry(one.start, one.end, _parts(one, file.text)) for one, _ in placed]
        for (one, folders), kept in zip(placed, cut(file.text, entries, _spelled), strict=True):
            _add(records, counts, one, folders, file.text, {"file": name, **kept})
    return Incoming(tuple(records.values()))


def _placed(sections: list[_Section]) -> Iterator[tuple[_Section, tuple[str, ...]]]:
    """The headings that are replies, with those above them. One with others below it is about them, and is none."""
    above: list[_Section] = []
    for one, behind in zip_longest(sections, sections[1:]):
        above = [each for each in above if each.level < one.level]
        has_below = not one.told and behind is not None and behind.level > one.level
        if one.body[0] < one.body[1] and not has_below:
            yield one, tuple(each.title for each in above)
        above.append(one)


def _parts(one: _Section, text: str) -> tuple[Part, ...]:
    parts = [
        Part("title", *one.at, one.title),
        Part("body", *one.body, _bare(text[one.body[0] : one.body[1]])),
    ]
    return (*parts, Part("told", *one.comment, text[slice(*one.comment)])) if one.comment else tuple(parts)


def _add(
    records: dict[str, Record], counts: Counter[str], one: _Section, folders: tuple[str, ...], text: str, kept: Any
) -> None:
    """One more text of a reply, or a new reply."""
    told = one.told
    texts = Text(
        _bare(text[one.body[0] : one.body[1]]),
        _text(told, "locale"),
        _text(told, "channel"),
        told["variation"] if isinstance(told.get("variation"), int) and 0 < told["variation"] < 10**6 else 1,
        _text(told, "subject") or None,
        "text" if told.get("format") == "text" else "markdown",
    )
    id = _text(told, "id") or one.title
    if not told.get("id"):
        counts[id] += 1
        id = f"{id} {counts[id]}" if counts[id] > 1 else id
    if id in records:
        known = records[id]
        records[id] = replace(known, texts=(*known.texts, texts), kept=[*known.kept, [list(texts.key), kept]])
        return
    tags = told.get("tags")
    records[id] = Record(
        id,
        (texts,),
        title="" if told.get("untitled") else one.title,
        shortcut=_text(told, "shortcut"),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        folder=folders,
        ours=id if OURS.fullmatch(id) else "",
        kept=[[list(texts.key), kept]],
    )


def _text(told: dict[str, Any], key: str) -> str:
    found = told.get(key)
    return found if isinstance(found, str) else ""


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """The files that the replies came from; new ones go into one, a heading for each of their texts."""
    slots = [slot for number, record in enumerate(records) for slot in _slots(number, record)]
    made = joined(slots, lambda name: "", _spelled) if slots else Written({FILE: ""})
    old = {slot.file for slot in slots if is_kept(slot.kept)}
    return replace(made, files={name: text if name in old else text.lstrip("\n") for name, text in made.files.items()})


def _slots(number: int, record: Record) -> Iterator[Slot]:
    known = record.kept if isinstance(record.kept, list) else []
    pairs = [one for one in known if isinstance(one, list) and len(one) == 2 and isinstance(one[1], dict)]
    for at, text in enumerate(record.texts):
        kept = next(
            (kept for key, kept in pairs if key[1:] == list(text.key)[1:] and key[0] in ("", text.locale)), None
        )
        title = " ".join(record.title.split()) or record.ours.rpartition("/")[2]
        told = json.dumps(_comment(record, text, at), ensure_ascii=False).replace("-->", "--\\u003e")
        values = {"title": title, "told": told, "body": text.text}
        new = f"\n## {title}\n\n<!-- reply: {told} -->\n\n{_guarded(text.text)}\n"
        yield Slot(number, (kept or {}).get("file") or FILE, kept, values, new)


def _comment(record: Record, text: Text, at: int) -> dict[str, Any]:
    """What the heading and the text do not say; what holds for the whole reply stands with its first text."""
    found: dict[str, Any] = {"id": record.id or record.ours}
    if not at:
        found |= {"shortcut": record.shortcut, "tags": list(record.tags), "untitled": not record.title}
    found |= {"locale": text.locale, "channel": text.channel, "subject": text.subject}
    found |= {"variation": text.variation} if text.variation > 1 else {}
    found |= {"format": "text"} if text.markup == "text" and has_marks(text.text) else {}
    return {key: value for key, value in found.items() if value}


def _guarded(text: str) -> str:
    """A text in which no line is read as a heading, a fence that nothing closes, or a comment of ours."""
    return _by_line(text, lambda line: f"\\{line}" if _GUARDED.match(line) else line)


def _bare(text: str) -> str:
    return _by_line(text, lambda line: line[1:] if line.startswith("\\") and _GUARDED.match(line) else line)


def _by_line(text: str, made: Callable[[str], str]) -> str:
    """A text with each line outside of fenced blocks made anew."""
    lines = text.split("\n")
    fenced = _fenced(lines)
    return "\n".join(line if number in fenced else made(line) for number, line in enumerate(lines))


def _spelled(name: str, value: str, margin: int) -> str:
    return _guarded(value) if name == "body" else value
