"""Declarations of variables: names, types, fallbacks, and samples that fit their type."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cannedkit.model.errors import ReplyError
from cannedkit.model.response import Variable
from cannedkit.model.settings import Settings
from cannedkit.settings.promised import NAME
from cannedkit.template.types import TYPES
from cannedkit.template.values import check_text, format_value
from cannedkit.yamlsource import schema
from cannedkit.yamlsource.node import Mapping as MappingNode
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.schema import Problems

KEYS = ("type", "samples", "fallback", "optional", "max_length")


def declared_variables(
    node: MappingNode, settings: Settings, problems: Problems, beside: Collection[str] = ()
) -> tuple[dict[str, Variable], set[str]]:
    """The variables of a file or a response by name, with their faults added to `problems`; and which have one.

    `beside` are the names that they must nest with: those of the whole catalogue.
    """
    found: dict[str, Variable] = {}
    faulty: set[str] = set()
    for name, value in node.pairs:
        before = len(problems)
        if not NAME.fullmatch(name.value):
            problems.append(name.problem(f"{name.value!r} is not a name of a variable: use letters, digits, `_`, `.`"))
        elif name.value.partition(".")[0] == "facts":
            problems.append(name.problem("`facts.…` are declared in the file that `facts` names in the settings"))
        found[name.value] = _variable(name, value, settings, problems)
        faulty |= {name.value} if len(problems) > before else set()
    problems.extend(schema.clashes(node, {*found, *beside}))
    return found, faulty


def _variable(name: Scalar, node: Node, settings: Settings, problems: Problems) -> Variable:
    if isinstance(node, Scalar) and not node.value:
        return Variable(name.value, place=name.place_of())
    if not (options := schema.mapping(node, name.value, problems)):
        return Variable(name.value)
    keys = schema.entries(options, KEYS, problems, f" of variable {name.value}")
    found: dict[str, Any] = {"place": name.place_of()}
    if "type" in keys:
        found["type"] = schema.choice(keys["type"], "type", {word: word for word in TYPES}, problems, "text")
    read = len(problems)
    if "fallback" in keys:
        found["fallback"] = schema.by_locale(keys["fallback"], "fallback", settings.locales, problems, schema.prose)
    if "samples" in keys:
        found["samples"] = schema.by_locale(keys["samples"], "samples", settings.locales, problems, schema.proses)
    unread = len(problems) > read
    if "optional" in keys:
        found["optional"] = schema.boolean(keys["optional"], "optional", problems)
    if "max_length" in keys:
        found["max_length"] = schema.whole(keys["max_length"], "max_length", problems, least=1)
    variable = Variable(name.value, **found)
    if unread:
        return variable
    if "fallback" in keys:
        _check(variable, "fallback", keys["fallback"], variable.fallback.values(), problems)
    if "samples" in keys:
        samples = (sample for each in variable.samples.values() for sample in each)
        _check(variable, "sample", keys["samples"], samples, problems)
    return variable


def _check(variable: Variable, key: str, node: Node, texts: Iterable[str], problems: Problems) -> None:
    """What could never be sent; a fallback may stand in for a value of any type."""
    for text in texts:
        try:
            check_text(text, variable) if key == "fallback" else format_value(text, variable, "en")
        except ReplyError as error:
            problems.append(node.problem(f"{key} {text!r}: {error}"))
