"""The outside proofreaders: one module each, with `open(options, vocabulary) -> Engine` and `rules()`.

`sources` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from cannedkit.model.draft import Engine, Level
from cannedkit.model.errors import EngineError, Failure
from cannedkit.model.settings import Settings
from cannedkit.sources import ENGINES, MENDS, Source


@dataclass(frozen=True, slots=True)
class Opened:
    """The engines that are ready, a note for each default one that is not to be had, a failure for each named one."""

    engines: tuple[Engine, ...]
    notes: tuple[str, ...]
    failures: tuple[Failure, ...]


def open_all(settings: Settings) -> Opened:
    """The engines of the settings, opened; one that is not to be had leaves the others alone."""
    engines: list[Engine] = []
    notes: list[str] = []
    failures: list[Failure] = []
    for name, options in settings.engines.items():
        try:
            if name not in ENGINES:
                raise EngineError(f"engine {name} is not part of this version; take it out of `engines`")
            engines.append(import_module(ENGINES[name].module).open(options, settings.vocabulary))
        except EngineError as error:
            if settings.engines_named or options:
                failures.append(Failure(name, str(error)))
            else:
                notes.append(f"{error}; spelling and grammar go unchecked")
    return Opened(tuple(engines), (*notes, *_unread(settings, engines)), tuple(failures))


def rules(engine: Source) -> Mapping[str, Level | None]:
    """The rules of an engine that may report, by the names it gives them, and their levels; None is off."""
    found: Mapping[str, Level | None] = import_module(engine.module).rules()
    return found


def _unread(settings: Settings, engines: Iterable[Engine]) -> Iterator[str]:
    """A note for each locale of the settings whose words hunspell was to look up, but no engine knows its language."""
    known = {language for engine in engines for language in engine.languages}
    for locale in settings.locales if "hunspell" in settings.engines else ():
        language = locale.partition("-")[0]
        if language not in known:
            mend = MENDS.get(language, f"apt install hunspell-{language}, or name a dictionary under hunspell")
            yield f"no engine knows the words of {locale}: {mend}; its spelling and grammar go unchecked"
