"""Kit: the library's front door, one object over settings, catalogue and linter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock

from cannedkit import engines, settings
from cannedkit.lint import linter as lint
from cannedkit.lint.packs import load_packs
from cannedkit.model.draft import MOODS, Draft, Engine, Finding, Turn
from cannedkit.model.errors import DraftError, ReplyError, SettingsError
from cannedkit.model.response import Catalogue, Reply, Response
from cannedkit.model.result import Review, Unread
from cannedkit.model.rule import Pack
from cannedkit.model.settings import Settings
from cannedkit.rules.packs import spoken
from cannedkit.text.nearest import nearest


class Kit:
    """One catalogue with its rules and engines. Everything is read when it is first needed, and then kept.

    Safe to share between threads. Two kits in one process know nothing of each other.
    """

    def __init__(self, loaded: Settings) -> None:
        self.settings = loaded
        self._lock = RLock()
        self._linters: dict[str, lint.Linter] = {}

    @classmethod
    def load(cls, start: str | Path = ".", *, with_engines: bool = True) -> Kit:
        """The kit of the nearest cannedkit.yaml in `start` or above it; without one, the shipped packs.

        `with_engines=False` leaves the outside proofreaders out: only rules look. Raises SettingsError.
        """
        path = settings.find(Path(start))
        loaded = settings.load(path) if path else settings.without_file(Path(start).resolve())
        if not with_engines:
            loaded = replace(loaded, engines={}, engines_named=True)
        return cls(loaded)

    # -- what was loaded --

    @property
    def catalogue(self) -> Catalogue:
        """All responses. Raises CatalogueError with every fault found, SettingsError without a cannedkit.yaml."""
        with self._lock:
            return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        if self.settings.path is None:
            raise SettingsError(
                f"there is no {settings.FILE} in {self.settings.root} or above it; `cannedkit init` writes one"
            )
        from cannedkit.catalogue import load as catalogue

        return catalogue.load(self.settings)

    def packs(self, locale: str | None = None) -> tuple[Pack, ...]:
        """The packs in force for a locale (default: that of the settings). Raises RuleError."""
        return load_packs(self.settings, locale)

    @cached_property
    def _engines(self) -> tuple[tuple[Engine, ...], tuple[str, ...]]:
        return engines.open_all(self.settings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What goes unchecked: a default engine that is not to be had, a rule of a chosen pack that cannot run here.

        Raises EngineError for an engine that is named and not to be had, RuleError for such a pack.
        """
        with self._lock:
            rules_off = self.linter().notes if self.settings.packs is not None else ()
            return self._engines[1] + rules_off

    def linter(self, locale: str | None = None) -> lint.Linter:
        """The linter for a locale (default: that of the settings). Raises RuleError, EngineError."""
        language = (locale or self.settings.locale).partition("-")[0]
        with self._lock:
            if language not in self._linters:
                packs = [spoken(pack, language) for pack in self.packs(language) if pack.language in ("", language)]
                self._linters[language] = lint.build(self.settings, packs, self._engines[0], forgiving=True)
            return self._linters[language]

    def read_by(self, locale: str) -> list[str]:
        """The names of the engines that check spelling and grammar of this locale. Raises EngineError."""
        return [engine.name for engine in self._engines[0] if locale.partition("-")[0] in engine.languages]

    def unread(self, locale: str) -> tuple[Unread, ...]:
        """What nothing reads in a draft of this locale, so that nobody takes it for clean. Raises as `linter`."""
        return self.linter(locale).unread(locale)

    # -- the two journeys --

    def locale_of(self, text: str) -> str:
        """The locale to lint a text by: that of the settings, unless the text is clearly in another language.

        Then it is the locale of the settings with that language, or the language alone.
        """
        from cannedkit.text.language import languages, recognise, speaks

        own = self.settings.locale
        if speaks(text, own.partition("-")[0]):
            return own
        return recognise(text, (own, *self.settings.locales, *languages())) or own

    def draft(
        self,
        text: str,
        *,
        locale: str | None = None,
        channel: str | None = None,
        mood: str = "neutral",
        known: Iterable[str] = (),
        history: Iterable[Mapping[str, str]] = (),
    ) -> Draft:
        """A draft; its locale is that of `locale_of`, its channel the settings' first, where none is given.

        Raises DraftError.
        """
        if not isinstance(text, str):
            raise DraftError(f"a draft is a str, not a {type(text).__name__}")
        tag = locale or self.locale_of(text)
        if not settings.LOCALE.fullmatch(tag):
            raise DraftError(f"{tag!r} is not a locale; write a BCP 47 tag such as en, en-GB or nl")
        sent_on = channel or next(iter(self.settings.channels))
        if self.settings.path and sent_on not in self.settings.channels:
            raise DraftError(f"unknown channel {sent_on!r}{nearest(sent_on, self.settings.channels)}")
        if mood not in MOODS:
            raise DraftError(f"unknown mood {mood!r}{nearest(mood, MOODS)}")
        if isinstance(known, str):
            raise DraftError(f"`known` is a list of facts: write [{known!r}]")
        try:
            turns = tuple(Turn(turn["by"], turn["text"]) for turn in history)
        except KeyError as error:
            raise DraftError(f"a turn of `history` has no {error}; it needs `by` and `text`") from None
        return Draft(text, tag, sent_on, MOODS[mood], tuple(known), turns, today=date.today())

    def lint(
        self,
        text: str,
        *,
        locale: str | None = None,
        channel: str | None = None,
        mood: str = "neutral",
        known: Iterable[str] = (),
        history: Iterable[Mapping[str, str]] = (),
    ) -> list[Finding]:
        """The findings of a draft, sorted by (start, end, rule); offsets are code points, half open.

        `locale` is BCP 47, `mood` the customer's, `known` the facts known in the conversation, `history` its
        earlier messages ({"by": "agent" | "customer", "text": …}). Raises DraftError, RuleError, EngineError,
        and CheckFailed (which carries the findings of the other checks) where a check failed.
        """
        draft = self.draft(text, locale=locale, channel=channel, mood=mood, known=known, history=history)
        return self.linter(draft.locale).lint(draft)

    def check(self, *, today: date | None = None, step: Callable[[], object] = lambda: None) -> Review:
        """The review of the whole catalogue; `step` is called after each response.

        Raises SettingsError, CatalogueError, RuleError, EngineError.
        """
        from cannedkit.review import review

        return review.check(self.settings, self.catalogue, self.linter, today or date.today(), step)

    # -- sending --

    def response(self, id: str) -> Response:
        """The response with this id. Raises ReplyError naming the nearest one."""
        found = self.catalogue.responses
        if id not in found:
            raise ReplyError(f"there is no response `{id}`{nearest(id, found)}")
        return found[id]

    def reply(
        self,
        id: str,
        given: Mapping[str, object] | None = None,
        *,
        locale: str | None = None,
        channel: str | None = None,
        variation: int = 1,
        fallback_locale: bool = False,
    ) -> Reply:
        """The response rendered for sending: nothing is missing from it and no brace is left in it.

        A string goes out as given; int, Decimal, date and Money are written for the locale. `variation` counts
        from 1. Never crosses languages unless `fallback_locale`. Raises ReplyError.
        """
        from cannedkit.catalogue.reply import compose

        return compose(
            self.response(id),
            self.settings,
            given or {},
            locale=locale or self.settings.locale,
            channel=channel,
            variation=variation,
            fallback_locale=fallback_locale,
        )
