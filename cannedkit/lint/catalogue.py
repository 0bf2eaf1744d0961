"""The linter of the catalogue: built once from the rules that read responses, then a pure function to its findings."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice

from cannedkit import kinds
from cannedkit.catalogue.reading import Reading
from cannedkit.lint.packs import asleep, in_force
from cannedkit.model.draft import Draft
from cannedkit.model.errors import EXHAUSTED, Failure, exhausted, unreadable
from cannedkit.model.response import Response
from cannedkit.model.result import FileFinding
from cannedkit.model.rule import Condition, Pack, RecordCheck, Rule, WholeCheck
from cannedkit.model.settings import Settings
from cannedkit.rules.levels import holds, in_place
from cannedkit.text.pile import Pile, kept, only

Results = tuple[Sequence[FileFinding], list[Failure]]

_OF_FINDING = ("locale", "channel")
"""The conditions of a `where` that ask of a finding, and not of its response."""


@dataclass(frozen=True, slots=True)
class CatalogueLinter:
    """Checks that read responses, built once. Holds no state: it may run on any thread.

    `asleep` are the ids of rules whose findings count only where an override turns them on.
    """

    records: tuple[RecordCheck, ...] = ()
    wholes: tuple[WholeCheck, ...] = ()
    refused: tuple[Failure, ...] = ()
    asleep: frozenset[str] = frozenset()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, each at its level."""
        return (*(check.rule for check in self.records), *(check.rule for check in self.wholes))

    def of_responses(
        self, responses: Iterable[Response], reading: Reading, settings: Settings, today: date
    ) -> Sequence[Results]:
        """What the rules that read one response find in each, in order, and the checks that failed."""
        with _uncollected():
            return kept(Pile(self._of_response(one, reading, settings, today) for one in responses))

    def _of_response(self, response: Response, reading: Reading, settings: Settings, today: date) -> Results:
        findings: list[FileFinding] = []
        failures: list[Failure] = []
        for check in self.records:
            looks = check.retired or response.status != "retired"
            if looks and _of_response(check.rule, response):
                findings += _run(check.rule, partial(check.run, response, reading, settings, today), failures)
        return list(self._in_place(findings, settings)), failures

    def of_catalogue(self, reading: Reading, settings: Settings, today: date) -> Results:
        """What the rules that read the whole catalogue find in it, and the checks that failed."""
        findings: Pile[FileFinding] = Pile()
        failures: list[Failure] = []
        with _uncollected():
            for check in self.wholes:
                part = _looked_at(check.rule, reading)
                found = _run(check.rule, partial(check.run, part, settings, today), failures)
                findings.extend(self._in_place(found, settings))
        return kept(findings), failures

    def _in_place(self, findings: Iterable[FileFinding], settings: Settings) -> Iterable[FileFinding]:
        """The findings at their levels where they stand, without those that are off there."""
        if not settings.overrides:
            return findings
        own = ((one, None if one.finding.rule in self.asleep else one.finding.level) for one in findings)
        return (placed for one, at in own if (placed := in_place(one, at, settings)))


def build(settings: Settings, packs: Sequence[Pack]) -> CatalogueLinter:
    """A linter over those rules of some packs that read responses and are not off.

    A rule with a fault is left out and named in `refused`; packs that read drafts tell theirs to who lints one.
    """
    rules = {rule.id: rule for rule in in_force(packs, settings) if not kinds.reads_drafts(rule)}
    built = kinds.build_catalogue(rules.values(), kinds.context_of(settings))
    problems = (*(problem for pack in packs if pack.reads for problem in pack.refused), *built.refused)
    refused = tuple(map(unreadable, problems))
    return CatalogueLinter(built.records, built.wholes, refused, asleep(packs, settings))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing is garbage while a catalogue is read: the collector would look at all of it in vain, half of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _run(rule: Rule, run: Callable[[], Iterable[FileFinding]], failures: list[Failure]) -> Iterable[FileFinding]:
    """What a check finds, as far as its rule's `where` and `limit` let it; what keeps it from looking is a failure."""
    try:
        found = Pile(one for one in run() if _of_finding(rule, one))
    except TimeoutError:
        failures.append(Failure(rule.id, f"ran out of time; mend its pattern in {rule.path}"))
        return []
    except EXHAUSTED as error:
        failures.append(Failure(rule.id, f"what it looks for, or at, {exhausted(error)}"))
        return []
    return islice(found, rule.limit or None)


def _conditions(rule: Rule, *, of_finding: bool) -> Iterator[Condition]:
    return (one for one in rule.where if (one.key in _OF_FINDING) == of_finding)


def _of_response(rule: Rule, response: Response) -> bool:
    """Whether a rule is for such a response: its topic, status and mood, and what must be known before it is sent."""
    if not rule.where:
        return True
    draft = Draft(
        "",
        mood=response.mood or "neutral",
        known=response.requires,
        topic=response.topic,
        status=response.status,
    )
    return all(holds(condition, draft) for condition in _conditions(rule, of_finding=False))


def _of_finding(rule: Rule, found: FileFinding) -> bool:
    """Whether a rule is for the locale that a finding is in, and for one of its channels."""
    conditions = list(_conditions(rule, of_finding=True))
    if not conditions:
        return True
    drafts = [Draft("", locale=found.locale, channel=channel) for channel in found.channels or ("",)]
    return any(all(holds(one, draft) for one in conditions) for draft in drafts)


def _looked_at(rule: Rule, everything: Reading) -> Reading:
    """The part of a catalogue that a rule is for."""
    if not any(_conditions(rule, of_finding=False)):
        return everything
    catalogue = everything.catalogue
    kept = (id for id, response in catalogue.responses.items() if _of_response(rule, response))
    return replace(everything, catalogue=replace(catalogue, responses=only(catalogue.responses, kept)))
