"""Messages of Fluent, a file for each locale, `en-US.ftl`.

A message is `key = text` with `{ $name }` in it; further lines stand in, and `.subject = …` below it is an attribute
(projectfluent/fluent, `spec/fluent.ebnf`). Texts that choose, call a function or take in another message are left out.
Names have letters, digits, `_` and `-` alone: `.` of ours is written `__`, `/` of an id `--`. Comments, terms and
other attributes are kept aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.pieces import OURS, Entry, Part, Slot, cut, file_names, has_part, is_kept, joined
from cannedkit.model.errors import InputError, Problem
from cannedkit.text.locales import canonical

ABILITY = Ability(
    syntax="fluent",
    title=LOST,
    subject=KEPT,
    locale=KEPT,
    missing="the name, and the program is told: `Hi {$name},`",
    extension="ftl",
)

_ENTRY = re.compile(
    r"(?P<above>(?:^#[^\n]*\n)*)^(?P<key>-?[A-Za-z][\w-]*)[ ]*="
    r"(?P<rest>[^\n]*(?:\n(?:[ ]*(?=\n)|[ ]+[^\n]+|(?=\})[^\n]*))*)",
    re.MULTILINE | re.ASCII,
)
_ABSENT = re.compile(r"^# (?P<key>[A-Za-z][\w-]*): no text in this locale$", re.MULTILINE | re.ASCII)
_ATTRIBUTE = re.compile(r"^[ ]+\.([A-Za-z][\w-]*)[ ]*=", re.MULTILINE | re.ASCII)
_PLACEABLE = re.compile(r'\{\s*(?:\$([A-Za-z][\w-]*)|"((?:[^"\\\n]|\\.)*)")\s*\}', re.ASCII)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))")
_HOLE = re.compile(r"\{ \$([A-Za-z][\w-]*(?:\.[\w-]+)*) \}")
_KEY = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def is_mine(file: File) -> bool:
    """Whether it is lines of messages and nothing else, one of them at least."""
    rest = _ENTRY.sub("", file.text)
    return rest != file.text and all(line[:1] in ("", "#") for line in rest.splitlines())


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What stands behind `=`, up to the end of its last line that says something."""

    start: int
    end: int
    value: str


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The messages of some files, those of one key as one reply; the locale is the name of the file.

    Raises InputError for a file without any.
    """
    records: dict[str, Record] = {}
    outcomes: list[Outcome] = []
    for file, name in zip(files, file_names(files), strict=True):
        text = file.text.replace("\r\n", "\n")
        found = list(_ENTRY.finditer(text))
        if not found and text.strip():
            raise InputError([Problem(file.name, 1, 1, "has no message of Fluent: `key = text`")])
        locale = _locale(name)
        keys, texts, entries = [], [], []
        for one in sorted((*found, *_ABSENT.finditer(text)), key=lambda one: one.start()):
            if one.re is _ABSENT:
                _reserve(records, one["key"])
                continue
            if one["key"].startswith("-") or not one["rest"].strip():
                continue
            try:
                body, subject = _message(text, one)
            except ValueError as error:
                outcomes.append(Outcome(one["key"], REFUSED, "", str(error)))
                continue
            keys.append(one["key"])
            texts.append(Text(body.value, locale, subject=subject.value if subject else None))
            parts = [Part("body", body.start, body.end, body.value, 4)]
            parts += [Part("subject", subject.start, subject.end, subject.value, 8)] if subject else []
            entries.append(Entry(one.start(), min(len(text), one.end() + 1), tuple(parts)))
        for key, said, kept in zip(keys, texts, cut(text, entries, _spelled), strict=True):
            _add(records, key, said, {"file": name, **kept})
    return Incoming(tuple(record for record in records.values() if record.texts), tuple(outcomes))


def _locale(name: str) -> str:
    """The locale that a file's name begins with, "" for none."""
    stem = name.partition(".")[0]
    return stem if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", stem) and canonical(stem.replace("_", "-")) else ""


def _reserve(records: dict[str, Record], key: str) -> None:
    """A message without a text keeps its place among the others."""
    ours = key.replace("--", "/")
    title = key.replace("-", " ")
    is_ours = bool(OURS.fullmatch(ours))
    records.setdefault(key, Record(key, (), "" if is_ours else title, ours=ours if is_ours else ""))


def _add(records: dict[str, Record], key: str, text: Text, kept: dict[str, Any]) -> None:
    """One more locale of a message."""
    _reserve(records, key)
    known = records[key]
    records[key] = replace(known, texts=(*known.texts, text), kept={**(known.kept or {}), text.locale: kept})


