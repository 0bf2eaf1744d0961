"""XLIFF 2.0, `fr.xlf`: a round trip for translators, a file for each locale.

Each text is a `unit` with one segment: `source` is the text in the locale that it is translated from, `target` the
translation (OASIS, "XLIFF Version 2.0"; segments may be cut by the tool: such a unit is refused). Its `name` is the id
of the reply; notes with a `category` of ours say the channel, the variation, and whether it is a subject; those of the
title, the shortcut and the tags stand with the first. A placeholder, like any tag of Liquid, is a `ph` whose `disp` is
what stands here. A declaration of a document type is refused, and so are all entities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from cannedkit.exchange.model import KEPT, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.pieces import OURS, Entry, Part, Slot, cut, file_names, joined
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(
    shortcut=KEPT,
    tags=KEPT,
    subject=KEPT,
    locale=KEPT,
    channel=KEPT,
    variation=KEPT,
    markup="declared",
    missing="whatever reads the file decides",
    extension="xlf",
)

ONLY = "messages.xlf"
"""The file of replies that have one locale: nothing is translated there yet."""

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

_NOTES = ("title", "shortcut", "tags", "channel", "variation", "format", "part")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENED = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class _Unit:
    """A unit as it is read: where it stands, its texts and notes with where each stands."""

    start: int
    name: str
    end: int = 0
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    segments: int = 0
    more: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """The state of reading a file. `into` is the part that texts belong to, "" for none."""

    parser: expat.XMLParserType
    data: bytes
    source: str = ""
    target: str = ""
    units: list[_Unit] = field(default_factory=list)
    into: str = ""
    seen: tuple[int, int] = (0, 0)

    def at(self) -> int:
        """The offset in code points of what is read now."""
        before, count = self.seen
        now = self.parser.CurrentByteIndex
        count += len(self.data[before:now].decode("utf-8", "surrogatepass"))
        self.seen = now, count
        return count

    def behind(self) -> int:
        """The offset behind the tag that is read now; a `>` in an attribute has quotes around it."""
        at = self.parser.CurrentByteIndex
        found = _OPENED.match(self.data, at)
        return self.at() + (len(found[0].decode("utf-8", "surrogatepass")) if found else 0)

    def current(self) -> _Unit | None:
        """The unit that is read: notes stand outside of one, too, in a file or a group."""
        return self.units[-1] if self.units and not self.units[-1].end else None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """What an element that opens says."""
        tag = tag.rpartition(":")[2]
        unit = self.current()
        if tag == "xliff":
            self.source, self.target = attributes.get("srcLang", ""), attributes.get("trgLang", "")
        elif tag == "unit":
            self.units.append(_Unit(self.at(), attributes.get("name") or attributes.get("id", "")))
        elif unit is None:
            return
        elif tag == "segment":
            unit.segments += 1
        elif tag in ("source", "target"):
            self.into = tag
            unit.spans[tag] = (self.behind(), 0)
            unit.texts.setdefault(tag, "")
        elif tag == "note":
            self.into = f"note {attributes.get('category', '')}"
            unit.spans[self.into] = (self.behind(), 0)
            unit.texts.setdefault(self.into, "")
        elif tag == "data":
            self.into = f"data {attributes.get('id', '')}"
            unit.texts.setdefault(self.into, "")
        elif tag == "ph" and self.into:
            told = unit.texts.get(f"data {attributes.get('dataRef', '')}")
            unit.texts[self.into] += told or attributes.get("disp") or attributes.get("equiv") or ""
        elif tag == "cp" and self.into:
            unit.texts[self.into] += chr(min(int(attributes.get("hex", "fffd"), 16), 0x10FFFF))
        elif tag in ("pc", "sc", "ec") and self.into:
            unit.more.append(tag)

    def end(self, tag: str) -> None:
        """What an element that closes ends."""
        tag, unit = tag.rpartition(":")[2], self.current()
        if unit is None:
            return
        if tag in ("source", "target", "note", "data"):
            if self.into in unit.spans:
                unit.spans[self.into] = (unit.spans[self.into][0], self.at())
            self.into = ""
        elif tag == "unit":
            unit.end = self.at() + len("</unit>")

    def text(self, data: str) -> None:
        """Characters of a text."""
        if self.into and self.units:
            self.units[-1].texts[self.into] += data


def is_mine(file: File) -> bool:
    """Whether it is a file of XLIFF 2."""
    return bool(re.search(r"<(?:\w+:)?xliff\b[^>]*\bversion=[\"']2", file.text[:2000]))


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The units of some files, those of one name as one reply. Raises InputError for a file that is no XLIFF 2."""
    records: dict[str, Record] = {}
    outcomes: list[Outcome] = []
    for file, name in zip(files, file_names(files), strict=True):
        found = _parsed(file)
        taken, entries = [], []
        for unit in found.units:
            if why := _refused(unit):
                outcomes.append(Outcome(unit.name, REFUSED, "", why))
                continue
            taken.append(unit)
            parts = (Part(_part(key), *span, unit.texts[key]) for key, span in unit.spans.items() if _part(key))
            entries.append(Entry(unit.start, unit.end, tuple(parts)))
        for unit, kept in zip(taken, cut(file.text, entries, _spelled), strict=True):
            _add(records, unit, found, {"file": name, **kept})
    return Incoming(tuple(record for record in records.values() if record.texts), tuple(outcomes))


