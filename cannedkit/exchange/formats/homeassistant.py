"""Responses of Home Assistant's intents, a file for each language, `responses/<language>/<Intent>.yaml`.

A file is `{language, responses: {intents: {HassTurnOn: {default: "…", over_one: "…"}}}}`: each intent has responses by
key, one of which the matching sentence names (home-assistant/intents, `responses/`). They are Jinja, of which `{{
slots.name }}` and `default("…")` are taken over; a text with a tag says more, and is left out. A reply of ours is an
intent with the one key `default`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cannedkit.exchange.model import KEPT, LOST, Ability, Asked, File, Incoming, Record, Text, Written
from cannedkit.exchange.outline import block, column, maybe, opened, part, text_at, under
from cannedkit.exchange.pieces import OURS, Entry, Slot, cut, file_names, joined, line_end, line_start
from cannedkit.exchange.writing import scalar
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.node import Mapping, Scalar

ABILITY = Ability(
    syntax="jinja",
    title=LOST,
    locale=KEPT,
    missing="nothing: `Hi ,`",
    extension="yaml",
)

KEY = "default"
"""The key of a response that no sentence need name."""


def is_mine(file: File) -> bool:
    """Whether it has a language and responses of intents."""
    root = maybe(file)
    return text_at(root, "language") is not None and isinstance(under(root, "responses", "intents"), Mapping)


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The responses of some files, those of the same intent and key as one. Raises InputError for a file of none."""
    records: dict[str, Record] = {}
    for file, name in zip(files, file_names(files), strict=True):
        root = opened(file)
        intents = under(root, "responses", "intents")
        if not isinstance(intents, Mapping) or (intents.flow and intents.pairs):
            raise InputError([Problem(file.name, 1, 1, "has no lines of `intents` below `responses`")])
        language = text_at(root, "language") or ""
        ids, texts, entries = [], [], []
        for intent, value in intents.pairs:
            if isinstance(value, Mapping) and not value.pairs:
                _reserve(records, intent.value)
            for number, (key, node) in enumerate(value.pairs if isinstance(value, Mapping) and not value.flow else ()):
                if not isinstance(node, Scalar) or not node.value.strip():
                    continue
                ids.append((intent.value, key.value))
                texts.append(Text(node.value, language))
                start = line_start(file.text, key.start if number else intent.start)
                body = part("body", node, node.value, column(key))
                entries.append(Entry(start, line_end(file.text, body.end), (body,)))
        for id, text, kept in zip(ids, texts, cut(file.text, entries, _spelled), strict=True):
            _add(records, id, text, f"{name or f'{language}.yaml'}", kept)
    return Incoming(tuple(record for record in records.values() if record.texts))


def _reserve(records: dict[str, Record], intent: str) -> None:
    """An intent without responses in this language keeps its place among the others."""
    ours = intent if OURS.fullmatch(intent) else ""
    records.setdefault(f"{intent}.{KEY}", Record(f"{intent}.{KEY}", (), "" if ours else _title(intent, KEY), ours=ours))


def _add(records: dict[str, Record], id: tuple[str, str], text: Text, file: str, kept: dict[str, Any]) -> None:
    """One more language of a response."""
    name = ".".join(id)
    ours = id[0] if OURS.fullmatch(id[0]) and id[1] == KEY else ""
    known = records.get(name) or Record(name, (), "" if ours else _title(*id), ours=ours)
    files = {**(known.kept or {}), text.locale: {"file": file, **kept}}
    records[name] = replace(known, texts=(*known.texts, text), kept=files)


def _title(intent: str, key: str) -> str:
    """`HassTurnOn`, `over_one` as words."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", intent)
    return words if key == KEY else f"{words} {key.replace('_', ' ')}"


def write(records: Sequence[Record]) -> Written:
    """A file for each language; what came from files goes where it came from.

    A new intent that lacks a language stands there without responses, which keeps its place.
    """
    languages: dict[str, str] = {}
    slots = [slot for number, record in enumerate(records) for slot in _slots(number, record, languages)]
    for number, record in enumerate(records):
        if record.kept is None:
            said = {text.locale for text in record.texts}
            empty = f"    {scalar(record.ours)}: {{}}\n"
            slots += [Slot(number, file, None, {}, empty) for file, one in languages.items() if one not in said]
    slots.sort(key=lambda slot: slot.record)
    return joined(slots, lambda name: f"language: {scalar(languages[name])}\nresponses:\n  intents:\n", _spelled)


def _slots(number: int, record: Record, languages: dict[str, str]) -> Iterator[Slot]:
    whole = record.kept if isinstance(record.kept, dict) else {}
    name = record.id.removesuffix(f".{KEY}") or record.ours
    for text in record.texts:
        told = whole.get(text.locale)
        kept = told if isinstance(told, dict) else None
        file = (kept or {}).get("file") or f"{text.locale}.yaml"
        languages.setdefault(file, text.locale)
        new = f"    {scalar(name)}:\n      {KEY}: {_spelled('', text.text, 6)}\n"
        yield Slot(number, file, kept, {"body": text.text}, new)


def _spelled(name: str, value: str, margin: int) -> str:
    return block(value, margin)
