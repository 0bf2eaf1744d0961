"""What a kit does with a text that somebody wrote: look for faults, mend them, say beforehand what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cannedkit.channels.table import PARTS
from cannedkit.kit.loaded import Loaded
from cannedkit.model.draft import MOODS, Draft, Finding, Turn
from cannedkit.model.errors import DraftError, InputError, ReplyError, RuleError
from cannedkit.model.result import Advice, Explanation, Mended
from cannedkit.pattern.budget import RUN, spending
from cannedkit.sources import COMPARED, REPORTED
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent
from cannedkit.words.mood import heard

if TYPE_CHECKING:
    from cannedkit.catalogue.compare.nearest import Index
    from cannedkit.lint.linter import Results
    from cannedkit.model.comparison import Comparison
    from cannedkit.model.gate import Gate
    from cannedkit.model.response import Missing, Response
    from cannedkit.review.memory import Memory


class Drafts(Loaded):
    """Rules and engines, and the texts that they are for. Safe to share between threads."""

    def locale_of(self, text: str) -> str:
        """The locale to lint a text by: that of the settings, unless the text is clearly in another language.

        Then it is the locale of the settings with that language, or the language alone. Raises DraftError.
        """
        from cannedkit.text.language import languages, recognise, speaks

        own = self.settings.locale
        if speaks(arguments.draft(text), own.partition("-")[0]):
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
        part: str | None = None,
        today: date | None = None,
    ) -> Draft:
        """A draft. What is not given (None) is unknown or empty, and the body of a message.

        Its locale is then that of `locale_of`, its channel the settings' first (`assumed` where there are no settings),
        its day this one, its mood that which the customer's words in `history` tell (`heard`), else neutral. Raises
        DraftError.
        """
        words = arguments.draft(text)
        tag = self.locale_of(words) if absent(locale) else arguments.locale(locale, DraftError)
        turns = () if history is None else arguments.turns(history)
        read = heard(turns, tag) if absent(mood) else ""
        feels = ("upset" if read else "neutral") if absent(mood) else mood
        return Draft(
            words,
            tag,
            self._channel(channel, DraftError),
            MOODS[arguments.one_of(feels, "mood", MOODS, DraftError)],
            () if known is None else arguments.facts(known),
            turns,
            topic="" if absent(topic) else arguments.text(topic, "topic", DraftError),
            status="" if absent(status) else arguments.text(status, "status", DraftError),
            today=date.today() if today is None else arguments.day(today, "today", DraftError),
            part="body" if absent(part) else arguments.one_of(part, "part", PARTS, DraftError),
            heard=read,
            assumed=absent(channel) and self.settings.path is None,
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
        part: str | None = None,
    ) -> list[Finding]:
        """The findings of a draft, sorted by (start, end, rule); offsets are code points, half open.

        `locale` is BCP 47, `mood` the customer's, `known` the facts known in the conversation, `history` its
        earlier messages ({"by": "agent", "customer" or "bot", "text": …, "at"?: time}), `topic` and `status` those of
        the response that it was made from, `part` what of a message it is: body, subject, preheader, footer or button.
        None stands for the default. Raises DraftError, RuleError, EngineError, and CheckFailed (which carries the
        findings of the other checks) where a check failed.
        """
        words: dict[str, Any] = {"locale": locale, "channel": channel, "mood": mood, "topic": topic}
        words |= {"status": status, "part": part}
        draft = self.draft(text, known=known, history=history, **words)
        return self.linter(draft.locale).lint(draft)

    def fix_draft(self, draft: Draft, *, all: bool | None = None, rules: Iterable[str] | None = None) -> Mended:
        """A draft with its safe fixes made, or `all` first ones, of some `rules`. Raises DraftError, RuleError."""
        from cannedkit.review.draft import mended_draft
        from cannedkit.review.mend import wish

        return mended_draft(draft, self.linter(draft.locale), wish(self.settings, bool(all), rules))

    def guide(
        self,
        *,
        locale: str | None = None,
        channel: str | None = None,
        mood: str | None = None,
        known: Iterable[str] | None = None,
        topic: str | None = None,
    ) -> tuple[Advice, ...]:
        """What the rules in force ask of a text in a locale, the weightiest first: on a channel, or (None) on any.

        So for the customer's mood, the facts known and the topic. Raises DraftError, RuleError.
        """
        from cannedkit.lint.guide import advice

        given = {"channel": channel, "mood": mood, "known": known, "topic": topic}
        tag = self._locale(locale)
        draft = self.draft("", locale=tag, channel=channel, mood=mood, known=known, topic=topic)
        asked = {key for key, value in given.items() if not absent(value)}
        return advice(self.packs(tag), self.settings, draft, frozenset(asked))

    def lint_many(
        self, drafts: Iterable[Draft | str], *, threads: int | None = None, processes: int | None = None
    ) -> list[list[Finding]]:
        """The findings of each draft as `lint` gives them, in the same order, on so many `threads` (8).

        With `processes` so many forks share the work, each on one thread, where a fork is safe: the caller has no other
        thread. A text is a draft by what `draft` makes of it. Raises DraftError before any is looked at, CheckFailed
        where a check failed on one, once all were looked at.
        """
        from cannedkit.lint.many import many

        count = 8 if threads is None else arguments.positive(threads, "threads", InputError)
        forks = None if processes is None else arguments.positive(processes, "processes", InputError)
        given = [one if isinstance(one, Draft) else self.draft(one) for one in drafts]
        linters = {one.locale: self.linter(one.locale) for one in given}
        return many(given, linters, count, forks)

    def results(
        self,
        drafts: Iterable[Draft],
        *,
        time_limit: float = RUN,
        cache: bool = True,
        cache_dir: str | Path | None = None,
        jobs: int | None = None,
    ) -> list[Results]:
        """The findings of each draft, with the checks that failed on it; a draft that cannot be linted has one failure.

        `time_limit` is the seconds of CPU time that patterns that are not ours may take in all. What was found before
        in the same drafts under the same rules is remembered, in `cache_dir` or the user's cache folder, unless `cache`
        is false; a few that rules alone look at are linted sooner than remembered. `jobs` is the most processes, None
        for as many as are of use. Raises InputError.
        """
        from cannedkit.review.drafts import FEW, results

        given = list(drafts)
        seconds = arguments.seconds(time_limit, "time_limit", InputError)
        most = arguments.MAX_WHOLE if jobs is None else arguments.positive(jobs, "jobs", InputError)
        folder = None if cache_dir is None else arguments.folder(cache_dir, "cache_dir", InputError)
        day = given[0].today if given else None
        worth = folder is not None or len(given) > FEW or bool(self._engines.engines)
        remembers = cache and worth and day is not None and all(draft.today == day for draft in given)
        with spending(seconds), self._memory(day, folder) if remembers else nullcontext() as memory:
            return results(given, self.linter, seconds, jobs=most, memory=memory)

    def _memory(self, day: date | None, folder: Path | None) -> AbstractContextManager[Memory | None]:
        from cannedkit.review.memory import opened

        return opened(self.settings, self.linter, day or date.today(), folder)

    def gate(self, draft: Draft | str, *, against: str | None = None, values: Mapping[str, str] | None = None) -> Gate:
        """Whether a draft may be sent, and what to do with it if not; `against` is the reply that it came from.

        What must be fixed is what is found at the level `fail_on` of the settings (error) or above, by `lint` and, with
        `against`, by `compare`; all else is advice. The verdict is

        - `stop` where one of these is an error of a rule of the kind personal-data or promise, or `Compare.Added`, and
          has no fix: a secret that is asked for or shown, a promise that nobody approved. A person decides.
        - `mend` where there is anything else that must be fixed. `rewrite` is the draft with its safe fixes made, if
          nothing that must be fixed remains in it.
        - `send` otherwise; `rewrite` may still mend what is only advised.

        Raises what `lint` and `compare` raise: where a check failed there is no verdict.
        """
        from cannedkit.review.gate import gate

        given = draft if isinstance(draft, Draft) else self.draft(draft)
        linter, least = self.linter(given.locale), self.settings.fail_on
        found = self._beside(given, linter.lint(given), against, values)
        rewrite = self._rewritten(given, against, values) if any(one.safe for one in found) else None
        kinds = {rule.id: rule.kind for rule in linter.rules}
        return gate(given.text, found, rewrite, least, kinds, self._explained, self.unread(given.locale))

    def _rewritten(self, draft: Draft, against: str | None, values: Mapping[str, str] | None) -> str | None:
        """A draft with its safe fixes made; None where something that must be fixed remains in it."""
        mended = self.fix_draft(draft)
        remaining = [one.finding for one in mended.remaining]
        left = self._beside(replace(draft, text=mended.text), remaining, against, values)
        clean = not mended.failures and all(one.level < self.settings.fail_on for one in left)
        return mended.text if clean else None

    def _beside(
        self, draft: Draft, found: list[Finding], against: str | None, values: Mapping[str, str] | None
    ) -> list[Finding]:
        """What is found in a draft, with what it makes of a reply; a blank that a rule found too is told once."""
        if absent(against):
            return found
        from cannedkit.review.gate import joined

        return joined(found, self.compare(draft.text, against, values=values, locale=draft.locale).findings)

    def _explained(self, rule: str) -> Explanation | None:
        """What a rule says of itself; None for one of an engine that no table holds."""
        try:
            return self.explain(rule)
        except RuleError:
            return None

    # -- beside the approved reply --

    def compare(
        self,
        text: str,
        id: str | None = None,
        *,
        values: Mapping[str, str] | None = None,
        locale: str | None = None,
        channel: str | None = None,
    ) -> Comparison:
        """What a draft leaves out of the reply that it came from, adds to it, alters, and has not filled in.

        `id` is that reply; without one it is the nearest of the catalogue. `values` are those that went in, as a Reply
        has them: what stands for the other placeholders may be anything. `locale` and `channel` leave out other bodies.
        Raises DraftError, ReplyError where there is no such reply or none near, CatalogueError as `catalogue` does.
        """
        from cannedkit.catalogue.compare.compare import Wish, compare
        from cannedkit.rules.levels import holding, level

        draft = self.draft(text, locale=locale, channel=channel)
        known = arguments.named_texts(values or {}, "values", ReplyError)
        said = "" if absent(locale) else draft.locale
        response = self._nearest_to(draft.text, said) if absent(id) else self.response(id or "")
        wanted = "" if absent(channel) else draft.channel
        layers = holding(self.settings.overrides, response.topic, wanted, response.place.path)
        levels = {rule: level(rule, REPORTED[rule].level, *layers, self.settings.levels)[0] for rule in COMPARED}
        wish = Wish(known, said, wanted, levels)
        found = compare(draft, response, self.settings, self.lock, wish)
        return replace(found, chosen=absent(id))

    def _nearest_to(self, text: str, locale: str) -> Response:
        from cannedkit.catalogue.compare.nearest import nearest

        with self._lock:
            index = self._bodies
        found = nearest(index, text, locale)
        if found is None:
            raise ReplyError("the draft is like no reply of the catalogue; name the one that it came from")
        return found[0].response

    @cached_property
    def _bodies(self) -> Index:
        from cannedkit.catalogue.compare.nearest import index
        from cannedkit.catalogue.reading import Reading

        return index(one for one in Reading(self.catalogue).texts if not one.response.status)

    def response(self, id: str) -> Response:
        """The response with this id or this shortcut, in any case. Raises ReplyError naming the nearest one."""
        from cannedkit.catalogue.load import named

        return named(self.catalogue, arguments.text(id, "id", ReplyError))

    def missing(
        self,
        id: str,
        known: Iterable[str] | None = None,
        given: Mapping[str, object] | None = None,
        *,
        locale: str | None = None,
        channel: str | None = None,
    ) -> tuple[Missing, ...]:
        """What to ask for before `reply` can send the response: values that nothing stands for, facts it `requires`.

        What is `given`, or among the facts `known`, is none of it. Raises ReplyError.
        """
        from cannedkit.catalogue.reply import missing

        return missing(
            self.response(id),
            self.settings,
            () if given is None else arguments.values(given),
            known=() if known is None else arguments.facts(known, ReplyError),
            locale=self.settings.locale if absent(locale) else arguments.locale(locale, ReplyError),
            channel=None if absent(channel) else arguments.text(channel, "channel", ReplyError),
        )
