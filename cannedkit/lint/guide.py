"""The rules in force as advice for those who write: what a draft must not say, with a line to avoid and one to write.

Rules come by level and then by how often real texts break them (`frequency.tsv`, which `scripts/frequency.py` counts):
who reads only the beginning reads what matters most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

from cannedkit import kinds
from cannedkit.lint.packs import asleep, examples, in_force
from cannedkit.model.draft import Draft, Level
from cannedkit.model.result import Advice
from cannedkit.model.rule import Condition, Example, Examples, Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import holding, holds, level

_FREQUENCY = "frequency.tsv"


def advice(packs: Iterable[Pack], settings: Settings, draft: Draft, asked: frozenset[str]) -> tuple[Advice, ...]:
    """The advice of the rules that read drafts and are not off, the weightiest first.

    A rule is left out where its `where` does not hold for `draft`, as far as the keys in `asked` go ("channel", "mood",
    "known", "topic", and always "locale"); what else it asks for is in `when`.
    """
    asked |= {"locale"}
    packs = tuple(packs)
    layers = holding(settings.overrides, **{key: getattr(draft, key) for key in ("topic", "channel") if key in asked})
    off = asleep(packs, settings)
    found = [
        _advice(rule, at, tried.get(rule.id, Examples()), asked)
        for pack in packs
        if pack.reads != "catalogue"
        for tried in [examples(pack)]
        for rule in in_force([pack], settings)
        for at in [level(rule.id, None if rule.id in off else rule.level, *layers)[0]]
        if at and rule.kind not in kinds.UNADVISED and all(holds(one, draft) for one in rule.where if one.key in asked)
    ]
    often = _often()
    return tuple(sorted(found, key=lambda one: (-one.level, -often.get(one.rule, 0.0), one.rule)))


def _advice(rule: Rule, at: Level, tried: Examples, asked: frozenset[str]) -> Advice:
    """A near miss is no line to write: where the rule has no words of its own for it, the last good example is."""
    bad, good = (tuple(map(_shown, _plain(examples))) for examples in (tried.bad, tried.good))
    when = tuple(map(_when, (one for one in rule.where if one.key not in asked)))
    return Advice(rule.id, at, rule.why or rule.message, next(iter(bad), ""), rule.instead or "".join(good[-1:]), when)


def _plain(examples: Iterable[Example]) -> Iterator[Example]:
    return (one for one in examples if not one.catalogue and one.text.strip())


def _shown(example: Example) -> str:
    return " ".join(example.text.split())


def _when(condition: Condition) -> str:
    return f"{condition.key} {'not ' if condition.negated else ''}{' or '.join(condition.values)}"


@lru_cache(maxsize=1)
def _often() -> Mapping[str, float]:
    """Rule -> findings in 100,000 words of real agents' texts."""
    lines = resources.files(__package__).joinpath(_FREQUENCY).read_text(encoding="utf-8").splitlines()
    return {rule: float(count) for rule, _, count in (line.partition("\t") for line in lines if line[:1] != "#")}
