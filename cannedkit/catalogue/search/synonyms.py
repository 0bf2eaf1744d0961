"""synonyms.yaml, beside the folder of responses: words that mean the same to the customers of this catalogue."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from cannedkit.model.settings import Settings
from cannedkit.text.locales import canonical, parents
from cannedkit.text.terms import terms
from cannedkit.words.synonyms import Synonyms, made, shipped
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node, Sequence
from cannedkit.yamlsource.schema import Problems

FILE = "synonyms.yaml"

Groups = Mapping[str, tuple[tuple[str, ...], ...]]
"""The groups of words by the locale that they are of."""


def read(settings: Settings, problems: Problems) -> Groups:
    """The groups of a catalogue, {} where it has no file of them; every fault is added to `problems`."""
    path = settings.catalogue.parent / FILE
    if not path.is_relative_to(settings.root) or not os.path.lexists(path):
        return {}
    root = schema.read_mapping(path, problems, root=settings.root)
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name, node in root.pairs if root else ():
        tag = canonical(name.value)
        if tag and any(tag in parents(locale) for locale in settings.locales):
            found[tag] = _groups(node, problems)
        else:
            problems.append(schema.unknown(name, settings.locales, f"`{name.value}` is no locale of the settings"))
    return found


def _groups(node: Node, problems: Problems) -> tuple[tuple[str, ...], ...]:
    if not isinstance(node, Sequence):
        problems.append(node.problem("write a list of groups, each a list of words: `- [parcel, package]`"))
        return ()
    found = []
    for item in node.items:
        if not isinstance(item, Sequence) or len(item.items) < 2:
            problems.append(item.problem("a group of synonyms is a list of two words or more: `[parcel, package]`"))
        else:
            found.append(schema.proses(item, "synonyms", problems))
            silent = [one for one, text in zip(item.items, found[-1], strict=True) if text and not terms(text)]
            problems += [one.problem("there is no word in this: a synonym is found by its letters") for one in silent]
    return tuple(found)


def ready(own: Groups, tags: Collection[str]) -> Synonyms:
    """The groups for some locales, ready to be looked up: the catalogue's own, then those that are shipped."""
    names = dict.fromkeys(name for tag in tags for name in parents(tag)[:-1])
    mine = [group for name in names for group in own.get(name, ())]
    return made([*mine, *(group for name in names for group in shipped(name))], len(mine))
