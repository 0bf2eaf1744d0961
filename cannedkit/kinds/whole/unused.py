"""`unused`: what is declared and no reply uses: a fact, or a variable.

`of` is `facts` or `variables`. A retired reply still needs its variables, and keeps no fact alive. The
message gets the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cannedkit.catalogue.finding import in_file
from cannedkit.catalogue.reading import Reading
from cannedkit.model.errors import Place, RuleError
from cannedkit.model.response import Response, Variable
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Context, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.message import problem, said
from cannedkit.rules.options import options
from cannedkit.yamlsource.node import Node
from cannedkit.yamlsource.schema import Problems, choice


@dataclass(frozen=True)
class Options:
    """What is looked for."""

    of: str


def read(rule: Rule) -> Options:
    """The options of a rule as written. Raises RuleError."""
    values = options(rule, {"of": _of})
    if not values.get("of"):
        raise RuleError([problem(rule, "of", f"an unused rule needs `of`: {', '.join(_UNUSED)}")])
    return Options(**values)


def build(rules: Sequence[Rule], context: Context) -> list[WholeCheck]:
    """One check a rule."""
    return [_check(rule, rule.options.of) for rule in rules]


def _check(rule: Rule, of: str) -> WholeCheck:
    def run(reading: Reading, settings: Settings, today: date) -> Iterator[FileFinding]:
        for name, place, response in _UNUSED[of](reading, settings):
            yield in_file(rule, place, said(rule.message, name), response=response)

    return WholeCheck(rule, run)


Unused = Iterator[tuple[str, Place, str]]
"""A name, where it is declared, and the response whose own it is ("" for all)."""


def _facts(reading: Reading, settings: Settings) -> Unused:
    used = {name for text in reading.texts for name in text.names}
    for fact in settings.facts.values():
        if fact.place and f"facts.{fact.name}" not in used:
            yield fact.name, fact.place, ""


def _variables(reading: Reading, settings: Settings) -> Unused:
    everything = reading.catalogue
    used = {name for one in everything.responses.values() for text in reading.of(one) for name in text.names}
    for variable in everything.variables.values():
        if variable.place and variable.name not in used:
            yield variable.name, variable.place, ""
    for response in everything.responses.values():
        own = _own(response, everything.variables)
        names = {name for text in reading.of(response) for name in text.names} if own else set()
        yield from ((one.name, one.place, response.id) for one in own if one.place and one.name not in names)


def _own(response: Response, declared: Mapping[str, Variable]) -> list[Variable]:
    """The variables that a response declares for itself."""
    if response.variables is declared:
        return []
    return [one for one in response.variables.values() if one is not declared.get(one.name)]


_UNUSED: Mapping[str, Callable[[Reading, Settings], Unused]] = {
    "facts": _facts,
    "variables": _variables,
}


def _of(node: Node, key: str, problems: Problems) -> str:
    return choice(node, key, {word: word for word in _UNUSED}, problems, "")
