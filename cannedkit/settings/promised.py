"""facts.yaml and offers.yaml: what is known of the company, and the promises that were approved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cannedkit.model.settings import Fact, Offer
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar, unspaced_problems
from cannedkit.yamlsource.schema import Problems

NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
"""A dotted name: of a fact, an offer or a variable."""

FACT_KEYS = ("value", "owner", "until")
OFFER_KEYS = ("kind", "max", "condition", "until")


def named(
    path: Path, folder: Path, read: Callable[..., Any], problems: Problems, locales: tuple[str, ...]
) -> dict[str, Any]:
    """The entries of facts.yaml or offers.yaml by name, as `read` reads one; those with a fault are left out."""
    found: dict[str, Any] = {}
    root = schema.read_mapping(path, problems, root=folder) if os.path.exists(path) else None
    for name, value in root.pairs if root else ():
        before = len(problems)
        if not NAME.fullmatch(name.value.replace("-", "_")):
            problems.append(name.problem(f"{name.value!r} is not a name: use letters, digits, `_` and dots"))
        entry = read(name.value, value, locales, problems)
        if len(problems) == before:
            found[name.value] = replace(entry, place=name.place_of())
    problems.extend(schema.clashes(root, root.keys) if root else ())
    return found


def fact(name: str, node: Node, locales: tuple[str, ...], problems: Problems) -> Fact:
    """One entry of facts.yaml: its value alone, or a mapping; what has a fault is empty."""
    if isinstance(node, Scalar) and (unspaced := unspaced_problems(node, FACT_KEYS)):
        problems.extend(unspaced)
        return Fact(name, {})
    if not isinstance(node, MappingNode):
        return Fact(name, {"": _fact_text(node, name, problems)})
    keys = schema.entries(node, FACT_KEYS, problems, f" in fact {name}")
    if "value" not in keys:
        problems.append(node.problem(f"fact {name} has no `value`"))
        return Fact(name, {})
    return Fact(
        name,
        schema.by_locale(keys["value"], "value", locales, problems, _fact_text),
        owner=schema.text(keys["owner"], "owner", problems) if "owner" in keys else "",
        until=schema.day(keys["until"], "until", problems) if "until" in keys else None,
    )


def _fact_text(node: Node, key: str, problems: Problems) -> str:
    found = schema.located(node, key, problems)
    return found.value if found else ""


def offer(name: str, node: Node, locales: tuple[str, ...], problems: Problems) -> Offer:
    """One entry of offers.yaml; what has a fault is empty."""
    if not (given := schema.mapping(node, name, problems)):
        return Offer(name, "")
    keys = schema.entries(given, OFFER_KEYS, problems, f" in offer {name}")
    if "kind" not in keys:
        problems.append(node.problem(f"offer {name} has no `kind` (refund, credit, discount …)"))
    if not {"until", "condition"} & keys.keys():
        problems.append(node.problem("an offer needs `until` or `condition`"))
    words = {key: schema.text(keys[key], key, problems) for key in ("kind", "max", "condition") if key in keys}
    return Offer(
        name,
        words.get("kind", ""),
        max=words.get("max", ""),
        condition=words.get("condition", ""),
        until=schema.day(keys["until"], "until", problems) if "until" in keys else None,
    )
