"""The linter: built once from packs and engines, then a pure function from a draft to its findings.

A rule whose literals are absent from a text does not run (see `prefilter`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cannedkit import kinds
from cannedkit.lint.attempt import attempt, levelled, looks
from cannedkit.lint.circumstances import Decisions, Row, circumstances, rows
from cannedkit.lint.needs import lacking
from cannedkit.lint.planned import Checks, rules_of
from cannedkit.lint.prefilter import Asked, Prefilter, prefilter
from cannedkit.lint.values import settled
from cannedkit.lint.verdict import ALONE, Packs, merged
from cannedkit.model.draft import MAX_DRAFT, Draft, Engine, Finding, Level
from cannedkit.model.errors import (
    EXHAUSTED,
    CheckFailed,
    DraftError,
    EngineError,
    Failure,
    Problem,
    RuleError,
    exhausted,
    unreadable,
)
from cannedkit.model.result import Unread
from cannedkit.model.rule import Check, Hits, Pack, Rule
from cannedkit.model.settings import Channel, Override, Settings, Topic
from cannedkit.pattern.budget import OURS, counted, of_draft, running
from cannedkit.pattern.hits import cuts, located
from cannedkit.rules.levels import applies, holding, in_channels, level
from cannedkit.settings import shipped
from cannedkit.sources import ENGINES, REPORTED, UNUSED
from cannedkit.text.lines import plain

if TYPE_CHECKING:
    from cannedkit.lint.again import Found, Memo
    from cannedkit.markdown.views import View


_HALF = re.compile("[\ud800-\udfff]")
"""Surrogates that stand alone, as a wrong escape in JSON leaves them: no library that reads Unicode takes them."""

Results = tuple[list[Finding], list[Failure]]

Layers = tuple[Mapping[str, Level | None], ...]
"""Levels by rule, pack or pattern, of which the first that names a rule counts."""


@dataclass(frozen=True, slots=True)
class Linter:
    """Checks and engines, built once. Holds no state: `lint` may run on any thread.

    `checks` may be built as they are needed: who only asks for their rules asks `rules`. `folders` are those of the
    packs. `asleep` are the ids of rules that run only in drafts for which one of the `overrides` turns them on;
    `packs` says whose findings may be about one fault. `only` are the numbers of the checks that run, None for all.
    """

    checks: Checks
    prefilter: Prefilter
    engines: tuple[Engine, ...]
    levels: Mapping[str, Level | None]
    refused: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    asleep: frozenset[str] = frozenset()
    packs: Packs = ALONE
    topics: tuple[Topic, ...] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    only: frozenset[int] | None = None
    _decided: Decisions = field(init=False, default_factory=Decisions, repr=False, compare=False)

    @property
    def rules(self) -> Sequence[Rule]:
        """The rule of each check; where these are built as they are needed, without its options."""
        return rules_of(self.checks)

    def told(self, ids: Container[str]) -> dict[str, Rule]:
        """The rules by their ids; those of `ids` whole, others perhaps without their options."""
        return {rule.id: self.checks[at].rule if rule.id in ids else rule for at, rule in enumerate(self.rules)}

    def ready(self) -> None:
        """Build all that many drafts need, before there are several processes that each would."""
        self.prefilter.ready()
        for _ in self.checks:
            pass

    def unread(self, locale: str, failed: Container[str] = ()) -> tuple[Unread, ...]:
        """What no rule and no engine of this linter reads in drafts of a locale; `failed` are engines that gave up."""
        found = []
        language = locale.partition("-")[0]
        readers = self.read_by(locale)
        if not any(name not in failed for name in readers):
            why = f"{', '.join(readers)} failed" if readers else f"no engine reads {language}"
            found.append(Unread(locale, "spelling and grammar", why))
        if all(rule.kind in kinds.UNADVISED for rule in self.rules):
            found.append(Unread(locale, "style", f"no rule is for {language}"))
        return tuple(found)

    def lint(self, draft: Draft) -> list[Finding]:
        """The findings of a draft, sorted and unique. Raises DraftError, and CheckFailed where a check failed."""
        findings, failures = self.results(draft)
        if failures:
            raise CheckFailed(findings, failures)
        return findings

    def read_by(self, locale: str, failed: Container[str] = ()) -> tuple[str, ...]:
        """The names of the engines that check spelling and grammar of a locale, without those that `failed`."""
        language = locale.partition("-")[0]
        return tuple(one.name for one in self.engines if language in one.languages and one.name not in failed)

    def results(
        self, draft: Draft, proofread: Callable[[Draft], Results] | None = None, memo: Memo | None = None
    ) -> Results:
        """The findings of a draft, and the checks that failed on it. Raises DraftError.

        `proofread` stands in for this linter's own, for a caller that remembers what engines said of a text; `memo`
        is filled and used by a caller with drafts of one body.
        """
        if len(draft.text) > MAX_DRAFT:
            raise DraftError(f"a draft may hold {MAX_DRAFT:,} characters, this one has {len(draft.text):,}")
        if half := _HALF.search(draft.text):
            raise DraftError(f"character {half.start()} of the draft, U+{ord(half[0]):04X}, is half of one: not text")
        with of_draft():
            with counted(OURS):
                findings, failures = self.by_rules(draft, memo)
            proofread_findings, proofread_failures = _in_prose(draft, proofread or self.proofread)
        if self.topics and draft.topic:
            from cannedkit.lint.topics import of_topic

            proofread_findings = [*proofread_findings, *of_topic(draft, self.topics, self.channels)]
        kept, verdicts = merged(draft.text, findings, proofread_findings, self.packs)
        failed = [*self.refused, *failures, *proofread_failures]
        found = settled(draft, kept + self._levelled(verdicts, self._layers(draft)))
        return self._obeyed(draft, found, failed) if draft.commented else found, failed

    def _obeyed(self, draft: Draft, findings: list[Finding], failures: list[Failure]) -> list[Finding]:
        """The findings that no comment of the draft turns off, and one for each comment that is of no use."""
        from cannedkit.lint.comments import obeyed

        open_engines = {engine.name for engine in self.engines}
        known = {name for rule in self.rules for name in (rule.id, rule.pack)}
        unread = {failure.rule.lower() for failure in failures} | (ENGINES.keys() - open_engines)
        kept, idle = obeyed(draft.text, findings, known, unread, draft.format)
        at, _ = level(UNUSED, REPORTED[UNUSED].level, *self._layers(draft), self.levels)
        told = (Finding(one.start, one.end, UNUSED, at, one.message, sources=(UNUSED,)) for one in idle if at)
        return sorted([*kept, *told])

    def by_rules(self, draft: Draft, memo: Memo | None = None) -> Results:
        """What the rules find. In Markdown and HTML they look at the prose; the places are those of the draft."""
        if draft.format == "text":
            return self._found(draft, memo=memo) if "\r" not in draft.text else self._in_plain_lines(draft, memo)
        from cannedkit.markdown.views import views

        return self.by_views(views(draft), memo)

    def _in_plain_lines(self, draft: Draft, memo: Memo | None) -> Results:
        """What the rules find in a text with other line ends than theirs, at its place in that text."""
        text, back = plain(draft.text)
        findings, failures = self._found(replace(draft, text=text), memo=memo)
        return [replace(found, start=back(found.start), end=back(found.end)) for found in findings], failures

    def by_views(self, views: Iterable[View], memo: Memo | None = None) -> Results:
        """What the rules find in some views of a Markdown draft, at its place in the draft."""
        from cannedkit.markdown.views import looks

        findings: list[Finding] = []
        failures: list[Failure] = []
        for view in views:
            if any(looks(rule, view.kind) for rule in self.rules):
                found, failed = self.in_view(view, memo)
                findings += map(view.back, found)
                failures += failed
        return findings, failures

    def in_view(self, view: View, memo: Memo | None = None) -> Results:
        """What the rules find in one view, at its place in the view's own draft."""
        return self._found(view.draft, view.kind, memo)

    def _found(self, draft: Draft, kind: str = "prose", memo: Memo | None = None) -> Results:
        lacks = lacking(draft)
        rows, asked = self._decide(draft, lacks)
        if memo is None:
            hits = self.prefilter.hits(draft.text, cuts(draft), asked)
            made, failures = self._looked(draft, kind, sorted(hits.items()), rows, lacks)
        else:
            made, failures = self._again(draft, kind, rows, lacks, memo)
        levels = ((found, rows[index][0], self.checks[index].rule) for index, found in made)
        return [one for found, at, rule in levels if at is not None for one in levelled(found, at, rule)], failures

    def _looked(
        self,
        draft: Draft,
        kind: str,
        hits: Iterable[tuple[int, Hits]],
        rows: Sequence[Row],
        lacks: Container[str],
        memo: Memo | None = None,
    ) -> tuple[Found, list[Failure]]:
        """What the checks find that run in a draft and can find something there."""
        off = running().off
        made: list[tuple[int, list[Finding]]] = []
        failures: list[Failure] = []
        for index, places in hits:
            at, without = rows[index]
            if at is None or (not places and without in lacks):
                continue
            check = self.checks[index]
            if check.rule.id in off or (kind != "prose" and not looks(check, kind)):
                continue
            key = (index, kind, draft.text)
            known = memo.found.get(key) if memo else None
            found = attempt(check, draft, places) if known is None else known
            if isinstance(found, Failure):
                failures.append(found)
            elif found:
                made.append((index, found))
            if memo and not check.by_channel and not isinstance(found, Failure):
                memo.found[key] = found
        return made, failures

    def _again(
        self, draft: Draft, kind: str, rows: Sequence[Row], lacks: Container[str], memo: Memo
    ) -> tuple[Found, list[Failure]]:
        """What the checks find in a draft, by what is known of it and of its sentences."""
        from cannedkit.lint.again import leaves, stay

        leaving = memo.sentences.leaving if memo.sentences and kind == "prose" and draft.format == "text" else {}
        of_any, alone, others = self._together(draft, memo.channels, leaving)
        hits = memo.hits.get((kind, draft.text))
        if hits is None:
            found = self.prefilter.hits(draft.text, cuts(draft), others)
            hits = memo.hits[kind, draft.text] = sorted(leaves(found, leaving))
        made, failures = self._looked(draft, kind, hits, rows, lacks, memo)
        if not (memo.sentences and alone.checks):
            return made, failures

        def look(part: Draft) -> tuple[Found, list[Failure]]:
            hits = sorted(stay(self.prefilter.hits(part.text, (), alone), leaving, self.prefilter.always))
            return self._looked(part, kind, hits, of_any, lacking(part))

        entire = {index for index, _ in hits}
        more, failed = memo.sentences.found(draft, alone.checks, look)
        return [*made, *(one for one in more if one[0] not in entire)], [*failures, *failed]

    def _together(
        self, draft: Draft, channels: Sequence[str], leaving: Mapping[int, Container[int]]
    ) -> tuple[Sequence[Row], Asked, Asked]:
        """What each check is in drafts that differ in their channel alone, and may lack nothing.

        What is asked of sentences, for the checks of `leaving`, and of whole texts, for the others and what leaves one.
        """
        each = [replace(draft, channel=channel) for channel in channels]
        told = (bool(leaving), *(circumstances(one, frozenset(), whole=bool(self.overrides)) for one in each))
        found = self._decided.together.get(told)
        if found is None:
            decided = zip(*(self._decide(one, frozenset())[0] for one in each), strict=True)
            rows = [next((row for row in those if row[0] is not None), those[0]) for those in decided]
            running = frozenset(index for index, (at, _) in enumerate(rows) if at is not None)
            whole = frozenset(index for index in running if leaving.get(index, True))
            asked = self.prefilter.asked
            found = self._decided.keep_together(told, (rows, asked(running & leaving.keys()), asked(whole)))
        return found

    def proofread(self, draft: Draft) -> Results:
        """What the engines that know the draft's language find."""
        findings: list[Finding] = []
        failures: list[Failure] = []
        for engine in self.engines:
            if draft.locale.partition("-")[0] not in engine.languages:
                continue
            try:
                findings += engine.check(draft)
            except EngineError as error:
                failures.append(Failure(engine.name, str(error)))
            except EXHAUSTED as error:
                failures.append(Failure(engine.name, f"what it reads {exhausted(error)}"))
        return findings, failures

    def _layers(self, draft: Draft) -> Layers:
        """The levels of the overrides that hold for a draft, the first to be asked first."""
        return holding(self.overrides, draft.topic, draft.channel, draft.path) if self.overrides else ()

    def _decide(self, draft: Draft, lacks: frozenset[str]) -> tuple[Sequence[Row], Asked]:
        """What each check is in the circumstances of a draft, and which run at all."""
        told = circumstances(draft, lacks, whole=bool(self.overrides))
        found = self._decided.rows.get(told)
        if found is None:
            layers = self._layers(draft)
            made = rows(self.checks, draft, lacks, lambda rule: self._level(rule, layers), self.only)
            found = self._decided.keep(told, made, self.prefilter)
        return found

    def _level(self, rule: Rule, layers: Layers) -> Level | None:
        """The level of a rule under some overrides, None for off."""
        own = None if rule.id in self.asleep else rule.level
        return level(rule.id, own, *layers)[0] if layers else own

    def _levelled(self, findings: list[Finding], layers: Layers) -> list[Finding]:
        """The findings at the level that the settings give any of their sources; without those that are off."""
        if not self.levels and not layers:
            return findings
        kept = []
        for finding in findings:
            named = [each for source in finding.sources if (each := level(source, None, *layers, self.levels))[1]]
            found = named[0][0] if named else finding.level
            if found is not None:
                kept.append(finding if found == finding.level else replace(finding, level=found))
        return kept


