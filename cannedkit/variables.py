"""Declarations of variables: names, types, fallbacks, and samples that fit their type."""

from __future__ import annotations

from typing import Any

from cannedkit import schema
from cannedkit.model import ReplyError, Settings, Variable
from cannedkit.names import conflicts
from cannedkit.schema import Problems
from cannedkit.settings import NAME
from cannedkit.values import format_value
from cannedkit.valuetypes import TYPES
from cannedkit.yamlsource import Mapping as MappingNode
from cannedkit.yamlsource import Node, Scalar

_KEYS = ("type", "samples", "fallback", "optional", "max_length")


def declared_variables(node: MappingNode, settings: Settings, problems: Problems) -> dict[str, Variable]:
    """The variables of a file or a response by name, with their faults added to `problems`."""
    found: dict[str, Variable] = {}
    for name, value in node.pairs:
        if not NAME.fullmatch(name.value):
            problems.append(name.problem(f"{name.value!r} is not a name of a variable: use letters, digits, `_`, `.`"))
        elif name.value.partition(".")[0] == "facts":
            problems.append(name.problem("`facts.…` are declared in the file that `facts` names in the settings"))
        found[name.value] = _variable(name, value, settings, problems)
    for short, long in conflicts(found):
        key = next(name for name, _ in node.pairs if name.value == short)
        problems.append(key.problem(f"`{short}` cannot stand beside `{long}`: a name is a value or a group, not both"))
    return found


def _variable(name: Scalar, node: Node, settings: Settings, problems: Problems) -> Variable:
    if isinstance(node, Scalar) and not node.value:
        return Variable(name.value)
    if not (options := schema.mapping(node, name.value, problems)):
        return Variable(name.value)
    keys = schema.entries(options, _KEYS, problems, f" of variable {name.value}")
    found: dict[str, Any] = {}
    if "type" in keys:
        found["type"] = schema.choice(keys["type"], "type", {word: word for word in TYPES}, problems, "text")
    if "fallback" in keys:
        found["fallback"] = schema.by_locale(keys["fallback"], "fallback", settings.locales, problems, schema.prose)
        if not all(found["fallback"].values()):
            problems.append(keys["fallback"].problem("a `fallback` has no text"))
    if "samples" in keys:
        found["samples"] = schema.by_locale(keys["samples"], "samples", settings.locales, problems, schema.proses)
    if "optional" in keys:
        found["optional"] = schema.boolean(keys["optional"], "optional", problems)
    if "max_length" in keys:
        found["max_length"] = schema.whole(keys["max_length"], "max_length", problems, least=1)
    variable = Variable(name.value, **found)
    if "samples" in keys:
        _check_samples(variable, keys["samples"], problems)
    return variable


def _check_samples(variable: Variable, node: Node, problems: Problems) -> None:
    for texts in variable.samples.values():
        for sample in texts:
            try:
                format_value(sample, variable, "en")
            except ReplyError as error:
                problems.append(node.problem(f"sample {sample!r}: {error}"))
