"""Kit: the library's front door, one object over settings, catalogue and linter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cannedkit.kit.replies import Replies
from cannedkit.model.errors import InputError, ReplyError, SettingsError
from cannedkit.model.result import Compared, Fixed, Review, Rewritten
from cannedkit.pattern.budget import RUN
from cannedkit.settings import FILE
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent

if TYPE_CHECKING:
    from cannedkit.model.response import Catalogue, Response
    from cannedkit.model.score import Scores
    from cannedkit.model.upkeep import Due, FactUse, Usage
    from cannedkit.review.baseline import Scope
    from cannedkit.review.memory import Memory


class Kit(Replies):
    """One catalogue with its rules and engines: the texts that it finds fault with, mends and sends.

    Safe to share between threads. Two kits in one process know nothing of each other.
    """

    def check(
        self,
        *,
        only: str | Path | None = None,
        today: date | None = None,
        step: Callable[[], object] | None = None,
        time_limit: float = RUN,
        baseline: bool = True,
        cache: bool = True,
        cache_dir: str | Path | None = None,
        jobs: int | None = None,
    ) -> Review:
        """The review of the catalogue, or of the responses in `only`, a file or folder of it.

        What cannot be read is in its `errors`, all else is checked; `step` is called after each response; `time_limit`
        is the seconds of CPU time that patterns that are not ours may take in all; findings that the `baseline` has
        are left out, and what is mended of it is one. What was found before in the same texts under the same rules is
        remembered between runs, in `cache_dir` or the user's cache folder, unless `cache` is false. `jobs` is the most
        processes, None for as many as are of use. Raises InputError, SettingsError without a cannedkit.yaml,
        CatalogueError where there is nothing to check.
        """
        from cannedkit.catalogue.load import within
        from cannedkit.review import baseline as known
        from cannedkit.review.memory import opened

        day = date.today() if today is None else arguments.day(today, "today", InputError)
        tick = (lambda: None) if step is None else arguments.function(step, "step", InputError)
        part = None if only is None else arguments.path(only, "only", InputError)
        catalogue = within(self.readable, part) if part else self.readable
        seconds = arguments.seconds(time_limit, "time_limit", InputError)
        entire = part is None and not self.settings.refused
        most = arguments.MAX_WHOLE if jobs is None else arguments.positive(jobs, "jobs", InputError)
        folder = None if cache_dir is None else arguments.folder(cache_dir, "cache_dir", InputError)
        with opened(self.settings, self.linter, day, folder) if cache else nullcontext() as memory:
            found = self._review(catalogue, day, tick, seconds, entire=entire, memory=memory, jobs=most)
        found = replace(found, errors=(*self.refused, *found.errors))
        if not baseline:
            return found
        return known.held(found, known.read(self.settings), self.settings, self._scope(catalogue, entire))

    def baseline(
        self,
        *,
        update: bool = False,
        prune: bool = False,
        today: date | None = None,
        step: Callable[[], object] | None = None,
    ) -> Compared:
        """Write the findings of the catalogue into its baseline: those that are new and known, and how many are mended.

        A baseline that is there already takes in what is new where it is an `update`, which drops what is mended, too,
        as `prune` does. Raises InputError where there is one and neither is asked for, and where anything could not be
        checked: nothing is written then. Also raises as `check` does, and OSError.
        """
        from cannedkit.review import baseline as known

        before = known.read(self.settings)
        review = self.check(today=today, step=step, baseline=False)
        scope = self._scope(self.readable, not self.settings.refused)
        return known.write(review, before, self.settings, scope, update=update, prune=prune)

    def _scope(self, part: Catalogue, entire: bool) -> Scope:
        """What a check of some of the catalogue looks at."""
        from cannedkit.review.baseline import scope

        whole = entire and not self.readable.refused
        return scope(self.settings, part, whole, self._packs_of, self.linter)

    def check_change(
        self,
        *,
        since: str | None = None,
        staged: bool = False,
        only: str | Path | None = None,
        today: date | None = None,
        step: Callable[[], object] | None = None,
        **options: Any,
    ) -> Review:
        """The review with the findings alone that a change brings: since this branch left `since`, or the last commit.

        `staged`: of the files as git's index has them. Other options are those of `check`. Raises as `check` does, and
        CannedkitError where git cannot tell what was there before.
        """
        from cannedkit.review.since import State, at_home, brought, trees

        root, day = self.settings.root, date.today() if today is None else arguments.day(today, "today", InputError)
        with trees(root, "" if absent(since) else arguments.text(since, "since", InputError), staged=staged) as found:
            own = self if found.now is None else self.beside(found.now.resolve())
            if own is None:
                raise SettingsError(f"what is staged has no {FILE} that can be read: git add it")
            home = own.settings.root
            part = None if only is None else home / arguments.path(only, "only", InputError).resolve().relative_to(root)
            review = own.check(only=part, today=day, step=step, **options)
            before = self.beside(found.before.resolve())
            was = State(found.before, ())
            if before and before.readable.responses:
                seen = before.check(today=day, **{**options, "baseline": False})
                was = State(before.settings.root, before.readable.responses.keys(), seen.findings)
            review = brought(review, State(home, own.readable.responses.keys()), was)
            return review if own is self else at_home(review, home, root)

    def _review(
        self,
        part: Catalogue,
        day: date,
        tick: Callable[[], object],
        seconds: float = RUN,
        *,
        entire: bool = False,
        memory: Memory | None = None,
        jobs: int = 1,
    ) -> Review:
        from cannedkit.review import review

        with self._lock:
            records, whole = self._catalogue_linter, self.readable
        lock = self.lock
        return review.check(
            self.settings,
            part,
            self.linter,
            day,
            tick,
            seconds,
            records=records,
            whole=whole,
            lock=lock,
            entire=entire,
            memory=memory,
            jobs=jobs,
        )

    # -- mending --

    def fix(
        self,
        *,
        only: str | Path | None = None,
        response: str | None = None,
        all: bool | None = None,
        rules: Iterable[str] | None = None,
        write: bool | None = None,
        today: date | None = None,
        step: Callable[[], object] | None = None,
    ) -> Fixed:
        """The catalogue, a file or folder (`only`) or a `response` of it, with its safe fixes made where they stand.

        `all`: every first fix, but of what only some samples show or a placeholder touches; `rules`: those of some
        rules, packs or engines. With `write=False` no file is changed. Raises InputError, ReplyError, OSError.
        """
        from cannedkit.review.fix import fix, workshop
        from cannedkit.review.mend import wish

        day = date.today() if today is None else arguments.day(today, "today", InputError)
        part = None if only is None else arguments.path(only, "only", InputError)
        id = "" if absent(response) else arguments.text(response, "response", ReplyError)
        shop = workshop(self.settings, self.reread, self.linter, day, part, id)
        tick = (lambda: None) if step is None else arguments.function(step, "step", InputError)
        wished = wish(self.settings, bool(all), rules, write is not False)
        fixed = fix(shop, wished, lambda found, done: self._review(found, day, done), tick)
        return replace(fixed, review=replace(fixed.review, errors=(*self.refused, *fixed.review.errors)))

    def waive(
        self, id: str, rule: str, *, why: str, by: str, until: date, text: str | None = None, locale: str | None = None
    ) -> Rewritten:
        """The file of a response with a waiver more in it, or renewed. Raises InputError, ReplyError, EditRefused."""
        from cannedkit.model.response import Waiver
        from cannedkit.review.waive import waive

        name = self.explain(rule).id
        end = arguments.day(until, "until", InputError)
        waiver = Waiver(name, why, by, end, text or "", locale or "")
        return waive(self.settings, self.reread, id, waiver, date.today())

    # -- looking after a catalogue --

    def due(self, *, within: int | None = None, today: date | None = None) -> tuple[Due, ...]:
        """What is late, or comes `within` so many days (30): reviews, and facts, offers and waivers that end.

        Also retired responses that others send readers to. The earliest first, of what can be read. Raises InputError.
        """
        from cannedkit.catalogue.due import WITHIN, due

        day = date.today() if today is None else arguments.day(today, "today", InputError)
        days = WITHIN if within is None else arguments.whole(within, "within", InputError)
        return due(self.settings, self.readable, day, days)

    def facts_used(self, name: str | None = None) -> dict[str, tuple[FactUse, ...]]:
        """Each fact, or the one of that name, with the places in bodies that use it. Raises InputError."""
        from cannedkit.catalogue.facts import facts_used

        wanted = "" if absent(name) else arguments.text(name, "name", InputError)
        return facts_used(self.readable, self.settings, wanted)

    def scores(self, *, by: str | None = None, since: str | None = None, **options: Any) -> Scores:
        """What the replies score, in all and `by` topic, owner or locale, beside git's `since` or the baseline.

        Other options are `today` and `step`. Raises as `check_change` does.
        """
        from cannedkit.review import score

        group = "" if absent(by) else arguments.one_of(by, "by", score.GROUPS, InputError)
        revision = "" if absent(since) else arguments.text(since, "since", InputError)
        return score.scores(self, group, revision, self._scope(self.readable, not self.settings.refused), **options)

    def usage(self, *, most: int | None = None, today: date | None = None) -> Usage | None:
        """How often each response was sent, by the file that `usage` names; None where the settings name none.

        The `most` (20) sent are checked, as `check` does, for their `rules`. Raises InputError.
        """
        from cannedkit.catalogue.usage import MOST, usage, with_findings

        day = date.today() if today is None else arguments.day(today, "today", InputError)
        count = MOST if most is None else arguments.whole(most, "most", InputError)
        found = usage(self.settings, self.readable)
        return found and with_findings(found, self.readable, count, lambda part: self._review(part, day, lambda: None))

    def retire(self, id: str, replaced_by: str | None = None) -> Response:
        """The response, retired in its file by an edit that touches nothing else.

        Raises ReplyError for ids that are not there or cannot be sent, CannedkitError where the file cannot take it.
        """
        from cannedkit.catalogue.retire import retire

        successor = "" if absent(replaced_by) else arguments.text(replaced_by, "replaced_by", ReplyError)
        found = retire(self.settings, self.catalogue, arguments.text(id, "id", ReplyError), successor)
        return self.reread().responses[found.id]
