"""The channels that cannedkit.yaml declares: what each is like in the table, and its own limits."""

from __future__ import annotations

from collections.abc import Mapping

from cannedkit.channels import table
from cannedkit.channels.units import UNITS
from cannedkit.model.settings import Channel
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.schema import Problems

LIMITS = {f"max_{unit}": unit for unit in ("words", "sentences", *UNITS)}
"""A key of a channel -> what it limits in the bodies that go out there."""

PART_LIMITS = {key: unit for key, unit in LIMITS.items() if unit in UNITS and unit != "segments"}
"""A key under another part of a message, as `subject` -> what it limits."""


def channels(node: Node, key: str, problems: Problems) -> dict[str, Channel]:
    """The channels in use by name, in the order of the file; chat where there is none.

    A channel is like the one of its own name in the table, unless it says what it is like.
    """
    found: dict[str, Channel] = {}
    named = schema.mapping(node, key, problems)
    for name, value in named.pairs if named else ():
        channel = alike(name.value)
        if not (isinstance(value, Scalar) and value.value == "") and (
            options := schema.mapping(value, name.value, problems)
        ):
            channel = _channel(name.value, options, problems)
        if name.value in ("any", "subject", "body"):
            problems.append(name.problem(f"`{name.value}` cannot be a channel's name: it is a key of a body"))
            continue
        found[name.value] = channel
    return found or {"chat": Channel("chat")}


def alike(name: str) -> Channel:
    """A channel of which nothing is said but its name."""
    return Channel(name, name if name in table.names() else "")


def _channel(name: str, node: MappingNode, problems: Problems) -> Channel:
    """A channel with what stands under its name: what it is like, its limits, and those of parts but the body."""
    parts = table.PARTS[1:]
    keys = schema.entries(node, ("like", *LIMITS, *parts), problems, f" in channel {name}")
    like = _like(keys["like"], problems) if "like" in keys else alike(name).like
    limits = {"body": _most(keys, LIMITS, problems)}
    for part in parts:
        if part in keys and (own := schema.mapping(keys[part], part, problems)):
            entries = schema.entries(own, PART_LIMITS, problems, f" in `{part}` of channel {name}")
            limits[part] = _most(entries, PART_LIMITS, problems)
    return Channel(name, like, {part: each for part, each in limits.items() if each})


def _like(node: Node, problems: Problems) -> str:
    return schema.choice(node, "like", {name: name for name in table.names()}, problems, "")


def _most(keys: Mapping[str, Node], known: Mapping[str, str], problems: Problems) -> dict[str, int]:
    """Unit -> the most of it, for the keys that are limits and no faults."""
    limits: dict[str, int] = {}
    for key, unit in known.items():
        before = len(problems)
        most = schema.whole(keys[key], key, problems, least=1) if key in keys else 0
        if most and len(problems) == before:
            limits[unit] = most
    return limits