def _part(key: str) -> str:
    """The part that a span holds: a text, or a note of those that hold for the reply."""
    note = key.removeprefix("note ")
    return key if key in ("source", "target") else note if note in ("title", "shortcut", "tags") else ""


def _refused(unit: _Unit) -> str:
    if unit.segments > 1:
        return f"its text is cut into {unit.segments} segments: let the tool join them"
    if unit.more:
        return f"its text has inline code, `{unit.more[0]}`"
    return "" if unit.texts.get("source") or unit.texts.get("target") else "it has no text"


def _parsed(file: File) -> _Reader:
    if not is_mine(file):
        raise InputError([Problem(file.name, 1, 1, "is no XLIFF 2: let the tool save it as XLIFF 2.0")])
    parser = expat.ParserCreate("utf-8")
    found = _Reader(parser, file.text.encode("utf-8", "surrogatepass"))
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.CharacterDataHandler = found.text
    parser.StartDoctypeDeclHandler = _doctype
    parser.buffer_text = False
    try:
        parser.Parse(found.data, True)
    except expat.ExpatError as error:
        message = f"is no XML: {expat.ErrorString(error.code)}"
        raise InputError([Problem(file.name, error.lineno, error.offset + 1, message)]) from None
    except ValueError as error:
        raise InputError([Problem(file.name, parser.CurrentLineNumber, 1, str(error))]) from None
    return found


def _doctype(*told: object) -> None:
    raise ValueError("declares a document type, which XLIFF has no use for: take the line out")


def _add(records: dict[str, Record], unit: _Unit, file: _Reader, kept: dict[str, Any]) -> None:
    """What a unit adds to a reply."""
    notes = {key.removeprefix("note "): text for key, text in unit.texts.items() if key.startswith("note ")}
    new = Record(
        unit.name, (), ours=unit.name if OURS.fullmatch(unit.name) else "", kept={"source": file.source, "units": {}}
    )
    known = records.get(unit.name) or new
    number = notes.get("variation", "1")
    variation = int(number) if number.isdecimal() and len(number) < 6 else 1
    texts = {text.key: text for text in known.texts}
    for tag, locale in (("source", file.source), ("target", file.target)):
        if not unit.texts.get(tag) or (tag == "target" and not locale):
            continue
        key = (locale, notes.get("channel", ""), variation)
        there = texts.get(key, Text("", *key, markup="markdown" if notes.get("format") == "markdown" else "text"))
        text = unit.texts[tag]
        texts[key] = replace(there, subject=text) if notes.get("part") == "subject" else replace(there, text=text)
    place = f"{file.target} {_place(notes.get('channel', ''), variation, notes.get('part', ''))}"
    aside = [note or "note" for note in notes if note not in _NOTES and note not in known.aside]
    records[unit.name] = replace(
        known,
        texts=tuple(texts.values()),
        title=known.title or notes.get("title", ""),
        shortcut=known.shortcut or notes.get("shortcut", ""),
        tags=known.tags or tuple(filter(None, notes.get("tags", "").split("\n"))),
        kept={**known.kept, "units": {**known.kept["units"], place: kept}},
        aside=(*known.aside, *aside),
    )


