"""Text files of other systems, cut around the parts of each reply: all that stands between goes out as it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from cannedkit.exchange.model import File, Outcome, Written

OURS = re.compile(r"[\w-]+(?:/[\w-]+)+")
"""A name of another system that may be an id of ours."""

Spell = Callable[[str, str, int], str]
"""How a format writes a part: its name, its value and its margin -> what stands in the file."""

_NAME = re.compile(r"\w[\w.@-]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a reply in a file: `text[start:end]` says `value`; `margin` is how far its line stands in."""

    name: str
    start: int
    end: int
    value: str
    margin: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A reply in a file: its lines are `text[start:end]`. Of all but the last it ends where the next one starts."""

    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A reply on its way into a file: what `cut` kept of it there, None for a new one, which is written as `new`."""

    record: int
    file: str
    kept: Any
    values: Mapping[str, str]
    new: str


def cut(text: str, entries: Sequence[Entry], spell: Spell) -> list[dict[str, Any]]:
    """What is kept of each entry: its pieces in order, a list where a part stands.

    The first has what stands before all, the last what stands behind.
    """
    made = []
    for number, entry in enumerate(entries):
        last = number + 1 == len(entries)
        end = entry.end if last else entries[number + 1].start
        kept: dict[str, Any] = {"at": number, "pieces": list(_pieces(text, entry, end, spell))}
        kept |= {} if number else {"head": text[: entry.start]}
        made.append(kept | ({"tail": text[end:]} if last else {}))
    return made


def _pieces(text: str, entry: Entry, end: int, spell: Spell) -> Iterable[Any]:
    done = entry.start
    for part in sorted(entry.parts, key=lambda part: part.start):
        source = text[part.start : part.end]
        own = None if source == spell(part.name, part.value, part.margin) else [source, _digest(part.value)]
        yield from (text[done : part.start], [part.name, part.margin, own])
        done = part.end
    yield text[done:end]


def joined(
    slots: Sequence[Slot], head: Callable[[str], str], spell: Spell, outcomes: Sequence[Outcome] = ()
) -> Written:
    """The files of some replies by name: those that stood there in their order, and behind them the new ones.

    `head` is how a new file of a name begins.
    """
    files: dict[str, str] = {}
    order: dict[int, None] = {}
    for name in sorted({slot.file for slot in slots}):
        found = [slot for slot in slots if slot.file == name]
        there = sorted((slot for slot in found if is_kept(slot.kept)), key=lambda slot: int(slot.kept["at"]))
        new = [slot for slot in found if not is_kept(slot.kept)]
        begin = next((slot.kept["head"] for slot in there if "head" in slot.kept), None)
        text = (head(name) if begin is None else begin) + "".join(_filled(slot, spell) for slot in there)
        text += "\n" if text and new and not text.endswith("\n") else ""
        text += "".join(slot.new for slot in new)
        files[name] = text + next((slot.kept["tail"] for slot in there if "tail" in slot.kept), "")
        order |= dict.fromkeys(slot.record for slot in (*there, *new))
    return Written(files, tuple(outcomes), tuple(order))


def is_kept(kept: object) -> bool:
    """Whether it is what `cut` kept, not taken apart by hand."""
    return isinstance(kept, dict) and isinstance(kept.get("pieces"), list) and isinstance(kept.get("at"), int)


def has_part(kept: object, name: str) -> bool:
    """Whether a part stands in what was kept."""
    return is_kept(kept) and any(isinstance(one, list) and one[0] == name for one in kept["pieces"])  # type: ignore[index]


def _filled(slot: Slot, spell: Spell) -> str:
    made = ""
    for piece in slot.kept["pieces"]:
        if isinstance(piece, str):
            made += piece
            continue
        name, margin, own = piece
        value = slot.values.get(name, "")
        made += own[0] if own and own[1] == _digest(value) else spell(name, value, margin)
    return made


def file_names(files: Iterable[File]) -> list[str]:
    """What to call each of some files when it is written: the last part of its name, "" where that is no plain one."""
    found: list[str] = []
    for file in files:
        name = PurePath(file.name).name
        found.append(name if _NAME.fullmatch(name) and name not in found else "")
    return found


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, behind its line break."""
    found = text.find("\n", at)
    return found + 1 if found >= 0 else len(text)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
