"""Message files of gettext, `fr.po`: a round trip for translators, a file for each locale.

An entry has the reply's id as `msgctxt`, its text in the locale that it is translated from as `msgid`, and the
translation as `msgstr` (GNU gettext manual, "The Format of PO Files"). The header says `Language`, and from what as
`X-Source-Language`. Placeholders are those of `python-brace-format`, so that `msgfmt -c` holds a translation against
its source. A translation that is marked fuzzy is not one yet, and is left where it stands, as are plurals. An entry
that has no text to translate from has its id for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from cannedkit.exchange.braces import doubled, single
from cannedkit.exchange.model import KEPT, LOST, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.pieces import OURS, Entry, Part, Slot, cut, file_names, joined
from cannedkit.model.errors import InputError, Problem

ABILITY = Ability(
    syntax="brace",
    title=LOST,
    locale=KEPT,
    missing="whatever reads the file decides",
    extension="po",
)

TEMPLATE = "messages.pot"
"""The file of replies that have one locale: nothing is translated there yet."""

_TEXTS = r'(?:[ \t]*"(?:[^"\\\n]|\\.)*"[ \t]*(?:\n|\Z))+'
_ENTRY = re.compile(
    rf"(?P<above>(?:^#(?!~)[^\n]*\n)*)(?:^msgctxt(?P<context>{_TEXTS}))?^msgid(?P<id>{_TEXTS})"
    rf"(?:^msgid_plural(?P<plural>{_TEXTS})(?:^msgstr\[\d\]{_TEXTS})*|^msgstr(?P<text>{_TEXTS}))",
    re.MULTILINE,
)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_FORMAT = "python-brace-format"


@dataclass(frozen=True, slots=True)
class _Header:
    """What the header of a file says: the locale of its translations, and that of its source."""

    target: str
    source: str


def is_mine(file: File) -> bool:
    """Whether it has an entry."""
    return _ENTRY.search(file.text.replace("\r\n", "\n")) is not None


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The entries of some files, those of one id as one reply. Raises InputError for a file without any."""
    records: dict[str, Record] = {}
    outcomes: list[Outcome] = []
    for file, name in zip(files, file_names(files), strict=True):
        text = file.text.replace("\r\n", "\n")
        found = list(_ENTRY.finditer(text))
        if not found and text.strip():
            raise InputError([Problem(file.name, 1, 1, "has no entry of a message file: `msgid`, `msgstr`")])
        header = next((_header(_value(one["text"])) for one in found if not _value(one["id"]) and one["text"]), None)
        header = header or _Header("", "")
        taken, entries = [], []
        for one in found:
            if not _value(one["id"]):
                continue
            if one["text"] is None:
                outcomes.append(Outcome(_id(one), REFUSED, "", "it has a plural, and replies have none"))
                continue
            raw = int(_FORMAT not in one["above"])  # a margin says nothing here: 1 stands for braces as they are
            named = ("id",) if _is_fuzzy(one) else ("id", "text")
            parts = tuple(Part(part, *_span(one, part), _said(one, part), raw) for part in named)
            taken.append(one)
            entries.append(Entry(one.start(), one.end(), parts))
        for one, kept in zip(taken, cut(text, entries, _spelled), strict=True):
            _add(records, one, header, {"file": name, **kept})
    return Incoming(tuple(record for record in records.values() if record.texts), tuple(outcomes))


def _is_fuzzy(entry: re.Match[str]) -> bool:
    return any("fuzzy" in line for line in entry["above"].splitlines() if line.startswith("#,"))


def _header(text: str) -> _Header:
    told = dict(line.split(":", 1) for line in text.split("\n") if ":" in line)
    return _Header(told.get("Language", "").strip(), told.get("X-Source-Language", "").strip())