def build(
    settings: Settings,
    packs: Sequence[Pack],
    engines: Sequence[Engine] = (),
    *,
    forgiving: bool = False,
    failures: Iterable[Failure] = (),
) -> Linter:
    """A linter over the rules of some packs that are not off.

    A rule that cannot run here is left out and named in `notes`. Raises RuleError with every fault found in the
    rules; `forgiving`: a rule with a fault is left out too, and every result says so. `failures` are what every result
    says besides: an engine, a pack that is not to be had.
    """
    from cannedkit.lint.packs import asleep, in_force

    own = filter(kinds.reads_drafts, in_force(packs, settings))
    rules = [replace(rule, where=in_channels(rule.where, settings.channels)) if rule.where else rule for rule in own]
    built = kinds.build_each(rules, kinds.context_of(settings))
    refused = [problem for pack in packs for problem in pack.refused] + list(built.refused)
    if refused and not forgiving:
        raise RuleError(refused)
    failed = (*failures, *(replace(unreadable(problem), rule=_named(problem, packs)) for problem in refused))
    notes = (*(problem.message for problem in built.off), *(check.note for check in built.checks if check.note))
    ours = frozenset(pack.name for pack in packs if pack.path.is_relative_to(shipped()))
    checks = tuple(check if check.rule.pack in ours else replace(check, foreign=True) for check in built.checks)
    return Linter(
        checks,
        prefilter(checks),
        tuple(engines),
        settings.levels,
        refused=failed,
        notes=notes,
        overrides=settings.overrides,
        asleep=asleep(packs, settings),
        packs=Packs(
            ours,
            frozenset(pack.name for pack in packs if pack.finds == "errors"),
            {check.rule.id: check.unless for check in checks if check.unless},
        ),
        topics=settings.topics,
        channels=settings.channels,
        folders=tuple(pack.path for pack in packs),
    )


