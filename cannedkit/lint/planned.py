"""Checks that are built as they are needed, from rules that were kept: a text concerns few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cannedkit import kinds
from cannedkit.cache import Packed, packed
from cannedkit.model.errors import EngineError
from cannedkit.model.rule import Check, Context, Rule


@dataclass(frozen=True, slots=True)
class Places:
    """Where checks come from: the `units` of rules that are built together, and of each check its unit and place there.

    `rules` are the checks' rules without their options, `needs` and `on` what each check says of these (of
    needs, with literals and without), `foreign` the packs whose patterns are not ours.
    """

    rules: tuple[Rule, ...]
    units: tuple[Packed, ...]
    of: tuple[tuple[int, int], ...]
    foreign: frozenset[str]
    needs: tuple[tuple[str, str], ...]
    on: tuple[frozenset[tuple[str, str]] | None, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """Checks by their number, each built with its unit when it is first asked for, and then kept."""

    places: Places
    context: Context
    _built: dict[int, tuple[Check, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rule of each check, without its options."""
        return self.places.rules

    def __len__(self) -> int:
        return len(self.places.of)

    def __iter__(self) -> Iterator[Check]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Check:
        """A check. Raises EngineError where it cannot be built here, though it could where it was kept."""
        unit, place = self.places.of[index]
        checks = self._built.get(unit)
        if checks is None:
            made = kinds.build_each(self.places.units[unit].value(), self.context).checks
            ours = (replace(one, foreign=True) if one.rule.pack in self.places.foreign else one for one in made)
            checks = self._built.setdefault(unit, tuple(ours))  # another thread may have been first
        if place >= len(checks):
            raise EngineError(f"{self.rules[index].id} cannot be built here")
        return checks[place]


Checks = tuple[Check, ...] | Planned
"""Checks, built or to be built."""


def rules_of(checks: Checks) -> Sequence[Rule]:
    """The rule of each check; where these are built as they are needed, without its options."""
    return checks.rules if isinstance(checks, Planned) else [check.rule for check in checks]


def places(checks: tuple[Check, ...]) -> Places:
    """Where checks come from that `kinds.build_each` built, in their order. Raises cache.NO_DATA."""
    units: dict[str, list[Check]] = {}
    of: list[tuple[str, int]] = []
    for check in checks:
        name = check.rule.kind if check.rule.kind in kinds.TOGETHER else check.rule.id
        own = units.setdefault(name, [])
        of.append((name, len(own)))
        own.append(check)
    numbers = {name: number for number, name in enumerate(units)}
    return Places(
        tuple(replace(check.rule, options=None) for check in checks),
        tuple(packed(_rules(own)) for own in units.values()),
        tuple((numbers[name], place) for name, place in of),
        frozenset(check.rule.pack for check in checks if check.foreign),
        tuple((check.needs, check.without) for check in checks),
        tuple(check.on for check in checks),
    )


def _rules(checks: list[Check]) -> list[Rule]:
    """The rules of some checks, each once: one may have made several."""
    return list({id(check.rule): check.rule for check in checks}.values())
