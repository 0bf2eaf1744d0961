"""Kit: the library's front door, one object over settings, catalogue and linter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from cannedkit import cache, engines, settings
from cannedkit.lint import linter as lint
from cannedkit.lint.linter import Linter
from cannedkit.lint.packs import available, catalogue_packs
from cannedkit.model.draft import MOODS, Draft, Finding, Turn
from cannedkit.model.errors import (
    CatalogueError,
    DraftError,
    Failure,
    InputError,
    ReplyError,
    RuleError,
    SettingsError,
    unreadable,
)
from cannedkit.model.result import Explanation, Rendering, Review, Unread
from cannedkit.model.rule import Pack, Rule
from cannedkit.model.settings import Settings
from cannedkit.pattern.budget import RUN
from cannedkit.rules.explain import explained
from cannedkit.rules.packs import Available, spoken
from cannedkit.sources import ENGINES
from cannedkit.text.nearest import nearest
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent

if TYPE_CHECKING:
    from cannedkit.lint.catalogue import CatalogueLinter
    from cannedkit.model.response import Catalogue, Reply, Response


class Kit:
    """One catalogue with its rules and engines. Everything is read when it is first needed, and then kept.

    Safe to share between threads. Two kits in one process know nothing of each other.
    """

    def __init__(self, loaded: Settings) -> None:
        self.settings = loaded
        self._lock = RLock()
        self._linters: dict[str, Linter] = {}
        self._packs: dict[str, Available] = {}

    @classmethod
    def load(
        cls, start: str | Path = ".", *, with_engines: bool = True, forgiving: bool = False, trust: Iterable[str] = ()
    ) -> Kit:
        """The kit of the nearest cannedkit.yaml in `start` or above it; without one, the shipped packs.

        `trust` are the addresses, and the paths of pipelines and dictionaries, that cannedkit.yaml may name, or `all`;
        what else it names of that sort is left out, and every result says so.
        `with_engines=False` leaves the outside proofreaders out: only rules look. Raises SettingsError with every
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
        if not wanted:
            untrusted = tuple(one for one in loaded.untrusted if one.rule not in ENGINES)
            loaded = replace(loaded, engines={}, engines_named=True, untrusted=untrusted)
        return cls(loaded)

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

    @cached_property
    def _catalogue(self) -> Catalogue:
        if self.settings.path is None:
            raise SettingsError(
                f"there is no {settings.FILE} in {self.settings.root} or above it; `cannedkit init` writes one"
            )
        from cannedkit.catalogue import load as catalogue

        return catalogue.load(self.settings)

    def packs(self, locale: str | None = None) -> tuple[Pack, ...]:
        """The packs in force for a locale (default: that of the settings). Raises DraftError, RuleError."""
        found = self._available(self._locale(locale).partition("-")[0])
        if found.refused:
            raise RuleError(found.refused)
        return (*found.packs, *self._catalogue_packs)

    @cached_property
    def _catalogue_packs(self) -> tuple[Pack, ...]:
        return catalogue_packs(self.settings)

    @cached_property
    def _catalogue_linter(self) -> CatalogueLinter:
        from cannedkit.lint import catalogue

        return catalogue.build(self.settings, [pack for packs in self._each_packs() for pack in packs])

    def _available(self, language: str) -> Available:
        with self._lock:
            if language not in self._packs:
                self._packs[language] = available(self.settings, language)
            return self._packs[language]

    @cached_property
    def _engines(self) -> engines.Opened:
        return engines.open_all(self.settings)

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
                found = self._available(language)
                packs = [spoken(pack, language) for pack in found.packs if pack.language in ("", language)]
                self._linters[language] = lint.build(
                    self.settings,
                    packs,
                    self._engines.engines,
                    forgiving=True,
                    failures=(*self.settings.untrusted, *self._engines.failures, *map(unreadable, found.refused)),
                )
            return self._linters[language]

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
        name = arguments.text(id, "id", RuleError)
        known: dict[str, Rule] = {}
        for packs in self._each_packs():
            known |= {rule.id: rule for pack in packs for rule in pack.rules}
            if name in known:
                break
        return explained(name, known, self.settings)

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

    # -- the two journeys --

    def locale_of(self, text: str) -> str:
        """The locale to lint a text by: that of the settings, unless the text is clearly in another language.

        Then it is the locale of the settings with that language, or the language alone. Raises DraftError.
        """
        from cannedkit.text.language import languages, recognise, speaks

        own = self.settings.locale
        if speaks(_draft_text(text), own.partition("-")[0]):
            return own
        return recognise(text, (own, *self.settings.locales, *languages())) or own

    def draft(
        self,
        text: str,
        *,
        locale: str | None = None,
        channel: str | None = None,
        mood: str | None = None,
        known: Iterable[str] | None = None,
        history: Iterable[Mapping[str, object] | Turn] | None = None,
        topic: str | None = None,
        status: str | None = None,
    ) -> Draft:
        """A draft. What is not given (None) is neutral, unknown or empty.

        Its locale is then that of `locale_of`, its channel the settings' first. Raises DraftError.
        """
        words = _draft_text(text)
        return Draft(
            words,
            self.locale_of(words) if absent(locale) else arguments.locale(locale, DraftError),
            self._channel(channel, DraftError),
            MOODS["neutral" if absent(mood) else arguments.one_of(mood, "mood", MOODS, DraftError)],
            () if known is None else arguments.facts(known),
            () if history is None else arguments.turns(history),
            topic="" if absent(topic) else arguments.text(topic, "topic", DraftError),
            status="" if absent(status) else arguments.text(status, "status", DraftError),
            today=date.today(),
        )

    def lint(
        self,
        text: str,
        *,
        locale: str | None = None,
        channel: str | None = None,
        mood: str | None = None,
        known: Iterable[str] | None = None,
        history: Iterable[Mapping[str, object] | Turn] | None = None,
        topic: str | None = None,
        status: str | None = None,
    ) -> list[Finding]:
        """The findings of a draft, sorted by (start, end, rule); offsets are code points, half open.

        `locale` is BCP 47, `mood` the customer's, `known` the facts known in the conversation, `history` its
        earlier messages ({"by": "agent", "customer" or "bot", "text": …}), `topic` and `status` those of the response
        that it was made from. None stands for the default. Raises DraftError, RuleError, EngineError, and CheckFailed
        (which carries the findings of the other checks) where a check failed.
        """
        draft = self.draft(
            text,
            locale=locale,
            channel=channel,
            mood=mood,
            known=known,
            history=history,
            topic=topic,
            status=status,
        )
        return self.linter(draft.locale).lint(draft)

    def check(
        self,
        *,
        only: str | Path | None = None,
        today: date | None = None,
        step: Callable[[], object] | None = None,
        time_limit: float = RUN,
    ) -> Review:
        """The review of the catalogue, or of the responses in `only`, a file or folder of it.

        What cannot be read is in its `errors`, all else is checked; `step` is called after each response; `time_limit`
        is the seconds of CPU time that patterns that are not ours may take in all. Raises InputError, SettingsError
        without a cannedkit.yaml, CatalogueError where there is nothing to check.
        """
        from cannedkit.catalogue.load import within
        from cannedkit.review import review

        day = date.today() if today is None else arguments.day(today, "today", InputError)
        tick = _nothing if step is None else arguments.function(step, "step", InputError)
        part = None if only is None else arguments.path(only, "only", InputError)
        whole = self.readable
        catalogue = within(whole, part) if part else whole
        seconds = arguments.seconds(time_limit, "time_limit", InputError)
        with self._lock:
            records = self._catalogue_linter
        found = review.check(self.settings, catalogue, self.linter, day, tick, seconds, records=records, whole=whole)
        return replace(found, errors=(*self.refused, *found.errors))

    # -- sending --

    def response(self, id: str) -> Response:
        """The response with this id or this shortcut, in any case. Raises ReplyError naming the nearest one."""
        name = arguments.text(id, "id", ReplyError)
        found = self.catalogue.responses
        if name in found:
            return found[name]
        shortcuts = {response.shortcut.casefold(): response for response in found.values() if response.shortcut}
        if name.casefold() not in shortcuts:
            raise ReplyError(f"there is no response `{name}`{nearest(name, [*found, *shortcuts])}")
        return shortcuts[name.casefold()]

    def renderings(self, id: str, *, locale: str | None = None, channel: str | None = None) -> list[Rendering]:
        """The response as its customers read it, once for each wording and set of samples; only those asked for.

        Raises ReplyError.
        """
        from cannedkit.catalogue.renderings import renderings, served

        response = self.response(id)
        tag = None if absent(locale) else arguments.locale(locale, ReplyError)
        if tag is not None:
            arguments.one_of(tag, "locale", self.settings.locales, ReplyError)
        name = None if absent(channel) else self._channel(channel, ReplyError)
        found = [
            each
            for each in renderings(response, self.settings)
            if tag in (None, each.locale) and name in (None, *each.channels)
        ]
        if not found:
            wanted = " ".join(word for word in (tag and f"in {tag}", name and f"on {name}") if word)
            raise ReplyError(f"`{response.id}` has no body {wanted}; it has {served(response)}")
        return found

    def reply(
        self,
        id: str,
        given: Mapping[str, object] | None = None,
        *,
        locale: str | None = None,
        channel: str | None = None,
        variation: int | None = None,
        fallback_locale: bool | None = None,
    ) -> Reply:
        """The response rendered for sending: nothing is missing from it and no brace is left in it.

        A string goes out as given; int, Decimal, date and Money are written for the locale. `variation` counts
        from 1, which is the default. Never crosses languages unless `fallback_locale`. Raises ReplyError.
        """
        from cannedkit.catalogue.reply import compose

        return compose(
            self.response(id),
            self.settings,
            {} if given is None else arguments.values(given),
            locale=self.settings.locale if absent(locale) else arguments.locale(locale, ReplyError),
            channel=None if absent(channel) else arguments.text(channel, "channel", ReplyError),
            variation=1 if variation is None else arguments.whole(variation, "variation", ReplyError),
            fallback_locale=fallback_locale is not None
            and arguments.flag(fallback_locale, "fallback_locale", ReplyError),
        )

    # -- arguments --

    def _locale(self, locale: object) -> str:
        return self.settings.locale if absent(locale) else arguments.locale(locale, DraftError)

    def _channel(self, channel: object, wrong: arguments.Wrong) -> str:
        """A channel of the settings, the first one by default; without a cannedkit.yaml, any channel."""
        if absent(channel):
            return next(iter(self.settings.channels))
        if self.settings.path is None:
            return arguments.text(channel, "channel", wrong)
        return arguments.one_of(channel, "channel", self.settings.channels, wrong)


def _draft_text(text: object) -> str:
    if not isinstance(text, str):
        raise DraftError(f"a draft is a str, not a {type(text).__name__}")
    return text


def _nothing() -> None:
    """Nobody counts the steps."""