def _id(entry: re.Match[str]) -> str:
    """The id of an entry: its context, else the digest of its source."""
    context = _value(entry["context"])
    return context or sha256(_value(entry["id"]).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _value(source: str | None) -> str:
    """The text that strings of a message file say."""
    return "".join(
        _ESCAPE.sub(lambda one: _ESCAPES.get(one[1], one[1]), found) for found in _STRING.findall(source or "")
    )


def _span(entry: re.Match[str], part: str) -> tuple[int, int]:
    """Where the strings of a part stand, from the first quote to the last."""
    start, end = entry.span(part)
    source = entry.string[start:end]
    return start + len(source) - len(source.lstrip()), start + len(source.rstrip())


def _said(entry: re.Match[str], part: str) -> str:
    """The text of a part: with single braces where the entry has placeholders of Python."""
    text = _value(entry[part])
    made = single(text) if _FORMAT in entry["above"] else text
    return text if made is None else made


def _add(records: dict[str, Record], entry: re.Match[str], header: _Header, kept: dict[str, Any]) -> None:
    """What an entry adds to a reply: its source, where no file before had it, and its translation."""
    id = _id(entry)
    new = Record(id, (), ours=id if OURS.fullmatch(id) else "", kept={"source": header.source, "files": {}})
    known = records.get(id) or new
    texts = list(known.texts)
    source, translated = _said(entry, "id"), _said(entry, "text")
    if source != id and not any(text.locale == header.source for text in texts):
        texts.append(Text(source, header.source))
    if translated and header.target and not _is_fuzzy(entry):
        texts.append(Text(translated, header.target))
    files = {**known.kept["files"], header.target: kept}
    notes = {"fuzzy": _is_fuzzy(entry), "comments": "\n#." in f"\n{entry['above']}"}
    aside = tuple(name for name, there in notes.items() if there and name not in known.aside)
    records[id] = replace(known, texts=tuple(texts), kept={**known.kept, "files": files}, aside=(*known.aside, *aside))


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """A file for each locale that is translated into, with all replies; one alone where there is none."""
    kept = [_kept(record) for record in records]
    told = next((one["source"] for one in kept if one.get("source")), "")
    counts = Counter(text.locale for record in records for text in record.texts)
    source = told or max(counts, key=lambda locale: counts[locale], default="")
    targets = [*dict.fromkeys(target for one in kept for target in one.get("files", {}))]
    targets += [locale for locale in counts if locale not in (source, *targets, "")]
    targets = [target for target in targets if target or len(targets) == 1] or [""]
    slots = [
        _slot(number, record, one, source, target)
        for number, (record, one) in enumerate(zip(records, kept, strict=True))
        for target in targets
    ]
    names = {slot.file: target for slot, target in zip(slots, targets * len(records), strict=True)}
    return joined(slots, lambda name: _head(names[name], source), _spelled)


def _kept(record: Record) -> dict[str, Any]:
    kept = record.kept if isinstance(record.kept, dict) else {}
    return kept if isinstance(kept.get("files"), dict) else {}


def _slot(number: int, record: Record, whole: dict[str, Any], source: str, target: str) -> Slot:
    kept = whole.get("files", {}).get(target)
    file = (kept or {}).get("file") or (f"{target}.po" if target else TEMPLATE)
    texts = {text.locale: text.text for text in record.texts}
    id = record.id or record.ours
    values = {"id": texts.get(source, id), "text": texts.get(target, "") if target else ""}
    has_braces = any("{" in value or "}" in value for value in values.values())
    return Slot(number, file, kept, values, "".join(_new(id, values, has_braces)))


def _new(id: str, values: dict[str, str], has_braces: bool) -> Iterator[str]:
    yield "\n"
    yield f"#, {_FORMAT}\n" if has_braces else ""
    yield f"msgctxt {_quoted(id)}\nmsgid {_spelled('', values['id'], 0)}\n"
    yield f"msgstr {_spelled('', values['text'], 0)}\n"


def _head(target: str, source: str) -> str:
    lines = {
        "Project-Id-Version": "replies",
        "Language": target,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{name}: {value}\\n"\n' for name, value in lines.items())


def _spelled(name: str, value: str, margin: int) -> str:
    return _quoted(value if margin else doubled(value))


def _quoted(text: str) -> str:
    """A text as strings, one for each of its lines."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    lines = safe.split("\n")
    if len(lines) == 1:
        return f'"{safe}"'
    strings = [*(f"{line}\\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
    return '""\n' + "\n".join(f'"{line}"' for line in strings)
