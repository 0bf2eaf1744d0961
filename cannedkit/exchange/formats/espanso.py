"""Matches of espanso, as a file of its folder `match` has them.

A match is `{trigger, replace}`, or `triggers`, and `form`, `markdown` or `html` in place of `replace`; `label` names
it in the search, `search_terms` find it (espanso/espanso, `schemas/match.schema.json`; `search_terms` stand in its
reader, `parse.rs`, and not in its schema). `:` before our shortcut, or our id, is the trigger. A placeholder is a
field of a form, `[[name]]`, which espanso asks for; as names of fields have letters, digits and `_` alone, `.` is
written `__`. What stands there where nothing is typed is the `default` of the field under `form_fields`. Matches whose
variables run a program are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import replace
from typing import Any

from cannedkit.exchange.model import KEPT, REFUSED, Ability, Asked, File, Incoming, Outcome, Record, Text, Written
from cannedkit.exchange.outline import block, column, flow, listed, maybe, opened, part, text_at, texts, under
from cannedkit.exchange.pieces import (
    OURS,
    Entry,
    Part,
    Slot,
    cut,
    file_names,
    has_part,
    is_kept,
    joined,
    line_end,
    line_start,
)
from cannedkit.exchange.writing import scalar
from cannedkit.model.errors import InputError, Problem
from cannedkit.yamlsource.node import Mapping, Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode

ABILITY = Ability(
    syntax="form",
    markup="declared",
    shortcut=KEPT,
    tags=KEPT,
    missing="what the agent typed into the form, or nothing",
    extension="yml",
)

FILE = "base.yml"

_BODIES = ("replace", "form", "markdown", "html")
_RUN = ("shell", "script")
"""Types of variables that run a program."""

_FIELD = re.compile(r"\[\[\s*(\w+)\s*\]\]")
_VARIABLE = re.compile(r"\{\{\s*(\w+)((?:\.\w+)?)\s*\}\}")
_HOLE = re.compile("\\[\\[([\\w.-]+)(?:\ue002([^\\[\\]\ue002]+))?\\]\\]")
_ALSO = "\ue003"
"""Stands between a text and the fields that are to be written behind it."""


def is_mine(file: File) -> bool:
    """Whether it lists `matches` with triggers."""
    found = under(maybe(file), "matches")
    return isinstance(found, SequenceNode) and any(_triggers(item) for item in found.items)


def read(files: Sequence[File], asked: Asked) -> Incoming:
    """The matches of some files. Raises InputError for a file without any."""
    records: list[Record] = []
    outcomes: list[Outcome] = []
    for file, name in zip(files, file_names(files), strict=True):
        root = opened(file)
        matches = root.get("matches")
        if not isinstance(matches, SequenceNode) or (matches.flow and matches.items):
            raise InputError([Problem(file.name, 1, 1, "has no lines of `matches`: give a file of espanso's `match`")])
        common = _variables(root.get("global_vars"))
        found, entries = [], []
        for number, item in enumerate(matches.items, start=1):
            try:
                record, parts = _match(item, common)
            except ValueError as error:
                id = next(iter(_triggers(item)), f"{file.name} {number}")
                outcomes.append(Outcome(id, REFUSED, "", str(error)))
                continue
            start = line_start(file.text, item.start)
            end = line_end(file.text, item.start + len(file.text[item.start : item.end].rstrip()))
            found.append(record)
            entries.append(Entry(start, end, parts))
        kept = cut(file.text, entries, _spelled)
        records += [
            replace(record, kept={"file": name, **record.kept, **one}) for record, one in zip(found, kept, strict=True)
        ]
    return Incoming(_numbered(records), tuple(outcomes))


def _numbered(records: list[Record]) -> tuple[Record, ...]:
    """The records, whose ids are numbered where a trigger repeats: espanso offers all of them then."""
    counts: Counter[str] = Counter()
    made = []
    for record in records:
        counts[record.id] += 1
        made.append(replace(record, id=f"{record.id} {counts[record.id]}") if counts[record.id] > 1 else record)
    return tuple(made)


def _triggers(item: Node) -> tuple[str, ...]:
    one = text_at(item, "trigger")
    return (one,) if one is not None else texts(under(item, "triggers"))


def _variables(node: Node | None) -> dict[str, str]:
    """Variables by name with their types."""
    items = node.items if isinstance(node, SequenceNode) else ()
    return {text_at(one, "name") or "": text_at(one, "type") or "" for one in items}


def _match(item: Node, common: Pairs[str, str]) -> tuple[Record, tuple[Part, ...]]:
    """A match and where its parts stand. Raises ValueError with why it is refused."""
    if not isinstance(item, Mapping) or item.flow:
        raise ValueError("it is no match on lines of its own")
    nodes = {key.value: (key, value) for key, value in item.pairs}
    triggers = _triggers(item)
    key = next((key for key in _BODIES if key in nodes), "")
    body = nodes[key][1] if key else None
    if not triggers:
        raise ValueError("it has no trigger" if "regex" not in nodes else "its trigger is a regular expression")
    if not isinstance(body, Scalar):
        raise ValueError("it has no text")
    own = _variables(under(item, "vars"))
    run = [name for name, type in {**common, **own}.items() if type in _RUN and (name in own or _says(body, name))]
    if run:
        raise ValueError(f"its variable `{run[0]}` runs a program")
    defaults = _defaults(under(item, "form_fields"))
    text = _inward(body.value, {**common, **own}, defaults or {})
    own_names = [one for one in {**common, **own} if _says(body, one)]
    name = triggers[0]
    short = name.removeprefix(":")
    margin = column(item)
    parts = [part("key", nodes[key][0], key, margin), part("body", body, _outward(text, own_names), margin)]
    trigger = under(item, "trigger")
    parts += [part("trigger", trigger, name, margin)] if trigger is not None else []
    for field, label in (("label", "title"), ("search_terms", "tags")):
        if field in nodes and (node := nodes[field][1]) is not None:
            tags = texts(node)
            parts.append(part(label, node, listed(tags) if label == "tags" else text_at(item, field) or "", margin))
    if defaults is not None:
        parts.append(part("fields", under(item, "form_fields") or item, _fields(text), margin))
    known = ("trigger", "label", "search_terms", *_BODIES, *(("form_fields",) if defaults is not None else ()))
    more = [one for one in nodes if one not in known]
    is_ours = bool(OURS.fullmatch(short)) and name.startswith(":")
    record = Record(
        name,
        (Text(text, markup=key if key in ("markdown", "html") else "text"),),
        title=text_at(item, "label") or "",
        shortcut="" if is_ours else short,
        tags=texts(under(item, "search_terms")),
        ours=short if is_ours else "",
        kept={"key": key, "colon": name.startswith(":"), "vars": own_names, "more": more},
        aside=tuple(more),
    )
    return record, tuple(parts)


def _says(body: Scalar, name: str) -> bool:
    return any(found[1] == name for found in _VARIABLE.finditer(body.value))


def _defaults(node: Node | None) -> dict[str, str] | None:
    """The defaults of fields; None where there are none, or where fields say more."""
    if not isinstance(node, Mapping):
        return None
    found = {key.value: text_at(value, "default") for key, value in node.pairs}
    plain = all(isinstance(value, Mapping) and len(value.pairs) == 1 for _, value in node.pairs)
    return {key: value for key, value in found.items() if value} if plain and None not in found.values() else None


def _inward(text: str, variables: Pairs[str, str], defaults: Pairs[str, str]) -> str:
    """A text in which each placeholder is a field, with its default."""

    def field(found: re.Match[str]) -> str:
        default = defaults.get(found[1], "")
        return f"[[{found[1].replace('__', '.')}{f'{chr(0xE002)}{default}' if default else ''}]]"

    def variable(found: re.Match[str]) -> str:
        return f"[[{found[1]}{found[2]}]]" if found[1] in variables else found[0]

    return _VARIABLE.sub(variable, _FIELD.sub(field, text))


# -- writing ------------------------------------------------------------------------------------


def write(records: Sequence[Record]) -> Written:
    """The files that the matches came from; new ones go into one."""
    slots = [_slot(number, record) for number, record in enumerate(records)]
    return joined(slots, lambda name: "matches:\n", _spelled) if slots else Written({FILE: "matches: []\n"})


def _slot(number: int, record: Record) -> Slot:
    kept: dict[str, Any] = record.kept if isinstance(record.kept, dict) else {}
    text = record.texts[0]
    variables = kept.get("vars", [])
    holes = [found[1].partition(".")[0] for found in _HOLE.finditer(text.text)]
    key = kept.get("key", "markdown" if text.markup == "markdown" else "replace")
    if key != "form" and any(hole not in variables for hole in holes):
        key = "form"
    fields = _fields(text.text)
    apart = is_kept(kept) and fields and not has_part(kept, "fields") and "form_fields" not in kept.get("more", [])
    values = {
        "key": key,
        "body": _outward(text.text, variables) + (f"{_ALSO}{fields}" if apart else ""),
        "trigger": f"{':' if kept.get('colon', True) else ''}{record.shortcut or record.ours}",
        "title": record.title,
        "tags": listed(record.tags),
        "fields": fields,
    }
    return Slot(number, kept.get("file") or FILE, kept, values, _new(values))


def _outward(text: str, variables: Iterable[str]) -> str:
    """A text in which the variables of a match are written as such."""
    known = set(variables)
    return _HOLE.sub(lambda found: f"{{{{{found[1]}}}}}" if found[1].partition(".")[0] in known else found[0], text)


def _fields(text: str) -> str:
    """The defaults in a text, as the value of a part."""
    found = {hole[1]: hole[2] for hole in _HOLE.finditer(text) if hole[2]}
    return ", ".join(
        f"{name.replace('.', '__')}: {{default: {scalar(default, inside=True)}}}" for name, default in found.items()
    )


def _new(values: Pairs[str, str]) -> str:
    lines = [f"  - trigger: {scalar(values['trigger'])}"]
    lines += [f"    label: {scalar(values['title'])}"] if values["title"] else []
    lines += [f"    search_terms: {flow(values['tags'])}"] if values["tags"] != "[]" else []
    lines.append(f"    {values['key']}: {_spelled('body', values['body'], 4)}")
    lines += [f"    form_fields: {{{values['fields']}}}"] if values["fields"] else []
    return "\n".join(lines) + "\n"


def _spelled(name: str, value: str, margin: int) -> str:
    if name == "key":
        return value
    if name == "tags":
        return flow(value)
    if name == "fields":
        return f"{{{value}}}"
    if name != "body":
        return scalar(value)
    body, _, fields = value.partition(_ALSO)
    made = block(_HOLE.sub(lambda found: f"[[{found[1].replace('.', '__')}]]", body), margin)
    return f"{made}\n{' ' * margin}form_fields: {{{fields}}}" if fields else made