def _named(problem: Problem, packs: Sequence[Pack]) -> str:
    """The id of the rule whose file has a problem."""
    path = Path(problem.path)
    pack = next((pack.name for pack in packs if path.is_relative_to(pack.path)), path.parent.name)
    return f"{pack}.{path.name.partition('.')[0]}"


def run_alone(check: Check, draft: Draft) -> list[Finding]:
    """What one check finds without the automaton: the measure that the fast path is held to."""
    if not applies(check.rule, draft):
        return []
    found = list(check.run(draft, located(check.literals, draft.text)))
    return found[: check.rule.limit] if check.rule.limit else found


def for_seams(linter: Linter) -> Linter:
    """The part of a linter that looks at the seams of text and values, whatever these say: no engine, surface alone."""
    surface = frozenset(index for index, rule in enumerate(linter.rules) if rule.kind in kinds.SURFACE)
    return replace(linter, only=surface, engines=(), refused=())


def _in_prose(draft: Draft, proofread: Callable[[Draft], Results]) -> Results:
    """What engines find in the prose of a draft: nothing in code and addresses."""
    if draft.format == "text":
        return proofread(draft)
    from cannedkit.markdown.views import views

    prose = views(draft)[0]
    if prose.kind != "prose":
        return [], []
    findings, failures = proofread(prose.draft)
    return [prose.back(finding) for finding in settled(prose.draft, findings)], failures
