"""The key `topics` of cannedkit.yaml: which channels may carry a topic, where it moves, and when it goes up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cannedkit.channels import table
from cannedkit.model.draft import MOODS
from cannedkit.model.settings import Topic
from cannedkit.text.nearest import nearest
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems

TOPIC_KEYS = ("channels", "move_to", "private", "escalate")
ESCALATE_KEYS = ("mood", "known")

ELSEWHERE = ("chat", "letter", "phone", "shop", "social", "visit", "web")
"""Channels that a topic may move to though no text of ours goes out on them, beside those of the table."""


def topics(node: Node, key: str, channels: Collection[str], problems: Problems) -> tuple[Topic, ...]:
    """The topics of the settings; one with a fault is left out, and the fault added to the problems."""
    found = []
    given = schema.mapping(node, key, problems)
    for name, value in given.pairs if given else ():
        before = len(problems)
        made = _topic(name, value, channels, problems)
        if made and len(problems) == before:
            found.append(made)
    return tuple(found)


def _topic(name: Scalar, node: Node, channels: Collection[str], problems: Problems) -> Topic | None:
    given = schema.mapping(node, name.value, problems)
    if given is None:
        return None
    keys = schema.entries(given, TOPIC_KEYS, problems, f" of the topic `{name.value}`")
    if len(keys) == len(given.pairs) and not keys.keys() & {"channels", "private", "escalate"}:
        problems.append(name.problem(f"the topic `{name.value}` needs `channels`, `private` or `escalate`"))
    if "move_to" in keys and not keys.keys() & {"channels", "private"}:
        problems.append(keys["move_to"].problem("`move_to` needs `channels` or `private`: it says with which reply"))
    known = (*channels, *table.names(), *ELSEWHERE)
    for one in _items(keys.get("channels")):
        if one.value not in known:
            problems.append(one.problem(f"`channels`: unknown channel `{one.value}`{nearest(one.value, known)}"))
    return Topic(
        name.value.strip("/"),
        schema.texts(keys["channels"], "channels", problems) if "channels" in keys else (),
        schema.text(keys["move_to"], "move_to", problems) if "move_to" in keys else "",
        "private" in keys and schema.boolean(keys["private"], "private", problems),
        *_escalate(keys.get("escalate"), problems),
    )


def _escalate(node: Node | None, problems: Problems) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The moods and the facts with which a topic goes up."""
    given = schema.mapping(node, "escalate", problems) if node else None
    keys = schema.entries(given, ESCALATE_KEYS, problems, " in `escalate`") if given is not None else {}
    if given is not None and not keys:
        problems.append(given.problem("`escalate` says when: {mood: upset}, or {known: [injury]}"))
    for one in _items(keys.get("mood")):
        if one.value not in MOODS:
            problems.append(one.problem(f"`mood` cannot be {one.value!r}{nearest(one.value, MOODS)}"))
    moods = schema.texts(keys["mood"], "mood", problems) if "mood" in keys else ()
    facts = schema.texts(keys["known"], "known", problems) if "known" in keys else ()
    return tuple(dict.fromkeys(MOODS.get(one, one) for one in moods)), facts


def _items(node: Node | None) -> Iterator[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return (item for item in items if isinstance(item, Scalar))
