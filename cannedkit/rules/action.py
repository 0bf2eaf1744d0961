"""What a rule's `action` makes of a match: the texts that may take its place. As in Vale 3.22."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannedkit.pattern.alternation import PatternError, compiled, substituted
from cannedkit.yamlsource.node import Node, Scalar
from cannedkit.yamlsource.node import Sequence as SequenceNode
from cannedkit.yamlsource.schema import Problems, boolean, entries, mapping, text

_DIGITS = 9
"""Digits of the number of a group that are read: no pattern has as many groups."""

_PART = re.compile(r"[0-9]{1,9}")
_GROUP = re.compile(r"\$(\$|\d+|\{\d+\})")

EDITS: Mapping[str, int] = {
    **dict.fromkeys(("replace", "regex", "split"), 2),
    **dict.fromkeys(("remove", "trim", "trim_left", "trim_right", "truncate", "wrap", "unwrap", "prefix", "suffix"), 1),
    **dict.fromkeys(("squeeze", "capitalize", "uncapitalize", "smart", "dumb", "ascii", "words", "digits"), 0),
    **dict.fromkeys(("lower", "upper", "title", "sentence", "simple", "kebab", "snake", "camel", "pascal"), 0),
}
"""A step of `edit` -> how many parameters it takes."""

NAMES = ("suggest", "replace", "remove", "convert", "edit")
"""The actions that a rule may name."""


@dataclass(frozen=True, slots=True)
class Action:
    """A rule's `action`. `name` "" is none. `trusted`: what it makes is right in every context; a key of our own.

    In a file the key is `safe`.
    """

    name: str = ""
    parameters: tuple[str, ...] = ()
    trusted: bool = True

    def fixes(self, match: str, groups: Sequence[str | None] = ()) -> tuple[str, ...]:
        """The texts that may replace a match, best first; `groups` are what the groups of its pattern caught."""
        if self.name == "replace":
            return tuple(filled(parameter, match, groups) for parameter in self.parameters)
        if self.name == "remove":
            return ("",)
        if self.name == "convert":
            return (_changed("simple", match),)
        if self.name == "edit":
            edited = match
            for step in _steps(self.parameters):
                edited = _edited(edited, step, match, groups)
            return (edited.strip(),)
        return ()

    @property
    def safe(self) -> bool:
        """Whether what it makes may be applied unasked."""
        made = self.name in ("remove", "convert", "edit") or (self.name == "replace" and len(self.parameters) == 1)
        return self.trusted and made

    @property
    def replaces(self) -> bool:
        """Whether the one text that a rule's `swap` gives may be applied unasked."""
        return self.trusted and self.name == "replace"


def action(node: Node, key: str, problems: Problems) -> Action:
    """The action under a rule's `action` key."""
    if isinstance(node, Scalar) and not node.value:
        return Action()
    found = mapping(node, key, problems)
    keys = entries(found, ("name", "params", "safe"), problems, " in `action`") if found else {}
    name = text(keys["name"], "name", problems) if "name" in keys else ""
    trusted = boolean(keys["safe"], "safe", problems) if "safe" in keys else True
    made = Action(name, tuple(_parameters(keys["params"], problems)) if "params" in keys else (), trusted)
    if name and name not in NAMES:
        problems.append(node.problem(f"`action` cannot be {name!r}; write one of {', '.join(NAMES)}"))
        return Action()
    if fault := _fault(made):
        problems.append(node.problem(fault))
    return made


def _parameters(node: Node, problems: Problems) -> list[str]:
    """The texts of a list, nested lists flattened: one list for each step of an edit. White space stays."""
    if isinstance(node, Scalar):
        return [node.value]
    if isinstance(node, SequenceNode):
        return [one for item in node.items for one in _parameters(item, problems)]
    problems.append(node.problem("`params` must be a list of texts"))
    return []


def _fault(made: Action) -> str:
    if made.name == "convert" and made.parameters != ("simple",):
        return "`convert` takes one parameter: simple"
    if made.name != "edit":
        return ""
    try:
        steps = _steps(made.parameters)
        for name, *parameters in steps:
            if name == "regex":
                compiled(parameters[0], False, False)
            elif name == "split" and not _PART.fullmatch(parameters[1]):
                return f"`edit`: split takes the number of a part, from 0, not {parameters[1][:20]!r}"
    except (PatternError, ValueError) as error:
        return str(error)
    return "" if steps else f"`edit` needs a step: {', '.join(EDITS)}"


def _steps(parameters: Sequence[str]) -> list[tuple[str, ...]]:
    steps = []
    at = 0
    while at < len(parameters):
        name = parameters[at]
        if name not in EDITS:
            raise ValueError(f"`edit` has no step {name!r}; write one of {', '.join(EDITS)}")
        end = at + 1 + EDITS[name]
        if end > len(parameters):
            raise ValueError(f"`edit`: {name} takes {EDITS[name]} parameters")
        steps.append(tuple(parameters[at:end]))
        at = end
    return steps


def filled(parameter: str, match: str, groups: Sequence[str | None]) -> str:
    """A text with what was caught in the place of `$0`, the match, `$1`, the first group; `$$` is a dollar."""

    def fill(reference: re.Match[str]) -> str:
        body = reference[1].strip("{}")
        if body == "$":
            return "$"
        number = int(body[:_DIGITS])
        return match if number == 0 else (groups[number - 1] or "") if number <= len(groups) else ""

    return _GROUP.sub(fill, parameter) if "$" in parameter else parameter


def _edited(edited: str, step: tuple[str, ...], match: str, groups: Sequence[str | None]) -> str:
    name, *parameters = step
    if name == "regex":
        return replaced(compiled(parameters[0], False, False), edited, parameters[1])
    given = [filled(parameter, match, groups) for parameter in parameters]
    return _changed(name, edited, *given)


def _changed(name: str, edited: str, *parameters: str) -> str:
    from cannedkit.rules.edits import EDITORS  # few texts are edited, and cases and numbers take 2 ms to read

    return EDITORS[name](edited, *parameters)


def replaced(pattern: Any, observed: str, replacement: str) -> str:
    """`observed` with each match of the pattern replaced; `$1` or `${1}` is a group, `$0` the match.

    Raises TimeoutError.
    """

    def fill(match: Any) -> str:
        return _GROUP.sub(
            lambda found: (
                "$"
                if found[1] == "$"
                else (match[number] or "")
                if (number := int(found[1].strip("{}")[:_DIGITS])) <= len(match.groups())
                else found[0]
            ),
            replacement,
        )

    return substituted(pattern, fill, observed)
