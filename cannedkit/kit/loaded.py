"""What a kit reads when it is first needed, and then keeps: settings, catalogue, packs, engines and linters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self

from cannedkit import cache, engines, settings
from cannedkit.lint import linter as lint
from cannedkit.lint.linter import Linter
from cannedkit.model.errors import (
    CatalogueError,
    DraftError,
    Failure,
    RuleError,
    SettingsError,
    unreadable,
)
from cannedkit.model.result import Explanation, Unread
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent

if TYPE_CHECKING:
    from cannedkit.catalogue.prove import Index
    from cannedkit.catalogue.search.index import Index as SearchIndex
    from cannedkit.lint.catalogue import CatalogueLinter
    from cannedkit.lint.plan import Mark
    from cannedkit.model.approval import Lock
    from cannedkit.model.response import Catalogue, Match
    from cannedkit.rules.packs import Available


class Loaded:
    """One catalogue with its rules and engines, each read once. Safe to share between threads."""

    def __init__(self, loaded: Settings) -> None:
        self.settings = loaded
        self._lock = RLock()
        self._linters: dict[str, Linter] = {}
        self._marks: dict[str, Mark | None] = {}
        self._packs: dict[str, Available] = {}
        self._approvals: Lock | None = None
        self._index: Index | None = None
        self._asked: tuple[bool, bool, tuple[str, ...]] = (True, False, ())
        self._keeps = True
        self._searched: dict[str, SearchIndex] = {}

    @classmethod
    def load(
        cls,
        start: str | Path = ".",
        *,
        with_engines: bool = True,
        forgiving: bool = False,
        trust: Iterable[str] = (),
        deep: bool = False,
    ) -> Self:
        """The kit of the nearest cannedkit.yaml in `start` or above it; without one, the shipped packs.

        `trust` are the addresses, and the paths of pipelines, dictionaries and models, that cannedkit.yaml may name, or
        `all`; what else it names of that sort is left out, and every result says so.
        `with_engines=False` leaves the outside proofreaders out: only rules look. `deep`: the engine context also asks
        a model that reads whole sentences, a second or two for a draft (extra `deep`). Raises SettingsError with every
        fault found, also where nothing stands at `start`; `forgiving`: only where nothing of cannedkit.yaml can be
        read, the faults stand in `refused`.
        """
        folder = arguments.path("." if start is None else start, "start", SettingsError)
        wanted = with_engines is None or arguments.flag(with_engines, "with_engines", SettingsError)
        path = settings.find(folder)
        allowed = () if trust is None else arguments.texts(trust, "trust", SettingsError)
        loaded = settings.load(path, allowed) if path else settings.without_file(folder.resolve())
        if loaded.refused and not arguments.flag(forgiving, "forgiving", SettingsError):
            raise SettingsError(loaded.refused)
        asked = arguments.flag(deep, "deep", SettingsError)
        if asked and not wanted:
            raise SettingsError("`deep` is for engines, and `with_engines` leaves them out: give one of them")
        found = cls(_chosen(loaded, wanted, asked))
        found._asked = (wanted, asked, allowed)
        return found

    def beside(self, folder: Path) -> Self | None:
        """A kit as this one over another state of its files; None where there is no cannedkit.yaml that can be read."""
        wanted, deep, allowed = self._asked
        try:
            loaded = settings.load(folder / settings.FILE, allowed)
        except SettingsError:
            return None
        found = type(self)(_chosen(loaded, wanted, deep))
        found._asked, found._keeps = self._asked, False  # nobody comes back to such a folder
        return found

    # -- what was loaded --

    @property
    def refused(self) -> tuple[Failure, ...]:
        """What is wrong with the settings, facts and offers that were left out."""
        return tuple(unreadable(problem) for problem in self.settings.refused)

    @property
    def catalogue(self) -> Catalogue:
        """All responses. Raises CatalogueError with every fault found, SettingsError without a cannedkit.yaml."""
        if self.settings.refused:
            raise SettingsError(self.settings.refused)
        if self.readable.refused:
            raise CatalogueError(self.readable.refused)
        return self.readable

    @property
    def readable(self) -> Catalogue:
        """The responses that can be read, what is wrong with the others in its `refused`: to check, not to send from.

        Raises CatalogueError where there is no catalogue, SettingsError without a cannedkit.yaml.
        """
        with self._lock:
            try:
                return self._catalogue
            except CatalogueError as error:
                if not self.settings.refused:
                    raise
                from cannedkit.model.response import Catalogue

                return Catalogue(self.settings.catalogue, {}, error.problems)  # the settings may name it

    def reread(self) -> Catalogue:
        """What is `readable` now: read anew, for files that were changed. Raises as `readable` does."""
        with self._lock:
            for made in ("_catalogue", "_bodies"):
                vars(self).pop(made, None)
            self._searched.clear()
            return self.readable

    @cached_property
    def _catalogue(self) -> Catalogue:
        if self.settings.path is None:
            raise SettingsError(
                f"there is no {settings.FILE} in {self.settings.root} or above it; `cannedkit init` writes one"
            )
        from cannedkit.catalogue import kept, load

        return kept.load(self.settings) if self._keeps else load.load(self.settings)

    @property
    def lock(self) -> Lock:
        """Who approved which text, as cannedkit.lock says it; `refused` says which lines cannot be read."""
        from cannedkit.catalogue import lock

        with self._lock:
            if self._approvals is None:
                self._approvals = lock.read(self.settings)
            return self._approvals

    def packs(self, locale: str | None = None) -> tuple[Pack, ...]:
        """The packs in force for a locale (default: that of the settings). Raises DraftError, RuleError."""
        found = self._available(self._locale(locale).partition("-")[0])
        if found.refused:
            raise RuleError(found.refused)
        return (*found.packs, *self._catalogue_packs)

    @cached_property
    def _catalogue_packs(self) -> tuple[Pack, ...]:
        from cannedkit.lint.packs import catalogue_packs

        return catalogue_packs(self.settings)

    @cached_property
    def _catalogue_linter(self) -> CatalogueLinter:
        from cannedkit.lint import catalogue

        return catalogue.build(self.settings, [pack for packs in self._each_packs() for pack in packs])

    def _available(self, language: str) -> Available:
        from cannedkit.lint.packs import available

        with self._lock:
            if language not in self._packs:
                self._packs[language] = available(self.settings, language)
            return self._packs[language]

    @cached_property
    def _engines(self) -> engines.Opened:
        return engines.open_all(self.settings)

    def _packs_of(self, language: str) -> tuple[Pack, ...]:
        """The packs of a language that can be had."""
        return self._available(language).packs

    @property
    def notes(self) -> tuple[str, ...]:
        """What goes unchecked: a default engine that is not to be had, a rule of a chosen pack that cannot run here.

        What is named and not to be had is no note but an error: each result says so.
        """
        with self._lock:
            rules_off = self.linter().notes if self.settings.packs is not None else ()
            return (*self._engines.notes, *rules_off, *filter(None, [cache.opened().trouble]))

    def linter(self, locale: str | None = None) -> Linter:
        """The linter for a locale (default: that of the settings). Raises DraftError.

        A pack, rule or engine that is named and not to be had is left out, and every result of the linter says so.
        """
        language = self._locale(locale).partition("-")[0]
        with self._lock:
            if language not in self._linters:
                self._linters[language] = self._linter(language)
            return self._linters[language]

    def _linter(self, language: str) -> Linter:
        """The linter for a language: as an earlier run kept it, else built of the packs."""
        from cannedkit.lint import plan

        failures = (*self.settings.untrusted, *self._engines.failures)
        self._marks[language] = plan.mark(self.settings, language) if self._keeps else None
        if kept := plan.recall(self.settings, self._marks[language], self._engines.engines, failures):
            return kept
        from cannedkit.rules.packs import spoken

        found = self._available(language)
        packs = [spoken(pack, language) for pack in found.packs if pack.language in ("", language)]
        failures += tuple(map(unreadable, found.refused))
        built = lint.build(self.settings, packs, self._engines.engines, forgiving=True, failures=failures)
        if built.refused:
            self._marks[language] = None  # what is at fault is told each time
        return built

    def remember(self) -> None:
        """Keep for the next run what this one made of rules: its linters, and the patterns that it compiled."""
        from cannedkit.lint import plan
        from cannedkit.pattern import kept

        with self._lock:
            for language, linter in self._linters.items():
                plan.keep(self.settings, self._marks[language], linter)
        kept.remember()

    def read_by(self, locale: str) -> list[str]:
        """The names of the engines that check spelling and grammar of this locale. Raises DraftError."""
        tag = self._locale(locale)
        return list(self.linter(tag).read_by(tag))

    def unread(self, locale: str) -> tuple[Unread, ...]:
        """What nothing reads in a draft of this locale, so that nobody takes it for clean. Raises DraftError."""
        tag = self._locale(locale)
        return self.linter(tag).unread(tag)

    def explain(self, id: str) -> Explanation:
        """What a rule is for, the level in force, and its limits: of a pack, an engine, or the program itself.

        Raises RuleError naming the nearest one.
        """
        from cannedkit.rules.explain import explained

        name = arguments.text(id, "id", RuleError)
        if found := self._in_linters(name):
            return explained(name, {name: found}, self.settings)
        with suppress(RuleError):  # of an engine, or the program itself: no pack need be read
            return explained(name, {}, self.settings)
        known = {rule.id: rule for packs in self._each_packs() for pack in packs for rule in pack.rules}
        return explained(name, known, self.settings)

    def _in_linters(self, id: str) -> Rule | None:
        """The rule with an id, of a linter that is there: the packs that it came from need not have been read."""
        with self._lock:
            linters = tuple(self._linters.values())
        for linter in linters:
            for index, rule in enumerate(linter.rules if id not in linter.asleep else ()):
                if rule.id == id:
                    return linter.checks[index].rule
        return None

    def search(
        self,
        question: str,
        *,
        locale: str | None = None,
        channel: str | None = None,
        known: Iterable[str] | None = None,
        mood: str | None = None,
        topic: str | None = None,
        limit: int | None = None,
    ) -> list[Match]:
        """The responses that a customer's question or a draft finds, best first, at most `limit` (5).

        Its locale, unless said, is that of the settings it is written in; nl-BE falls back to nl, then to the default.
        What may not be sent on `channel`, or not with the facts `known`, is left out; what is for the `mood` or in the
        `topic` comes earlier. Raises InputError, and what `catalogue` raises.
        """
        from cannedkit.catalogue.search import find
        from cannedkit.wire import searches

        words, tag, wanted = searches.read(self.settings, question, locale, channel, known, mood, topic, limit)
        return find.find(self.searched(tag), words, wanted)

    def searched(self, locale: str) -> SearchIndex:
        """The catalogue made ready for questions in a locale, kept until it is read anew or a text is approved."""
        from cannedkit.catalogue.search import find

        with self._lock:
            if locale not in self._searched:
                self._searched[locale] = find.index(self.catalogue, self.settings, locale, self.lock)
            return self._searched[locale]

    def _each_packs(self) -> Iterator[tuple[Pack, ...]]:
        """The packs of each language, then those that read the catalogue: whoever finds a rule need not read on."""
        for language in self._languages():
            yield self._available(language).packs
        yield self._catalogue_packs

    def _languages(self) -> tuple[str, ...]:
        """The languages that this kit has to do with, that of the settings first."""
        with self._lock:
            tags = (self.settings.locale, *self.settings.locales, *self._linters)
        return tuple(dict.fromkeys(tag.partition("-")[0] for tag in tags))

    def _locale(self, locale: object) -> str:
        return self.settings.locale if absent(locale) else arguments.locale(locale, DraftError)

    def _channel(self, channel: object, wrong: arguments.Wrong) -> str:
        """A channel of the settings, the first one by default; without a cannedkit.yaml, any channel."""
        if absent(channel):
            return next(iter(self.settings.channels))
        if self.settings.path is None:
            return arguments.text(channel, "channel", wrong)
        return arguments.one_of(channel, "channel", self.settings.channels, wrong)


def _chosen(loaded: Settings, with_engines: bool, deep: bool) -> Settings:
    """The settings with the engines that a caller asks for."""
    if not with_engines:
        return settings.without_engines(loaded)
    return settings.deepened(loaded) if deep else loaded
