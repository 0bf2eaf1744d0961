"""The outside proofreaders: one module each, `open(options, vocabulary) -> Engine`; and the dict that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from cannedkit.model import Engine, EngineError, Settings

ENGINES: Mapping[str, str] = {
    "harper": "cannedkit.engines.harper",
    "hunspell": "cannedkit.engines.hunspell",
    "pythainlp": "cannedkit.engines.pythainlp",
    "languagetool": "cannedkit.engines.languagetool",
}
"""The name in the settings -> the module that opens it."""


def open_all(settings: Settings) -> tuple[tuple[Engine, ...], tuple[str, ...]]:
    """The engines of the settings, ready; and a note for each default one that is not to be had.

    Raises EngineError for an engine that the settings name and that is not to be had.
    """
    engines: list[Engine] = []
    notes: list[str] = []
    for name, options in settings.engines.items():
        try:
            if name not in ENGINES:
                raise EngineError(f"engine {name} is not part of this version; take it out of `engines`")
            engines.append(import_module(ENGINES[name]).open(options, settings.vocabulary))
        except EngineError as error:
            if settings.engines_named:
                raise
            notes.append(f"{error}; spelling and grammar go unchecked")
    return tuple(engines), tuple(notes)
