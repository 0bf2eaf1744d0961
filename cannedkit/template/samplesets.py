"""Sample sets: the values to try a body with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from cannedkit.model.response import Variable
from cannedkit.template.condition import Test, comparisons, holds
from cannedkit.template.hostile import SETS
from cannedkit.template.hostile import hostile as unasked
from cannedkit.template.node import Choice, Node, Template
from cannedkit.template.types import ISO_DATES, samples
from cannedkit.text.locales import for_locale

MOST = 100_000
"""Code points of the longest value: what a rendered text may hold (design, section 8)."""

MAX_SETS = 20
"""Sample sets of a body (design, section 4)."""

_ARTICLE = re.compile(r"\ban? \Z", re.IGNORECASE)

MAX_TRIES = 1_000
"""Combinations of samples that are tried to reach a branch."""

Route = tuple[tuple[Test, bool], ...]
"""Tests on the way to a branch, each with the outcome that it must have."""


@dataclass(frozen=True, slots=True)
class SampleSet:
    """Values to try a body with, by dotted name. `name` says what they are for: such as `typical`.

    `hostile`: values that nobody chose and the declarations allow; what they show away from them says nothing.
    """

    name: str
    values: Mapping[str, str]
    hostile: bool = False


def sample_sets(
    template: Template,
    variables: Mapping[str, Variable],
    locale: str,
    facts: Mapping[str, str],
    *,
    hostile: bool = False,
) -> tuple[SampleSet, ...]:
    """The sets of values to try a body with: at most `MAX_SETS`, no two alike, at least `typical`.

    All typical values, all shortest, all longest, then every value missing that has a stand-in (`fallback`), then each
    branch of the tags, all missing that may be (`sparse`), and each other sample once, the rest typical; for a number
    also 1 and 2, and behind "a" or "an" a value that asks for the other. A declared sample longer than `max_length` is
    left out. `facts` are by name without `facts.` and have their one value.
    `hostile`: also what nobody chose and the declarations allow, all of one kind in each set.
    """
    if not template.placeholders:
        return (SampleSet("typical", {}),)
    choices = {name: _choices(name, template, variables, locale, facts) for name in template.names}
    typical = {name: each[0] for name, each in choices.items() if each}
    sets = [
        SampleSet("typical", typical),
        SampleSet("shortest", {name: min(each, key=len) for name, each in choices.items() if each}),
        SampleSet("longest", {name: max(each, key=len) for name, each in choices.items() if each}),
        SampleSet("fallback", missing := _missing(template, variables, locale, typical)),
    ]
    options = {name: _options(name, choices[name], template, variables, locale, facts) for name in template.names}
    for number, (label, route) in enumerate(_routes(template.nodes, ()), start=1):
        if (values := _reach(route, options, typical)) is not None:
            sets.append(SampleSet(f"branch {number}: {label}", values))
    given = {name: value for name, value in missing.items() if not _may_lack(name, variables, locale)}
    sets.append(SampleSet("sparse", given))
    more = {name: (*each, *_others(name, each, template, variables, locale)) for name, each in choices.items()}
    sets += _each_alone(more, typical)
    own = _distinct(sets)
    if not hostile:
        return own[:MAX_SETS]
    added = _distinct([*own, *_hostile(template, variables, locale, typical)])[len(own) :]
    return (*own[: MAX_SETS - len(added)], *added)


def _distinct(sets: Iterable[SampleSet]) -> tuple[SampleSet, ...]:
    found: dict[frozenset[tuple[str, str]], SampleSet] = {}
    for each in sets:
        found.setdefault(frozenset(each.values.items()), each)
    return tuple(found.values())


def _may_lack(name: str, variables: Mapping[str, Variable], locale: str) -> bool:
    """Whether a value may be missing and nothing stands in for it."""
    own = variables.get(name)
    return own is not None and own.optional and for_locale(own.fallback, locale) is None


def _others(
    name: str, choices: tuple[str, ...], template: Template, variables: Mapping[str, Variable], locale: str
) -> Iterator[str]:
    """What the samples lack: 1 and 2 of a number, and what asks for "an" where "a" stands before it, or the reverse."""
    own = variables.get(name)
    if own is None or name in template.dated:
        return
    if own.type == "number":
        yield from (text for text in ("1", "2") if text not in choices)
    holes = [each.start for each in template.placeholders if each.name == name and not each.condition]
    if locale.partition("-")[0] == "en" and any(_ARTICLE.search(template.text, 0, start) for start in holes):
        asked = {_asks_for_an(text) for text in choices}
        fitting = (text for text in samples(own.type, locale) if len(text) <= (own.max_length or len(text)))
        yield from islice((text for text in fitting if _asks_for_an(text) not in asked), 1)


def _asks_for_an(text: str) -> bool:
    return text[:1].lower() in "aeiou8"


def _hostile(
    template: Template, variables: Mapping[str, Variable], locale: str, typical: Mapping[str, str]
) -> Iterator[SampleSet]:
    """For each kind of hostile values a set in which every variable has its own of that kind."""
    found = {
        name: values
        for name in typical
        if name in variables and name not in template.dated and (values := unasked(variables[name], locale))
    }
    for number, label in enumerate(SETS):
        chosen = {name: each[number % len(each)] for name, each in found.items()}
        yield SampleSet(label, {**typical, **chosen}, hostile=True)


def _each_alone(choices: Mapping[str, tuple[str, ...]], typical: Mapping[str, str]) -> Iterator[SampleSet]:
    """Every sample with typical values for all other names."""
    for name, values in choices.items():
        yield from (SampleSet(f"{name}: {value}", {**typical, name: value}) for value in values)


def longest(
    template: Template, variables: Mapping[str, Variable], locale: str, facts: Mapping[str, str]
) -> dict[str, str]:
    """The longest text that may stand for each name, for those of which it is known.

    It is as long as `max_length` and a rendered text allow, made of the longest sample over and over; without a
    `max_length` it is the longest sample or stand-in. A date that the body formats itself is not there: its samples are
    the longest dates.
    """
    found = {}
    for name in template.names:
        own = variables.get(name, Variable(name))
        texts = [*_choices(name, template, variables, locale, facts), for_locale(own.fallback, locale) or ""]
        texts += [each.default for each in template.placeholders if each.name == name and each.default]
        text = max(texts, key=len)
        if name not in template.dated and text:
            limit = min(own.max_length or 0, MOST)
            found[name] = max(text, (text * (limit // len(text) + 1))[:limit], key=len)
    return found


def worth_naming(names: Iterable[str]) -> tuple[str, ...]:
    """Of the sets that show something, those to name: where the typical one does, single samples say no more."""
    found = tuple(dict.fromkeys(names))
    return tuple(name for name in found if name.startswith("branch ") or ": " not in name or "typical" not in found)


def _choices(
    name: str, template: Template, variables: Mapping[str, Variable], locale: str, facts: Mapping[str, str]
) -> tuple[str, ...]:
    """The samples of a name, the typical one first; none for an unknown fact."""
    if name.startswith("facts."):
        fact = facts.get(name.removeprefix("facts."))
        return () if fact is None else (fact,)
    variable = variables.get(name, Variable(name))
    built_in = ISO_DATES if name in template.dated else samples(variable.type, locale)
    found = for_locale(variable.samples, locale) or built_in
    limit = variable.max_length
    if limit is None:
        return found
    fitting = tuple(each for each in found if len(each) <= limit)
    return fitting or (min(found, key=len)[:limit].rstrip(),)


def _missing(
    template: Template, variables: Mapping[str, Variable], locale: str, typical: Mapping[str, str]
) -> dict[str, str]:
    """The values when everything is missing that has a default in the body or a declared fallback."""
    values = {name: value for name, value in typical.items() if name not in template.defaulted}
    for name in values:
        fallback = for_locale(variables[name].fallback, locale) if name in variables else None
        values[name] = values[name] if fallback is None else fallback
    return values


def _options(
    name: str,
    choices: tuple[str, ...],
    template: Template,
    variables: Mapping[str, Variable],
    locale: str,
    facts: Mapping[str, str],
) -> tuple[str | None, ...]:
    """What a name may be to reach a branch: its samples, other values of its type, and None for missing."""
    if name.startswith("facts."):
        return choices or (None,)
    variable = variables.get(name, Variable(name))
    outputs = [each for each in template.placeholders if each.name == name and not each.condition]
    safe = all(each.default is not None or name in each.guards for each in outputs)
    stands_in = for_locale(variable.fallback, locale) is not None and name not in template.defaulted
    return (*choices, *samples(variable.type, locale), *((None,) if safe and not stands_in else ()))


def _routes(nodes: Iterable[Node], outer: Route) -> Iterator[tuple[str, Route]]:
    """Every branch: its label, and the way to it."""
    for node in nodes:
        route = outer
        for branch in node.branches if isinstance(node, Choice) else ():
            taken = route if branch.test is None else (*route, (branch.test, True))
            yield branch.label, taken
            yield from _routes(branch.nodes, taken)
            if branch.test is not None:
                route = (*route, (branch.test, False))


def _reach(
    route: Route, options: Mapping[str, tuple[str | None, ...]], typical: Mapping[str, str]
) -> dict[str, str] | None:
    """Values that are typical but for what it takes to go along `route`; None where nothing does."""
    tested = [each for test, _ in route for each in comparisons(test)]
    names = tuple(dict.fromkeys(each.name for each in tested))
    candidates = []
    for name in names:
        first, *others = options[name]
        if not name.startswith("facts."):
            others = [*(each.text for each in tested if each.name == name and each.text), *others]
        candidates.append(tuple(dict.fromkeys((first, *others))))
    for combination in islice(product(*candidates), MAX_TRIES):
        chosen = {**typical, **dict(zip(names, combination, strict=True))}
        values = {name: value for name, value in chosen.items() if value is not None}
        if all(holds(test, values) == outcome for test, outcome in route):
            return values
    return None
