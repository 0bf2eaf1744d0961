"""The catalogue's journey: each body is rendered as customers will read it, and linted.

Each finding is mapped back to the place in the file where it can be mended.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from cannedkit.text.pile import Pile, ordered


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
    looks: Iterable[Sequence[Looked]],
    own: CatalogueLinter,
    whole: Catalogue,
    lock: Lock,
    entire: bool,
    memory: Memory | None,
) -> Review:
    findings: Pile[FileFinding] = Pile()
    failures = {unreadable(problem) for problem in (*catalogue.refused, *lock.refused)}
    if entire and not catalogue.refused:
        findings.extend(leftover(catalogue, lock, settings))
        failures.update(map(unreadable, misnamed_owners(catalogue, settings)))
    failures.update(own.refused)
    (across, failed_across), records = rules_of_responses.found(own, catalogue, whole, settings, today, memory)
    failures.update(failed_across)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(across):
        numbers[one.response].append(number)
    unknown = lru_cache(maxsize=None)(lambda rule: misnamed_rule(rule, settings))
    passed = []
    count: Counter[str] = Counter()
    locales: set[str] = set()
    channels: set[str] = set()
    for response, seen, (of_record, failed_records) in zip(catalogue.responses.values(), looks, records, strict=True):
        failed = {*failed_records, *(failure for each in seen for failure in each.failures)}
        if response.status == "retired":
            findings.extend(one for one in of_record if not allowed(response, one, today))
        else:
            failed.update(misnamed(response, unknown))
            found = [*unapproved(response, lock, settings), *(one for each in seen for one in each.findings)]
            found += (*of_record, *(across[number] for number in numbers.get(response.id, ())))
            known = tuple(waiver for waiver in response.waivers if not unknown(waiver.rule))
            closed = _not_open(map(linter, responses.locales(response)))
            silent = {failure.rule.lower() for failure in (*failed, *failed_across)} | closed
            found = list(waived(replace(response, waivers=known), found, settings, today, silent))
            findings.extend(found)
            if not found and not failed:
                passed.append(response.id)
        failures |= failed
        count.update(bodies=len(response.bodies), renderings=sum(each.renderings for each in seen))
        locales.update(body.locale for body in response.bodies)
        channels.update(response.channels)
    findings.extend(_elsewhere(across, catalogue, whole, today))
    failures.update(failure for locale in sorted(locales) for failure in linter(locale).refused)
    failed_rules = {failure.rule for failure in failures}
    checked = Checked(
        responses=len(catalogue.responses),
        bodies=count["bodies"],
        renderings=count["renderings"],
        locales=tuple(sorted(locales)),
        channels=tuple(sorted(channels)),
        engines={locale: linter(locale).read_by(locale, failed_rules) for locale in sorted(locales)},
        passed=tuple(passed),
        unread=tuple(one for locale in sorted(locales) for one in linter(locale).unread(locale, failed_rules)),
    )
    errors = sorted(failures, key=lambda one: (one.path, one.line, one.column, one.rule, one.reason))
    return Review(ordered(findings, lambda found: (found.place, found.finding)), tuple(errors), checked)


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