def _message(text: str, entry: re.Match[str]) -> tuple[_Pattern, _Pattern | None]:
    """The text of a message, and its subject. Raises ValueError for what says more than a text."""
    start, end = entry.span("rest")
    marks = list(_ATTRIBUTE.finditer(text, start, end))
    found = {}
    for number, mark in enumerate(marks):
        if mark[1] == "subject":
            behind = marks[number + 1].start() if number + 1 < len(marks) else end
            found["subject"] = _pattern(text, mark.end(), behind)
    return _pattern(text, start, marks[0].start() if marks else end), found.get("subject")


def _pattern(text: str, start: int, end: int) -> _Pattern:
    source = text[start:end].rstrip()
    first, *rest = source.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip(" ")), default=0)
    lines = [first.lstrip(" "), *(line[margin:] if line.strip(" ") else "" for line in rest)]
    said = "\n".join(lines)
    said = said.lstrip("\n") if not first.strip() else said
    value, done = "", 0
    for one in _PLACEABLE.finditer(said):
        value += _text(said[done : one.start()])
        value += f"{{ ${one[1].replace('__', '.')} }}" if one[1] else _ESCAPE.sub(_escaped, one[2])
        done = one.end()
    return _Pattern(start, start + len(source), value + _text(said[done:]))


def _text(text: str) -> str:
    if found := re.search(r"[{}]", text):
        line = text[found.start() :].partition("\n")[0]
        raise ValueError(f"it says more than a text: {line[:40]}")
    return text


def _escaped(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    return chr(min(int(number, 16), 0x10FFFF)) if number else found[3]


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """A file for each locale; a new message that lacks one of them stands there as a comment, which keeps its place."""
    slots = [slot for number, record in enumerate(records) for slot in _slots(number, record)]
    names = list(dict.fromkeys(slot.file for slot in slots))
    for number, record in enumerate(records):
        if record.kept is None:
            said = {f"{text.locale}.ftl" for text in record.texts}
            absent = f"# {_key(record)}: no text in this locale\n\n"
            slots += [Slot(number, name, None, {}, absent) for name in names if name not in said]
    slots.sort(key=lambda slot: slot.record)
    return joined(slots, lambda name: "", _spelled)


def _slots(number: int, record: Record) -> Iterator[Slot]:
    whole = record.kept if isinstance(record.kept, dict) else {}
    for text in record.texts:
        told = whole.get(text.locale, whole.get(""))
        kept = told if isinstance(told, dict) else None
        if is_kept(kept) and text.subject and not has_part(kept, "subject"):
            kept = None if kept is None else {**kept, "pieces": [_new(record, text)]}
        file = (kept or {}).get("file") or f"{text.locale}.ftl"
        yield Slot(number, file, kept, {"body": text.text, "subject": text.subject or ""}, _new(record, text))


def _key(record: Record) -> str:
    key = record.id or record.ours.replace("/", "--")
    return key if _KEY.fullmatch(key) else re.sub(r"[^A-Za-z0-9_-]", "-", f"r-{key}")


def _new(record: Record, text: Text) -> str:
    made = f"{_key(record)} ={_spelled('body', text.text, 4)}\n"
    return made + (f"    .subject ={_spelled('subject', text.subject, 8)}\n" if text.subject else "")


def _spelled(name: str, value: str, margin: int) -> str:
    made, done = "", 0
    for one in _HOLE.finditer(value):
        made += f"{_literal(value[done : one.start()])}{{ ${one[1].replace('.', '__')} }}"
        done = one.end()
    lines = (made + _literal(value[done:])).split("\n")
    if len(lines) == 1:
        return f" {_line(lines[0], first=True)}"
    return "".join(f"\n{' ' * margin}{_line(line)}" if line else "\n" for line in lines)


def _literal(text: str) -> str:
    return re.sub(r"[{}]", lambda found: f'{{"{found[0]}"}}', text)


def _line(line: str, *, first: bool = False) -> str:
    """A line whose first and last characters mean what they are."""
    if not line.strip(" "):
        return f'{{"{line}"}}'
    body = line.rstrip(" ")
    line = f'{body}{{"{line[len(body) :]}"}}' if body != line else line
    if line[0] == " " or (line[0] in "[*." and not first):
        return f'{{"{line[0]}"}}{line[1:]}'
    return line
