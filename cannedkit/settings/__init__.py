"""cannedkit.yaml -> Settings, with its facts and offers (`reading`); and where the shipped data is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cannedkit.model.settings import Settings
from cannedkit.settings.places import FILE, find, shipped, without_file
from cannedkit.sources import ENGINES, NEURAL
from cannedkit.text.locales import for_locale

__all__ = ["FILE", "deepened", "facts_for", "find", "load", "shipped", "without_engines", "without_file"]


def load(path: Path, trust: Iterable[str] = ()) -> Settings:
    """The settings of one cannedkit.yaml with its facts and offers; what has a fault is left out and in `refused`.

    `trust` are addresses and paths that the file may name, or `all`; others are left out and in `untrusted`. Raises
    SettingsError with every fault found where nothing of the file can be read.
    """
    from cannedkit.settings import reading  # where there is no such file, nothing that reads YAML is needed

    return reading.load(path, trust)


def without_engines(loaded: Settings) -> Settings:
    """The settings with no engine, and without what they would need trust for."""
    untrusted = tuple(one for one in loaded.untrusted if one.rule not in ENGINES)
    return replace(loaded, engines={}, engines_named=True, untrusted=untrusted)


def deepened(loaded: Settings) -> Settings:
    """The settings with the scorer of the engine context that needs the extra `deep`."""
    context = {**loaded.engines.get("context", {}), "scorer": NEURAL}
    return replace(loaded, engines={**loaded.engines, "context": context})


def facts_for(settings: Settings, locale: str) -> dict[str, str]:
    """The company's facts in one locale, by name; a fact that has no value in it is not there."""
    found = {name: for_locale(fact.values, locale) for name, fact in settings.facts.items()}
    return {name: value for name, value in found.items() if value is not None}
