"""Levels of rules as cannedkit.yaml gives them: everywhere, and to a topic, a channel or a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from glob import escape
from pathlib import Path

from cannedkit.model.draft import LEVELS, Level
from cannedkit.model.settings import Override
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

CIRCUMSTANCES = ("topic", "channel", "path")
OVERRIDE_KEYS = (*CIRCUMSTANCES, "levels")


def levels(node: Node, key: str, problems: Problems) -> dict[str, Level | None]:
    """A rule's id, a pack or a pattern -> its level, None for off; what has a fault is left out."""
    found: dict[str, Level | None] = {}
    names = schema.mapping(node, key, problems)
    for name, value in names.pairs if names else ():
        before = len(problems)
        level = schema.choice(value, name.value, LEVELS, problems, None)
        if len(problems) == before:
            found[name.value] = level
    return found


def overrides(
    node: Node, key: str, channels: Collection[str], folder: Path, problems: Problems
) -> tuple[Override, ...]:
    """The entries of `overrides`, in order; one with a fault is left out. `folder` is where their paths begin."""
    if not isinstance(node, Sequence):
        problems.append(node.problem(f"`{key}` must be a list of {{topic, channel, path, levels}}: write - before one"))
        return ()
    found = []
    for item in node.items:
        before = len(problems)
        made = _override(item, key, channels, folder, problems)
        if len(problems) == before:
            found.append(made)
    return tuple(found)


def places(node: Node | None) -> Iterator[tuple[str, tuple[int, int]]]:
    """Line and column of each name to which an entry of `overrides` gives a level; of one named twice, the last."""
    for item in node.items if isinstance(node, Sequence) else ():
        named = item.get("levels") if isinstance(item, MappingNode) else None
        for name, _ in named.pairs if isinstance(named, MappingNode) else ():
            yield f"overrides.{name.value}", (name.place_of().line, name.place_of().column)


def _override(node: Node, key: str, channels: Collection[str], folder: Path, problems: Problems) -> Override:
    given = schema.mapping(node, key, problems)
    known = schema.entries(given, OVERRIDE_KEYS, problems, f" in `{key}`") if given else {}
    if given and not known.keys() & set(CIRCUMSTANCES):
        problems.append(node.problem(f"`{key}`: say where it holds (topic, channel or path); `levels` hold everywhere"))
    if given and "levels" not in known:
        problems.append(node.problem(f"`{key}`: it has no `levels`, so it changes nothing"))
    for one in _items(known.get("channel")):
        if one.value not in channels:
            problems.append(one.problem(f"`channel`: unknown channel `{one.value}`{nearest(one.value, channels)}"))
    for one in _items(known.get("path")):
        if one.value.startswith("/") or ".." in one.value.split("/"):
            problems.append(
                one.problem(f"`path` begins at the folder of cannedkit.yaml and stays in it: {one.value!r}")
            )
    said = {name: _texts(known, name, problems) for name in CIRCUMSTANCES}
    return Override(
        topics=tuple(topic.strip("/") for topic in said["topic"]),
        channels=said["channel"],
        paths=tuple(f"{escape(str(folder))}/{path.removeprefix('./')}" for path in said["path"]),
        levels=levels(known["levels"], "levels", problems) if "levels" in known else {},
    )


def _items(node: Node | None) -> Iterator[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return (item for item in items if isinstance(item, Scalar))


def _texts(known: Mapping[str, Node], key: str, problems: Problems) -> tuple[str, ...]:
    """The texts under a key, () where it is not there; one that says nothing is a problem."""
    if key not in known:
        return ()
    before = len(problems)
    found = schema.texts(known[key], key, problems)
    if len(problems) == before and not all(one.strip("/") for one in found or ("",)):
        problems.append(known[key].problem(f"`{key}` has no text: write one or take the key out"))
    return found
