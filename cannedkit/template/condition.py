"""What `if`, `unless` and `case` test: data, whether a test holds, and what follows from its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test of one name. `operator` is "" (there is a value), "==", "!=" or "contains"."""

    name: str
    operator: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Negation:
    """The opposite of a test, from `unless`."""

    test: Test


@dataclass(frozen=True, slots=True)
class Junction:
    """Two tests; `every`: both must hold, else one of them."""

    every: bool
    left: Test
    right: Test


Test = Comparison | Negation | Junction


def comparisons(test: Test) -> Iterator[Comparison]:
    """Every comparison in a test, from left to right."""
    if isinstance(test, Comparison):
        yield test
    elif isinstance(test, Negation):
        yield from comparisons(test.test)
    else:
        yield from comparisons(test.left)
        yield from comparisons(test.right)


def holds(test: Test, values: Mapping[str, str]) -> bool:
    """Whether `test` is true. A name without a value has no text: it is equal to none and contains none."""
    if isinstance(test, Negation):
        return not holds(test.test, values)
    if isinstance(test, Junction):
        return (all if test.every else any)(holds(each, values) for each in (test.left, test.right))
    value = values.get(test.name)
    if test.operator == "!=":
        return value != test.text
    if value is None or not test.operator:
        return value is not None
    return value == test.text if test.operator == "==" else test.text in value


def present_when(test: Test, outcome: bool) -> frozenset[str]:
    """The names that are sure to have a value where `test` came out as `outcome`."""
    if isinstance(test, Negation):
        return present_when(test.test, not outcome)
    if isinstance(test, Junction):
        left, right = present_when(test.left, outcome), present_when(test.right, outcome)
        return left | right if test.every == outcome else left & right
    return frozenset({test.name}) if outcome == (test.operator != "!=") else frozenset()
