"""Packs of installed Python distributions: a company ships its house style as it ships its code."""

from __future__ import annotations

import os
from pathlib import Path

from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node, Sequence
from cannedkit.yamlsource.schema import Problems

GROUP = "cannedkit.packs"
"""The group of entry points whose names `extends` takes; each stands for a package whose folder holds packs."""


def extends(node: Node, key: str, problems: Problems) -> dict[str, Path]:
    """The name of each entry point that is named -> its folder of packs, in order; one that is not there is a problem.

    Nothing of a distribution is imported: its packs are read as files.
    """
    from importlib.metadata import entry_points

    found: dict[str, Path] = {}
    for item in node.items if isinstance(node, Sequence) else (node,):
        if not (name := schema.word(item, key, problems)):
            continue
        offered = {point.name: point.value for point in entry_points(group=GROUP)}
        if name not in offered:
            install = f"; install what offers it beside cannedkit, as `pip install {name}` may"
            missing = f"`{key}`: no installed distribution offers packs as `{name}`"
            problems.append(item.problem(f"{missing}{nearest(name, offered)}{install}"))
        elif folder := _folder(offered[name]):
            found[name] = folder
        else:
            message = f"`{key}`: `{name}` stands for {offered[name]!r}, which is no installed package with packs in it"
            problems.append(item.problem(f"{message}: install another version"))
    return found


def _folder(package: str) -> Path | None:
    """The folder of a package, found without importing it; None where it is not there or holds no folder of rules."""
    from importlib.util import find_spec

    top, *below = package.split(".")
    if not all(part.isidentifier() for part in (top, *below)):
        return None
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    folders = (Path(one, *below).resolve() for one in (spec and spec.submodule_search_locations) or ())
    return next((one for one in folders if os.path.isdir(one) and _holds_packs(one)), None)


def _holds_packs(folder: Path) -> bool:
    return any(path.suffix == ".yml" for path in folder.glob("*/*"))
