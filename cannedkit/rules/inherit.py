"""A rule that extends another rule: the other's keys, with its own on top. Vale's semantics.

`key` replaces the other rule's value; `key+` adds to its list or mapping; `key-` takes entries out, and it is a
fault if they are not there: what changed above should be noticed below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cannedkit.text.nearest import nearest
from cannedkit.yamlsource.node import Mapping, Node, Scalar, Sequence
from cannedkit.yamlsource.schema import Problems, plain

MAX_DEPTH = 10
"""Rules that may extend one another in a row (Vale 3.22)."""

Find = Callable[[str], Mapping | None]
"""A rule's id -> the mapping in its file; None where there is no such rule."""


def flattened(root: Mapping, find: Find, problems: Problems, seen: tuple[str, ...] = ()) -> Mapping | None:
    """The mapping of a rule with what it inherits; None after a fault."""
    extends = root.get("extends")
    parent = extends.value if isinstance(extends, Scalar) else ""
    if "." not in parent:
        for key, _ in root.pairs:
            if key.value.endswith(("+", "-")):
                problems.append(key.problem(f"`{key.value}` needs a rule to start from: `extends: Pack.Rule`"))
                return None
        return root
    if parent in seen or len(seen) >= MAX_DEPTH:
        problems.append(root.problem(f"`extends: {parent}` goes round in a circle"))
        return None
    above = find(parent)
    if above is None:
        problems.append(root.problem(f"`extends: {parent}` names no rule that is to be had beside this pack"))
        return None
    above = flattened(above, find, problems, (*seen, parent))
    return _overlaid(above, root, problems) if above else None


def _overlaid(above: Mapping, root: Mapping, problems: Problems) -> Mapping:
    """`root` over `above`; the examples and tests of the rule above are about that one."""
    values = {key.value: (key, value) for key, value in above.pairs if key.value not in ("tests", "bad", "good")}
    own = {key.value for key, _ in root.pairs}
    for key, value in root.pairs:
        name = key.value.rstrip("+-")
        if key.value == "extends":
            continue
        if name == key.value:
            values[name] = (key, value)
        elif name in own:
            problems.append(key.problem(f"`{key.value}` edits `{name}`, which this rule replaces too; write only one"))
        elif name not in values:
            problems.append(key.problem(f"`{key.value}`: the rule above has no `{name}`{nearest(name, values)}"))
        else:
            edited = _edited(values[name][1], value, key, problems)
            values[name] = (values[name][0], edited)
    return replace(root, pairs=tuple(values.values()))


def _edited(value: Node, change: Node, key: Scalar, problems: Problems) -> Node:
    adds = key.value.endswith("+")
    if isinstance(value, Sequence) and isinstance(change, Sequence):
        if adds:
            return replace(value, items=(*value.items, *change.items))
        return _without(value, change, key, problems)
    if isinstance(value, Mapping) and isinstance(change, Mapping) and adds:
        pairs = {name.value: (name, one) for name, one in (*value.pairs, *change.pairs)}
        return replace(value, pairs=tuple(pairs.values()))
    if isinstance(value, Mapping) and isinstance(change, Sequence) and not adds:
        names = [plain(item) for item in change.items]
        for item in change.items:
            if plain(item) not in value.keys:
                problems.append(item.problem(f"`{key.value}`: the rule above has no {plain(item)!r} to take out"))
        return replace(value, pairs=tuple(pair for pair in value.pairs if pair[0].value not in names))
    problems.append(key.problem(f"`{key.value}` needs {'more of the same' if adds else 'a list of what to take out'}"))
    return value


def _without(value: Sequence, change: Sequence, key: Scalar, problems: Problems) -> Sequence:
    items = list(value.items)
    for item in change.items:
        found = next((one for one in items if plain(one) == plain(item)), None)
        if found is None:
            problems.append(item.problem(f"`{key.value}`: the rule above has no {plain(item)!r} to take out"))
        else:
            items.remove(found)
    return replace(value, items=tuple(items))
