"""The outside proofreaders: one module each, `open(options, vocabulary) -> Engine`; `sources` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from cannedkit.model.draft import Engine
from cannedkit.model.errors import EngineError
from cannedkit.model.settings import Settings
from cannedkit.sources import ENGINES, MENDS


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
            engines.append(import_module(ENGINES[name].module).open(options, settings.vocabulary))
        except EngineError as error:
            if settings.engines_named:
                raise
            notes.append(f"{error}; spelling and grammar go unchecked")
    return tuple(engines), (*notes, *_unread(settings, engines))


def _unread(settings: Settings, engines: Iterable[Engine]) -> Iterator[str]:
    """A note for each locale of the settings whose words hunspell was to look up, but no engine knows its language."""
    known = {language for engine in engines for language in engine.languages}
    for locale in settings.locales if "hunspell" in settings.engines else ():
        language = locale.partition("-")[0]
        if language not in known:
            mend = MENDS.get(language, f"apt install hunspell-{language}, or name a dictionary under hunspell")
            yield f"no engine knows the words of {locale}: {mend}; its spelling and grammar go unchecked"
