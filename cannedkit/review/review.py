"""The catalogue's journey: each body is rendered as customers will read it, and linted.

Each finding is mapped back to the place in the file where it can be mended.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from cannedkit.catalogue import load as responses
from cannedkit.catalogue.standing import misnamed as misnamed_owners
from cannedkit.lint.catalogue import CatalogueLinter
from cannedkit.lint.linter import Linter
from cannedkit.model.approval import Lock
from cannedkit.model.errors import unreadable
from cannedkit.model.response import Catalogue
from cannedkit.model.result import Checked, FileFinding, Review
from cannedkit.model.settings import Settings
from cannedkit.pattern.budget import RUN, spending
from cannedkit.review import records as rules_of_responses
from cannedkit.review.approvals import leftover, unapproved
from cannedkit.review.looking import looked
from cannedkit.review.memory import Memory
from cannedkit.review.unit import Looked
from cannedkit.review.waivers import allowed, misnamed, waived
from cannedkit.rules.packs import misnamed as misnamed_rule
from cannedkit.sources import ENGINES


def check(
    settings: Settings,
    catalogue: Catalogue,
    linter: Callable[[str], Linter],
    today: date,
    step: Callable[[], object] = lambda: None,
    time_limit: float = RUN,
    *,
    records: CatalogueLinter | None = None,
    whole: Catalogue | None = None,
    lock: Lock | None = None,
    entire: bool = False,
    memory: Memory | None = None,
    jobs: int = 1,
) -> Review:
    """The review of a catalogue; `linter` gives the linter of a locale, `step` is called after each response.

    `time_limit`: seconds of CPU time that patterns of rules that are not ours may take in all. `records` are the rules
    that read responses. `whole` is what `catalogue` is a part of: what only several responses together show is looked
    for in all of it, and told where it touches the part. `lock` holds the approvals, None for none; `entire`: the
    catalogue is no part of one, and so a line of the lock about none of its texts is about nothing. `memory` is what
    earlier runs found, and learns what this one does; `jobs` is the most processes to lint with.
    """
    began = time.perf_counter()
    approvals, own = lock or Lock(settings.root), records or CatalogueLinter()
    with spending(time_limit):
        looks = looked(catalogue, settings, linter, today, time_limit, jobs=jobs, step=step, memory=memory)
        found = _check(settings, catalogue, linter, today, looks, own, whole or catalogue, approvals, entire, memory)
    if memory:
        memory.settle()
    return replace(found, seconds=time.perf_counter() - began)


def _check(
    settings: Settings,
    catalogue: Catalogue,
    linter: Callable[[str], Linter],
    today: date,
    looks: Mapping[str, Sequence[Looked]],
    own: CatalogueLinter,
    whole: Catalogue,
    lock: Lock,
    entire: bool,
    memory: Memory | None,
) -> Review:
    findings: list[FileFinding] = []
    failures = {unreadable(problem) for problem in (*catalogue.refused, *lock.refused)}
    if entire and not catalogue.refused:
        findings += leftover(catalogue, lock, settings)
        failures.update(map(unreadable, misnamed_owners(catalogue, settings)))
    passed = []
    renderings = 0
    failures.update(own.refused)
    (across, failed_across), records = rules_of_responses.found(own, catalogue, whole, settings, today, memory)
    failures.update(failed_across)
    by_response: dict[str, list[FileFinding]] = defaultdict(list)
    for one in across:
        by_response[one.response].append(one)
    unknown = lru_cache(maxsize=None)(lambda rule: misnamed_rule(rule, settings))
    for response in catalogue.responses.values():
        if response.status != "retired":
            wrong = set(misnamed(response, unknown))
            known = tuple(waiver for waiver in response.waivers if not unknown(waiver.rule))
            seen = looks.get(response.id, ())
            found = [*unapproved(response, lock, settings), *(one for each in seen for one in each.findings)]
            failed = {failure for each in seen for failure in each.failures}
            of_record, failed_records = records[response.id]
            found += (*of_record, *by_response[response.id])
            failed |= {*wrong, *failed_records}
            closed = _not_open(map(linter, responses.locales(response)))
            silent = {failure.rule.lower() for failure in (*failed, *failed_across)} | closed
            found = list(waived(replace(response, waivers=known), found, settings, today, silent))
            findings += found
            failures |= failed
            renderings += sum(each.renderings for each in seen)
            if not found and not failed:
                passed.append(response.id)
        else:
            found, failed_records = records[response.id]
            findings += (one for one in found if not allowed(response, one, today))
            failures.update(failed_records)
    findings += _elsewhere(across, catalogue, whole, today)
    locales = sorted({body.locale for response in catalogue.responses.values() for body in response.bodies})
    failures.update(failure for locale in locales for failure in linter(locale).refused)
    failed_rules = {failure.rule for failure in failures}
    checked = Checked(
        responses=len(catalogue.responses),
        bodies=sum(len(response.bodies) for response in catalogue.responses.values()),
        renderings=renderings,
        locales=tuple(locales),
        channels=tuple(sorted({name for response in catalogue.responses.values() for name in response.channels})),
        engines={locale: linter(locale).read_by(locale, failed_rules) for locale in locales},
        passed=tuple(passed),
        unread=tuple(unread for locale in locales for unread in linter(locale).unread(locale, failed_rules)),
    )
    findings.sort(key=lambda found: (found.place, found.finding))
    errors = sorted(failures, key=lambda one: (one.path, one.line, one.column, one.rule, one.reason))
    return Review(tuple(findings), tuple(errors), checked)


def _elsewhere(across: Iterable[FileFinding], part: Catalogue, whole: Catalogue, today: date) -> Iterator[FileFinding]:
    """What is found across the catalogue and stands at no response of a part: all that touches a file of the part.

    Where the part is the whole: what is found in the files of facts, offers and variables.
    """
    paths = {response.place.path for response in part.responses.values()}
    for found in across:
        touches = part is whole or any(place.path in paths for place in (found.place, *found.related))
        response = whole.responses.get(found.response)
        if touches and found.response not in part.responses and not (response and allowed(response, found, today)):
            yield found


def _not_open(linters: Iterable[Linter]) -> set[str]:
    """The engines that none of some linters has."""
    return ENGINES.keys() - {engine.name for linter in linters for engine in linter.engines}
