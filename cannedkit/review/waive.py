"""A waiver written into its response: an entry of `waivers`, and not a byte of the file besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from cannedkit import files
from cannedkit.catalogue.load import named
from cannedkit.files import ChangedError
from cannedkit.model.errors import CatalogueError, InputError, Problem
from cannedkit.model.response import Catalogue, Response, Waiver
from cannedkit.model.result import Rewritten
from cannedkit.model.settings import Settings
from cannedkit.text.locales import canonical
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.edit import EditRefused, Written, save, together, written
from cannedkit.yamlsource.insert import as_entry, flow, with_entry, with_item
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence, Source
from cannedkit.yamlsource.read import MAX_BYTES, read

MOST_TRIES = 20
"""How often a file that somebody else is writing is read again; cannedkit's own choice."""


def waive(settings: Settings, catalogue: Callable[[], Catalogue], id: str, waiver: Waiver, today: date) -> Rewritten:
    """The file with the waiver in its response; one for the same rule, text and locale is renewed.

    `catalogue` reads the catalogue anew. Raises InputError for a waiver that cannot be, ReplyError for a response
    that is not there, EditRefused where the file cannot take it.
    """
    if waiver.locale and canonical(waiver.locale) not in settings.locales:
        raise InputError(f"unknown locale `{waiver.locale}`{nearest(waiver.locale, settings.locales)}")
    for key in ("why", "by"):
        if not getattr(waiver, key).strip():
            raise InputError(f"a waiver needs `{key}`: write one")
    if waiver.until < today:
        raise InputError(f"`until` is {waiver.until}, which is over: name a day to come")
    for _ in range(MOST_TRIES):
        response = named(catalogue(), id)
        path = response.place.path
        source = _source(path)
        text = _with(source, response, waiver)
        try:
            save(Path(path), text, source.bom, source.text)
        except ChangedError:
            continue
        mark = "\ufeff" if source.bom else ""
        return Rewritten(path, mark + source.text, mark + text)
    raise CatalogueError([Problem(path, 0, 0, "is being changed again and again: try once nobody writes it")])


def _source(path: str) -> Source:
    try:
        return read(path, files.read(Path(path), MAX_BYTES))
    except files.FileError as error:
        raise EditRefused(path, str(error)) from None
    except InputError as error:
        raise EditRefused(error.problems[0], "mend this first: the file is left as it is") from None


def _with(source: Source, response: Response, waiver: Waiver) -> str:
    """The text of the file with the waiver in a response."""
    name = response.id.rpartition("/")[2]
    root = source.root
    if not isinstance(root, Mapping) or name not in root.keys:
        raise EditRefused(source.path, f"`{name}` is there no more")
    data = _data(waiver)
    key, node = next(pair for pair in root.pairs if pair[0].value == name)
    if not isinstance(node, Mapping):
        return as_entry(key, node, "body", "waivers", f"[{flow(data)}]", root.flow)
    there = node.get("waivers")
    if there is None:
        return with_entry(node, "waivers", f"[{flow(data)}]")
    items = there.items if isinstance(there, Sequence) else (there,)
    if old := next((item for item in items if _is_for(item, data)), None):
        return _renewed(old, data)
    if isinstance(there, Sequence):
        return with_item(there, flow(data))
    raise EditRefused(there.place_of(), "`waivers` must be a list to hold a second one: put `- ` before the first")


def _data(waiver: Waiver) -> dict[str, str]:
    """The keys of a waiver in the order of the reference, without those that say nothing."""
    data = {"rule": waiver.rule, "why": waiver.why.strip(), "by": waiver.by.strip(), "until": f"{waiver.until}"}
    return data | {key: value for key in ("text", "locale") if (value := getattr(waiver, key).strip())}


def _is_for(item: Node, data: dict[str, str]) -> bool:
    """Whether an item is a waiver of the same rule, for the same text and locale."""
    pairs = item.pairs if isinstance(item, Mapping) else ()
    found = {key.value: node.value.strip() for key, node in pairs if isinstance(node, Scalar)}
    return all(found.get(key, "") == data.get(key, "") for key in ("rule", "text", "locale"))


def _renewed(item: Node, data: dict[str, str]) -> str:
    """The file's text with the reason, the person and the end date of a waiver that stands there already."""
    changes: list[Written] = []
    for key in ("why", "by", "until"):
        node = item.get(key) if isinstance(item, Mapping) else None
        if isinstance(node, Scalar):
            changes.append(written(node, [(0, len(node.value), data[key])]))
    return together(changes)