def _place(channel: str, variation: int, part: str) -> str:
    return f"{channel}/{variation}/{part}"


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """A file for each locale that is translated into, with all replies; one alone where there is none."""
    kept = [_kept(record) for record in records]
    counts = Counter(text.locale for record in records for text in record.texts)
    told = next((one["source"] for one in kept if one.get("source")), "")
    source = told or max(counts, key=lambda locale: counts[locale], default="")
    targets = [*dict.fromkeys(place.partition(" ")[0] for one in kept for place in one.get("units", {}))]
    targets += [locale for locale in counts if locale not in (source, *targets, "")]
    targets = [target for target in targets if target] or [""]
    slots, names = [], {}
    for number, (record, one) in enumerate(zip(records, kept, strict=True)):
        for target in targets:
            for slot in _slots(number, record, one.get("units", {}), source, target):
                slots.append(slot)
                names[slot.file] = target
    made = joined(slots, lambda name: _head(source, names[name]), _spelled)
    whole = {slot.file for slot in slots if isinstance(slot.kept, dict) and "tail" in slot.kept}
    files = {name: text if name in whole else f"{text}  </file>\n</xliff>\n" for name, text in made.files.items()}
    return replace(made, files=files or {ONLY: f"{_head(source or 'en', '')}  </file>\n</xliff>\n"})


def _kept(record: Record) -> dict[str, Any]:
    kept = record.kept if isinstance(record.kept, dict) else {}
    return kept if isinstance(kept.get("units"), dict) else {}


def _slots(number: int, record: Record, units: dict[str, Any], source: str, target: str) -> Iterator[Slot]:
    """The units of a reply in a file: for each channel and variation its text, and its subject."""
    texts = {text.key: text for text in record.texts}
    first = True
    for key in dict.fromkeys(text.key[1:] for text in record.texts):
        there, translated = texts.get((source, *key)), texts.get((target, *key))
        for part in ("", "subject"):
            pair = [_said(one, part) for one in (there, translated)]
            if part and not any(pair):
                continue
            kept = units.get(f"{target} {_place(*key, part)}")
            file = (kept or {}).get("file") or (f"{target}.xlf" if target else ONLY)
            notes = _notes(record, there or translated, first, part)
            values = {"source": pair[0], "target": pair[1], **notes}
            yield Slot(number, file, kept, values, _new(record, notes, pair))
            first = False


def _said(text: Text | None, part: str) -> str:
    return ("" if text is None else text.subject or "") if part else ("" if text is None else text.text)


def _notes(record: Record, text: Text | None, first: bool, part: str) -> dict[str, str]:
    """What a unit says beside its text; what holds for the whole reply stands with the first of its units."""
    found = {"title": record.title, "shortcut": record.shortcut, "tags": "\n".join(record.tags)} if first else {}
    if text is not None:
        found |= {"channel": text.channel, "variation": str(text.variation) if text.variation > 1 else "", "part": part}
        found |= {"format": text.markup if text.markup == "markdown" else ""}
    return found


def _new(record: Record, notes: dict[str, str], pair: list[str]) -> str:
    name = record.id or record.ours
    said = {key: value for key, value in notes.items() if value}
    mark = ".".join(filter(None, (name, *(notes.get(key, "") for key in ("channel", "variation", "part")))))
    id = re.sub(r"[^\w.-]", ".", mark)
    lines = [f'    <unit id="{id}" name={quoteattr(name)}>']
    if said:
        lines.append("      <notes>")
        lines += [f'        <note category="{key}">{_spelled("", value, 0)}</note>' for key, value in said.items()]
        lines.append("      </notes>")
    lines += ["      <segment>", f'        <source xml:space="preserve">{_spelled("", pair[0], 0)}</source>']
    lines += [f'        <target xml:space="preserve">{_spelled("", pair[1], 0)}</target>'] if pair[1] else []
    return "\n".join([*lines, "      </segment>", "    </unit>"]) + "\n"


def _head(source: str, target: str) -> str:
    languages = f'srcLang="{source}"' + (f' trgLang="{target}"' if target else "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="{NAMESPACE}" version="2.0" {languages}>\n  <file id="replies">\n'
    )


def _spelled(name: str, value: str, margin: int) -> str:
    made, done = "", 0
    counts: Counter[str] = Counter()
    if name in ("title", "shortcut", "tags"):
        return _plain(value)
    for found in _TAG.finditer(value):
        id = re.sub(r"[^A-Za-z0-9_.]+", "-", found[0]).strip("-") or "ph"
        counts[id] += 1
        id = f"{id}-{counts[id]}" if counts[id] > 1 else id
        made += f'{_plain(value[done : found.start()])}<ph id="{id}" disp={_attribute(found[0])}/>'
        done = found.end()
    return made + _plain(value[done:])


def _plain(text: str) -> str:
    return _CONTROL.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escape(text, {"\r": "&#13;"}))


def _attribute(text: str) -> str:
    return quoteattr(_CONTROL.sub("\ufffd", text))
