"""The catalogue's journey: each body is rendered as customers will read it, and linted.

Each finding is mapped back to the place in the file where it can be mended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from cannedkit.catalogue import load as responses
from cannedkit.catalogue.reply import same_language
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Finding
from cannedkit.model.errors import EXHAUSTED, Failure, Problem, exhausted, unreadable
from cannedkit.model.response import Catalogue, Response
from cannedkit.model.result import Checked, FileFinding, Review
from cannedkit.model.settings import Settings
from cannedkit.pattern.budget import RUN, spending
from cannedkit.review.unit import look, remembered, units
from cannedkit.review.waivers import misnamed, waived
from cannedkit.rules.levels import level
from cannedkit.rules.packs import misnamed as misnamed_rule
from cannedkit.settings import facts_for
from cannedkit.sources import ENGINES, LOCALES, REPORTED


def check(
    settings: Settings,
    catalogue: Catalogue,
    linter: Callable[[str], Linter],
    today: date,
    step: Callable[[], object] = lambda: None,
    time_limit: float = RUN,
) -> Review:
    """The review of a whole catalogue; `linter` gives the linter of a locale, `step` is called after each response.

    `time_limit`: seconds of CPU time that patterns of rules that are not ours may take in all.
    """
    with spending(time_limit):
        return _check(settings, catalogue, linter, today, step)


def _check(
    settings: Settings,
    catalogue: Catalogue,
    linter: Callable[[str], Linter],
    today: date,
    step: Callable[[], object],
) -> Review:
    began = time.perf_counter()
    findings: list[FileFinding] = []
    failures = {unreadable(problem) for problem in catalogue.refused}
    passed = []
    renderings = 0
    unknown = lru_cache(maxsize=None)(lambda rule: misnamed_rule(rule, settings))
    for response in catalogue.responses.values():
        if response.status != "retired":
            wrong = set(misnamed(response, unknown))
            known = tuple(waiver for waiver in response.waivers if not unknown(waiver.rule))
            try:
                found, failed, count = _looked(replace(response, waivers=known), settings, linter, today)
            except EXHAUSTED as error:
                found, failed, count = [], {unreadable(_too_much(response, error))}, 0
            found += _unserved(response, settings)
            failed |= wrong
            findings += found
            failures |= failed
            renderings += count
            if not found and not failed:
                passed.append(response.id)
        step()
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
    return Review(tuple(findings), tuple(errors), checked, time.perf_counter() - began)


def _too_much(response: Response, error: BaseException) -> Problem:
    place = response.place
    return Problem(place.path, place.line, place.column, f"`{response.id}` {exhausted(error)}: write it more simply")


def _looked(
    response: Response, settings: Settings, linter: Callable[[str], Linter], today: date
) -> tuple[list[FileFinding], set[Failure], int]:
    """What is found in a response and not waived, the checks that failed on it, and how many texts were linted."""
    findings: list[FileFinding] = []
    failures: set[Failure] = set()
    renderings = 0
    for locale in responses.locales(response):
        built = linter(locale)
        proofread, facts = remembered(built), facts_for(settings, locale)
        for unit in (one for one in units(response) if one.locale == locale):
            looked = look(unit, built, proofread, facts, today)
            findings += looked.findings
            failures |= looked.failures
            renderings += looked.renderings
    unread = {failure.rule.lower() for failure in failures} | _not_open(map(linter, responses.locales(response)))
    return list(waived(response, findings, settings, today, unread)), failures, renderings


def _unserved(response: Response, settings: Settings) -> Iterator[FileFinding]:
    """A finding where a response in use has no body in a locale of the settings, nor in one that stands in for it."""
    in_force, _ = level(LOCALES, REPORTED[LOCALES].level, settings.levels)
    own = responses.locales(response)
    missing = [
        locale for locale in settings.locales if not any(tag == locale or same_language(tag, locale) for tag in own)
    ]
    if missing and in_force is not None and not response.status:
        message = f"It has no body in {', '.join(missing)}. Write one, or take the locale out of `locales`."
        finding = Finding(0, 0, LOCALES, in_force, message)
        yield FileFinding(finding, response.place, response.id, part="response")


def _not_open(linters: Iterable[Linter]) -> set[str]:
    """The engines that none of some linters has."""
    return ENGINES.keys() - {engine.name for linter in linters for engine in linter.engines}
